"""The vault's secret: made once, kept in its label, and what it keys."""

import re
from pathlib import Path

import pytest

from tests.support.sealed_files import IDENTITY, OpenedFiles
from tests.support.vaults import made_entry, make_entry, make_vault
from voicereflect.adapters.seal.age import recipient_of
from voicereflect.adapters.vault.condition import label
from voicereflect.adapters.vault.files import Files
from voicereflect.core.sealing.states import SealState
from voicereflect.errors import VaultUnwritable
from voicereflect.flows.themes.reading import hashed

LABEL = re.compile(r'format = 1\nid = "[0-9a-f]{16}"\nsecret = "[0-9a-f]{64}"\nsealed = false\n')


def test_a_new_vault_has_one_of_its_own(tmp_path: Path) -> None:
    secrets = set()
    for name in ("one", "two"):
        vault = make_vault(Files(tmp_path / name))
        made_entry(vault, make_entry())
        before = (vault.root / "vault.toml").read_text()
        assert LABEL.fullmatch(before)
        secrets.add(vault.secret())
        assert (vault.root / "vault.toml").read_text() == before
    assert {len(each) for each in secrets} == {32}
    assert len(secrets) == 2


@pytest.mark.parametrize(
    "label",
    [
        'format = 1\nid = "0123456789abcdef"\nsealed = false\n',
        "format = 1",
        'format = 1 # mine\r\nid = "0123456789abcdef"\r\n[mine]\nsecret = "of mine"\n',
    ],
)
def test_an_older_vault_gets_one_and_keeps_all_that_its_label_says(
    tmp_path: Path, label: str
) -> None:
    (tmp_path / "vault.toml").write_bytes(label.encode())
    vault = make_vault(Files(tmp_path))
    found = vault.secret()
    assert len(found) == 32
    assert make_vault(Files(tmp_path)).secret() == found
    after = (tmp_path / "vault.toml").read_bytes().decode()
    assert after.replace(f'secret = "{found.hex()}"\n', "").rstrip() == label.rstrip()


@pytest.mark.parametrize("label", ["format = 3\n", "format = [", 'format = 1\nsecret = "short"\n'])
def test_what_is_newer_or_mangled_is_left_alone(tmp_path: Path, label: str) -> None:
    (tmp_path / "vault.toml").write_text(label)
    with pytest.raises(VaultUnwritable):
        make_vault(Files(tmp_path)).secret()
    assert (tmp_path / "vault.toml").read_text() == label


def test_a_digest_cannot_be_made_without_it() -> None:
    assert hashed(b"one", "On Wednesday.") != hashed(b"two", "On Wednesday.")
    assert re.fullmatch("[0-9a-f]{32}", hashed(b"one", "On Wednesday."))


# Whether it is sealed


def test_a_label_tells_that_a_vault_is_sealed_and_keeps_what_else_stands_there(
    tmp_path: Path,
) -> None:
    files = Files(tmp_path)
    label.make(files)
    before = (tmp_path / "vault.toml").read_text() + "mine = 1\n"
    (tmp_path / "vault.toml").write_text(before)
    for state in (SealState.SEALING, SealState.SEALED, SealState.UNSEALING):
        label.mark(files, state, recipient_of(IDENTITY))
        assert label.state(files) is state
        assert label.recipient(files) == recipient_of(IDENTITY)
        assert label.secret(files).hex() in before
        assert "mine = 1\n" in (tmp_path / "vault.toml").read_text()
        assert "format = 2\n" in (tmp_path / "vault.toml").read_text(), "others keep off"
    label.mark(files, SealState.OPEN, "")
    after = (tmp_path / "vault.toml").read_text()
    assert sorted(after.splitlines()) == sorted(before.splitlines())


def test_a_sealed_vault_without_its_label_takes_nothing_plain(tmp_path: Path) -> None:
    vault = make_vault(Files(tmp_path))
    made_entry(vault, make_entry())
    (tmp_path / "vault.toml").unlink()
    vault.add_to_vocabulary("Ostend")
    (tmp_path / "key").mkdir()
    for save in (vault.begin, lambda: vault.add_to_vocabulary("Kasimir")):
        with pytest.raises(VaultUnwritable, match="is gone, and files beside it are sealed"):
            save()
    assert not (tmp_path / "vault.toml").exists()


def test_a_vault_whose_pages_are_sealed_is_sealed_whatever_its_label_says(tmp_path: Path) -> None:
    made_entry(make_vault(OpenedFiles(tmp_path)), make_entry())
    plain, path = Files(tmp_path), tmp_path / "vault.toml"
    (tmp_path / "key").mkdir()
    for before in ("", "sealed = [", 'format = 1\nid = "abcdabcd"\nsealed = false\n'):
        path.write_text(before)
        assert label.state(plain) is SealState.SEALED
        with pytest.raises(VaultUnwritable):
            make_vault(plain).add_to_vocabulary("Kasimir")
        label.mark(plain, SealState.SEALED, recipient_of(IDENTITY))
        assert label.recipient(plain) == recipient_of(IDENTITY)
        assert label.asks_first(plain), "it may have stood there"
    path.unlink()
    assert label.state(plain) is SealState.SEALED
    assert label.state(Files(tmp_path / "key")) is SealState.OPEN


@pytest.mark.parametrize("state", [SealState.SEALING, SealState.SEALED])
def test_who_began_before_it_was_sealed_saves_nothing_plain(
    tmp_path: Path, state: SealState
) -> None:
    files = Files(tmp_path)
    vault = make_vault(files)
    made_entry(vault, make_entry())
    label.mark(files, state, recipient_of(IDENTITY))
    with pytest.raises(VaultUnwritable, match="sealed meanwhile"):
        vault.add_to_vocabulary("Kasimir")
    with pytest.raises(VaultUnwritable), vault.create(make_entry("20261001T050000Z-bbbb")):
        pass
    assert not (tmp_path / "vocabulary.txt").exists()
