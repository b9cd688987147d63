import re
from pathlib import Path

import pytest

from voicereflect.adapters.deck_folder import (
    DeckFolder,
    from_home,
    shipped_answers,
    shipped_folder,
)
from voicereflect.errors import DeckError
from voicereflect.ports.decks import Decks


def deck_text(title: str) -> str:
    return f'''\
format = 1
edition = 1
title = "{title}"
why = "For a test."
minutes = 1
depth = "light"
opening = ["One minute."]
closing = ["What now?"]
[[prompts]]
id = "only"
words = ["What is it?"]
'''


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "decks"
    folder.mkdir()
    return folder


@pytest.fixture
def decks(own: Path) -> Decks:
    return DeckFolder([own, shipped_folder()])


def test_shipped_decks_are_found_and_each_can_be_read(decks: Decks) -> None:
    assert {"everyday", "her-biography", "small-steps"} <= set(decks.names())
    for name in decks.names():
        assert decks.load(name).name == name


def test_a_users_deck_hides_the_shipped_one_of_its_name(own: Path, decks: Decks) -> None:
    (own / "everyday.toml").write_text(deck_text("Mine"))
    assert decks.load("everyday").title == "Mine"
    assert decks.names().count("everyday") == 1


def test_a_deck_written_during_the_session_is_found(own: Path, decks: Decks) -> None:
    before = set(decks.names())
    (own / "zoo.toml").write_text(deck_text("Zoo"))
    assert set(decks.names()) - before == {"zoo"}


def test_other_files_are_not_decks(own: Path) -> None:
    (own / "._everyday.toml").write_bytes(b"\x00\x05")
    (own / "notes.md").write_text("mine")
    assert DeckFolder([own]).names() == ()


def test_an_unknown_name_brings_the_nearest(decks: Decks) -> None:
    with pytest.raises(DeckError, match='no deck "Evryday"') as caught:
        decks.load("Evryday")
    assert 'Did you mean "everyday"?' in caught.value.hint


@pytest.mark.parametrize("typed", ["Everyday", " small steps", "Small_Steps"])
def test_a_name_is_known_however_it_is_written(decks: Decks, typed: str) -> None:
    assert decks.load(typed).name == typed.strip().lower().replace(" ", "-").replace("_", "-")


def test_a_name_like_no_other_brings_the_list_of_all(decks: Decks) -> None:
    with pytest.raises(DeckError) as caught:
        decks.load("xylophone")
    assert caught.value.hint == "`voicereflect decks list` shows all."


def test_a_name_that_is_a_path_leads_nowhere(own: Path) -> None:
    (own.parent / "outside.toml").write_text(deck_text("Outside"))
    with pytest.raises(DeckError, match="no deck"):
        DeckFolder([own]).load("../outside")


def test_missing_folders_hold_no_decks(tmp_path: Path) -> None:
    nowhere = DeckFolder([tmp_path / "none"])
    assert nowhere.names() == ()
    with pytest.raises(DeckError, match="no deck"):
        nowhere.load("everyday")


def test_a_broken_deck_does_not_hide_the_others(own: Path, decks: Decks) -> None:
    (own / "broken.toml").write_text(deck_text("Broken").replace("minutes = 1", "minutes = x"))
    assert "broken" in decks.names()
    assert decks.load("everyday").title
    with pytest.raises(DeckError, match=rf"^{re.escape(str(own))}/broken\.toml, line 5: "):
        decks.load("broken")


def test_another_encoding_is_named_with_its_line(own: Path, decks: Decks) -> None:
    (own / "old.toml").write_bytes(deck_text("Fr\xfch").encode("latin-1"))
    with pytest.raises(DeckError, match=r"/old\.toml, line 3: this is not UTF-8"):
        decks.load("old")


def test_a_file_is_named_so_that_it_can_be_opened(tmp_path: Path) -> None:
    assert from_home(tmp_path / "walks.toml") == str(tmp_path / "walks.toml")
    named = from_home(Path.home() / "decks" / "walks.toml")
    assert named == "~/decks/walks.toml"
    assert Path(named).expanduser() == Path.home() / "decks" / "walks.toml"


def test_a_byte_order_mark_and_windows_lines_do_no_harm(own: Path, decks: Decks) -> None:
    text = deck_text("Notepad").replace("\n", "\r\n")
    (own / "notepad.toml").write_bytes(text.encode("utf-8-sig"))
    assert decks.load("notepad").title == "Notepad"


def test_a_deck_that_cannot_be_read_is_named(own: Path, decks: Decks) -> None:
    (own / "folder.toml").mkdir()
    with pytest.raises(DeckError, match=r"folder\.toml cannot be read"):
        decks.load("folder")


@pytest.mark.parametrize("inside", ["package", "checkout"])
def test_what_is_shipped_is_found_in_a_wheel_and_in_a_checkout(tmp_path: Path, inside: str) -> None:
    package = tmp_path / "src" / "voicereflect"
    base = package if inside == "package" else tmp_path
    (base / "prompts").mkdir(parents=True)
    (base / "examples" / "answers").mkdir(parents=True)
    assert shipped_folder(package) == base / "prompts"
    assert shipped_answers(package) == base / "examples" / "answers"


def test_an_installation_without_decks_says_so(tmp_path: Path) -> None:
    with pytest.raises(DeckError, match="prompts is missing"):
        shipped_folder(tmp_path / "src" / "voicereflect")


def test_every_sample_answer_lies_under_a_shipped_deck() -> None:
    folders = {folder.name for folder in shipped_answers().iterdir()}
    assert folders <= set(DeckFolder([shipped_folder()]).names())
