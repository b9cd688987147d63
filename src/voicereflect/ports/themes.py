"""A person's hand in their themes, and what themes are made from again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Set

    from voicereflect.core.themes.curation import Curation


class Curations(Protocol):
    """A person's hand in their themes: `themes.toml` in the vault."""

    def read(self) -> Curation:
        """What stands there now; nothing where there is no file.

        Raises:
            ThemesUnreadable: file, line and what.
        """

    def change(self, edit: Callable[[Curation], Curation]) -> bool:
        """Read, change and save; comments are kept, and so is the version before.

        False: it was so already, and nothing was saved.
        """

    def keep(self, edit: Callable[[Curation], Curation]) -> None:
        """Change and save what the program keeps for itself: no version, nothing to take back."""

    def undo(self) -> bool:
        """Put the version before in place, and what stood there into the trash.

        False: there is none.
        """

    def scrub(self, edit: Callable[[Curation], Curation]) -> None:
        """Change every version; nothing of what was there is kept."""


class ThemeCache(Protocol):
    """What themes can be made from again, kept aside; may be gone at any time."""

    def claims(self) -> bytes:
        """What themes of one's own claim, as it was kept last; nothing if nothing was."""

    def keep_claims(self, data: bytes) -> None:
        """Keep it in place of the last."""

    def vectors(self, digest: str) -> bytes:
        """Rows kept under a digest; nothing if there are none, and maybe damaged."""

    def keep_vectors(self, digest: str, rows: bytes) -> None:
        """Keep rows under a digest."""

    def clusterer(self) -> bytes:
        """The last clusterer that was kept; nothing if there is none."""

    def keep_clusterer(self, data: bytes) -> None:
        """Keep the clusterer in place of the last."""

    def forget_all_but(self, digests: Set[str]) -> None:
        """Let go of every row that stands under no digest of these."""

    def forget(self) -> None:
        """Let go of everything."""
