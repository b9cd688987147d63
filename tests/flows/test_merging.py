"""Copies of pages, laid beside by a sync: merged by choice, and nothing lost by it."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.libraries import Library, spoken
from voicereflect.adapters.vault.entries.page_copies import PageCopies
from voicereflect.adapters.vault.files import Files
from voicereflect.core.entry.merging import MergeChoice, differing, merged
from voicereflect.core.entry.page.entry_text import render
from voicereflect.core.search.filters import EVERYTHING
from voicereflect.errors import EntryUnreadable, SettingsError
from voicereflect.flows.library.merging import CopyMerging
from voicereflect.model import Entry

ENTRY = spoken(1, "Peas.", "Beans.")
NAME = "entry.sync-conflict-20261130-120000-ABCDEFG.md"


def copied(**changes: object) -> Entry:
    return replace(ENTRY, **changes)  # type: ignore[arg-type]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    made = Library(tmp_path)
    made.keep(ENTRY)
    theirs = replace(ENTRY.answers[1], text="Beans and corn.")
    copy = copied(note="By hand.", tags=("garden",), answers=(ENTRY.answers[0], theirs))
    (made.page(ENTRY).parent / NAME).write_text(render(copy))
    return made


def flow_of(library: Library) -> CopyMerging:
    copies = PageCopies(Files(library.vault.root), library.vault.trash)
    return CopyMerging(vault=library.vault, copies=copies)


def test_only_what_differs_is_offered_and_the_choice_is_saved(library: Library) -> None:
    flow = flow_of(library)
    assert flow.waiting() == [(ENTRY.id, NAME)]
    _, places = flow.places(ENTRY.id, NAME)
    assert [(each.number, each.ours, each.copy) for each in places] == [
        (0, "", "By hand."),
        (2, "Beans.", "Beans and corn."),
    ]
    now = flow.merge(ENTRY.id, NAME, {0: MergeChoice.COPY, 2: MergeChoice.BOTH})
    assert (now.note, now.tags) == ("By hand.", ("garden",))
    assert [each.text for each in now.answers] == ["Peas.", "Beans.\n\nBeans and corn."]
    assert flow.waiting() == []


def test_a_merged_copy_is_in_the_trash_and_comes_back(library: Library) -> None:
    flow = flow_of(library)
    flow.merge(ENTRY.id, NAME, {})
    assert library.vault.load(ENTRY.id).answers == ENTRY.answers
    (thing,) = library.vault.trash.all()
    library.vault.trash.restore(thing.name)
    assert flow.waiting() == [(ENTRY.id, NAME)]


def test_a_copy_is_no_entry_of_its_own(library: Library) -> None:
    library.refresh()
    assert [each.id for each in library.index.lines(EVERYTHING)] == [ENTRY.id]


def test_a_mangled_copy_is_one_line_and_stays(library: Library) -> None:
    (library.page(ENTRY).parent / NAME).write_text("mangled")
    with pytest.raises(EntryUnreadable, match="front matter is missing"):
        flow_of(library).merge(ENTRY.id, NAME, {})
    assert flow_of(library).waiting() == [(ENTRY.id, NAME)]


def test_a_copy_of_another_entry_is_refused_and_a_lost_answer_comes_back() -> None:
    with pytest.raises(SettingsError, match="another entry"):
        differing(ENTRY, spoken(2, "Snow."))
    short = copied(answers=ENTRY.answers[:1])
    assert [each.number for each in differing(short, ENTRY)] == [2]
    assert merged(short, ENTRY, {2: MergeChoice.COPY}).answers == ENTRY.answers
    assert merged(short, ENTRY, {2: MergeChoice.OURS}).answers == short.answers
