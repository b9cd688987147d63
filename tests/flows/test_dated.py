"""Claims about entries that are named by their day, and filters that name what is not there."""

from dataclasses import replace
from datetime import date, timedelta, timezone
from pathlib import Path

import pytest

from tests.support.libraries import FIRST, Library, entry_id, spoken
from tests.support.sealed_vaults import opened
from tests.support.vaults import made_entry, make_vault
from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.folder import FolderVault
from voicereflect.core.entry.ids import short
from voicereflect.core.search.filters import NameKind, Wanted
from voicereflect.errors import EntryNotFound, EntryUnreadable, SettingsError
from voicereflect.flows.library.dated import LISTED, with_id
from voicereflect.flows.library.finding.known_names import expect_known
from voicereflect.flows.library.transcripts.word_times import meant
from voicereflect.model import Deck, Entry

TODAY = date(2026, 11, 29)


class NoDecks:
    def names(self) -> tuple[str, ...]:
        return ("morning",)

    def load(self, name: str) -> Deck:
        raise NotImplementedError(name)


def of_day(number: int, hour: int = 8) -> Entry:
    return replace(spoken(number, "We ate."), started_at=FIRST + timedelta(days=number, hours=hour))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    made = Library(tmp_path)
    made.keep(*(of_day(number) for number in (20, 27)))
    return made


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("yesterday", entry_id(27)),
        ("Yesterday/1", f"{entry_id(27)}/1"),
        ("2026-11-21", entry_id(20)),
        ("21 november/1:2", f"{entry_id(20)}/1:2"),
        ("last week", entry_id(20)),
        ("last", "last"),
        ("-2", "-2"),
        (entry_id(20)[-4:], entry_id(20)[-4:]),
    ],
)
def test_a_day_means_its_entry(library: Library, typed: str, meant: str) -> None:
    assert with_id(library.vault, typed, TODAY) == meant


def test_an_entry_belongs_to_the_day_of_its_own_place(tmp_path: Path) -> None:
    far = of_day(27).started_at.replace(hour=3, tzinfo=timezone(timedelta(hours=13)))
    library = Library(tmp_path)
    library.keep(replace(of_day(27), started_at=far))  # at three it still is the day before
    assert with_id(library.vault, "27 november", TODAY) == entry_id(27)
    with pytest.raises(EntryNotFound):
        with_id(library.vault, "28 november", TODAY)


def test_a_day_without_an_entry_is_told_with_its_date(library: Library) -> None:
    with pytest.raises(EntryNotFound, match="25 November 2026"):
        with_id(library.vault, "25 november", TODAY)


def test_a_day_of_two_entries_lists_them_by_their_letters(library: Library) -> None:
    second = replace(of_day(27, 12), id=f"{entry_id(27)[:-4]}zzzz")
    library.keep(second)
    with pytest.raises(EntryNotFound, match=r"2 entries: .*zzzz \(28 November 2026, 20:00\)"):
        with_id(library.vault, "yesterday", TODAY)


def test_a_time_of_many_entries_is_left_to_list(library: Library) -> None:
    library.keep(*(of_day(number) for number in range(LISTED)))
    with pytest.raises(EntryNotFound) as caught:
        with_id(library.vault, "november", TODAY)
    assert "voicereflect list november" in caught.value.hint


def test_letters_that_spell_a_month_are_an_entry_all_the_same(library: Library) -> None:
    library.keep(replace(of_day(3), id=f"{entry_id(3)[:-4]}june"))
    assert with_id(library.vault, "june", TODAY) == "june"


@pytest.mark.parametrize(
    ("wanted", "asked"),
    [
        (Wanted(tags=("gardn",)), 'Did you mean "garden"?'),
        (Wanted(deck="Mornin"), 'Did you mean "morning"?'),
        (Wanted(speaker="Mry"), 'Did you mean "Mary"?'),
        (Wanted(prompt="ahed"), 'Did you mean "ahead"?'),
        (Wanted(tags=("zebra",)), "There are: garden."),
    ],
)
def test_a_filter_that_names_nothing_is_told(library: Library, wanted: Wanted, asked: str) -> None:
    entry = spoken(2, "Tulips.")
    answer = replace(entry.answers[0], prompt="everyday/ahead", speaker="Mary")
    library.keep(replace(entry, tags=("#garden",), answers=(answer,)))
    library.refresh()
    with pytest.raises(SettingsError) as caught:
        expect_known(library.index, NoDecks(), wanted)
    assert asked in caught.value.hint
    expect_known(library.index, NoDecks(), Wanted(tags=("Garden",), deck="Morning"))
    assert library.index.names(NameKind.TAG) == ["garden"]


def test_where_no_entry_can_be_read_the_fault_is_told_and_not_that_there_is_none(
    tmp_path: Path,
) -> None:
    made = Library(tmp_path)
    made.keep(of_day(20))
    (page,) = tmp_path.rglob("entry.md")
    page.write_text(page.read_text("utf-8").partition("\n---\n")[2], "utf-8")
    with pytest.raises(EntryUnreadable, match="front matter is missing"):
        meant(Library(tmp_path).vault, "last")


@pytest.fixture(params=["plain", "sealed"])
def nameless(request: pytest.FixtureRequest, tmp_path: Path) -> FolderVault:
    """A vault of two entries, the newer of which does not tell its id any more."""
    vault = make_vault(opened(tmp_path) if request.param == "sealed" else Files(tmp_path))
    for number in (20, 27):
        made_entry(vault, of_day(number))
    page = max(tmp_path.rglob("entry.md"))
    page.write_bytes(page.read_bytes()[:-1] if request.param == "sealed" else b"Words alone.\n")
    return vault


@pytest.mark.parametrize("typed", ["last", "-1", "-2", entry_id(27), short(entry_id(27)) + "/1"])
def test_a_page_that_does_not_tell_its_id_is_there_and_says_why(
    nameless: FolderVault, typed: str
) -> None:
    with pytest.raises(EntryUnreadable, match=r"entry\.md"):
        meant(nameless, typed)


def test_a_day_whose_page_does_not_tell_its_id_is_not_said_to_be_empty(
    nameless: FolderVault,
) -> None:
    with pytest.raises(EntryUnreadable, match=r"entry\.md"):
        with_id(nameless, "yesterday", TODAY)
    with pytest.raises(EntryNotFound):
        with_id(nameless, "25 november", TODAY)


def test_other_entries_are_meant_as_ever_beside_such_a_page(nameless: FolderVault) -> None:
    assert meant(nameless, short(entry_id(20))).entry == of_day(20)
    with pytest.raises(EntryNotFound, match="No entry matches"):
        meant(nameless, "zzzz")
