"""`themes.toml` in the vault: read, changed with its comments kept, and taken back.

Knows the file, its versions and its lock, not what its keys do.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import tomlkit
from tomlkit.exceptions import TOMLKitError

from voicereflect.adapters.vault.condition import label
from voicereflect.adapters.vault.curated.curation_tables import read, write
from voicereflect.adapters.vault.discarded.trash import THEMES, TRASH
from voicereflect.adapters.vault.files import Files
from voicereflect.core.store import bounds
from voicereflect.core.themes.curation import (
    Curation,
    still_kept,
)
from voicereflect.errors import ThemesUnreadable

FILE: Final = "themes.toml"
_FORMAT: Final = 1
_BEGINNING: Final = """\
# What you did to your themes: names, merges, pins, moves, themes of your own.
# You may edit it; sentences are named by entry, answer and their exact words.
format = 1
"""


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what is wrong with the file's text into one line, without any of its words."""
    try:
        yield
    except TOMLKitError as error:
        raise _unreadable(str(path), "it is not TOML") from error
    except UnicodeDecodeError as error:
        raise _unreadable(str(path), "it is not saved as UTF-8") from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _unreadable(str(path), "a key is missing or has a value of the wrong kind") from error


class CurationFile:
    """A person's hand in their themes."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._path = files.root / FILE

    def read(self) -> Curation:
        return self._parsed()[1]

    def change(self, edit: Callable[[Curation], Curation]) -> bool:
        self._files.make_folder(self._files.root)
        with self._saving():
            self._tidy()
            document, before = self._parsed()
            after = edit(before)
            if after == before:
                return False
            self._keep_version()
            self._files.save(self._path, _written(self._path, document, before, after))
            return True

    def scrub(self, edit: Callable[[Curation], Curation]) -> None:
        """Change what stands there now and in every version before; nothing of it is kept.

        A version that cannot be read is destroyed: nobody can tell what is in it.
        """
        if not self._files.root.is_dir():
            return
        with self._saving():
            for version in sorted(self._kept.glob("*.toml")) if self._kept.is_dir() else []:
                try:
                    self._scrub(version, edit)
                except ThemesUnreadable:
                    self._files.remove(version)
            self._tidy()
            if self._path.exists():
                self._scrub(self._path, edit)

    def undo(self) -> bool:
        with self._saving():
            versions = self._versions()
            if not versions:
                return False
            data = self._with_handles(versions[-1])
            if self._path.exists():
                taken_back = versions[-1].with_name(f"taken-back-{versions[-1].name}")
                self._files.save(taken_back, self._files.read(self._path))
            self._files.save(self._path, data)
            self._files.remove(versions[-1])
            return True

    def keep(self, edit: Callable[[Curation], Curation]) -> None:
        with self._saving():
            self._scrub(self._path, edit)

    def _with_handles(self, version: Path) -> bytes:
        """The version before, with the handles that were kept since."""
        try:
            current = self.read()
        except ThemesUnreadable:  # why the version before is wanted
            return self._files.read(version)
        document, before = self._parsed(version)
        after = still_kept(before, current)
        if after == before:
            return self._files.read(version)
        return _written(version, document, before, after)

    def _tidy(self) -> None:
        """Take away halves of saves that were killed; a sentence may stand in them."""
        for folder in (self._files.root, self._kept):
            for leftover in self._files.leftovers(folder) if folder.is_dir() else ():
                self._files.remove(leftover)

    def _scrub(self, path: Path, edit: Callable[[Curation], Curation]) -> None:
        document, before = self._parsed(path)
        after = edit(before)
        if after != before:
            self._files.save(path, _written(path, document, before, after))

    def _parsed(self, path: Path | None = None) -> tuple[tomlkit.TOMLDocument, Curation]:
        path = path or self._path
        data = self._files.read(path) if path.exists() else _BEGINNING.encode()
        with translated(path):
            text = data.decode("utf-8-sig")
            table = _table(text, path)
            document = tomlkit.parse(text)
            if table.get("format", _FORMAT) != _FORMAT:
                raise _unreadable(str(path), f"it is not of format {_FORMAT}")
            return document, read(table)

    def _keep_version(self) -> None:
        self._files.make_folder(self._kept)
        every = self._kept.glob("*themes-[0-9]*.toml")  # of what was taken back, too
        numbers = [int(path.stem.rpartition("-")[2]) for path in every]
        data = self._files.read(self._path) if self._path.exists() else _BEGINNING.encode()
        self._files.save(self._kept / f"themes-{max(numbers, default=0) + 1:04}.toml", data)

    def _versions(self) -> list[Path]:
        return sorted(self._kept.glob("themes-[0-9]*.toml")) if self._kept.is_dir() else []

    @property
    def _kept(self) -> Path:
        return self._files.root / TRASH / THEMES

    @contextmanager
    def _saving(self) -> Iterator[None]:
        with label.saving(self._files):
            label.make(self._files)
            yield


def _written(
    path: Path, document: tomlkit.TOMLDocument, before: Curation, after: Curation
) -> bytes:
    with translated(path):
        write(document, before, after)
        return tomlkit.dumps(document).encode()


def _table(text: str, path: Path) -> dict[str, Any]:
    try:
        return bounds.toml(text)
    except ValueError as error:
        line, what = bounds.toml_problem(text, error)
        raise _unreadable(f"{path}, line {line}", what.partition(":")[0]) from error


def _unreadable(where: str, why: str) -> ThemesUnreadable:
    return ThemesUnreadable(
        f"{where}: {why}.", hint="Mend it, or `voicereflect themes undo` for the version before."
    )
