"""Which names in a vault are read, and why the others are told."""

import pytest

from voicereflect.core.store.strays import StrayKind, in_decks, in_entry, in_root, in_shelf


@pytest.mark.parametrize(
    "name",
    [
        "entry.sync-conflict-20261101-101112-ABCDEFG.md",
        "entry (Ruth's conflicted copy 2026-11-01).md",
        "entry (conflicted copy 2026-11-01 101112).md",
        "entry (1).md",
        "entry 2.md",
        "entry-DESKTOP-4F2.md",
        "entry.md~",
        "entry.md.bak",
        ".entry.md.swp",
        "#entry.md#",
        "1 (1).flac",
        "1.sync-conflict-20261101-101112-ABCDEFG.jsonl",
        "Kopie von entry.md",
    ],
)
def test_copies_beside_a_file_that_is_read_are_told(name: str) -> None:
    assert in_entry(name, is_folder=False) is StrayKind.COPY


@pytest.mark.parametrize(
    "name",
    ["entry.md", "1.flac", "12.jsonl", "3.blocks", "3.take.json", ".lock", ".entry.md.x1.tmp"],
)
def test_what_an_entry_is_made_of_is_not_told(name: str) -> None:
    assert in_entry(name, is_folder=False) is None
    assert in_entry(".DS_Store", is_folder=False) is None


def test_sound_of_no_answer_is_told_where_the_answers_are_known() -> None:
    assert in_entry("4.flac", is_folder=False, answers=frozenset({1, 2})) is StrayKind.SOUND
    assert in_entry("2.flac", is_folder=False, answers=frozenset({1, 2})) is None
    assert in_entry("4.flac", is_folder=False) is None


@pytest.mark.parametrize(
    ("name", "is_folder", "kind"),
    [
        ("themes.toml", False, None),
        ("entries", True, None),
        (".stfolder", True, None),
        (".git", True, None),
        ("themes (1).toml", False, StrayKind.COPY),
        ("programme.sync-conflict-20261101-101112-ABCDEFG.toml", False, StrayKind.COPY),
        ("letter.md", False, StrayKind.OTHER),
        ("photos", True, StrayKind.OTHER),
    ],
)
def test_the_vaults_own_folder(name: str, is_folder: bool, kind: StrayKind | None) -> None:  # noqa: FBT001
    assert in_root(name, is_folder=is_folder) is kind


def test_shelves_and_decks() -> None:
    assert in_shelf("2026", is_folder=True) is None
    assert in_shelf("entry.md", is_folder=False) is StrayKind.ENTRY
    assert in_shelf("thoughts.txt", is_folder=False) is StrayKind.OTHER
    assert in_decks("walks.toml", is_folder=False) is None
    assert in_decks("walks (1).toml", is_folder=False) is StrayKind.COPY
    assert in_decks("walks.md", is_folder=False) is StrayKind.OTHER
