"""The trash of the system, where a file can be taken back; as freedesktop.org describes it."""

import os
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from voicereflect.core.store.bounds import readable
from voicereflect.errors import VaultUnwritable


def put_away(path: Path) -> None:
    """Move a file to the trash.

    Raises:
        VaultUnwritable: there is none on its disk; the file stays where it is.
    """
    path = path.absolute()
    try:
        _move(path)
    except OSError as error:
        raise VaultUnwritable(
            f"{readable(str(path))} is kept, and could not be moved to the trash.",
            hint="It stays where it is; move it away yourself.",
        ) from error


def _move(path: Path) -> None:
    if sys.platform == "darwin":  # pragma: no cover
        _renamed(path, Path.home() / ".Trash")
        return
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    trash = Path(data) / "Trash"
    for part in ("files", "info"):
        (trash / part).mkdir(mode=0o700, parents=True, exist_ok=True)
    name = _free(trash, path)
    info = trash / "info" / f"{name}.trashinfo"
    told = f"[Trash Info]\nPath={quote(str(path))}\nDeletionDate={_now()}\n"
    with info.open("x", encoding="utf-8", errors="surrogateescape") as file:
        file.write(told)
    try:
        path.rename(trash / "files" / name)  # on another disk this is refused, and nothing lost
    except OSError:
        with suppress(OSError):
            info.unlink()
        raise


def _free(trash: Path, path: Path) -> str:
    number = 1
    name = path.name
    while (trash / "files" / name).exists() or (trash / "info" / f"{name}.trashinfo").exists():
        number += 1
        name = f"{path.stem}-{number}{path.suffix}"
    return name


def _renamed(path: Path, folder: Path) -> None:  # pragma: no cover
    target = folder / path.name
    if target.exists():
        raise FileExistsError(str(target))
    path.rename(target)


def _now() -> str:
    return datetime.now().astimezone().strftime("%Y-%m-%dT%H:%M:%S")
