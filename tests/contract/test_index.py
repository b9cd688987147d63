"""Claims about the index: a cache that is always right, whatever happens to it."""

import multiprocessing
import os
import signal
import stat
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import apsw
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
)

from tests.support.libraries import MODEL, Library, StubMeaning, direction, entry_id, spoken
from tests.support.waiting import PATIENCE_S
from voicereflect.adapters.index import problems, schema
from voicereflect.adapters.index.index import Index
from voicereflect.core.entry.decisions import decided, undecided
from voicereflect.core.search.filters import EVERYTHING, IndexRecord, Wanted
from voicereflect.core.search.neighbours import VectorTable
from voicereflect.core.search.query import parse
from voicereflect.core.search.ranking import leading
from voicereflect.errors import IndexDamaged, ReflectError, VaultBusy
from voicereflect.flows.library.finding.indexing import asked, refresh_meaning
from voicereflect.model import AnswerState, Consent, Entry
from voicereflect.ports.index import EntryIndex

CANARY = "The canary sang of Ostend."


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path)


def found(index: EntryIndex, typed: str, wanted: Wanted = EVERYTHING) -> list[str]:
    """Search by words; give the references."""
    query = parse(typed)
    by_words = index.by_words(query, 100, among=index.among(query, wanted))
    return sorted(spot.reference for spot in index.spots(list(by_words)))


def ids(index: Index, wanted: Wanted = EVERYTHING) -> list[str]:
    return [line.id for line in index.lines(wanted)]


# What it notices


def test_a_new_entry_is_found_at_the_next_look(library: Library) -> None:
    library.keep(spoken(1, "I planted tulips. Then it rained."))
    library.refresh()
    assert found(library.index, "tulip") == [f"{entry_id(1)}/1:1"]
    assert found(library.index, "raining") == [f"{entry_id(1)}/1:4"]


def test_a_hand_edit_is_found_and_the_old_words_are_not(library: Library) -> None:
    entry = spoken(1, "I planted tulips.")
    library.keep(entry)
    library.refresh()
    page = library.page(entry)
    page.write_text(page.read_text().replace("tulips", "crocus"))
    library.refresh()
    assert found(library.index, "crocus") == [f"{entry_id(1)}/1:1"]
    assert found(library.index, "tulips") == []


def test_an_edit_of_the_same_length_within_a_clock_tick_is_noticed(library: Library) -> None:
    entry = spoken(1, "aaaa")
    library.keep(entry)
    page = library.page(entry)
    for word in ("bbbb", "cccc", "dddd"):
        library.refresh()
        text = page.read_text()
        page.write_text(text.replace(text.strip()[-4:], word))
        library.refresh()
        assert found(library.index, word) == [f"{entry_id(1)}/1:1"]


def test_a_removed_entry_is_gone_from_every_table(library: Library) -> None:
    entry = spoken(1, CANARY)
    library.keep(entry, spoken(2, "Nothing."))
    library.refresh()
    refresh_meaning(library.index, StubMeaning(), MODEL, library.progress)
    library.vault.discard(entry.id, "deleted")
    library.refresh()
    assert ids(library.index) == [entry_id(2)]
    assert found(library.index, "canary") == []
    assert len(VectorTable(library.index.vectors(MODEL))) == 1


def test_what_is_not_changed_is_not_read_again(library: Library) -> None:
    entry = spoken(1, "I planted tulips.")
    library.keep(entry)
    page = library.page(entry)
    os.utime(page, (1_600_000_000, 1_600_000_000))
    assert library.refresh() == 1
    assert library.refresh() == 0


