"""Turns a vault's files one by one, sealed or plain, each compared before the other one goes.

Every step may be killed and done again: a file is one or the other, never half of both.
"""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import BinaryIO, Final

from voicereflect.adapters.vault import locks
from voicereflect.adapters.vault.condition import label
from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.records import framed, records_of
from voicereflect.adapters.vault.sealed_files import SealedFiles, UnsealingFiles
from voicereflect.adapters.vault.sealing.names import ShutNames, sittings
from voicereflect.core.sealing.fates import SealFate, fate_of
from voicereflect.core.sealing.states import SealState, Turned
from voicereflect.core.store.bounds import readable
from voicereflect.errors import VaultBusy, VaultUnwritable
from voicereflect.ports.sealing import Cipher

_PIECE: Final = 1 << 16
_BEGINNING: Final = 64


class VaultWalk:
    """All files of one vault."""

    def __init__(self, files: Files, cipher: Cipher, recipient: str, *, patience_s: float) -> None:
        """`files` are plain ones, the cipher's key is at hand."""
        self._files = files
        self._cipher = cipher
        self._recipient = recipient
        self._patience_s = patience_s
        self._root = files.root

    @contextmanager
    def held(self) -> Iterator[None]:
        lock = self._root / locks.LOCK
        with locks.held(lock, timeout_s=self._patience_s, remove=False):
            for folder in sittings(self._root):
                raise VaultBusy(
                    f"A session goes on in {readable(str(folder))}.",
                    hint="End it, then try again; nothing was changed.",
                )
            yield

    def state(self) -> SealState:
        return label.state(self._files)

    def mark(self, state: SealState) -> None:
        label.mark(self._files, state, self._recipient)

    def plain(self) -> tuple[str, ...]:
        found = _Found()
        for top in self._files.listed(self._root):
            for path in _below(top) if fate_of(f"{top.name}/") is not SealFate.OTHER else (top,):
                fate = fate_of(path.relative_to(self._root).as_posix())
                if fate in {SealFate.WHOLE, SealFate.BLOCKS} and path.is_file():
                    found.ours.append((path, fate))
        return tuple(self._shown(path) for path, fate in found.ours if self._is_plain(path, fate))

    def _is_plain(self, path: Path, fate: SealFate) -> bool:
        if fate is SealFate.BLOCKS:
            return not all(map(self._is_sealed, self._files.records(path)))
        with self._files.reader(path) as source:
            return not self._cipher.is_sealed(_beginning(source))

    def turn(self, progress: Callable[[float, float], None]) -> Turned:
        """Make every file what the label says, then names too.

        Raises:
            VaultUnwritable: the disk is full or refuses, or what was written is not the same.
        """
        sealing = self.state().writes_sealed
        names = ShutNames(self._sides(sealing=sealing))
        found = self._found()
        for number, (path, fate) in enumerate(found.ours):
            progress(number, len(found.ours))
            turn = self._blocks_turned if fate is SealFate.BLOCKS else self._whole_turned
            if not turn(path, sealing=sealing):
                found.left.append(path)
        progress(1, 1)
        (names.shut if sealing else names.open)()
        return Turned(
            files=len(found.ours) - len(found.left),
            left=tuple(map(self._shown, found.left)),
            others=tuple(map(self._shown, found.others)),
        )

    def _sides(self, *, sealing: bool) -> SealedFiles:
        kind = SealedFiles if sealing else UnsealingFiles
        return kind(self._root, self._cipher)

    def _found(self) -> "_Found":
        """Look at everything below the vault; halves of saves that were killed go."""
        found = _Found()
        for top in self._files.listed(self._root):
            if fate_of(f"{top.name}/") is SealFate.OTHER and top.is_dir():
                found.others.append(top)
                continue
            for path in _below(top):
                self._sort(path, found)
        return found

    def _sort(self, path: Path, found: "_Found") -> None:
        fate = fate_of(path.relative_to(self._root).as_posix())
        if fate is SealFate.HALF and not path.is_symlink():
            self._files.remove(path)
        elif fate is SealFate.OTHER:
            found.others.append(path)
        elif fate in {SealFate.WHOLE, SealFate.BLOCKS}:
            if path.is_file() and not path.is_symlink():
                found.ours.append((path, fate))
            else:
                found.left.append(path)

    def _whole_turned(self, path: Path, *, sealing: bool) -> bool:
        """Turn one file; False where it is damaged, or sealed for another key."""
        with self._files.reader(path) as source:
            if self._cipher.is_sealed(_beginning(source)):
                plain = self._opened(source)
                if plain is None or sealing:
                    return plain is not None
                self._replace(path, plain, sealing=False)
            elif sealing:
                self._replace(path, source, sealing=True)
            return True

    def _opened(self, source: BinaryIO) -> BinaryIO | None:
        """Give what is sealed, once every byte of it has been opened; None where it does not."""
        try:
            opened = self._cipher.opening(source)
            for _ in _pieces(opened):
                pass
        except OSError as error:
            if error.errno != errno.EBADMSG:
                raise
            return None
        opened.seek(0)
        return opened

    def _replace(self, path: Path, source: BinaryIO, *, sealing: bool) -> None:
        with self._files.writer(path) as target:
            with self._cipher.sealing(target) if sealing else nullcontext(target) as inner:
                shutil.copyfileobj(source, inner, _PIECE)
            target.seek(0)
            source.seek(0)
            written = self._cipher.opening(target) if sealing else target
            self._compare(path, _pieces(source), _pieces(written))

    def _blocks_turned(self, path: Path, *, sealing: bool) -> bool:
        both = self._sides(sealing=True)
        if all(self._is_sealed(each) is sealing for each in self._files.records(path)):
            return True
        try:
            for _ in both.records(path):
                pass
        except VaultUnwritable:
            return False
        with self._files.writer(path) as target:
            for record in both.records(path):
                target.write(framed(self._cipher.seal(record) if sealing else record))
            target.seek(0)
            self._compare(path, both.records(path), map(self._plain, records_of(target)))
        return True

    def _is_sealed(self, data: bytes) -> bool:
        return self._cipher.is_sealed(data[:_BEGINNING])

    def _plain(self, data: bytes) -> bytes:
        return self._cipher.open(data) if self._is_sealed(data) else data

    def _compare(self, path: Path, before: Iterator[bytes], after: Iterator[bytes]) -> None:
        if not all(one == other for one, other in zip_longest(before, after)):
            raise VaultUnwritable(
                f"{readable(str(path))} would not hold the same.",
                hint="The file is as it was. Check the disk, then do it again.",
            )

    def _shown(self, path: Path) -> str:
        return readable(path.relative_to(self._root).as_posix())


@dataclass(slots=True)
class _Found:
    ours: list[tuple[Path, SealFate]] = field(default_factory=list)
    left: list[Path] = field(default_factory=list)
    others: list[Path] = field(default_factory=list)


def _below(top: Path) -> Iterator[Path]:
    """Give every file, and every link, in a folder and those below; or the file itself."""
    if top.is_symlink() or not top.is_dir():
        yield top
        return
    for here, folders, names in os.walk(top):
        links = [each for each in folders if Path(here, each).is_symlink()]
        yield from (Path(here, name) for name in sorted((*names, *links)))


def _beginning(source: BinaryIO) -> bytes:
    data = source.read(_BEGINNING)
    source.seek(0)
    return data


def _pieces(source: BinaryIO) -> Iterator[bytes]:
    while piece := source.read(_PIECE):
        yield piece
