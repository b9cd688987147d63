"""Settings to what other speakers agreed to; loads it late, like `wiring`."""

from pathlib import Path
from typing import TYPE_CHECKING

from voicereflect import wiring
from voicereflect.wiring import shelf

if TYPE_CHECKING:
    from voicereflect.adapters.copies import CopyFolder
    from voicereflect.errors import ReflectError
    from voicereflect.flows.two.consents import Consents


def consents() -> "Consents":
    """What other speakers agreed to, and how they take it back."""
    from voicereflect.adapters.vault.curations import CurationFile
    from voicereflect.adapters.vault.files import Files
    from voicereflect.flows.two.consents import Consents

    chosen = wiring.settings()
    kept = wiring.vault(chosen)
    return Consents(
        shelf=kept,
        eraser=kept.eraser,
        curations=CurationFile(Files(chosen.vault)),
        destroying=shelf.destroying(kept),
        now=wiring.now,
    )


def finish_destroying() -> "ReflectError | None":
    """Finish what was to be destroyed when something broke off; give what hinders it."""
    from voicereflect.errors import ReflectError

    if not wiring.vault(wiring.settings()).doom.waits():
        return None
    try:
        consents().finish()
    except ReflectError as error:
        return error
    return None


def copies(folder: Path) -> "CopyFolder":
    """A folder outside the vault that somebody takes along."""
    from voicereflect.adapters.copies import CopyFolder
    from voicereflect.adapters.vault.answers.flac import Flac

    return CopyFolder(folder.absolute(), Flac().encode)