def test_a_mangled_entry_is_reported_and_hides_no_other(library: Library) -> None:
    entry = spoken(1, "I planted tulips.")
    library.keep(entry, spoken(2, "Tulips again."))
    page = library.page(entry)
    page.write_text(page.read_text().replace("state: done", "state: lost"))
    library.refresh()
    (problem,) = library.index.problems(library.vault.entries_folder())
    assert str(page) in problem.what
    assert ", line " in problem.what
    assert ids(library.index) == [entry_id(2)]
    page.write_text(page.read_text().replace("state: lost", "state: done"))
    library.refresh()
    assert library.index.problems("") == []
    assert ids(library.index) == [entry_id(1), entry_id(2)]


def test_two_folders_with_one_id_are_one_entry_and_a_problem(library: Library) -> None:
    entry = spoken(1, "I planted tulips.")
    library.keep(entry)
    page = library.page(entry)
    copy = page.parent.with_name(f"{page.parent.name}-copy")
    copy.mkdir()
    (copy / "entry.md").write_bytes(page.read_bytes())
    library.refresh()
    assert ids(library.index) == [entry.id]
    assert found(library.index, "tulips") == [f"{entry.id}/1:1"]
    (problem,) = library.index.problems(library.vault.entries_folder())
    assert str(copy) in problem.what
    page.unlink()
    page.parent.rmdir()
    library.refresh()
    assert ids(library.index) == [entry.id]
    assert library.index.problems("") == []


def test_two_entries_with_the_same_text_stay_two(library: Library) -> None:
    library.keep(spoken(1, "The same thing."), spoken(2, "The same thing."))
    library.refresh()
    refresh_meaning(library.index, StubMeaning(), MODEL, library.progress)
    assert found(library.index, "same thing") == [f"{entry_id(n)}/1:1" for n in (1, 2)]
    assert (
        len(VectorTable(library.index.vectors(MODEL)).nearest(direction("the same thing"), 5)) == 2
    )


def test_no_word_is_left_in_the_files_when_asked_to_forget(library: Library) -> None:
    entry = spoken(1, CANARY)
    library.keep(entry, *(spoken(n, "Nothing else.") for n in range(2, 30)))
    library.refresh()
    library.vault.discard(entry.id, "deleted")
    library.refresh()
    library.index.vacuum()
    left = b"".join(file.read_bytes() for file in (library.folder / "cache").iterdir()).lower()
    assert b"noth" in left
    assert b"canar" not in left  # in any of its forms
    assert b"ostend" not in left


def test_another_speakers_words_are_in_no_row_that_is_searched_unless_she_agreed(
    library: Library,
) -> None:
    shared = spoken(1, CANARY, "Tulips.")
    hers = replace(shared.answers[0], speaker="her")
    library.keep(replace(shared, answers=(hers, shared.answers[1]), speakers=("me", "her")))
    library.refresh()
    assert found(library.index, "ostend") == []
    assert found(library.index, "tulips") == [f"{shared.id}/2:1"]
    (line,) = library.index.lines(EVERYTHING)
    assert line.opening == "Tulips."


# Filters and words


def test_filters_leave_over_what_they_say(library: Library) -> None:
    one = replace(spoken(1, "Tulips.", "Roses."), tags=("garden", "joy"), deck="everyday")
    two = spoken(20, "Tulips.")
    answers = (replace(two.answers[0], speaker="her", prompt="x/birth", state=AnswerState.PENDING),)
    library.keep(
        one, replace(two, answers=answers, consent={"her": Consent(kept=True, themes=True)})
    )
    library.refresh()
    for wanted, expected in (
        (Wanted(tags=("Garden",)), [one.id]),
        (Wanted(tags=("#GARDEN",)), [one.id]),
        (Wanted(deck="Everyday"), [one.id]),
        (Wanted(tags=("garden", "work")), []),
        (Wanted(tags=("gard",)), []),
        (Wanted(deck="everyday"), [one.id]),
        (Wanted(prompt="birth"), [one.id, two.id]),
        (Wanted(prompt="x/birth"), [two.id]),
        (Wanted(speaker="HER"), [two.id]),
        (Wanted(state=AnswerState.PENDING), [two.id]),
        (Wanted(since=date(2026, 11, 3)), [two.id]),
        (Wanted(until=date(2026, 11, 2)), [one.id]),
        (Wanted(speaker="her", state=AnswerState.DONE), []),
    ):
        assert ids(library.index, wanted) == expected, wanted
        hits = found(library.index, "tulips", wanted)
        assert [hit.partition("/")[0] for hit in hits] == expected, wanted
        among = library.index.among(parse("tulips"), wanted)
        assert {key >> 16 for key in among or set()} == {
            key >> 16 for key in library.index.by_words(parse("tulips"), 9, among=among)
        }


