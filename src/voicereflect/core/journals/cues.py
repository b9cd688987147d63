"""A transcript that somebody else made of a recording: SRT, WebVTT or plain text; knows no file.

What can be read of a broken file is read. A word within a cue gets its share of the
cue's time by its letters.
"""

import html
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from voicereflect.core.store.bounds import LONGEST_S
from voicereflect.model import Segment, Transcript, Word

SUFFIXES: Final = (".vtt", ".srt", ".txt")
"""Ends of names of such files; where several lie there, the first is taken."""
_CLOCK: Final = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
_TIMES: Final = re.compile(rf"^\s*{_CLOCK}\s*-->\s*{_CLOCK}(?:\s.*)?$", re.ASCII)
_TAG: Final = re.compile(r"<[^<>\n]*>")
_NOT_SPOKEN: Final = ("NOTE", "STYLE", "REGION")


@dataclass(frozen=True, slots=True)
class ReadCue:
    """What is said between two moments."""

    start_s: float
    end_s: float
    words: tuple[str, ...]


def transcript(
    text: str, name: str, *, length_s: float, language: str, made_at: datetime
) -> Transcript | None:
    """Read a transcript of a recording; None where nothing in it is said.

    Plain text has no times: its words share the recording.
    """
    if name.lower().endswith(".txt"):
        words = tuple(text.split())
        found = [ReadCue(0.0, length_s, words)] if words else []
    else:
        found = list(cues(text))
    if not found:
        return None
    return Transcript(
        model=f"file {name}",
        language=language,
        made_at=made_at,
        segments=tuple(map(_segment, found)),
    )


def cues(text: str) -> Iterator[ReadCue]:
    """Read the cues of SRT or WebVTT in their order; one that is broken is passed over."""
    for block in re.split(r"\n[ \t]*\n", text.removeprefix("\ufeff")):
        lines = block.split("\n")
        if lines[0].split(" ", 1)[0] in _NOT_SPOKEN:
            continue
        for number, line in enumerate(lines):
            if times := _TIMES.match(line):
                yield from _cue(times, lines[number + 1 :])
                break


def _cue(times: re.Match[str], lines: Sequence[str]) -> Iterator[ReadCue]:
    start_s, end_s = _seconds(times.groups()[:4]), _seconds(times.groups()[4:])
    said = html.unescape(_TAG.sub("", " ".join(each for each in lines if "-->" not in each)))
    words = tuple(said.replace("\0", "").split())
    if words and start_s <= end_s <= LONGEST_S:
        yield ReadCue(start_s, end_s, words)


def _seconds(parts: Sequence[str | None]) -> float:
    hours, minutes, seconds, rest = (part or "0" for part in parts)
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + int(rest.ljust(3, "0")) / 1000


def _segment(cue: ReadCue) -> Segment:
    letters = sum(map(len, cue.words))
    at, words = 0, []
    for word in cue.words:
        start_s = cue.start_s + (cue.end_s - cue.start_s) * at / letters
        at += len(word)
        end_s = cue.start_s + (cue.end_s - cue.start_s) * at / letters
        words.append(
            Word(
                text=f" {word}",
                start_s=round(start_s, 3),
                end_s=round(end_s, 3),
                probability=math.nan,
            )
        )
    return Segment(words=tuple(words), avg_logprob=math.nan, no_speech=math.nan)
