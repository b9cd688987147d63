"""Claims about lists, days that return, tags, the trash and the check of everything."""

import json
import os
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.fakes import Said, StubRecorder
from tests.support.libraries import FIRST, Library, entry_id, spoken
from tests.support.sittings import ID, Sitting, blocks
from tests.support.vaults import NOW, make_entry
from tests.support.waiting import comes_true
from voicereflect.adapters.caches.themes import FolderThemeCache
from voicereflect.adapters.deck_folder import DeckFolder
from voicereflect.adapters.vault.condition.modes import FileModes
from voicereflect.adapters.vault.discarded.trash import FOR_GOOD
from voicereflect.core.entry.dates.recording_dates import Here
from voicereflect.core.entry.decisions import is_closed, undecided
from voicereflect.core.entry.entries import without_answer
from voicereflect.core.search.filters import EVERYTHING, Wanted
from voicereflect.errors import (
    EntryNotFound,
    EntryUnreadable,
    SettingsError,
    VaultBusy,
    VaultMissing,
    VaultUnwritable,
)
from voicereflect.flows.library.checking import Check, Report
from voicereflect.flows.library.destroying import Destroying
from voicereflect.flows.library.entry_admin import EntryAdmin, Restored, tag_change
from voicereflect.flows.library.finding.depths import depths_of
from voicereflect.flows.library.finding.listing import Browsing
from voicereflect.model import AnswerState, Entry, TakeInfo
from voicereflect.ui.library.listing import discarded
from voicereflect.ui.library.listing import line as entry_line
from voicereflect.ui.wording import once_each

DECK = """
format = 1
edition = 1
title = "T"
why = "W"
minutes = 5
depth = "{depth}"
opening = ["Hello."]
closing = ["Bye."]
[[prompts]]
id = "free"
words = ["What is new?"]
"""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path)


def browsing(library: Library, folder: Path | None = None) -> Browsing:
    return Browsing(
        index=library.index,
        pages=library.vault,
        depth=depths_of(decks(folder)) if folder else lambda _: "light",
        progress=library.progress,
    )


def entry_admin(library: Library) -> EntryAdmin:
    return EntryAdmin(
        vault=library.vault,
        trash=library.vault.trash,
        index=library.index,
        destroying=destroying(library),
        progress=library.progress,
    )


def destroying(library: Library) -> Destroying:
    return Destroying(
        doom=library.vault.doom,
        pages=library.vault,
        cache=FolderThemeCache(library.vault.root.parent / "themes-cache"),
        index=library.index,
        progress=library.progress,
    )


def decks(folder: Path) -> DeckFolder:
    for depth in ("light", "heavy"):
        (folder / f"{depth}.toml").write_text(DECK.format(depth=depth))
    (folder / "broken.toml").write_text("format =")
    return DeckFolder([folder])


# Lists and days


def test_a_list_is_as_the_files_are_now(library: Library) -> None:
    entry = spoken(1, "Tulips.")
    library.keep(entry, spoken(2, "Roses."))
    assert [line.opening for line in browsing(library).listing().lines] == ["Tulips.", "Roses."]
    page = library.page(entry)
    page.write_text(page.read_text().replace("tags: []", "tags: [garden]"))
    (line,) = browsing(library).listing(Wanted(tags=("garden",))).lines
    assert (line.id, line.tags) == (entry.id, ("garden",))


def test_whole_entries_are_what_the_vault_holds(library: Library) -> None:
    entry = replace(spoken(1, "Tulips.", ""), tags=("a", "b c"), speakers=("me", "her"))
    library.keep(entry)
    (listed,) = browsing(library).listing(whole=True).entries
    assert listed == entry


