"""A console that outlives its terminal: what cannot be shown any more is not shown."""

import contextlib

from rich.console import Console, RenderableType


class PatientConsole(Console):
    """Prints as long as somebody reads; a closed pipe or terminal ends nothing."""

    def tell(self, what: RenderableType) -> None:
        """Print, if that is still possible."""
        with contextlib.suppress(OSError, ValueError):  # ValueError: the file is closed
            self.print(what, markup=False, highlight=False)
            self.file.flush()

    def on_broken_pipe(self) -> None:
        """Do not leave the program: a session must end in order."""
