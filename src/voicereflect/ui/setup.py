"""What setting up shows: still lines that break between words, and questions in them."""

import sys
from collections.abc import Callable

from voicereflect.core.words.steering import plain
from voicereflect.ui.wrapping import fitted


class SetupPage:
    """Prints; the person types below each question."""

    def __init__(
        self,
        typed_line: Callable[[], str | None] | None,
        say: Callable[[str], None],
        hush: Callable[[], None],
        *,
        tidy: Callable[[], None] = lambda: None,
    ) -> None:
        """`typed_line`: None where nobody can be asked; `say` says a question aloud.

        `tidy` takes away a line that moved and broke off.
        """
        self._tidy = tidy
        self._typed_line = typed_line
        self._say = say
        self._hush = hush

    def heading(self, text: str) -> None:
        self._print(f"\n{text}")

    def tell(self, line: str) -> None:
        self._print("\n".join(f"  {each}" for each in plain(line).split("\n")))

    def ask(self, question: str) -> str | None:
        if self._typed_line is None:
            return None
        self._print(f"  {question}")
        sys.stdout.write("  > ")
        sys.stdout.flush()
        self._say(question)
        line = self._typed_line()
        self._hush()
        if line is None:
            self._print("")
            raise KeyboardInterrupt
        return line.strip()

    def _print(self, line: str) -> None:
        self._tidy()
        sys.stdout.write(f"{fitted(line, sys.stdout, indent=4)}\n")
        sys.stdout.flush()
