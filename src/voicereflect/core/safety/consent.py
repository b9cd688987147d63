"""What another speaker agreed to, and what follows from it; values in, values out.

An entry belongs to its first speaker. Everybody else's words are kept, counted,
quoted and compared only as far as they said so, and until they take it back.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from voicereflect.model import Answer, Consent, Entry

OWNER: Final = "me"
"""Whose an entry is that names no speaker."""


NOTHING: Final = Consent()


def owner_of(entry: Entry) -> str:
    """Give the speaker whose entry it is."""
    return entry.speakers[0] if entry.speakers else OWNER


def others_of(entry: Entry) -> tuple[str, ...]:
    """Name everybody else who spoke, may have spoken, or was asked for consent."""
    named = (*entry.speakers, *entry.consent, *(each.speaker for each in entry.answers))
    return tuple(name for name in dict.fromkeys(named) if name != owner_of(entry))


def is_shared(entry: Entry) -> bool:
    """Tell whether two sat there; a yes of anybody is a trace of that, too."""
    return len(entry.speakers) > 1 or bool(entry.consent)


def consent_of(entry: Entry, speaker: str) -> Consent:
    """Give what a speaker agreed to."""
    return entry.consent.get(speaker, NOTHING)


def with_consent(entry: Entry, speaker: str, consent: Consent) -> Entry:
    """Write down what a speaker agreed to; what others agreed to, and other keys, stay."""
    extra = {**consent_of(entry, speaker).extra, **consent.extra}
    return replace(entry, consent={**entry.consent, speaker: replace(consent, extra=extra)})


def may_count(entry: Entry, answer: Answer) -> bool:
    """Tell whether an answer belongs into its owner's themes, searches and quotes."""
    if entry.undecided or answer.set_aside:
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
