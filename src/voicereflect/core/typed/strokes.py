"""What a terminal sends, read as text and as keys; pieces may be cut anywhere.

Knows no terminal. A paste is text, whatever is in it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final

from voicereflect.core.words.marks import line_feeds


class EditKey(Enum):
    """A key that is no text."""

    BACKSPACE = auto()
    DELETE = auto()
    LEFT = auto()
    RIGHT = auto()
    UP = auto()
    DOWN = auto()
    HOME = auto()
    END = auto()
    WORD_LEFT = auto()
    WORD_RIGHT = auto()
    DELETE_WORD = auto()
    DELETE_LINE = auto()
    DONE = auto()
    ESCAPE = auto()
    INTERRUPT = auto()


Stroke = str | EditKey
"""Text to be put in, or a key."""

PASTE_ON: Final = "\x1b[?2004h"
PASTE_OFF: Final = "\x1b[?2004l"
"""Ask a terminal to mark what is pasted, and to leave that again."""
_PASTED, _PASTE_OVER = "\x1b[200~", "\x1b[201~"
_KEYS: Final = {
    "\x7f": EditKey.BACKSPACE,
    "\x08": EditKey.BACKSPACE,
    "\x04": EditKey.DONE,
    "\x01": EditKey.HOME,
    "\x05": EditKey.END,
    "\x02": EditKey.LEFT,
    "\x06": EditKey.RIGHT,
    "\x10": EditKey.UP,
    "\x0e": EditKey.DOWN,
    "\x17": EditKey.DELETE_WORD,
    "\x15": EditKey.DELETE_LINE,
    "\x03": EditKey.INTERRUPT,
    "\x1b": EditKey.ESCAPE,
    "\x1b\x7f": EditKey.DELETE_WORD,
    "\x1bb": EditKey.WORD_LEFT,
    "\x1bf": EditKey.WORD_RIGHT,
    "\x1b[3~": EditKey.DELETE,
    "\x1b[1~": EditKey.HOME,
    "\x1b[7~": EditKey.HOME,
    "\x1b[4~": EditKey.END,
    "\x1b[8~": EditKey.END,
    "\x1b[1;5D": EditKey.WORD_LEFT,
    "\x1b[1;3D": EditKey.WORD_LEFT,
    "\x1b[1;5C": EditKey.WORD_RIGHT,
    "\x1b[1;3C": EditKey.WORD_RIGHT,
    **{
        f"\x1b{lead}{letter}": key
        for lead in "[O"
        for letter, key in {
            "A": EditKey.UP,
            "B": EditKey.DOWN,
            "C": EditKey.RIGHT,
            "D": EditKey.LEFT,
            "H": EditKey.HOME,
            "F": EditKey.END,
        }.items()
    },
}
_ONE: Final = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1bO.|\x1b[^\[O\x1b]|[^\x1b]|\x1b", re.DOTALL)
_HALF: Final = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|O)?\Z")
_TAB: Final = "    "


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoder:
    """Reads what a terminal sends, piece by piece."""

    half: str = ""
    """The beginning of a sequence whose end is still to come."""
    pasting: bool = False

    def fed(self, piece: str, *, last: bool = False) -> "tuple[Decoder, tuple[Stroke, ...]]":
        """Take the next piece; `last`: nothing followed for a moment, so ESC stands for itself."""
        rest, found = self.half + piece, list[Stroke]()
        state = replace(self, half="")
        while rest:
            if state.pasting:
                state, rest = _pasted(state, rest, found)
            else:
                state, rest = _typed(state, rest, found, last=last)
        return state, tuple(found)


def _pasted(state: Decoder, rest: str, found: list[Stroke]) -> tuple[Decoder, str]:
    inside, over, after = rest.partition(_PASTE_OVER)
    if over:
        found += _texts(inside)
        return replace(state, pasting=False), after
    ends = (n for n in range(len(_PASTE_OVER) - 1, 0, -1) if rest.endswith(_PASTE_OVER[:n]))
    cut = len(rest) - next(ends, 0)
    found += _texts(rest[:cut])
    return replace(state, half=rest[cut:]), ""


def _typed(state: Decoder, rest: str, found: list[Stroke], *, last: bool) -> tuple[Decoder, str]:
    before, begins, after = rest.partition(_PASTED)
    if not last and not begins and (half := _HALF.search(before)):
        found += _strokes(before[: half.start()])
        return replace(state, half=half[0]), ""
    found += _strokes(before)
    return replace(state, pasting=bool(begins)), after


def _texts(inside: str) -> Iterator[str]:
    if text := _plain(inside):
        yield text


def _strokes(typed: str) -> Iterator[Stroke]:
    for one in _ONE.findall(typed):
        if one in _KEYS:
            yield _KEYS[one]
        elif text := _plain(one):
            yield text


def _plain(text: str) -> str:
    """Give the text that is meant: line feeds, no control characters, spaces for tabs."""
    lines = line_feeds(text).replace("\t", _TAB)
    if lines.startswith("\x1b"):
        return ""  # a key of no use
    return "".join(each for each in lines if each == "\n" or not _is_control(each))


def _is_control(letter: str) -> bool:
    return letter < " " or "\x7f" <= letter < "\xa0" or "\ud800" <= letter <= "\udfff"


def key_of(stroke: Stroke) -> str:
    """Give the name by which `core/session/keys.py` knows it; empty for no key, such as a paste."""
    if stroke in {"\n", EditKey.DONE}:
        return "enter"
    return stroke.lower() if isinstance(stroke, str) and len(stroke) == 1 else ""
