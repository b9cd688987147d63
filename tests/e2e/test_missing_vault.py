"""Claims about a vault that was there and is gone, typed as people type."""

import os
from pathlib import Path

import pytest

from tests.support.product import SAMPLES, run, vault, vault_folder
from tests.support.vaults import ID, made_entry, make_entry


def test_a_vault_that_is_gone_is_missing_until_another_is_asked_for(tmp_path: Path) -> None:
    made_entry(vault(), make_entry(ID, text="She was born at sea."))
    assert "kzqv" in run("list").stdout
    vault_folder().rename(tmp_path / "elsewhere")
    vault_folder().mkdir()  # the empty mount point
    memo = SAMPLES / "everyday" / "ahead.flac"
    for typed in (
        ("list",),
        (),
        ("import", os.fspath(memo)),
        ("decks", "new", "walks"),
        ("today",),
    ):
        done = run(*typed)
        assert done.returncode == 56, typed
        assert f"not where it was: {vault_folder()}" in done.stderr
    assert list(vault_folder().iterdir()) == []
    assert run("vault", "begin").returncode == 0
    assert "Nothing yet" in run("list").stderr
    assert "already" in run("vault", "begin").stdout


@pytest.mark.usefixtures("no_model")
def test_a_vault_is_known_from_the_command_that_made_it(tmp_path: Path) -> None:
    assert run("import", os.fspath(SAMPLES / "everyday" / "ahead.flac")).returncode == 0
    vault_folder().rename(tmp_path / "elsewhere")
    assert run("list").returncode == 56


def test_a_conflict_copy_is_hinted_at_in_one_line_and_named_by_the_check() -> None:
    made_entry(vault(), make_entry(ID, text="She was born at sea."))
    (page,) = vault_folder().glob("entries/*/*/*/entry.md")
    for number in range(2):
        page.with_name(f"entry.sync-conflict-2026110{number + 1}-101112-ABCDEFG.md").write_bytes(
            page.read_bytes()
        )
    for _ in range(2):
        hint = run("list").stderr.splitlines()
        assert len(hint) == 1
        assert "2 things in the vault are read by nothing" in hint[0]
    checked = run("vault", "check")
    assert checked.returncode == 1
    assert checked.stdout.count("is a copy, and nothing reads it.") == 2
