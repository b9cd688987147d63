"""A backup is whole or none, comes back as it was, and brings nothing back unasked."""

import io
import json
import tarfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.libraries import Library, spoken
from tests.support.sealed_files import OpenedFiles
from tests.support.vaults import ID, NOW, make_entry, make_vault, noise, recorded
from voicereflect.adapters.exchange.backups import TarBackup
from voicereflect.adapters.vault.curated.pages_file import PagesFile
from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.folder import FolderVault
from voicereflect.adapters.vault.stored import StoredBytes
from voicereflect.core.store import backups
from voicereflect.core.store.backups import MANIFEST
from voicereflect.errors import BackupDamaged, SettingsError, VaultUnwritable
from voicereflect.flows.exchange.backup import Backup
from voicereflect.flows.library.seen_files import SeenFiles
from voicereflect.model import Entry

ENTRY = replace(make_entry(ID), id=ID)


class Keeper(Library):
    """A vault, and what makes backups of it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.archive = TarBackup(folder / "backup.tar")

    def backup(self, vault: FolderVault | None = None, files: Files | None = None) -> Backup:
        kept = vault or self.vault
        return Backup(
            stored=StoredBytes(files or Files(kept.root)),
            entries=kept,
            trash=kept.trash,
            made=PagesFile(files or Files(kept.root)),
            now=lambda: NOW,
            progress=self.progress,
        )


@pytest.fixture
def kept(tmp_path: Path) -> Keeper:
    made = Keeper(tmp_path)
    made.keep(ENTRY, spoken(2, "A second day."))
    recorded(made.vault, [noise(800)])
    made.vault.update(ID, _with_length)
    return made


def _with_length(entry: Entry) -> Entry:
    return replace(entry, answers=(replace(entry.answers[0], duration_s=0.05),))


def tree(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and path.name != ".lock"
    }


def test_a_backup_comes_back_as_the_same_vault(kept: Keeper, tmp_path: Path) -> None:
    (kept.vault.root / "decks").mkdir()
    (kept.vault.root / "decks" / "walks.toml").write_text("mine")
    (kept.vault.root / "link").symlink_to("/etc/passwd")
    made, passed_over = kept.backup().make(kept.archive)
    noted = PagesFile(Files(kept.vault.root)).holding(ID)
    assert [each.place for each in noted] == [str(tmp_path / "backup.tar")]
    assert (len(made.entries), passed_over) == (2, ("link",))
    assert kept.archive.verified() == made
    (kept.vault.root / "link").unlink()
    new = make_vault(Files(tmp_path / "new"))
    told = kept.backup(new).restore(kept.archive)
    assert told.entries == 2
    assert tree(new.root) == tree(kept.vault.root)
    assert (tmp_path / "backup.tar").stat().st_mode & 0o777 == 0o600


def test_a_sealed_vault_leaves_no_plain_byte_in_it(tmp_path: Path) -> None:
    kept = Keeper(tmp_path)
    files = OpenedFiles(tmp_path / "sealed")
    vault = make_vault(files)
    with vault.create(spoken(1, "What nobody may read.")):
        pass
    kept.backup(vault, files).make(kept.archive)
    assert b"nobody may read" not in (tmp_path / "backup.tar").read_bytes()
    new = make_vault(OpenedFiles(tmp_path / "new"))
    kept.backup(new, OpenedFiles(tmp_path / "new")).restore(kept.archive)
    assert new.load(spoken(1, "").id).answers[0].text == "What nobody may read."


def test_a_restore_brings_what_is_missing_and_replaces_nothing(kept: Keeper) -> None:
    kept.backup().make(kept.archive)
    second = spoken(2, "").id
    kept.vault.update(ID, lambda entry: replace(entry, title="Changed since"))
    next(kept.vault.root.rglob("1.flac")).unlink()
    folder = kept.page(spoken(2, "")).parent
    for each in folder.iterdir():
        each.unlink()
    folder.rmdir()
    told = kept.backup().restore(kept.archive)
    assert (told.entries, told.mended, told.there) == (1, 1, 1)
    assert kept.vault.load(second).answers[0].text == "A second day."
    assert kept.vault.load(ID).title == "Changed since"
    assert b"".join(kept.vault.sound(ID, 1)) == noise(800)


def test_what_was_destroyed_or_thrown_away_since_does_not_return_unasked(kept: Keeper) -> None:
    kept.keep(spoken(3, "Thrown away."))
    kept.backup().make(kept.archive)
    kept.vault.destroy(ID)
    kept.vault.discard(spoken(3, "").id, "deleted by you")
    told = kept.backup().restore(kept.archive)
    assert (told.entries, told.destroyed, told.trashed) == (0, 1, 1)
    assert kept.vault.ids() == (spoken(2, "").id,)
    assert ID not in (kept.vault.root / "destroyed.txt").read_text()
    assert kept.backup().restore(kept.archive, also_destroyed=True).entries == 1
    assert ID in kept.vault.ids()


def test_nothing_is_replaced_and_no_half_is_left(kept: Keeper, tmp_path: Path) -> None:
    kept.backup().make(kept.archive)
    before = (tmp_path / "backup.tar").read_bytes()
    with pytest.raises(VaultUnwritable, match="there already"):
        kept.backup().make(kept.archive)
    with pytest.raises(VaultUnwritable, match="no such file"):
        kept.backup().make(TarBackup(tmp_path / "none" / "b.tar"))
    assert (tmp_path / "backup.tar").read_bytes() == before
    assert not list(tmp_path.glob(".*.part"))
    with pytest.raises(SettingsError, match="no vault"):
        kept.backup(make_vault(Files(tmp_path / "empty"))).make(TarBackup(tmp_path / "c.tar"))


def test_a_backup_of_another_vault_is_refused(kept: Keeper, tmp_path: Path) -> None:
    kept.backup().make(kept.archive)
    other = make_vault(Files(tmp_path / "other"))
    other.begin()
    before = tree(other.root)
    with pytest.raises(SettingsError, match="another vault"):
        kept.backup(other).restore(kept.archive)
    assert tree(other.root) == before


def add(archive: tarfile.TarFile, name: str, data: bytes, kind: bytes = tarfile.REGTYPE) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.type = len(data) if kind == tarfile.REGTYPE else 0, kind
    member.linkname = "/etc/passwd"
    archive.addfile(member, io.BytesIO(data))


def manifest(*paths: str) -> bytes:
    digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    head = {"format": 1, "kind": backups.KIND, "vault": "v", "made": "2026-01-01T00:00:00+00:00"}
    lines = [{**head, "files": len(paths)}]
    return "\n".join(
        json.dumps(each)
        for each in [*lines, *({"path": p, "bytes": 0, "sha256": digest} for p in paths)]
    ).encode()


def outside(archive: tarfile.TarFile) -> None:
    add(archive, "vault/../../evil", b"")
    add(archive, MANIFEST, manifest("../../evil"))


def absolute(archive: tarfile.TarFile) -> None:
    add(archive, "/tmp/evil", b"")
    add(archive, MANIFEST, manifest("/tmp/evil"))


def a_link(archive: tarfile.TarFile) -> None:
    add(archive, "vault/entries", b"", tarfile.SYMTYPE)
    add(archive, MANIFEST, manifest("entries"))


def a_device(archive: tarfile.TarFile) -> None:
    add(archive, "vault/x", b"", tarfile.CHRTYPE)
    add(archive, MANIFEST, manifest("x"))


def unlisted(archive: tarfile.TarFile) -> None:
    add(archive, "vault/x", b"")
    add(archive, "vault/y", b"")
    add(archive, MANIFEST, manifest("x"))


def missing(archive: tarfile.TarFile) -> None:
    add(archive, "vault/x", b"")
    add(archive, MANIFEST, manifest("x", "y"))


def other_bytes(archive: tarfile.TarFile) -> None:
    add(archive, "vault/x", b"other")
    add(archive, MANIFEST, manifest("x"))


def hidden(archive: tarfile.TarFile) -> None:
    add(archive, "vault/.doomed/x", b"")
    add(archive, MANIFEST, manifest(".doomed/x"))


def no_manifest(archive: tarfile.TarFile) -> None:
    add(archive, "vault/x", b"")


@pytest.mark.parametrize(
    "make",
    [outside, absolute, a_link, a_device, unlisted, missing, other_bytes, hidden, no_manifest],
)
def test_a_hostile_archive_is_refused_before_anything_is_restored(
    kept: Keeper, tmp_path: Path, make: Callable[[tarfile.TarFile], None]
) -> None:
    with tarfile.open(tmp_path / "h.tar", "w") as archive:
        make(archive)
    new = make_vault(Files(tmp_path / "new"))
    with pytest.raises(BackupDamaged) as caught:
        kept.backup(new).restore(TarBackup(tmp_path / "h.tar"))
    assert "\n" not in caught.value.line
    assert not new.root.exists()
    assert not (tmp_path / "evil").exists()


def test_a_name_that_no_disk_takes_is_refused_before_anything_is_restored() -> None:
    assert backups.is_safe(f"entries/{'é' * 127}")
    assert not backups.is_safe(f"entries/{'é' * 128}")


@pytest.mark.parametrize("share", [0.0, 0.05, 0.2, 0.4])
def test_a_damaged_or_cut_backup_is_noticed(kept: Keeper, tmp_path: Path, share: float) -> None:
    kept.backup().make(kept.archive)
    whole = (tmp_path / "backup.tar").read_bytes()
    cut = tmp_path / "cut.tar"
    cut.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(BackupDamaged):
        TarBackup(cut).verified()


def test_one_bit_of_a_sound_is_noticed(kept: Keeper, tmp_path: Path) -> None:
    kept.backup().make(kept.archive)
    data = bytearray((tmp_path / "backup.tar").read_bytes())
    at = data.index(b"fLaC") + 200
    data[at] ^= 1
    (tmp_path / "bad.tar").write_bytes(data)
    with pytest.raises(BackupDamaged, match=r"1\.flac in it is not what it was"):
        TarBackup(tmp_path / "bad.tar").verified()


def test_a_header_that_claims_gigabytes_is_not_read_into_memory(tmp_path: Path) -> None:
    huge = tmp_path / "huge.tar"
    member = tarfile.TarInfo("././@PaxHeader")
    member.type, member.size = tarfile.XHDTYPE, 1 << 32
    with huge.open("wb") as file:
        file.write(member.tobuf(tarfile.USTAR_FORMAT))
        file.truncate(1 << 32)  # sparse
    with pytest.raises(BackupDamaged):
        TarBackup(huge).verified()


def test_a_changed_sound_is_noticed_and_an_edited_page_is_not_a_fault(kept: Keeper) -> None:
    seen = SeenFiles(
        stored=StoredBytes(Files(kept.vault.root)),
        pages=kept.vault,
        state="open",
        secret=kept.vault.secret,
        now=lambda: NOW,
        progress=kept.progress,
    )
    kept.vault.secret()
    assert seen.compare().since is None
    kept.vault.update(ID, lambda entry: replace(entry, title="Edited"))
    (sound,) = kept.vault.root.rglob("1.flac")
    sound.write_bytes(sound.read_bytes()[:-1] + b"?")
    for _ in range(2):  # it stays a fault until it is mended
        told = seen.compare()
        assert told.damaged == [sound.relative_to(kept.vault.root).as_posix()]
    kept.vault.destroy(ID)
    told = seen.compare()
    assert (told.damaged, told.gone) == ([], 3)
    record = (kept.vault.root / "record.jsonl").read_text()
    assert "kzqv" not in record