def test_today_brings_back_a_month_ago_and_earlier_years(library: Library, tmp_path: Path) -> None:
    days = [0, 30, 31, 364, 365, 366, 730]
    library.keep(*(replace(spoken(n, str(n)), deck="light") for n in days))
    today = (FIRST + timedelta(days=730)).date()
    assert today == date(2028, 10, 31)
    lines = browsing(library, tmp_path).today(today)
    assert [line.day for line in lines] == [date(2027, 10, 31)]
    lines = browsing(library, tmp_path).today(date(2026, 12, 1))
    assert [line.day for line in lines] == [date(2026, 11, 1)]


def test_what_is_heavy_closed_or_unknown_does_not_return(library: Library, tmp_path: Path) -> None:
    may_return = ("light", "imported", "")
    kinds = (*may_return, "heavy", "broken", "gone")
    library.keep(*(replace(spoken(n * 366, kind), deck=kind) for n, kind in enumerate(kinds, 1)))
    closed = replace(spoken(0, "x"), deck="light", closed=True)
    library.keep(closed)
    for number, kind in enumerate(kinds, 1):
        day = (FIRST + timedelta(days=number * 366)).date()
        lines = browsing(library, tmp_path).today(day.replace(year=day.year + 1))
        assert (kind in {line.deck for line in lines}) == (kind in may_return), kind
    assert browsing(library, tmp_path).today(date(2027, 11, 1)) == ()


def test_what_plainly_speaks_of_danger_does_not_return(library: Library, tmp_path: Path) -> None:
    library.keep(
        replace(spoken(0, "Rain.", "I do not want to live any more."), deck="light"),
        replace(spoken(366, "Rain."), deck="light"),
    )
    looking = browsing(library, tmp_path)
    assert looking.today(date(2027, 11, 1)) == ()
    assert len(looking.today(date(2028, 11, 2))) == 1
    assert len(looking.listing().lines) == 2


def test_a_list_shows_no_words_that_may_not_return_unasked(
    library: Library, tmp_path: Path
) -> None:
    danger = "And so, as I said before, I do not want to live any more."
    library.keep(
        replace(spoken(0, "Of a heavy deck."), deck="heavy"),
        replace(spoken(1, "Of a closed entry."), deck="light", closed=True),
        undecided(replace(spoken(2, "Not decided yet."), deck="light")),
        replace(spoken(3, danger), deck="light"),
        replace(spoken(4, "Of a deck that is gone."), deck="gone"),
        replace(spoken(5, "Of an ordinary day."), deck="light"),
    )
    lines = browsing(library, tmp_path).listing().lines
    shown = [entry_line(each) for each in lines]
    assert len(shown) == 6
    assert [each.partition(" · ")[2] for each in shown if " · " in each] == ["Of an ordinary day."]
    texts = [
        each.answers[0].text for each in browsing(library, tmp_path).listing(whole=True).entries
    ]
    assert texts == [
        "Of a heavy deck.",
        "",
        "",
        danger,
        "Of a deck that is gone.",
        "Of an ordinary day.",
    ]


# Tags


def test_tags_are_added_and_taken_away_in_the_file(library: Library) -> None:
    entry = replace(spoken(1, "Tulips."), tags=("work",))
    library.keep(entry)
    tagged = entry_admin(library).tag("last", ["+garden", "-Work", "+#joy", "+Garden"])
    assert tagged.tags == ("garden", "joy")
    assert library.vault.load(entry.id).tags == ("garden", "joy")
    assert [line.id for line in browsing(library).listing(Wanted(tags=("joy",))).lines]


@pytest.mark.parametrize("change", ["garden", "+", "-", "+two words", "+a,b", ""])
def test_other_changes_are_refused(change: str) -> None:
    with pytest.raises(SettingsError):
        tag_change([change])


@given(st.lists(st.sampled_from(["+a", "-a", "+A", "+b", "-b"])))
def test_no_tag_stands_there_twice(changes: list[str]) -> None:
    tags = tag_change(changes)(make_entry()).tags
    assert len({tag.lower() for tag in tags}) == len(tags)


# The trash


