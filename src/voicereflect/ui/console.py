"""Consoles whose texts steer no terminal; one of them outlives it."""

import contextlib
from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

from voicereflect.core.words.steering import plain


class PlainConsole(Console):
    """Styles texts, from which everything is gone that would steer a terminal."""

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterator[Segment]:
        """Leave out of every text what is none; styles and moves are rich's own."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else segment._replace(text=plain(segment.text))


class PatientConsole(PlainConsole):
    """Prints as long as somebody reads; a closed pipe or terminal ends nothing."""

    def tell(self, what: RenderableType) -> None:
        """Print, if that is still possible."""
        with contextlib.suppress(OSError, ValueError):  # ValueError: the file is closed
            self.print(what, markup=False, highlight=False, crop=False)
            self.file.flush()

    def tell_wrapped(self, line: str) -> None:
        """Print a line, broken between words; a long path stays whole and can be copied."""
        for piece in wrapped(line, self.width):
            self.tell(Text(piece, no_wrap=True, overflow="ignore"))

    def on_broken_pipe(self) -> None:
        """Do not leave the program: a session must end in order."""


def wrapped(line: str, width: int) -> Iterator[str]:
    """Pieces of at most `width` columns, if the words are that short."""
    piece = ""
    for word in line.split(" "):
        longer = f"{piece} {word}" if piece else word
        if piece and cell_len(longer) > width:
            yield piece
            piece = word
        else:
            piece = longer
    yield piece
