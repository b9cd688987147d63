"""Settings to what other speakers agreed to; loads it late, like `wiring`."""

from pathlib import Path
from typing import TYPE_CHECKING

from voicereflect import wiring
from voicereflect.wiring import shelf, themes

if TYPE_CHECKING:
    from voicereflect.adapters.copies import CopyFolder
    from voicereflect.flows.two.consents import Consents


def consents() -> "Consents":
    """What other speakers agreed to, and how they take it back."""
    from voicereflect.adapters.vault.curations import CurationFile
    from voicereflect.adapters.vault.files import Files
    from voicereflect.flows.two.consents import Consents
    from voicereflect.ui.progress import LineProgress

    chosen = wiring.settings()
    kept = wiring.vault(chosen)
    return Consents(
        shelf=kept,
        eraser=kept.eraser,
        curations=CurationFile(Files(chosen.vault)),
        cache=themes.cache_of(chosen),
        book=shelf.index_of(kept),
        progress=LineProgress(),
        now=wiring.now,
    )


def copies(folder: Path) -> "CopyFolder":
    """A folder outside the vault that somebody takes along."""
    from voicereflect.adapters.copies import CopyFolder
    from voicereflect.adapters.vault.flac import Flac

    return CopyFolder(folder.absolute(), Flac)