def test_a_deleted_entry_can_be_taken_back(library: Library) -> None:
    entry = spoken(1, "Tulips.")
    library.keep(entry, spoken(2, "Roses."))
    before = library.page(entry)
    bytes_before = before.read_bytes()
    name = entry_admin(library).delete(entry.id).name
    assert [line.id for line in library.index.lines(EVERYTHING)] == [entry_id(2)]
    (thing,) = entry_admin(library).discarded()
    assert (thing.name, thing.entry, thing.answer) == (name, entry.id, 0)
    assert f"a whole entry, {entry.title}, " in discarded(thing)
    assert entry_admin(library).restore(name).entry == entry.id
    assert before.read_bytes() == bytes_before
    assert entry_admin(library).discarded() == ()
    assert len(browsing(library).listing().lines) == 2


def test_last_is_what_was_thrown_away_last(library: Library) -> None:
    with pytest.raises(EntryNotFound, match="Nothing in the trash is called last"):
        entry_admin(library).restore("last")
    library.keep(spoken(1, "Tulips."), spoken(2, "Roses."))
    for number in (1, 2):
        entry_admin(library).delete(entry_id(number))
    assert entry_admin(library).restore("last").entry == entry_id(2)
    assert entry_admin(library).restore("Last").entry == entry_id(1)


def test_nothing_is_taken_back_over_something_else(library: Library) -> None:
    entry = spoken(1, "Tulips.")
    library.keep(entry)
    name = entry_admin(library).delete(entry.id).name
    library.keep(replace(entry, title="Another"))
    with pytest.raises(VaultUnwritable):
        entry_admin(library).restore(name)
    assert library.vault.load(entry.id).title == "Another"
    assert len(entry_admin(library).discarded()) == 1


def test_an_entry_that_a_session_holds_is_not_deleted(library: Library) -> None:
    entry = spoken(1, "Tulips.")
    with library.vault.create(entry), pytest.raises(VaultBusy):
        entry_admin(library).delete(entry.id)
    assert library.vault.load(entry.id).id == entry.id


@pytest.mark.parametrize("name", ["nothing", "../entries", "", "."])
def test_only_what_is_in_the_trash_is_taken_back(library: Library, name: str) -> None:
    library.keep(spoken(1, "Tulips."))
    with pytest.raises(EntryNotFound):
        entry_admin(library).restore(name)


def test_an_answer_taken_back_stands_in_its_entry_again_and_waits_for_its_text(
    library: Library,
) -> None:
    sitting = Sitting(root=library.vault.root)
    sitting.recorder = StubRecorder(
        [Said(blocks(0), ends=False), *(Said(blocks(n)) for n in (1, 2, 3))]
    )
    keys = {("said", 0): "enter", ("listening", 1): "d"}
    sitting.person(lambda what, number: keys.get((what, number)))
    others = sitting.run().answers
    (thing,) = library.vault.trash.all()
    library.vault.update(ID, lambda entry: without_answer(entry, 3))
    restored = entry_admin(library).restore(thing.name)
    assert restored == Restored(entry=ID, answer=1, listed=(3,))  # which is told
    back, *kept = library.vault.load(ID).answers
    assert (back.prompt, back.asked, back.speaker) == ("stones/first", "The first?", "me")
    assert (back.state, back.duration_s) == (AnswerState.PENDING, 0.5)
    assert [each.number for each in kept] == [each.number for each in others]
    assert sitting.sound(1) == b"".join(blocks(0))
    assert library.vault.left_behind() == ()


def test_what_keeps_another_take_from_being_finished_hides_not_that_one_is_back(
    library: Library,
) -> None:
    entry = spoken(1, "Tulips.")
    library.keep(entry)
    library.vault.open_take(entry.id, 2, TakeInfo(rate_hz=16_000)).discard("set aside")
    library.vault.open_take(entry.id, 3, TakeInfo(rate_hz=16_000))
    (library.page(entry).parent / "3.take.json").write_text("[")
    restored = entry_admin(library).restore(f"{entry.id}-answer-2")
    assert (restored.entry, restored.answer) == (entry.id, 2)
    assert isinstance(restored.problem, EntryUnreadable)
    assert library.vault.left_behind() == (entry.id,)