def test_of_too_many_the_newest_are_listed_oldest_first(library: Library) -> None:
    library.keep(*(spoken(n, "x") for n in range(5)))
    library.refresh()
    assert [line.id for line in library.index.lines(EVERYTHING, limit=2)] == [
        entry_id(3),
        entry_id(4),
    ]


def test_quotes_are_found_word_for_word(library: Library) -> None:
    library.keep(spoken(1, "He is running late.", "I run late, always."))
    library.refresh()
    assert found(library.index, '"running late"') == [f"{entry_id(1)}/1:1"]
    assert found(library.index, "running late") == [f"{entry_id(1)}/{n}:1" for n in (1, 2)]
    assert library.index.among(parse('"run late"'), EVERYTHING) == set(
        library.index.by_words(parse('"Run late!"'), 9)
    )
    assert len(library.index.among(parse('"run late"'), EVERYTHING) or ()) == 1


def test_words_that_are_begun_are_found_the_newest_first_and_none_of_closed_entries(
    library: Library,
) -> None:
    first, second = spoken(1, "The old harbour."), spoken(2, "Tulips by the harbour.")
    library.keep(first, second, replace(spoken(3, "Harbours."), closed=True))
    library.refresh()
    index = library.index
    for words, expected in (
        (["harb"], [second.id, first.id]),
        (["HARBOUR"], [second.id, first.id]),
        (["tulips", "harb"], [second.id]),
        (["tul", "harb"], []),
        (["arbour"], []),
    ):
        assert [spot.entry for spot in index.spots(index.begun(words, 9))] == expected, words
    assert len(index.begun(["harb"], 1)) == 1


def test_names_and_rare_words_are_told_from_common_ones(library: Library) -> None:
    library.keep(*(spoken(n, "The garden.") for n in range(4)), spoken(9, "Deborah's garden."))
    library.refresh()

    def lead(typed: str) -> tuple[str, ...]:
        query = parse(typed)
        return leading(query, library.index.frequencies(query))

    assert lead("garden") == ()
    assert lead("Garden") == ("Garden",)
    assert lead("deborah garden") == ("deborah",)
    assert lead("Nobody") == ()
    assert len(library.index.holding(("garden", "deborah"))) == 5
    assert max(library.index.holding(("garden", "deborah")).values()) == 2
    assert library.index.holding(("gardens",)) == {}


def test_coverage_is_the_share_of_weight_that_stands_there(library: Library) -> None:
    library.keep(spoken(1, "I was gardening.", "Rain."))
    library.refresh()
    keys = list(library.index.by_words(parse("gardens rain"), 9))
    shares = library.index.coverage({"gardens": 3.0, "rain": 1.0}, keys)
    assert sorted(shares.values()) == [0.25, 0.75]


def test_marks_stand_around_every_form_of_a_word(library: Library) -> None:
    text = "Ünder cafés she ran; running is a run."
    marks = library.index.marks(text, parse("cafe run"))
    assert [text[begin:end] for begin, end in marks] == ["cafés", "running", "run"]


def test_any_text_can_be_searched_for(library: Library) -> None:
    library.keep(spoken(1, "It's 5 o'clock, \"NEAR\" AND so on."))
    library.refresh()
    for typed in ("o'clock", "AND", "NEAR", "near(", "5*", "\x00", "so - on", '""', "^so"):
        found(library.index, typed)


