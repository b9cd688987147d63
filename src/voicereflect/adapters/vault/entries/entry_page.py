"""`entry.md` of one folder, as an entry; knows bytes and their form, not where folders stand."""

from pathlib import Path
from typing import Final

from voicereflect.adapters.vault.files import Files
from voicereflect.core.entry.page import entry_text
from voicereflect.core.store.bounds import readable
from voicereflect.model import Entry

ENTRY: Final = "entry.md"


def read(files: Files, folder: Path, name: str = ENTRY) -> Entry:
    """Read the entry in a folder, or a copy of its page that lies there under another name.

    Raises:
        EntryUnreadable: the page is mangled; with its line.
        VaultUnwritable: there is none, or it cannot be read.
    """
    path = folder / name
    where = readable(str(path))
    return entry_text.parse(entry_text.decode(files.read(path), where), where)


def save(files: Files, folder: Path, entry: Entry) -> None:
    """Put an entry's page in place of the one that is there; durable on return."""
    files.save(folder / ENTRY, entry_text.encode(entry_text.render(entry)))
