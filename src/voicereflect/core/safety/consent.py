"""What another speaker agreed to, and what follows from it; values in, values out.

An entry belongs to its first speaker. Everybody else's words are kept, counted,
quoted and compared only as far as they said so, and until they take it back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from voicereflect.core.entry.decisions import is_undecided
from voicereflect.model import Answer, Entry

CONSENT: Final = "consent"
"""Front-matter key: what each other speaker agreed to, by name."""
OWNER: Final = "me"
"""Whose an entry is that names no speaker."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What one speaker agreed to; nothing, unless it was said."""

    kept: bool = False
    """Sound and words may be kept."""
    themes: bool = False
    """They may turn up in the owner's themes and searches."""
    sayback: bool = False
    """They may be laid beside what the other said, once, on the screen."""
    withdrawn: str = ""
    """When it was taken back, as it was written down; empty while it stands."""


NOTHING: Final = Consent()


def owner_of(entry: Entry) -> str:
    """Give the speaker whose entry it is."""
    return entry.speakers[0] if entry.speakers else OWNER


def others_of(entry: Entry) -> tuple[str, ...]:
    """Name everybody else who spoke, may have spoken, or was asked for consent."""
    named = (*entry.speakers, *_written(entry), *(each.speaker for each in entry.answers))
    return tuple(name for name in dict.fromkeys(named) if name != owner_of(entry))


def is_shared(entry: Entry) -> bool:
    """Tell whether two sat there; a yes of anybody is a trace of that, too."""
    return len(entry.speakers) > 1 or bool(_written(entry))


def consent_of(entry: Entry, speaker: str) -> Consent:
    """Give what a speaker agreed to; what is written otherwise than `true` is no yes."""
    written = _written(entry).get(speaker)
    if not isinstance(written, Mapping):
        # a bare list of names meant: these words count
        return Consent(kept=True, themes=True) if written is True else NOTHING
    return Consent(
        kept=written.get("kept") is True,
        themes=written.get("themes") is True,
        sayback=written.get("sayback") is True,
        withdrawn=_moment(written.get("withdrawn")),
    )


def with_consent(entry: Entry, speaker: str, consent: Consent) -> Entry:
    """Write down what a speaker agreed to; what others agreed to, and other keys, stay."""
    written = _written(entry)
    known = written.get(speaker)
    others = dict(known) if isinstance(known, Mapping) else {}
    others.pop("withdrawn", None)
    table = {
        **others,
        "kept": consent.kept,
        "themes": consent.themes,
        "sayback": consent.sayback,
        **({"withdrawn": consent.withdrawn} if consent.withdrawn else {}),
    }
    everybody = {name: _table(each) for name, each in written.items()} | {speaker: table}
    return replace(entry, extra={**entry.extra, CONSENT: everybody})


def may_count(entry: Entry, answer: Answer) -> bool:
    """Tell whether an answer belongs into its owner's themes, searches and quotes."""
    if is_undecided(entry):
        return False
    if answer.speaker == owner_of(entry):
        return True
    consent = consent_of(entry, answer.speaker)
    return consent.themes and not consent.withdrawn


def both_may_hear(entry: Entry, answer: Answer) -> bool:
    """Tell whether an answer may be quoted or played where two people sit together.

    Nothing may of an entry that one spoke alone; of one that two spoke the owner's
    words may, and those that the other one agreed to keep.
    """
    if not is_shared(entry):
        return False
    consent = consent_of(entry, answer.speaker)
    return answer.speaker == owner_of(entry) or (consent.kept and not consent.withdrawn)


def counting(entry: Entry) -> tuple[Answer, ...]:
    """Give the answers that count, in their order."""
    return tuple(each for each in entry.answers if may_count(entry, each))


def answers_by(entry: Entry, speakers: Iterable[str]) -> tuple[Answer, ...]:
    """Give the answers of some speakers, in their order."""
    wanted = frozenset(speakers)
    return tuple(each for each in entry.answers if each.speaker in wanted)


def _written(entry: Entry) -> Mapping[str, Any]:
    found = entry.extra.get(CONSENT)
    if isinstance(found, Mapping):
        return {str(name): each for name, each in found.items()}
    if isinstance(found, list | tuple):
        return {str(name): True for name in found}
    return {}


def _table(written: Any) -> Any:
    """Write a name of a bare list as what it meant."""
    return {"kept": True, "themes": True, "sayback": False} if written is True else written


def _moment(written: Any) -> str:
    return "" if written in (None, False, "") else str(written)
