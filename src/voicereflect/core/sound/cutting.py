"""Where in an answer's sound a sentence is, and whether that is certain; where sound is at all."""

from typing import Final

from voicereflect.core.sound.levels import level_dbfs
from voicereflect.core.words.comparing.alignment import aligned, comparable, heard_words
from voicereflect.core.words.comparing.matching import opcodes
from voicereflect.model import BYTES_PER_SAMPLE, Clip, Transcript

BEFORE_S: Final = 0.15
AFTER_S: Final = 0.35
QUIET_DBFS: Final = -50.0
"""What is quieter is a pause, in most rooms."""
_BLOCK_S: Final = 0.05
HEARD_SHARE: Final = 0.6
"""The least share of a sentence's words that must be the machine's, or its place is unknown."""


def stretch_of(
    text: str, transcript: Transcript, *, word: int, words: int, duration_s: float
) -> tuple[float, float] | None:
    """Give the start and end of a sentence with a margin, in seconds; None if they are uncertain.

    Words that a person corrected have the time of what they replaced. The margin never
    cuts into a word of another sentence.
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


def without_silence_around(clip: Clip) -> Clip:
    """Leave out what is quiet before the first sound and after the last; nothing if all is quiet.

    Where the room itself is louder, nothing is left out.
    """
    step = max(1, round(_BLOCK_S * clip.rate_hz)) * BYTES_PER_SAMPLE
    loud = [
        at
        for at in range(0, len(clip.pcm), step)
        if level_dbfs(clip.pcm[at : at + step]) > QUIET_DBFS
    ]
    if not loud:
        return clip
    margin = round(AFTER_S * clip.rate_hz) * BYTES_PER_SAMPLE
    first = max(0, loud[0] - margin)
    return Clip(pcm=clip.pcm[first : loud[-1] + step + margin], rate_hz=clip.rate_hz)