# Meaning


def test_vectors_stay_while_the_words_do(library: Library) -> None:
    entry = spoken(1, "I planted tulips.")
    library.keep(entry)
    library.refresh()
    meaning = StubMeaning()
    refresh_meaning(library.index, meaning, MODEL, library.progress)
    library.vault.update(entry.id, lambda entry: replace(entry, tags=("garden",)))
    library.refresh()
    refresh_meaning(library.index, meaning, MODEL, library.progress)
    assert meaning.asked == ["I planted tulips."]
    page = library.page(entry)
    page.write_text(page.read_text().replace("tulips", "roses"))
    library.refresh()
    assert len(VectorTable(library.index.vectors(MODEL))) == 0
    refresh_meaning(library.index, meaning, MODEL, library.progress)
    assert meaning.asked[1:] == ["I planted roses."]


def test_another_model_means_other_vectors(library: Library) -> None:
    library.keep(spoken(1, "I planted tulips."))
    library.refresh()
    refresh_meaning(library.index, StubMeaning(), "old", library.progress)
    assert library.index.count_unread("new") == 1
    refresh_meaning(library.index, StubMeaning(), "new", library.progress)
    assert len(VectorTable(library.index.vectors("new"))) == 1
    assert len(VectorTable(library.index.vectors("old"))) == 0


def test_vectors_of_words_that_changed_meanwhile_are_not_kept(library: Library) -> None:
    library.keep(spoken(1, "I planted tulips."))
    library.refresh()
    (unread,) = library.index.unread(MODEL, count=5)
    page = library.page(spoken(1, ""))
    page.write_text(page.read_text().replace("tulips", "roses"))
    library.refresh()
    library.index.put_vectors(MODEL, [(unread, direction("I planted tulips."))])
    assert library.index.count_unread(MODEL) == 1


# Versions, damage, and other processes


def old_file(path: Path, version: int) -> None:
    path.parent.mkdir(parents=True)
    with apsw.Connection(str(path)) as db:
        for statements in schema.MIGRATIONS[:version]:
            db.execute(statements)
        db.pragma("user_version", version)
        if version:
            db.execute(
                "INSERT INTO entries (place, stamp, digest, id, started, day, deck, edition, title,"
                " language, tags, speakers, seconds, opening, synthetic, closed, problem, hint,"
                " twin) VALUES ('gone', 'x', 'x', 'x', '2026-11-22T08:00:00+00:00', '2026-11-22',"
                " '', 1, '', '', '', '', 0, '', 0, 0, '', '', 0)"
            )
    db.close()


@pytest.mark.parametrize("version", range(schema.VERSION + 1))
def test_every_older_version_becomes_todays(library: Library, version: int) -> None:
    old_file(library.folder / "cache/index.sqlite", version)
    library.keep(spoken(1, "I planted tulips."))
    library.refresh()
    assert ids(library.index) == [entry_id(1)]
    assert found(library.index, "tulips") == [f"{entry_id(1)}/1:1"]
    refresh_meaning(library.index, StubMeaning(), MODEL, library.progress)
    assert len(VectorTable(library.index.vectors(MODEL))) == 1
    assert library.index.faults() == []


def test_a_step_that_fails_leaves_the_version_it_began_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = (*schema.MIGRATIONS[:1], "CREATE TABLE other (a); SELECT nonsense")
    monkeypatch.setattr(schema, "MIGRATIONS", broken)
    db = apsw.Connection(str(tmp_path / "index.sqlite"))
    with pytest.raises(apsw.SQLError):
        schema.migrate(db)
    assert schema.version_of(db) == 1
    assert db.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'other'").get == 0