def test_an_answer_whose_page_is_mangled_stays_in_the_trash(library: Library) -> None:
    entry = spoken(1, "Tulips.")
    library.keep(entry)
    library.vault.open_take(entry.id, 1, TakeInfo(rate_hz=16_000)).discard("set aside")
    library.page(entry).write_text(f"---\nid: {entry.id}\n[not yaml\n---\n")
    with pytest.raises(EntryUnreadable):
        entry_admin(library).restore(f"{entry.id}-answer-1")
    assert [thing.answer for thing in library.vault.trash.all()] == [1]
    assert (library.vault.root / "trash" / f"{entry.id}-answer-1" / "1.take.json").exists()


def test_an_emptied_trash_is_empty_for_good(library: Library) -> None:
    library.keep(spoken(1, "The canary sang."), spoken(2, "Roses."))
    browsing(library).listing()
    entry_admin(library).delete(entry_id(1))
    assert entry_admin(library).empty() == 1
    assert entry_admin(library).discarded() == ()
    left = b"".join(file.read_bytes() for file in library.folder.rglob("*") if file.is_file())
    assert b"canar" not in left.lower()
    assert b"Roses" in left


def test_an_answer_is_never_deleted_by_mistake(library: Library) -> None:
    library.keep(spoken(1, "Tulips."))
    with pytest.raises(SettingsError):
        entry_admin(library).delete("last/1")


# The check


def check(library: Library, *, mend: bool = False) -> Report:
    modes = FileModes([library.folder])
    vault = library.vault
    looking = Check(vault, vault.page, vault.around, modes, library.index, library.progress)
    return looking.run(whole_sound=True, mend=mend)


def test_a_sound_vault_is_found_sound(library: Library) -> None:
    silent = spoken(1, "Tulips.")
    library.keep(replace(silent, answers=(replace(silent.answers[0], duration_s=0.0),)))
    report = check(library)
    assert (report.entries, report.problems) == (1, ())
    assert report.index == "sound, now up to date"
    assert check(library).index == "sound, and up to date"


def test_lost_sound_and_mangled_words_are_found(library: Library) -> None:
    entry = spoken(1, "Tulips.")
    library.keep(entry, spoken(2, "Roses."))
    page = library.page(entry)
    page.write_text(page.read_text().replace("---", "===", 1))
    problems = [problem.what for problem in check(library).problems]
    assert len(problems) == 2
    assert str(page) in problems[0]
    assert problems[1] == f"{entry_id(2)}/1 has no sound any more."
    assert "Tulips" not in json.dumps(problems)


def test_lost_sound_is_told_once_for_an_entry(library: Library) -> None:
    library.keep(spoken(2, "Roses.", "Tulips.", "Asters."))
    (problem,) = check(library).problems
    assert problem.what == f"{entry_id(2)} (answers 1, 2, 3) has no sound any more."


def test_what_to_do_is_told_once_for_all_that_it_helps() -> None:
    told = [("One.", "Mend it."), ("Two.", "Wait."), ("Three.", "Mend it.")]
    assert once_each(told) == ["One.", "Three.", "Mend it.", "Two. Wait."]


def test_a_page_beside_the_entries_that_cannot_be_read_is_found(library: Library) -> None:
    library.keep(spoken(1, "Tulips."))
    (library.vault.root / "vocabulary.txt").mkdir()
    problems = [problem.what for problem in check(library).problems]
    assert any("vocabulary.txt" in each for each in problems)


