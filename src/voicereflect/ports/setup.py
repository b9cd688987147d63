"""Setting the program up: what a person sees and is asked, and who fetches for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from voicereflect.ports.screen import Progress


class SetupScreen(Protocol):
    """Lines, and questions that are answered by a line; nothing here raises."""

    def heading(self, text: str) -> None:
        """A step begins."""

    def tell(self, line: str) -> None:
        """One line."""

    def ask(self, question: str) -> str | None:
        """What somebody typed, without spaces around it; None where nobody can be asked.

        Raises:
            KeyboardInterrupt: Ctrl-C, or the terminal is gone.
        """


class ModelFetcher(Protocol):
    """Fetches models for a process that has no network."""

    def get(self, name: str, announce: Callable[[str], None], progress: Progress) -> bool:
        """Fetch a model, unless it is there and sound; tell whether that was needed.

        Raises:
            ModelFetchFailed: it could not be fetched, or whoever fetches is gone.
            ModelMissing: there is no such model.
            ModelDamaged: a file came with another hash.
        """
