"""Asking for what nobody may see: passphrases that are not shown, words that leave no trace."""

import sys
from collections.abc import Callable
from typing import Final

from voicereflect.ui.output import steering
from voicereflect.ui.wrapping import fitted

_ASIDE: Final = "\x1b[?1049h\x1b[2J\x1b[H"
"""A terminal's other screen, which is in no scroll-back."""
_BACK: Final = "\x1b[2J\x1b[H\x1b[?1049l"
_ROWS: Final = 4


class TerminalSecrets:
    """The terminal of this process."""

    def __init__(self, hidden: Callable[[str], str | None], line: Callable[[], str | None]) -> None:
        """`hidden` asks for a line that is not shown, `line` waits for ENTER."""
        self._hidden = hidden
        self._line = line

    def ask(self, question: str) -> str | None:
        return self._hidden(question)

    def show_once(self, words: tuple[str, ...]) -> bool:
        """Show the words until ENTER, then take them off the screen."""
        numbered = [f"{number:2} {word:<10}" for number, word in enumerate(words, 1)]
        rows = ["  ".join(numbered[row::_ROWS]) for row in range(_ROWS)]
        lines = (
            "Recovery words: they open the vault if the passphrase is lost.",
            "Write them on paper now. They are shown only here, and kept nowhere.",
            "",
            *rows,
            "",
            "ENTER when they are on paper; Ctrl-C stops, and nothing is sealed.",
        )
        out = steering(sys.stderr)
        out.write(_ASIDE + "".join(f"{line}\n" for line in lines))
        out.flush()
        try:
            return self._line() is not None
        finally:
            out.write(_BACK)
            out.flush()

    def note(self, line: str) -> None:
        sys.stderr.write(f"{fitted(line, sys.stderr)}\n")
