"""A session in which answers are typed: still lines, and below them the text with its cursor.

Only the lines that are being typed are ever drawn again. A letter at the end of a
row is written as it is, so that a screen reader speaks that letter and nothing else.
"""

import contextlib
import shutil
import sys
from collections.abc import Iterator, Sequence
from typing import Final

from rich.text import Text

from voicereflect.core.session.keys import KEYS, WITHOUT_SOUND
from voicereflect.core.session.offers import ShownKey, choice_offers, numbered
from voicereflect.core.session.state import Phase
from voicereflect.core.typed.cells import LaidText, columns, laid
from voicereflect.core.words.steering import plain
from voicereflect.model import Answer, Deck
from voicereflect.ui.output import steering
from voicereflect.ui.session.still import StillScreen
from voicereflect.ui.session.words import (
    BETWEEN_KEYS,
    deck_line,
    key_rows,
    legend,
)
from voicereflect.ui.wording import WIDTH

TYPING: Final = "Ctrl-D done · ESC keys"
BACK: Final = "ESC goes on typing"
NOT_HEARD: Final = "Your answers are typed. Nothing is said aloud, and nothing is heard."
INDENT: Final = "  "
ROOM_ABOVE: Final = 8
"""Rows that the question and the keys may need."""
LEAST_ROWS: Final = 3
_UP, _CLEAR, _DIM, _PLAIN = "\x1b[{}A", "\r\x1b[J", "\x1b[2m", "\x1b[0m"


class TypedPage(StillScreen):
    """Lines that stay, and an answer that is being typed below them."""

    def __init__(self, *, plain: bool) -> None:
        """`plain`: say the keys once, and never draw them again."""
        super().__init__(attended=True)
        self._plain = plain
        self._region: tuple[str, ...] = ()
        """What is drawn below the still lines: rows, then keys."""
        self._row = 0
        """Where the cursor stands in it."""
        self._laid: LaidText | None = None
        self._keys = ""

    def opened(self, deck: Deck, source: str) -> None:  # noqa: ARG002 - nothing is heard
        """Title, reason, and that nothing is heard."""
        self._say(*filter(None, (deck_line(deck), deck.why)))
        self._remark(NOT_HEARD)

    def said(self, words: str) -> None:
        self._say("", words)
        self._remark(_legend(Phase.OPENING))

    def offered(self, options: Sequence[str]) -> None:
        super().offered(options)
        numbers = legend(numbered(Phase.ASKING, len(options)))
        self._remark(f"{numbers} · {_legend(Phase.ASKING)}")

    def put(self, words: str, options: Sequence[str]) -> None:
        self._say("", words)
        super().offered(options)
        self._remark(legend(choice_offers(len(options))))

    def keyed(self, keys: Sequence[ShownKey]) -> None:
        """They are drawn below what is typed."""

    def typing(self, text: str, at: int, *, keys: bool) -> None:
        wanted = f"{_legend(Phase.ANSWERING)} · {BACK}" if keys else TYPING
        if self._plain and wanted != self._keys:
            self._erase()
            self._laid = None
            self._remark(wanted)
        same_keys, self._keys = wanted == self._keys, wanted
        found = laid(text, at, self._width - len(INDENT) - 1)
        if same_keys and (more := _added(self._laid, found)):
            self._laid = found
            self._write(plain(more))
            row = self._region[self._row]
            self._region = (*self._region[: self._row], row + more, *self._region[self._row + 1 :])
            return
        self._erase()
        self._draw(found)

    def typed(self, text: str) -> None:
        self._erase()
        self._laid = None
        for row in ("", *laid(text.strip("\n"), 0, self._width - len(INDENT) - 1).rows):
            if text:  # as it stood, so no word moves
                self._out.tell(Text(f"{INDENT}{row}".rstrip(), no_wrap=True, overflow="ignore"))

    def read(self, answer: Answer) -> None:
        """Its words stand there already."""

    def close(self) -> None:
        self._erase()

    def _say(self, *lines: str) -> None:
        with self._above():
            super()._say(*lines)

    def _remark(self, *lines: str) -> None:
        room = min(self._width, WIDTH)
        with self._above():
            super()._remark(*(row for line in lines for row in key_rows(line, room)))

    @contextlib.contextmanager
    def _above(self) -> Iterator[None]:
        """Print above the answer that is being typed."""
        open_ = self._laid
        self._erase()
        yield
        if open_ is not None:
            self._draw(open_)

    @property
    def _width(self) -> int:
        return shutil.get_terminal_size().columns

    def _draw(self, found: LaidText) -> None:
        most = max(LEAST_ROWS, shutil.get_terminal_size().lines - ROOM_ABOVE)
        first = max(0, found.row - most + 1)
        rows = [INDENT + plain(row) for row in found.rows[first : first + most]]
        keys = [] if self._plain else ["", *key_rows(self._keys, min(self._width - 1, WIDTH))]
        self._region, self._row = ("", *rows, *keys), found.row - first + 1
        self._laid = found
        shown = ["", *rows, *(f"{_DIM}{each}{_PLAIN}" if each else "" for each in keys)]
        back = len(self._region) - 1 - self._row
        up = _UP.format(back) if back else ""
        self._write("\n".join(shown) + f"{up}\r\x1b[{len(INDENT) + found.column + 1}G")

    def _erase(self) -> None:
        """Take away what was drawn, also where the window has become narrower since."""
        if not self._region:
            return
        above = sum(max(1, -(-columns(row) // self._width)) for row in self._region[: self._row])
        self._write((_UP.format(above) if above else "") + _CLEAR)
        self._region, self._laid = (), None

    def _write(self, text: str) -> None:
        with contextlib.suppress(OSError, ValueError):
            out = steering(sys.stdout)
            out.write(text)
            out.flush()


def _added(before: LaidText | None, now: LaidText) -> str:
    """Give what was put in at the end of the last row; empty where anything else changed."""
    if before is None or before.row != now.row or before.rows[:-1] != now.rows[:-1]:
        return ""
    old, new = before.rows[-1], now.rows[-1]
    at_end = now.row == len(now.rows) - 1 and before.column == columns(old)
    is_longer = new.startswith(old) and now.column == columns(new)
    return new[len(old) :] if at_end and is_longer else ""


def _legend(phase: Phase) -> str:
    """The keys that there are without sound, with their labels."""
    letters = (key for key in KEYS if key in WITHOUT_SOUND and key > "9")
    labels = ((key, KEYS[key][phase].label) for key in letters if phase in KEYS[key])
    return BETWEEN_KEYS.join(f"{key.upper()} {label}" for key, label in labels if label)
