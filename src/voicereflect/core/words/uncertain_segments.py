"""What may have been said: segments that only a second try found, and what a person made of them.

Values in, values out. A segment that a person has checked is remembered
beside its answer as the second it begins at.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from voicereflect.core.entry.entries import answer_of, with_answer
from voicereflect.core.words.comparing.alignment import TimedWord
from voicereflect.core.words.mending import NEAR_S
from voicereflect.model import AnswerState, Entry, Transcript


@dataclass(frozen=True, slots=True, kw_only=True)
class UncertainSegment:
    """A stretch of sound in which something may have been said, and what."""

    start_s: float
    end_s: float
    text: str
    language: str = ""
    """Code of the language it is in, where that is not the entry's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubts:
    """What is doubtful of one answer."""

    words: Mapping[int, TimedWord]
    """Unsure words by their position, from 1."""
    stretches: tuple[UncertainSegment, ...]
    """Where something more may have been said."""


def unchecked_segments(
    entry: Entry, number: int, transcript: Transcript | None
) -> tuple[UncertainSegment, ...]:
    """What a transcript is unsure of as a whole and nobody has checked yet."""
    checked = [float(line) for line in answer_of(entry, number).weighed if _is_second(line)]
    found = (
        UncertainSegment(
            start_s=segment.words[0].start_s,
            end_s=segment.words[-1].end_s,
            text=segment.text.strip(),
            language=segment.language,
        )
        for segment in (transcript.unsure if transcript else ())
        if segment.words and segment.text.strip()
    )
    return tuple(
        each for each in found if all(abs(each.start_s - at_s) > NEAR_S for at_s in checked)
    )


def with_checked(entry: Entry, number: int, segment: UncertainSegment) -> Entry:
    """Remember that a person has heard a stretch and said what it is."""
    answer = answer_of(entry, number)
    checked = (*answer.weighed, f"{segment.start_s:.2f}")
    return with_answer(entry, replace(answer, weighed=checked))


def with_segment(
    entry: Entry, number: int, segment: UncertainSegment, words: Sequence[TimedWord], *, text: str
) -> Entry:
    """Put what a person heard where it was said; from then on the text is theirs."""
    answer = answer_of(entry, number)
    before = sum(1 for word in words if word.start_s < segment.start_s)
    place = _end_of_word(answer.text, before)
    parts = (answer.text[:place].rstrip(" "), text.strip(), answer.text[place:].lstrip(" "))
    whole = " ".join(part for part in parts if part)
    taken = replace(answer, text=whole, state=AnswerState.DONE)
    return with_checked(with_answer(entry, taken), number, segment)


def _end_of_word(text: str, count: int) -> int:
    """Where the first `count` words of a text end."""
    at = 0
    for word in text.split()[:count]:
        at = text.index(word, at) + len(word)
    return at


def _is_second(line: str) -> bool:
    return line.replace(".", "", 1).isdecimal()