def test_a_newer_versions_file_is_made_again(library: Library) -> None:
    library.keep(spoken(1, "I planted tulips."))
    path = library.folder / "cache/index.sqlite"
    path.parent.mkdir()
    with apsw.Connection(str(path)) as db:
        db.execute("CREATE TABLE entries (other)")
        db.pragma("user_version", schema.VERSION + 1)
    db.close()
    library.refresh()
    assert ids(library.index) == [entry_id(1)]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(b"not a database" * 1000),
        lambda path: path.write_bytes(path.read_bytes()[:5000]),
        lambda path: path.write_bytes(path.read_bytes()[:4096] + b"\xff" * 200_000),
        lambda path: path.write_bytes(b""),
        lambda path: path.unlink(),
    ],
    ids=["other", "cut off", "overwritten", "emptied", "removed"],
)
def test_a_spoilt_file_is_made_again_and_nothing_is_lost(library: Library, spoil: object) -> None:
    library.keep(*(spoken(n, f"I planted tulip {n}.") for n in range(20)))
    library.refresh()
    library.index.__exit__(None, None, None)
    assert callable(spoil)
    spoil(library.folder / "cache/index.sqlite")
    hits = asked(
        library.index, library.vault, library.progress, lambda index: found(index, "tulip")
    )
    assert len(hits) == 20
    assert library.index.faults() == []


def test_where_nothing_can_be_written_the_index_lives_in_memory(library: Library) -> None:
    (library.folder / "cache").write_text("a file where a folder should be")
    library.keep(spoken(1, "I planted tulips."))
    library.refresh()
    assert ids(library.index) == [entry_id(1)]
    assert library.index.file is None


def test_nobody_else_can_read_the_files(library: Library) -> None:
    library.keep(spoken(1, CANARY))
    library.refresh()
    files = list((library.folder / "cache").iterdir())
    assert len(files) == 3
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE((library.folder / "cache").stat().st_mode) == 0o700


def test_every_error_of_the_library_is_translated() -> None:
    ours = {"Error", "AbortError", "InterruptError", "MisuseError", "BindingsError"}
    ours |= {
        name for name in vars(apsw) if name.endswith("Error") and "Extension" in name
    }  # of what is never called
    ours |= {
        *("ConnectionClosedError", "ConnectionNotClosedError", "CursorClosedError"),
        *("ExecutionCompleteError", "IncompleteExecutionError", "InvalidContextError"),
        *("ForkingViolationError", "ThreadingViolationError", "NoFTS5Error"),
        *("VFSFileClosedError", "VFSNotImplementedError"),
    }  # mistakes of the program
    memory = (apsw.NoMemError,)
    mapped = (*problems.BUSY, *problems.UNWRITABLE, *problems.DAMAGED, *memory)
    names = {each.__name__ for each in mapped}
    assert {name for name in vars(apsw) if name.endswith("Error")} == ours | names
    for kind in (*mapped, MemoryError, ValueError):
        with pytest.raises(ReflectError) as caught, problems.translated(Path("index")):
            raise kind(CANARY)
        assert "canary" not in caught.value.what + caught.value.hint


def test_a_row_that_is_no_text_is_damage(library: Library) -> None:
    library.keep(spoken(1, "x"))
    library.refresh()
    library.index.db.execute("UPDATE entries SET place = CAST(x'b1ff' AS TEXT)")
    with pytest.raises(IndexDamaged):
        library.index.state()
    found = asked(library.index, library.vault, library.progress, lambda index: index.ids())
    assert found == [entry_id(1)]


def test_damage_that_comes_back_at_once_is_an_error(library: Library) -> None:
    def question(_: EntryIndex) -> None:
        raise IndexDamaged("It is damaged.", hint="Remove it.")

    with pytest.raises(IndexDamaged):
        asked(library.index, library.vault, library.progress, question)


