"""Claims about bad files in a vault, typed as people type: each is named, and all else goes on."""

import os
import shutil
from pathlib import Path

import pytest

from tests.support.product import SAMPLES, entries, run, vault, vault_folder
from tests.support.vaults import ID, made_entry, make_entry

OTHER = "20261121T083012Z-abcd"
READING = (
    ("list",),
    ("list", "--json"),
    ("search", "--exact", "sea"),
    ("today",),
    ("themes",),
    ("vault", "check"),
    ("trash", "list"),
    ("recover",),
    ("consent", "list"),
    ("decks", "list"),
)


@pytest.fixture
def good() -> None:
    made_entry(vault(), make_entry(ID, text="She was born at sea."))


def page_of(entry_id: str) -> Path:
    made_entry(vault(), make_entry(entry_id))
    (page,) = vault_folder().glob(f"entries/*/*/*-{entry_id[-4:]}/entry.md")
    return page


@pytest.mark.usefixtures("fast")
def test_a_recording_whose_name_is_no_unicode_is_readable(tmp_path: Path) -> None:
    memo = tmp_path / os.fsdecode(b"M\xfcll.flac")
    shutil.copy(SAMPLES / "everyday" / "ahead.flac", memo)
    assert run("import", "--speaker", os.fsdecode(b"J\xf6rg"), os.fspath(memo)).returncode == 0
    (entry,) = entries()
    assert (entry.title, entry.speakers) == ("Müll", ("Jörg",))
    assert entry.source is not None
    assert entry.source.name == "Müll.flac"
    for typed in READING:
        done = run(*typed)
        assert "Traceback" not in done.stderr, typed


@pytest.mark.usefixtures("good")
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: Her biography", 'title: "\\ud800"'),
        ("duration_s: 0.0", "duration_s: .inf"),
        ("edition: 1", "edition: 9999999999999999999999"),
        ("2026-11-21T09:30:12+01:00", "0001-01-01T00:00:00Z"),
        (OTHER, "../../escaped-abcd"),
    ],
)
def test_one_bad_page_hinders_no_other(before: str, after: str) -> None:
    page = page_of(OTHER)
    text = page.read_text()
    assert before in text
    page.write_text(text.replace(before, after))
    listed, checked = run("list"), run("vault", "check")
    assert "Her biography" in listed.stdout
    for done in (listed, checked):
        assert f"{page}, line" in done.stdout + done.stderr
        assert "Traceback" not in done.stderr
    assert run("delete", "abcd", "--yes").returncode in (0, 50, 52)
    assert {path.name for path in vault_folder().parent.glob("*escaped*")} == set()


@pytest.mark.usefixtures("good")
def test_bad_reasons_in_the_trash_stop_nothing() -> None:
    for number, text in enumerate(["x = " + "[" * 3000, "x = " + "9" * 5000, "\0", "x = 1e400"]):
        folder = vault_folder() / f"trash/z{number}"
        folder.parent.mkdir(mode=0o700, exist_ok=True)
        folder.mkdir(mode=0o700)
        (folder / "reason.toml").write_text(text)
        (folder / "reason.toml").chmod(0o600)
    for typed in READING:
        done = run(*typed)
        assert "Traceback" not in done.stderr, typed
        assert done.returncode == 0, typed
    told = run("trash", "list").stderr
    assert all(f"z{number}/reason.toml" in told for number in range(4))
    assert run("delete", "last").returncode == 0
