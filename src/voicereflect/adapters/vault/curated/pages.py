"""The vault's own texts: single files beside the entries; must not know what is in them."""

from pathlib import Path

from voicereflect.adapters.vault.files import Files
from voicereflect.core.store.bounds import readable
from voicereflect.errors import EntryUnreadable


def read(files: Files, path: Path) -> str:
    """Give a file's text; empty while there is none.

    Raises:
        EntryUnreadable: it is not UTF-8.
    """
    if not path.exists():
        return ""
    try:
        return files.read(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise EntryUnreadable(
            f"{path} is not UTF-8.", hint="Save the file with the encoding UTF-8."
        ) from error


def write(files: Files, path: Path, text: str) -> None:
    """Save a text, unless it is what stands there."""
    data = readable(text).encode()
    if not path.exists() or files.read(path) != data:
        files.save(path, data)