def test_a_lock_held_too_long_is_told(library: Library) -> None:
    library.keep(spoken(1, "x"))
    library.refresh()
    impatient = Index(library.folder / "cache/index.sqlite", patience_ms=20)
    with apsw.Connection(str(library.folder / "cache/index.sqlite")) as db:
        db.execute("BEGIN IMMEDIATE") if not db.in_transaction else None
        db.execute("UPDATE entries SET stamp = stamp")
        with pytest.raises(VaultBusy):
            impatient.put([])


def _refresh_often(folder: Path, times: int) -> None:
    library = Library(folder)
    for _ in range(times):
        library.refresh()
        library.index.state()


def test_two_processes_at_once_lose_nothing(library: Library) -> None:
    context = multiprocessing.get_context("spawn")
    library.keep(*(spoken(n, f"Tulip {n}.") for n in range(10)))
    others = [context.Process(target=_refresh_often, args=(library.folder, 30)) for _ in range(2)]
    for other in others:
        other.start()
    for number in range(10, 40):
        library.keep(spoken(number, f"Tulip {number}."))
        library.refresh()
    library.vault.discard(entry_id(0), "deleted")
    for other in others:
        other.join(PATIENCE_S)
        assert other.exitcode == 0
    library.refresh()
    assert ids(library.index) == [entry_id(n) for n in range(1, 40)]
    assert len(found(library.index, "tulip")) == 39
    assert library.index.faults() == []


KILLED = """
import sys
from pathlib import Path
from tests.support.libraries import MODEL, Library, StubMeaning
from voicereflect.flows.library.finding.indexing import refresh_meaning
library = Library(Path(sys.argv[1]))
while True:
    library.index.begin_again()
    sys.stdout.write("x")
    sys.stdout.flush()
    library.refresh()
    refresh_meaning(library.index, StubMeaning(), MODEL, library.progress)
"""


@pytest.mark.slow
def test_killed_at_any_moment_the_index_is_usable(library: Library) -> None:
    library.keep(*(spoken(n, f"Tulip {n}.") for n in range(30)))
    for round_ in range(8):
        with subprocess.Popen(
            [sys.executable, "-c", KILLED, str(library.folder)], stdout=subprocess.PIPE
        ) as child:
            assert child.stdout is not None
            assert child.stdout.read(1) == b"x"
            time.sleep(0.03 * round_)
            child.send_signal(signal.SIGKILL)
        fresh = Library(library.folder)
        hits = asked(fresh.index, fresh.vault, fresh.progress, lambda index: found(index, "tulip"))
        assert len(hits) == 30
        assert fresh.index.faults() == []
        fresh.index.__exit__(None, None, None)


# Against a dict

WORDS = st.sampled_from(["tulip", "rose", "rain", "mother", "door"])
TEXTS = st.lists(WORDS, min_size=1, max_size=6).map(
    lambda words: " ".join(words).capitalize() + "."
)


