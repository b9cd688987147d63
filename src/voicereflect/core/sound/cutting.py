"""Where a sentence lies in an answer's sound, and if that is certain; knows words and times."""

from typing import Final

from voicereflect.core.words.alignment import aligned, comparable, heard_words
from voicereflect.core.words.matching import opcodes
from voicereflect.model import Transcript

BEFORE_S: Final = 0.15
AFTER_S: Final = 0.35
HEARD_SHARE: Final = 0.6
"""Of a sentence's words so many are the machine's own, or nobody knows where it was said."""


def stretch_of(
    text: str, transcript: Transcript, *, word: int, words: int, duration_s: float
) -> tuple[float, float] | None:
    """Seconds from before a sentence's first word to after its last; None where they are not sure.

    Words that a person mended take the place of what they mended. No word before
    or after the sentence is cut into.
    """
    timed = aligned(text, transcript, duration_s=duration_s)
    first, last = word - 1, word + words - 2
    if last >= len(timed) or not _is_certain(text, transcript, first, last):
        return None
    before_s = timed[first - 1].end_s if first else 0.0
    after_s = timed[last + 1].start_s if last + 1 < len(timed) else duration_s
    begin_s, end_s = timed[first].start_s, timed[last].end_s
    return (
        max(begin_s - BEFORE_S, min(before_s, begin_s), 0.0),
        min(end_s + AFTER_S, max(after_s, end_s)),
    )


def _is_certain(text: str, transcript: Transcript, first: int, last: int) -> bool:
    """Whether both ends, or enough of the words, are those the machine heard."""
    heard = comparable(each.text for each in heard_words(transcript))
    words = comparable(text.split())
    found = {
        place
        for tag, _, _, begin, end in opcodes(heard, words)
        if tag == "equal"
        for place in range(begin, end)
    }
    own = sum(place in found for place in range(first, last + 1))
    return own >= HEARD_SHARE * (last - first + 1)
