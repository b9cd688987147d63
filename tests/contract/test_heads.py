"""Claims about knowing every id without reading every file, over a real vault and index."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.libraries import Library, entry_id, spoken
from tests.support.vaults import NOW
from voicereflect.adapters.vault.answers.flac import Flac
from voicereflect.adapters.vault.curated.curations import CurationFile
from voicereflect.adapters.vault.entries.entry_folders import Remembered
from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.folder import FolderVault


class Watched(Files):
    """Remembers which files were read."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.seen: list[Path] = []

    def read(self, path: Path) -> bytes:
        self.seen.append(path)
        return super().read(path)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    found = Library(tmp_path)
    found.keep(*(spoken(number, f"Day {number}.") for number in range(4)))
    found.age()
    found.refresh()
    with found.index:
        yield found


def ids(library: Library) -> tuple[tuple[str, ...], int]:
    """Give the ids as a command that just began knows them, and how many heads it read."""
    files = Watched(library.folder / "vault")
    vault = FolderVault(
        files,
        codec=Flac,
        now=lambda: NOW,
        remembered=Remembered(heads=library.index.heads),
        scrub=CurationFile(files).scrub,
    )
    return vault.ids(), len(files.seen)


def test_known_heads_are_not_read_again(library: Library) -> None:
    assert ids(library) == (tuple(entry_id(number) for number in range(4)), 0)


def test_an_id_that_a_hand_changed_is_read(library: Library) -> None:
    page = library.page(spoken(1, ""))
    page.write_text(page.read_text("utf-8").replace(entry_id(1), entry_id(9)), "utf-8")
    found, read = ids(library)
    assert found == tuple(entry_id(number) for number in (0, 2, 3, 9))
    assert read == 1


def test_a_folder_that_was_renamed_is_read(library: Library) -> None:
    folder = library.page(spoken(1, "")).parent
    folder.rename(folder.with_name("my own name"))
    found, read = ids(library)
    assert found == tuple(entry_id(number) for number in range(4))
    assert read == 1


def test_without_an_index_every_head_is_read_and_none_is_made(library: Library) -> None:
    library.index.begin_again()
    file = library.index.file
    assert file is not None
    library.index.__exit__(None, None, None)
    file.unlink()
    assert ids(library) == (tuple(entry_id(number) for number in range(4)), 4)
    assert not file.exists()