class IndexMachine(RuleBasedStateMachine):
    """Whatever is put in, taken out, reopened or made again: a dict knows the same."""

    places = Bundle("places")

    @initialize()
    def begin(self) -> None:
        import tempfile

        self.folder = tempfile.TemporaryDirectory()
        self.file = Path(self.folder.name) / "index.sqlite"
        self.index = Index(self.file)
        self.model: dict[str, Entry] = {}
        self.count = 0

    def record(self, place: str, entry: Entry) -> IndexRecord:
        self.count += 1
        return IndexRecord(place=place, stamp=str(self.count), digest=str(self.count), entry=entry)

    @rule(target=places, texts=st.lists(TEXTS, min_size=1, max_size=3))
    def add(self, texts: list[str]) -> str:
        number = self.count
        place = f"2026/11/{number}"
        entry = spoken(number, *texts)
        self.index.put([self.record(place, entry)])
        self.model[place] = entry
        return place

    @rule(place=places, texts=st.lists(TEXTS, min_size=1, max_size=3))
    def change(self, place: str, texts: list[str]) -> None:
        number = int(place.rpartition("/")[2])
        entry = spoken(number, *texts)
        self.index.put([self.record(place, entry)])
        self.model[place] = entry

    @rule(place=consumes(places))
    def remove(self, place: str) -> None:
        self.index.drop([place])
        self.model.pop(place, None)

    @rule()
    def learn(self) -> None:
        refresh_meaning(self.index, StubMeaning(), MODEL, _Quiet())
        sentences = sum(len(entry.answers) for entry in self.model.values())
        assert len(VectorTable(self.index.vectors(MODEL))) == sentences

    @rule()
    def reopen(self) -> None:
        self.index.__exit__(None, None, None)
        self.index = Index(self.file)

    @rule()
    def rebuild(self) -> None:
        self.index.begin_again()
        self.index.put([self.record(place, entry) for place, entry in self.model.items()])

    @rule(word=WORDS)
    def search(self, word: str) -> None:
        expected = sorted(
            f"{entry.id}/{answer.number}:1"
            for entry in self.model.values()
            for answer in entry.answers
            if word in answer.text.lower()
        )
        assert found(self.index, word) == expected

    @invariant()
    def lists_the_same(self) -> None:
        assert self.index.state().keys() == self.model.keys()
        entries = sorted(self.model.values(), key=lambda entry: entry.id)
        assert ids(self.index) == [entry.id for entry in entries]
        texts = [[a.text for a in entry.answers] for entry in self.index.entries(EVERYTHING)]
        assert texts == [[a.text for a in entry.answers] for entry in entries]

    def teardown(self) -> None:
        with suppress(AttributeError):
            self.index.__exit__(None, None, None)
            self.folder.cleanup()


class _Quiet:
    def step(self, what: str, *, done: float, total: float) -> None:
        """Say nothing."""


TestIndexAgainstADict = IndexMachine.TestCase
TestIndexAgainstADict.settings = settings(max_examples=30)  # of up to 50 steps each


# Themes


def test_what_themes_are_made_of_is_told_in_the_order_of_ids(library: Library) -> None:
    library.keep(spoken(2, "I planted tulips. Well, yes."), spoken(1, "Roses climbed high."))
    library.refresh()
    told = library.index.theme_heads()
    assert [each.id for each in told] == [entry_id(1), entry_id(2)]
    said = {each.key: library.index.said_in(each.key) for each in told}
    assert [[p.text for p in said[each.key]] for each in told] == [
        ["Roses climbed high."],
        ["I planted tulips."],
    ]
    spots = [(told[1].key, 0), (told[0].key, 0)]
    assert library.index.said_at(spots) == [said[key][which] for key, which in spots]
    with pytest.raises(VaultBusy, match="changed while"):  # as where somebody deleted it meanwhile
        library.index.said_at([(told[1].key, 1)])


def test_an_undecided_letter_is_in_no_row_with_words(library: Library) -> None:
    letter = undecided(spoken(1, CANARY))
    library.keep(letter)
    library.refresh()
    assert found(library.index, "canary") == []
    (line,) = library.index.lines(EVERYTHING)
    assert (line.opening, line.closed) == ("", True)
    assert library.index.entries(EVERYTHING)[0].answers[0].text == ""
    library.vault.update(letter.id, lambda entry: decided(entry, closed=False))
    library.refresh()
    assert found(library.index, "canary") == [f"{letter.id}/1:1"]


def test_only_some_passages_are_left_over_where_they_are_named(library: Library) -> None:
    library.keep(spoken(1, "I planted tulips. Tulips grew."), spoken(2, "Tulips again."))
    library.refresh()
    wanted = Wanted(among=frozenset({f"{entry_id(1)}/1:4"}))
    assert found(library.index, "tulips", wanted) == [f"{entry_id(1)}/1:4"]
    assert ids(library.index, wanted) == [entry_id(1)]
    assert ids(library.index, Wanted(among=frozenset())) == []