def test_an_index_that_lies_is_made_again(library: Library) -> None:
    entry = spoken(1, "Tulips.")
    library.keep(entry)
    os.utime(library.page(entry), (1_600_000_000, 1_600_000_000))
    library.refresh()
    state = library.index.state()
    (place,) = state
    library.index.db.execute("UPDATE entries SET digest = 'lie'")
    assert check(library).index == "made again: it was not what the files say"
    assert library.index.state()[place][1] == state[place][1]


def test_an_index_that_cannot_be_opened_is_told_and_made_again(library: Library) -> None:
    library.keep(spoken(1, "Tulips."))
    library.refresh()
    file = library.index.file
    assert file is not None
    library.index.__exit__(None, None, None)
    file.write_bytes(b"no index at all" * 500)
    assert check(library).index == "made again: it was damaged"
    assert check(library).index == "sound, and up to date"


def test_a_damaged_index_is_made_again(library: Library) -> None:
    library.keep(*(spoken(n, "Tulips.") for n in range(5)))
    library.refresh()
    library.index.db.execute("DELETE FROM words WHERE rowid IN (SELECT max(key) FROM passages)")
    assert check(library).index == "made again: it was damaged"
    assert library.index.faults() == []


# What waits for a choice, and what is gone for good


def test_what_is_undecided_is_kept_open_or_closed(library: Library) -> None:
    letter = undecided(spoken(1, "Tulips."))
    library.keep(letter)
    kept = entry_admin(library).keep("last", closed=True)
    assert is_closed(kept)
    assert not kept.undecided
    assert not is_closed(entry_admin(library).keep("last", closed=False))
    assert [line.opening for line in browsing(library).listing().lines] == ["Tulips."]


def test_what_is_destroyed_is_nowhere(library: Library) -> None:
    entry, other = spoken(1, "Tulips."), spoken(2, "Roses.")
    library.keep(entry, other)
    flow = entry_admin(library)
    flow.delete(entry.id)
    library.keep(entry)
    browsing(library).listing()
    assert flow.destroy(entry.id) == entry.id
    assert [each.entry for each in flow.discarded()] == []
    left = [path for path in library.vault.root.rglob("*") if path.is_file()]
    assert not [path for path in left if b"Tulips" in path.read_bytes()]
    assert library.index.file is not None
    assert b"tulips" not in library.index.file.read_bytes().lower()
    assert [line.opening for line in browsing(library).listing().lines] == ["Roses."]


def test_a_destruction_that_broke_off_is_finished_at_the_next_start(library: Library) -> None:
    entry = spoken(1, "Tulips.")
    library.keep(entry)
    library.vault.discard(entry.id, FOR_GOOD)
    destroying(library).finish()
    assert entry_admin(library).discarded() == ()


def silent(number: int, text: str) -> Entry:
    entry = spoken(number, text)
    return replace(entry, answers=(replace(entry.answers[0], duration_s=0.0),))


def test_what_nothing_reads_is_named_with_what_to_do(library: Library) -> None:
    entry = silent(1, "Tulips.")
    library.keep(entry)
    page, root = library.page(entry), library.vault.root
    page.with_name("entry.sync-conflict-20261101-101112-ABCDEFG.md").write_bytes(page.read_bytes())
    page.with_name("7.flac").write_bytes(b"")
    (root / "entries/2026/moved").mkdir()
    (root / "entries/2026/moved/entry.md").write_bytes(page.read_bytes())
    (root / "letter.md").write_text("Dear Mum.")
    for path in root.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    report = check(library)
    told = "\n".join(f"{each.what} {each.hint}" for each in report.problems)
    assert len(report.problems) == 3
    for name in (
        "sync-conflict",
        "7.flac belongs to no answer",
        "entries/2026/moved holds an entry",
    ):
        assert name in told
    assert [each.path for each in report.others] == ["letter.md"]
    assert "Tulips" not in told
    assert [each.kind for each in library.vault.around.stirred() if each.holds_words]


