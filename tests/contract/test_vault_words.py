"""Claims about what the vault keeps for hearing and mending: parts of a sound, names, sources."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.sealed_files import OpenedFiles
from tests.support.vaults import ID, made_entry, make_entry, make_vault, noise, recorded
from voicereflect.adapters.vault.curated.vocabulary import NAME as VOCABULARY
from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.folder import FolderVault
from voicereflect.model import Source


@pytest.fixture(params=[Files, OpenedFiles])
def vault(request: pytest.FixtureRequest, tmp_path: Path) -> FolderVault:
    vault = make_vault(request.param(tmp_path / "vault"))
    made_entry(vault, make_entry())
    return vault


@pytest.mark.parametrize("start", [0, 1, 16_000, 40_000, 69_999, 70_000, 90_000])
def test_sound_can_be_read_from_any_sample_on(vault: FolderVault, start: int) -> None:
    pcm = noise(70_000)
    recorded(vault, [pcm[:60_000], pcm[60_000:]])
    assert b"".join(vault.sound(ID, 1, start=start)) == pcm[start * 2 :]


def test_a_name_joins_the_vocabulary_and_every_other_line_stays(vault: FolderVault) -> None:
    assert vault.vocabulary() == ()
    vault.add_to_vocabulary("Kasimir")
    vault.add_to_vocabulary("Łódź")
    assert vault.vocabulary() == ("Kasimir", "Łódź")


def test_a_vocabulary_written_by_hand_keeps_its_bytes(tmp_path: Path) -> None:
    vault = make_vault(Files(tmp_path))
    made_entry(vault, make_entry())
    (tmp_path / VOCABULARY).write_bytes("\ufeff Zofia \r\n\r\nKasimir".encode())
    vault.add_to_vocabulary("Anna")
    assert (tmp_path / VOCABULARY).read_bytes() == "\ufeff Zofia \r\n\r\nKasimir\nAnna\n".encode()
    assert vault.vocabulary() == ("Zofia", "Kasimir", "Anna")


def test_only_imported_entries_have_a_source(vault: FolderVault) -> None:
    assert vault.sources() == {}
    digest = "0123456789abcdef" * 4
    source = Source(name="a.m4a", sha256=digest, dated_by="metadata")
    vault.update(ID, lambda entry: replace(entry, source=source))
    assert vault.sources() == {digest: ID}


@given(digest=st.text("0123456789abcdef", min_size=64, max_size=64), name=st.text(max_size=20))
def test_a_source_is_found_however_yaml_writes_it(
    tmp_path_factory: pytest.TempPathFactory, digest: str, name: str
) -> None:
    vault = make_vault(Files(tmp_path_factory.mktemp("vault")))
    source = {"name": name, "sha256": digest}
    made_entry(vault, replace(make_entry(), extra={"source": source}))
    assert vault.sources() == {digest: ID}


def test_a_line_may_tell_how_its_word_sounds(vault: FolderVault) -> None:
    vault.add_to_vocabulary("Łódź")
    vault.add_to_vocabulary("Siobhan = Shivawn")
    assert vault.vocabulary() == ("Łódź", "Siobhan")
