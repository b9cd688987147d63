"""Destroys for good, in the vault and in what is made from it; finishes what broke off.

Walks the table of `core.store.holdings`. What is to be destroyed is noted in the vault
first and that note is removed last, so that doing this again is always safe.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from voicereflect.core.store.holdings import HOLDINGS, Scrub
from voicereflect.flows.library.finding.indexing import made_again_if_damaged, refresh
from voicereflect.ports.index import EntryIndex
from voicereflect.ports.screen import Progress
from voicereflect.ports.themes import ThemeCache
from voicereflect.ports.trash import Destructions
from voicereflect.ports.vault import EntryFiles


@dataclass(frozen=True, slots=True, kw_only=True)
class Destroying:
    """Destroys in one vault, and in what is made of it."""

    doom: Destructions
    pages: EntryFiles
    cache: ThemeCache
    index: EntryIndex
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
            refresh(self.index, self.pages, self.progress)
            self.index.vacuum()

        made_again_if_damaged(self.index, question)
