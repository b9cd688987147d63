"""Subtitles of one answer, as SubRip (SRT) and WebVTT."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from voicereflect.core.words.comparing.alignment import TimedWord

_LINE: Final = 42
"""Letters on a line: what players take without breaking it again."""
_LINES: Final = 2
_PAUSE_S: Final = 1.2
"""A longer silence ends a cue."""
_LONGEST_S: Final = 7.0
_ENDS: Final = (".", "?", "!", "…")


@dataclass(frozen=True, slots=True)
class Cue:
    """What stands on the screen at one time."""

    start_s: float
    end_s: float
    text: str


def cues(words: Iterable[TimedWord]) -> Iterator[Cue]:
    """Divide timed words into cues: at sentence ends, pauses, and where no more fits."""
    group: list[TimedWord] = []
    for word in words:
        if group and _is_full(group, word):
            yield _cue(group)
            group = []
        group.append(word)
    if group:
        yield _cue(group)


def srt(found: Sequence[Cue]) -> str:
    """Write SubRip, where an arrow stands between times alone."""
    blocks = (
        f"{number}\n{_clock(cue.start_s, ',')} --> {_clock(cue.end_s, ',')}\n"
        f"{cue.text.replace('-->', '->')}\n"
        for number, cue in enumerate(found, start=1)
    )
    return "\n".join(blocks)


def vtt(found: Sequence[Cue]) -> str:
    """Write WebVTT; `&` and `<` would begin an escape or a tag there."""
    blocks = (
        f"{_clock(cue.start_s, '.')} --> {_clock(cue.end_s, '.')}\n"
        f"{cue.text.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')}\n"
        for cue in found
    )
    return "\n".join(("WEBVTT\n", *blocks))


def _is_full(group: Sequence[TimedWord], word: TimedWord) -> bool:
    last = group[-1]
    return (
        last.text.endswith(_ENDS)
        or word.start_s - last.end_s > _PAUSE_S
        or word.end_s - group[0].start_s > _LONGEST_S
        or len(_lines([*group, word])) > _LINES
    )


def _cue(group: Sequence[TimedWord]) -> Cue:
    return Cue(group[0].start_s, group[-1].end_s, "\n".join(_lines(group)))


def _lines(group: Sequence[TimedWord]) -> list[str]:
    lines = [""]
    for word in group:
        longer = f"{lines[-1]} {word.text}".lstrip()
        if len(longer) > _LINE and lines[-1]:
            lines.append(word.text)
        else:
            lines[-1] = longer
    return lines


def _clock(at_s: float, point: str) -> str:
    thousandths = max(0, round(at_s * 1000))
    seconds, rest = divmod(thousandths, 1000)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}:{second:02}{point}{rest:03}"
