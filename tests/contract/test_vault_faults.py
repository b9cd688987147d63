"""Claims about what survives when a disk is full, a process is killed or a file is torn."""

import errno
import os
import shutil
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from tests.support.sealed_files import OpenedFiles
from tests.support.vaults import (
    ID,
    RATE_HZ,
    abandoned,
    folder_of,
    made_entry,
    make_entry,
    make_vault,
    noise,
    problems,
    recorded,
)
from voicereflect.adapters.vault.answers.flac import Flac
from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.folder import FolderVault
from voicereflect.adapters.vault.refusals import translated
from voicereflect.core.entry.entries import with_transcript
from voicereflect.errors import VaultUnwritable
from voicereflect.model import TakeInfo

HERE = Path(__file__).resolve().parents[2]


class FailingFiles(Files):
    """Fails with one error at the n-th thing it is asked to make durable, once or for good."""

    def __init__(self, root: Path, *, number: int = errno.ENOSPC) -> None:
        super().__init__(root)
        self.number = number
        self.left = -1

    def _fail_in_turn(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise OSError(self.number, os.strerror(self.number))

    def save(self, path: Path, data: bytes) -> None:
        with translated(path):
            self._fail_in_turn()
        super().save(path, data)

    def remove(self, path: Path) -> None:
        with translated(path):
            self._fail_in_turn()
        super().remove(path)

    def _write(self, descriptor: int, data: memoryview) -> int:
        written = super()._write(descriptor, data[: max(1, len(data) // 2)])
        self._fail_in_turn()
        return written


class FailingSealedFiles(FailingFiles, OpenedFiles):
    """The same over sealed files."""


KINDS = (FailingFiles, FailingSealedFiles)


class WrongCodec(Flac):
    """Loses a bit on the way, as bad memory or a bug in a library would."""

    def encode(self, blocks: Iterator[bytes], target: BinaryIO, rate_hz: int) -> int:
        first = bytearray(next(blocks))
        first[len(first) // 2] ^= 1
        return super().encode(iter([bytes(first), *blocks]), target, rate_hz)


class ShortCodec(Flac):
    """Leaves out the end."""

    def encode(self, blocks: Iterator[bytes], target: BinaryIO, rate_hz: int) -> int:
        return super().encode(iter([next(blocks)[:-2]]), target, rate_hz)


class TornCodec(Flac):
    """Leaves something that cannot be decoded at all."""

    def encode(self, blocks: Iterator[bytes], target: BinaryIO, rate_hz: int) -> int:
        super().encode(iter([next(blocks)]), target, rate_hz)
        target.seek(4)
        target.write(bytes(100))
        target.truncate()
        return 0


class FullDisk:
    """A file that takes so many bytes and no more."""

    def __init__(self, file: BinaryIO, room: int) -> None:
        self._file = file
        self._room = room

    def write(self, data: bytes) -> int:
        self._room -= len(data)
        if self._room < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return self._file.write(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


class FullDiskCodec(Flac):
    """Meets a full disk in the middle of a FLAC file."""

    def encode(self, blocks: Iterator[bytes], target: BinaryIO, rate_hz: int) -> int:
        return super().encode(blocks, FullDisk(target, 5_000), rate_hz)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("codec", "what"),
    [
        (WrongCodec(), "would not hold"),
        (ShortCodec(), "would not hold"),
        (TornCodec(), "would not hold"),
        (FullDiskCodec(), "disk is full"),
    ],
)
def test_blocks_stay_when_flac_does_not_hold_what_was_recorded(
    tmp_path: Path, codec: Flac, what: str
) -> None:
    files = Files(tmp_path)
    vault = make_vault(files, codec=codec)
    made_entry(vault, make_entry())
    with pytest.raises(VaultUnwritable, match=what) as caught:
        recorded(vault, [noise(9_000), noise(9_000, 2)])
    assert caught.value.hint
    names = {path.name for path in folder_of(tmp_path).iterdir()}
    assert names == {"entry.md", "1.blocks", "1.take.json", ".lock"}, "marked as unfinished"
    assert b"".join(vault.sound(ID, 1)) == noise(9_000) + noise(9_000, 2)
    _expect_recovered(make_vault(files), noise(9_000) + noise(9_000, 2))


def _expect_recovered(vault: FolderVault, sound: bytes) -> None:
    assert abandoned(vault) == (ID,)
    with vault.adopt(ID):
        assert vault.left_take(ID, 1).finish().samples == len(sound) // 2
    assert b"".join(vault.sound(ID, 1)) == sound
    assert abandoned(vault) == ()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("nth", range(1, 5))
def test_a_finish_that_fails_anywhere_can_be_done_again(
    tmp_path: Path, nth: int, kind: type[FailingFiles]
) -> None:
    files = kind(tmp_path)
    vault = make_vault(files)
    made_entry(vault, make_entry())
    take = vault.open_take(ID, 1, TakeInfo(rate_hz=RATE_HZ))
    take.append(noise(5_000))
    files.left = nth
    with suppress(VaultUnwritable):
        take.finish()
    files.left = -1
    assert b"".join(vault.sound(ID, 1)) == noise(5_000)
    assert take.finish() == TakeInfo(rate_hz=RATE_HZ, samples=5_000)
    assert b"".join(vault.sound(ID, 1)) == noise(5_000)
    assert vault.take_info(ID, 1).samples == 5_000
    assert abandoned(vault) == ()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EIO])
@pytest.mark.parametrize("nth", range(1, 12))
def test_a_block_that_finds_no_room_harms_none_before_or_after(
    tmp_path: Path, nth: int, number: int, kind: type[FailingFiles]
) -> None:
    files = kind(tmp_path, number=number)
    vault = make_vault(files)
    made_entry(vault, make_entry())
    take = vault.open_take(ID, 1, TakeInfo(rate_hz=RATE_HZ))
    take.append(noise(100))
    files.left = nth
    refused = True
    with suppress(VaultUnwritable):
        take.append(noise(100, 2))
        refused = False
    files.left = -1
    take.append(noise(100, 3))
    kept = noise(100) + (b"" if refused else noise(100, 2)) + noise(100, 3)
    assert b"".join(vault.sound(ID, 1)) == kept


@pytest.mark.parametrize("kind", KINDS)
def test_an_entry_that_finds_no_room_stands_as_it_was(
    tmp_path: Path, kind: type[FailingFiles]
) -> None:
    files = kind(tmp_path)
    vault = make_vault(files)
    entry = made_entry(vault, make_entry())
    files.left = 1
    with pytest.raises(VaultUnwritable, match="disk is full"):
        vault.update(ID, lambda e: with_transcript(e, 1, "said", silent=False))
    assert vault.load(ID) == entry
    made = vault.update(ID, lambda e: with_transcript(e, 1, "said", silent=False))
    assert vault.load(ID) == made


def test_a_save_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    files = Files(tmp_path)
    files.save(tmp_path / "a", b"old")
    with pytest.raises(VaultUnwritable), files.writer(tmp_path / "a") as target:
        FullDisk(target, 2).write(b"new")
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("a", b"old")]


SYNCED = """
import sys
from pathlib import Path
from tests.support.vaults import ID, RATE_HZ, made_entry, make_entry, make_vault, noise
from voicereflect.adapters.vault.files import Files
from voicereflect.model import TakeInfo
vault = make_vault(Files(Path(sys.argv[1])))
made_entry(vault, make_entry())
take = vault.open_take(ID, 1, TakeInfo(rate_hz=RATE_HZ))
take.append(noise(1000))
take.finish()
"""


@pytest.mark.skipif(not shutil.which("strace") and "CI" not in os.environ, reason="needs strace")
def test_what_is_saved_is_synced_before_it_counts(tmp_path: Path) -> None:
    log = tmp_path / "calls"
    subprocess.run(
        [
            *("strace", "-f", "-y", "-e", "trace=fsync,rename,unlink,openat,write"),
            *("-o", str(log), sys.executable, "-c", SYNCED, str(tmp_path / "vault")),
        ],
        check=True,
        cwd=HERE,
    )
    calls = log.read_text().splitlines()
    folder = str(folder_of(tmp_path / "vault"))

    def first(*parts: str, after: int = -1) -> int:
        found = (i for i, call in enumerate(calls) if i > after and all(p in call for p in parts))
        return next(found)

    for name in ("entry.md", "1.take.json", "1.flac", "1.jsonl"):
        renamed = first("rename(", f"{folder}/{name}")
        assert first("fsync(", f"{folder}/.{name}.") < renamed
        first("fsync(", f"<{folder}>", after=renamed)
    dropped = first("unlink(", f"{folder}/1.blocks")
    assert first("fsync(", f"{folder}/1.blocks>") < first("rename(", f"{folder}/1.flac")
    assert first("rename(", f"{folder}/1.jsonl") < dropped < first("unlink(", "1.take.json")


@pytest.mark.parametrize("cut", [1, 3, 4, 5, 50, 203])
def test_a_torn_block_is_left_out(tmp_path: Path, cut: int) -> None:
    vault = make_vault(Files(tmp_path))
    made_entry(vault, make_entry())
    take = vault.open_take(ID, 1, TakeInfo(rate_hz=RATE_HZ))
    take.append(noise(100))
    take.append(noise(100, 2))
    blocks = folder_of(tmp_path) / "1.blocks"
    blocks.write_bytes(blocks.read_bytes()[:-cut])
    _expect_recovered(vault, noise(100))


def test_what_cannot_be_told_apart_behind_a_damaged_length_stays(tmp_path: Path) -> None:
    vault = make_vault(Files(tmp_path))
    made_entry(vault, make_entry())
    take = vault.open_take(ID, 1, TakeInfo(rate_hz=RATE_HZ))
    take.append(noise(100))
    for second in range(3):
        take.append(noise(RATE_HZ, second))
    blocks = folder_of(tmp_path) / "1.blocks"
    damaged = bytearray(blocks.read_bytes())
    damaged[204:208] = b"\xff" * 4
    blocks.write_bytes(damaged)
    _expect_recovered(vault, noise(100))
    assert (folder_of(tmp_path) / "1.blocks-torn").read_bytes() == damaged


def test_a_page_of_rubbish_at_the_end_is_left_out(tmp_path: Path) -> None:
    vault = make_vault(Files(tmp_path))
    made_entry(vault, make_entry())
    vault.open_take(ID, 1, TakeInfo(rate_hz=RATE_HZ)).append(noise(100))
    with (folder_of(tmp_path) / "1.blocks").open("ab") as blocks:
        blocks.write(struct.pack("<I", 0xFFFFFFFF) + bytes(4096))
    _expect_recovered(vault, noise(100))


def test_leftovers_of_a_killed_save_are_swept_up_and_disturb_nothing(tmp_path: Path) -> None:
    vault = make_vault(Files(tmp_path))
    entry = made_entry(vault, make_entry())
    leftover = folder_of(tmp_path) / ".entry.md.abcdefgh.tmp"
    leftover.write_text("half")
    assert vault.load(ID) == entry
    assert problems(vault) == ()
    with vault.adopt(ID):
        assert not leftover.exists()
    assert vault.load(ID) == entry


RECORD = """
import sys
from pathlib import Path
from tests.support.vaults import ID, RATE_HZ, make_entry, make_vault, noise
from tests.support.sealed_files import OpenedFiles
from voicereflect.adapters.vault.files import Files
from voicereflect.model import TakeInfo
vault = make_vault({"Files": Files, "OpenedFiles": OpenedFiles}[sys.argv[2]](Path(sys.argv[1])))
with vault.create(make_entry()):
    take = vault.open_take(ID, 1, TakeInfo(rate_hz=RATE_HZ))
    for number in range(100_000):
        take.append(noise(160, number))
        take.sync()
        print(number, flush=True)
"""


@pytest.mark.parametrize(
    ("delay_s", "kind"), [(0.0, Files), (0.013, OpenedFiles), (0.05, Files), (0.1, OpenedFiles)]
)
def test_a_sitting_killed_while_it_records_keeps_all_it_had_synced(
    tmp_path: Path, delay_s: float, kind: type[Files]
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", RECORD, str(tmp_path), kind.__name__],
        stdout=subprocess.PIPE,
        cwd=HERE,
    ) as sitting:
        assert sitting.stdout is not None
        sitting.stdout.readline()
        vault = make_vault(kind(tmp_path))
        assert abandoned(vault) == ()
        time.sleep(delay_s)
        sitting.send_signal(signal.SIGKILL)
        synced = 1 + len(sitting.stdout.readlines())
    samples = vault.take_info(ID, 1).samples
    assert samples >= synced * 160
    _expect_recovered(vault, b"".join(noise(160, n) for n in range(samples // 160)))


SAVE = """
import sys
from pathlib import Path
from tests.support.vaults import ID, make_vault
from voicereflect.core.entry.entries import with_transcript
from voicereflect.adapters.vault.files import Files
vault = make_vault(Files(Path(sys.argv[1])))
for number in range(100_000):
    said = f"{number} " * 5_000
    vault.update(ID, lambda e: with_transcript(e, 1, said, silent=False))
    print(number, flush=True)
"""


@pytest.mark.parametrize("delay_s", [0.0, 0.007, 0.02])
def test_a_process_killed_while_it_saves_leaves_a_whole_entry(
    tmp_path: Path, delay_s: float
) -> None:
    vault = make_vault(Files(tmp_path))
    made_entry(vault, make_entry())
    with subprocess.Popen(
        [sys.executable, "-c", SAVE, str(tmp_path)], stdout=subprocess.PIPE, cwd=HERE
    ) as saving:
        assert saving.stdout is not None
        saving.stdout.readline()
        time.sleep(delay_s)
        saving.send_signal(signal.SIGKILL)
        last = max([0, *map(int, saving.stdout.readlines())])
    said = set(vault.load(ID).answers[0].text.split())
    assert len(said) == 1
    assert int(said.pop()) >= last
    vault.update(ID, lambda e: with_transcript(e, 1, "after", silent=False))
    assert vault.load(ID).answers[0].text == "after"


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_every_error_of_the_system_becomes_one_line_with_a_hint(number: int) -> None:
    with pytest.raises(VaultUnwritable) as caught, translated(Path("vault/entry.md")):
        raise OSError(number, os.strerror(number))
    assert caught.value.what.startswith("vault/entry.md: ")
    assert caught.value.hint
    assert "\n" not in caught.value.what


def _reading(files: Files, path: Path) -> None:
    files.read(path)


def _listing(files: Files, path: Path) -> None:
    list(files.records(path))


def _opening(files: Files, path: Path) -> None:
    with files.reader(path):
        pass


def _syncing(files: Files, path: Path) -> None:
    files.sync(path)


def _moving(files: Files, path: Path) -> None:
    files.move(path, path.with_name("other"))


@pytest.mark.parametrize("act", [_reading, _listing, _opening, _syncing, _moving])
def test_a_missing_file_is_told_whatever_was_wanted_of_it(
    tmp_path: Path, act: Callable[[Files, Path], None]
) -> None:
    with pytest.raises(VaultUnwritable, match="no such file"):
        act(Files(tmp_path), tmp_path / "missing")


def test_nothing_is_moved_over_something_else(tmp_path: Path) -> None:
    files = Files(tmp_path)
    files.save(tmp_path / "a", b"a")
    files.save(tmp_path / "b", b"b")
    with pytest.raises(VaultUnwritable):
        files.move(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == b"b"


def test_the_words_of_an_entry_reach_no_error_of_a_full_disk(tmp_path: Path) -> None:
    files = FailingFiles(tmp_path)
    vault = make_vault(files)
    made_entry(vault, make_entry())
    files.left = 1
    with pytest.raises(VaultUnwritable) as caught:
        vault.update(ID, lambda e: with_transcript(e, 1, "The canary sang.", silent=False))
    assert "canary" not in caught.value.what + caught.value.hint
