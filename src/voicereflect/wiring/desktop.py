"""What is shown and changed with a person's own programs; late imports, like `wiring`."""

import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING

from voicereflect import wiring
from voicereflect.adapters.keyboard import attended
from voicereflect.errors import VaultLocked

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from voicereflect.model import Entry


def paged() -> "AbstractContextManager[None]":
    """What is printed inside is shown by pages where it is longer than a person's screen."""
    if wiring.plain() or not (attended() and sys.stdout.isatty()):
        return nullcontext()
    from voicereflect.adapters.desktop.pager import paged

    return paged()


def guarded() -> "AbstractContextManager[None]":
    """A screen that moves is left as it was, even if this process is killed inside."""
    if not wiring.moving(attended=attended()):
        return nullcontext()
    from voicereflect.adapters.desktop.terminal import guarded

    return guarded()


def folder_of(reference: str) -> "Path":
    """The folder that a reference's entry is in; the whole vault without a reference."""
    from voicereflect.adapters.vault.entries.entry_folders import EntryFolders, Remembered
    from voicereflect.flows.library.pointing import pointed

    chosen = wiring.settings()
    kept = wiring.vault(chosen)
    if not reference:
        kept.ids()  # a vault that is gone is told
        return chosen.vault
    found = pointed(kept, reference)
    return EntryFolders(wiring.files_of(chosen), Remembered(heads=dict, quiet=dict)).find(
        found.entry
    )


def shown(folder: "Path") -> bool:
    """Show a folder in the file manager; False where there is none."""
    from voicereflect.adapters.desktop.opening import show

    return show(folder)


def edited(page: "Path") -> "Entry":
    """Have an entry's page changed, and read it.

    Raises:
        EntryUnreadable: with file and line, where it can no longer be read.
        SettingsError: there is no editor.
        VaultLocked: the vault is sealed.
    """
    from voicereflect.adapters.desktop.opening import edit
    from voicereflect.adapters.vault.entries import entry_page

    files = wiring.files_of(wiring.settings())
    if files.private:
        raise VaultLocked(
            "An editor cannot read a sealed page, and would leave plain copies of it.",
            hint="`voicereflect fix` mends words; `voicereflect vault unseal` takes the seal away.",
        )
    edit(page)
    return entry_page.read(files, page.parent)
