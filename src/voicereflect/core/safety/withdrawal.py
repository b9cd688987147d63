"""Taking one's words back: what an entry is without them; values in, values out."""

from dataclasses import dataclass, replace
from typing import Final

from voicereflect.core.safety.consent import (
    answers_by,
    consent_of,
    others_of,
    owner_of,
    with_consent,
)
from voicereflect.errors import EntryNotFound
from voicereflect.model import Answer, AnswerState, Consent, Entry

_LIST_THEM: Final = "`voicereflect consent list` shows who spoke where."


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRow:
    """One other speaker of one entry."""

    entry: Entry
    speaker: str
    consent: Consent
    in_trash: bool = False

    @property
    def finished(self) -> bool:
        """Whether nothing is left of words that were taken back; true for all others."""
        return not self.consent.withdrawn or is_emptied(self.entry, self.speaker)


def speaker_meant(entry: Entry, wanted: str) -> str:
    """Tell whose words are meant: the one named, or the only other speaker.

    Raises:
        EntryNotFound: nobody else spoke, several did, or nobody of that name.
    """
    others = others_of(entry)
    if wanted:
        if wanted in others:
            return wanted
        if wanted == owner_of(entry):
            raise EntryNotFound(
                f"{entry.id} belongs to {wanted}.",
                hint=f"`voicereflect delete {entry.id}` moves all of it to the trash.",
            )
        raise EntryNotFound(f"{wanted} does not speak in {entry.id}.", hint=_LIST_THEM)
    if len(others) == 1:
        return others[0]
    if not others:
        raise EntryNotFound(f"In {entry.id} nobody speaks but its owner.", hint=_LIST_THEM)
    raise EntryNotFound(
        f"In {entry.id} several speak: {', '.join(others)}.", hint="Add --speaker and one of them."
    )


def marked(entry: Entry, speaker: str, moment: str) -> Entry:
    """Note that a speaker took her yes back; the first time is the one that stands."""
    known = consent_of(entry, speaker)
    if known.withdrawn:
        return entry
    taken_back = replace(known, kept=False, themes=False, sayback=False, withdrawn=moment)
    return with_consent(entry, speaker, taken_back)


def emptied(entry: Entry, speaker: str) -> Entry:
    """Leave nothing of a speaker's words in her answers; the questions and the others' stay."""
    answers = tuple(_emptied(a) if a.speaker == speaker else a for a in entry.answers)
    return replace(entry, answers=answers)


def is_emptied(entry: Entry, speaker: str) -> bool:
    """Tell whether nothing of a speaker's words is left in the entry's page."""
    return emptied(entry, speaker) == entry


def words_of(entry: Entry, speaker: str) -> tuple[str, ...]:
    """Give every text a speaker left in an entry, confirmed words included."""
    hers = answers_by(entry, [speaker])
    return tuple(text for each in hers for text in (each.text, *each.confirmed) if text)


def own_copy(entry: Entry, speaker: str) -> Entry:
    """Give the entry as one speaker may take it along: her answers, and nothing of the owner's."""
    return Entry(
        id=entry.id,
        started_at=entry.started_at,
        deck=entry.deck,
        edition=entry.edition,
        title=entry.title,
        language=entry.language,
        speakers=(speaker,),
        answers=answers_by(entry, [speaker]),
        consent={speaker: replace(consent_of(entry, speaker), extra={})},
    )


def _emptied(answer: Answer) -> Answer:
    """Leave what was asked, and no further keys: nobody can tell what they hold."""
    return Answer(
        number=answer.number,
        speaker=answer.speaker,
        prompt=answer.prompt,
        asked=answer.asked,
        state=AnswerState.WITHDRAWN,
    )
