from pathlib import Path

import pytest

from voicereflect.core.decks.file.checks import check
from voicereflect.errors import DeckError, VaultLocked
from voicereflect.flows.decks.beginning import begin


class Written(dict[Path, str]):
    """What was written, by file."""

    def write(self, file: Path, text: str) -> None:
        self[file] = text


def test_a_new_deck_is_written_into_the_folder_and_is_right_as_it_is() -> None:
    written = Written()
    file = begin(Path("decks"), "my-walks", is_sealed=lambda: False, write=written.write)
    assert file == Path("decks/my-walks.toml")
    assert check(written[file], "my-walks") == ()


def test_a_sealed_vault_gets_no_deck_that_lies_open_in_it() -> None:
    written = Written()
    with pytest.raises(VaultLocked, match="would lie open"):
        begin(Path("decks"), "my-walks", is_sealed=lambda: True, write=written.write)
    assert not written


@pytest.mark.parametrize("name", ["", "My-walks", "my walks", "../walks", "walks-"])
def test_a_name_that_no_deck_can_have_is_refused_before_a_passphrase_is_asked(name: str) -> None:
    written = Written()
    with pytest.raises(DeckError, match="cannot be a deck's name"):
        begin(Path("decks"), name, is_sealed=_asks, write=written.write)
    assert not written


def _asks() -> bool:
    raise AssertionError("a passphrase was asked for")