def test_a_folder_with_something_unread_in_it_is_never_taken_for_quiet(library: Library) -> None:
    entry = silent(1, "Tulips.")
    library.keep(entry)
    page = library.page(entry)
    settle(page.parent)
    assert library.vault.quiet_folders()
    page.with_name("entry (1).md").write_bytes(page.read_bytes())
    settle(page.parent)
    assert library.vault.quiet_folders() == {}


def settle(folder: Path) -> None:
    """Let a folder look as if nothing had changed in it for long."""
    os.utime(folder, (1_600_000_000, 1_600_000_000))
    assert comes_true(lambda: time.time_ns() - folder.stat().st_ctime_ns >= 60_000_000)


def test_open_modes_are_told_and_mended(library: Library) -> None:
    entry = silent(1, "Tulips.")
    library.keep(entry)
    page = library.page(entry)
    page.chmod(0o664)
    page.parent.chmod(0o777)
    (problem,) = check(library).problems
    assert f"{page.parent} and 1 more" in problem.what
    assert "--mend" in problem.hint
    assert page.stat().st_mode & 0o777 == 0o664
    assert check(library, mend=True).problems == ()
    assert (page.stat().st_mode & 0o777, page.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_destruction_that_broke_off_is_told(library: Library) -> None:
    library.keep(silent(1, "Tulips."), silent(2, "Roses."))
    library.vault.doom.entry(entry_id(1))
    (problem,) = check(library).problems
    assert problem.what == "1 thing is not wholly destroyed yet."
    assert "recover" in problem.hint


def test_a_vault_that_goes_away_is_no_entry_that_is_not_there(library: Library) -> None:
    library.keep(silent(1, "Tulips."))
    library.vault.root.rename(library.folder / "elsewhere")
    with pytest.raises(VaultMissing, match="not where it was"):
        library.vault.load(entry_id(1))


# Dates


HERE = Here(now=NOW, in_zone=lambda at: at.replace(tzinfo=at.tzinfo or NOW.tzinfo))


def test_a_date_is_put_right_and_taken_back_and_id_and_folder_stay(library: Library) -> None:
    early, late = spoken(1, "First."), spoken(2, "Second.")
    library.keep(early, late)
    page = library.page(late)
    began = entry_admin(library).redate(late.id, "2020-02-29", HERE)
    assert began.started_at == late.started_at.replace(year=2020, month=2, day=29)
    entry_admin(library).redate(late.id, "2021-03-04T10:22", HERE)
    assert library.page(late) == page
    lines = library.index.lines(EVERYTHING)
    assert [each.id for each in lines] == [late.id, early.id]
    assert str(lines[0].day) == "2021-03-04"
    back = entry_admin(library).redate(late.id, "", HERE)
    assert (back.started_at, back.redated_from) == (late.started_at, "")
    assert library.vault.load(late.id) == late
    with pytest.raises(SettingsError, match="given first"):
        entry_admin(library).redate(late.id, "", HERE)


@pytest.mark.parametrize("days", [2, 4000])
def test_no_entry_begins_on_a_day_that_lies_ahead(library: Library, days: int) -> None:
    library.keep(spoken(1, "First."))
    ahead = (HERE.now + timedelta(days=days)).date().isoformat()
    with pytest.raises(SettingsError, match="lies ahead"):
        entry_admin(library).redate(spoken(1, "").id, ahead, HERE)
    assert library.vault.load(spoken(1, "").id) == spoken(1, "First.")


@pytest.mark.parametrize("when", ["soon", "2020-13-01", "9999-01-01", "2020-02-30"])
def test_what_is_no_date_changes_nothing(library: Library, when: str) -> None:
    library.keep(spoken(1, "First."))
    with pytest.raises(SettingsError, match="is no date"):
        entry_admin(library).redate(spoken(1, "").id, when, HERE)
    assert library.vault.load(spoken(1, "").id) == spoken(1, "First.")
