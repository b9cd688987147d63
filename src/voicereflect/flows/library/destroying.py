"""Destroys for good, in the vault and in what is made from it; finishes what broke off.

Walks the table of `core.store.holdings`. What is to be destroyed is noted in the vault
first and that note is removed last, so that doing this again is always safe.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from voicereflect.core.store.holdings import HOLDINGS, Scrub
from voicereflect.flows.library.indexing import Book, Pages, made_again_if_damaged, refresh
from voicereflect.ports import Progress


class Doom(Protocol):
    """What is promised to be destroyed, and outlives a crash."""

    def waits(self) -> bool:
        """Whether there is anything."""

    def names(self) -> tuple[str, ...]:
        """What there is, for showing."""

    def entries(self) -> tuple[str, ...]:
        """Ids of whole entries among it."""

    def entry(self, entry_id: str) -> None:
        """Promise to destroy an entry; raises EntryNotFound."""

    def trash(self) -> None:
        """Promise to destroy all that is in the trash."""

    def withdrawal(self, entry_id: str, speaker: str) -> None:
        """Promise to destroy a speaker's words of an entry."""

    def withdrawals(self) -> tuple[tuple[str, str], ...]:
        """Entry and speaker of every such promise that was not kept yet."""

    def withdrawn(self, entry_id: str, speaker: str) -> None:
        """Note that the vault holds nothing of them any more."""

    def carry_out(self) -> None:
        """Destroy it in the vault; raises ThemesUnreadable before anything is gone."""

    def close(self) -> None:
        """Let go of the promises that were kept."""


class ThemeCache(Protocol):
    """What themes are made from again."""

    def forget(self) -> None:
        """Let go of everything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Destroying:
    """Destroys in one vault, and in what is made of it."""

    doom: Doom
    pages: Pages
    cache: ThemeCache
    book: Book
    progress: Progress

    def finish(self) -> None:
        """Destroy all that was promised, wherever it lies; costs nothing if nothing was.

        Raises:
            ThemesUnreadable: the vault's themes.toml is mangled; once it is mended, try again.
            VaultError: something cannot be removed; the next start tries again.
        """
        if not self.doom.waits():
            return
        scrubbing: Mapping[Scrub, Callable[[], None]] = {
            Scrub.VAULT: self.doom.carry_out,
            Scrub.INDEX: self._forget_in_index,
            Scrub.THEME_CACHE: self.cache.forget,
        }
        for scrub in dict.fromkeys(place.scrub for place in HOLDINGS):
            if scrub is not Scrub.NOBODY:
                scrubbing[scrub]()
        self.doom.close()

    def _forget_in_index(self) -> None:
        def question() -> None:
            refresh(self.book, self.pages, self.progress)
            self.book.scour()

        made_again_if_damaged(self.book, question)
