import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.vaults import make_vault
from voicereflect.adapters.programme_file import NAME, ProgrammeFile
from voicereflect.adapters.vault.files import Files
from voicereflect.core.programme.so_far import PickedChoice
from voicereflect.errors import EntryUnreadable
from voicereflect.ports.decks import PreferenceStore

DAY = date(2026, 11, 22)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "vault" / NAME


@pytest.fixture
def store(file: Path) -> PreferenceStore:
    return ProgrammeFile(make_vault(Files(file.parent)))


def test_nothing_was_said_before_the_first_word(store: PreferenceStore) -> None:
    said = store.read()
    assert (dict(said.known), said.never, said.picks, said.settled) == ({}, (), (), ())


def test_everything_that_is_said_is_read_back(store: PreferenceStore) -> None:
    pick = PickedChoice(prompt="ready-or-not/ready", choice="ready", day=DAY)
    store.know("path", "alone")
    store.start("mother-daughter", DAY)
    store.never("what-hurt")
    store.never("stages/illness")
    store.not_today("qualities", DAY)
    store.picked(pick)
    store.settle("20261122T083012Z-kzqv/2")
    said = store.read()
    assert dict(said.known) == {"path": "alone"}
    assert dict(said.started) == {"mother-daughter": DAY}
    assert said.never == ("what-hurt", "stages/illness")
    assert dict(said.not_today) == {"qualities": DAY}
    assert said.picks == (pick,)
    assert said.settled == ("20261122T083012Z-kzqv/2",)


def test_everything_that_is_said_can_be_taken_back(store: PreferenceStore) -> None:
    first = PickedChoice(prompt="a/b", choice="c", day=DAY)
    store.know("path", "alone")
    store.know("path", "")
    store.start("walks", DAY)
    store.stop("walks")
    store.never("what-hurt")
    store.not_today("what-hurt", DAY)
    store.allow("what-hurt")
    store.picked(first)
    store.picked(PickedChoice(prompt="a/b", choice="d", day=DAY))
    store.unpick("a/b")
    store.settle("e/1")
    store.unsettle("e/1")
    said = store.read()
    assert (dict(said.known), dict(said.started), said.never) == ({}, {}, ())
    assert (dict(said.not_today), said.picks, said.settled) == ({}, (first,), ())


def test_saying_a_thing_twice_is_saying_it_once(store: PreferenceStore) -> None:
    store.never("what-hurt")
    store.never("what-hurt")
    assert store.read().never == ("what-hurt",)


def test_remarks_and_unknown_keys_of_a_person_survive(store: PreferenceStore, file: Path) -> None:
    store.know("her", "living")
    text = file.read_text("utf-8") + '\n[mine]  # my own\nnote = "keep"\n'
    file.write_text(text, "utf-8")
    store.never("stages")
    store.picked(PickedChoice(prompt="a/b", choice="c", day=DAY))
    after = file.read_text("utf-8")
    assert "# my own" in after
    assert tomllib.loads(after)["mine"] == {"note": "keep"}
    assert store.read().never == ("stages",)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("format = 1\nnever = 3\n", 2),
        ("format = 1\n\n[started]\nwalks = 1\n", 4),
        ('format = 1\n[[picks]]\nprompt = "a/b"\n', 2),
        ("known = 1\n", 1),
    ],
)
def test_a_mangled_file_is_named_with_its_line_and_left_alone(
    store: PreferenceStore, file: Path, text: str, line: int
) -> None:
    file.parent.mkdir()
    file.write_text(text, "utf-8")
    with pytest.raises(EntryUnreadable, match=rf"^programme\.toml, line {line}: "):
        store.read()
    assert file.read_text("utf-8") == text


def test_what_is_no_toml_or_newer_is_not_written_to(store: PreferenceStore, file: Path) -> None:
    file.parent.mkdir()
    for text in ("never = [", "format = 2\n"):
        file.write_text(text, "utf-8")
        with pytest.raises(EntryUnreadable, match=r"programme\.toml"):
            store.never("stages")
        assert file.read_text("utf-8") == text


class Kept:
    """A vault's page, in memory."""

    text = ""

    def page(self, name: str) -> str:
        assert name == NAME
        return self.text

    def change_page(self, name: str, change: Callable[[str], str]) -> None:
        self.text = change(self.page(name))


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1)


@given(st.lists(st.tuples(st.sampled_from("kns"), NAMES), max_size=12))
@settings(deadline=None, max_examples=60)
def test_whatever_is_said_in_whatever_order_the_file_stays_readable(
    said: list[tuple[str, str]],
) -> None:
    store = ProgrammeFile(Kept())
    for kind, name in said:
        if kind == "k":
            store.know(name, "value")
        elif kind == "n":
            store.never(name)
        else:
            store.settle(name)
    read = store.read()
    assert set(read.known) == {name for kind, name in said if kind == "k"}
    assert set(read.never) == {name for kind, name in said if kind == "n"}
    assert set(read.settled) == {name for kind, name in said if kind == "s"}
