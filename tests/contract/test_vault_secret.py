"""The vault's secret: made once, kept in its label, and what it keys."""

import re
from pathlib import Path

import pytest

from tests.support.vaults import made_entry, make_entry, make_vault
from voicereflect.adapters.vault.files import Files
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


@pytest.mark.parametrize("label", ["format = 2\n", "format = [", 'format = 1\nsecret = "short"\n'])
def test_what_is_newer_or_mangled_is_left_alone(tmp_path: Path, label: str) -> None:
    (tmp_path / "vault.toml").write_text(label)
    with pytest.raises(VaultUnwritable):
        make_vault(Files(tmp_path)).secret()
    assert (tmp_path / "vault.toml").read_text() == label


def test_a_digest_cannot_be_made_without_it() -> None:
    assert hashed(b"one", "On Wednesday.") != hashed(b"two", "On Wednesday.")
    assert re.fullmatch("[0-9a-f]{32}", hashed(b"one", "On Wednesday."))
