"""Claims about what starts a command: it asks the index, and reads no entry without need."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from random import Random

import pytest

from tests.support.libraries import Library, entry_id, spoken
from tests.support.models import Steps
from tests.support.vaults import NOW
from voicereflect.adapters.deck_folder import DeckFolder, ProgrammeFolder, shipped_folder
from voicereflect.adapters.programme_file import ProgrammeFile
from voicereflect.adapters.vault.answers.flac import Flac
from voicereflect.adapters.vault.curated.curations import CurationFile
from voicereflect.adapters.vault.entries.entry_folders import Remembered
from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.folder import FolderVault
from voicereflect.core.decks.rotation import closing
from voicereflect.core.entry.decisions import decided, undecided
from voicereflect.flows.decks.offers import Offer, next_thing
from voicereflect.flows.decks.programme import Programmes
from voicereflect.flows.library.finding.history import History
from voicereflect.flows.session.asking.earlier import AT_EACH_END, LOOK_BACK_ENTRIES
from voicereflect.flows.session.asking.planning import PlanRequest, plan
from voicereflect.flows.session.asking.quoting import answered_before, returning
from voicereflect.flows.session.parts import Plan
from voicereflect.model import AnswerState

MANY = 40
ORDINARY = "voicereflect reflect everyday"
PENDING = "voicereflect transcribe --pending"


class Watched(Files):
    """Remembers which entries were read."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.pages: list[Path] = []

    def read(self, path: Path) -> bytes:
        if path.name == "entry.md":
            self.pages.append(path)
        return super().read(path)


class Command:
    """A command that begins now, over a vault with an index."""

    def __init__(self, library: Library, *, few: int = 50) -> None:
        self.files = Watched(library.folder / "vault")
        index = library.index
        self.vault = FolderVault(
            self.files,
            codec=Flac,
            now=lambda: NOW,
            remembered=Remembered(heads=index.heads, quiet=index.quiet),
            scrub=CurationFile(self.files).scrub,
        )
        self.decks = DeckFolder([shipped_folder()])
        self.store = ProgrammeFile(self.vault)
        self.history = History(index, self.vault, Steps(), few=few)
        folder = ProgrammeFolder([shipped_folder()])
        self.programmes = Programmes(self.decks, folder, self.store, self.history)

    def offer(self) -> Offer:
        return next_thing(self.programmes, self.decks, self.history, self.store, NOW)

    @property
    def read(self) -> int:
        return len(self.files.pages)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    found = Library(tmp_path)
    found.keep(*(spoken(number, f"Day {number}.") for number in range(MANY)))
    found.age()
    found.refresh()
    with found.index:
        yield found


def test_an_offer_reads_no_entry(library: Library) -> None:
    now = Command(library)
    now.store.start("mother-daughter", NOW.date())
    assert now.offer().command not in {ORDINARY, PENDING}
    assert now.programmes.status("mother-daughter", NOW).done
    assert now.read == 0


def test_who_speaks_is_known_without_an_entry_or_an_index(library: Library) -> None:
    now = Command(library)
    library.index.begin_again()
    assert now.programmes.person().facts
    assert now.read == 0
    assert not library.index.state()


def test_a_few_changes_are_read_and_many_are_left(library: Library) -> None:
    waits = replace(spoken(MANY, ""), id=entry_id(MANY))
    waits = replace(waits, answers=(replace(waits.answers[0], state=AnswerState.PENDING),))
    library.keep(waits)
    assert Command(library).offer().command == PENDING
    library.index.begin_again()
    now = Command(library, few=MANY)
    found = now.offer()
    assert (found.command, found.blind, now.read) == (ORDINARY, True, 0)
    found = Command(library, few=MANY + 1).offer()
    assert (found.command, found.blind) == (PENDING, False)


def test_an_undecided_entry_is_offered_until_its_choice(library: Library) -> None:
    entry = spoken(3, "Day 3.")
    library.vault.update(entry.id, undecided)
    found = Command(library).offer()
    assert found.command == f"voicereflect keep {entry.id.rpartition('-')[2]}"
    library.vault.update(entry.id, lambda each: decided(each, closed=True))
    assert Command(library).offer().command == ORDINARY


def test_the_newest_entries_are_told_by_their_folders(library: Library) -> None:
    now = Command(library)
    assert now.vault.newest(3) == tuple(entry_id(MANY - back) for back in (3, 2, 1))
    assert now.read <= 5
    assert Command(library).vault.newest(MANY + 9) == Command(library).vault.ids()


def test_a_renamed_folder_can_still_be_the_newest(library: Library) -> None:
    folder = library.page(spoken(MANY - 1, "")).parent
    folder.rename(folder.with_name("my own name"))
    assert Command(library).vault.newest(1) == (entry_id(MANY - 1),)


def test_zones_do_not_hide_the_newest(tmp_path: Path) -> None:
    library = Library(tmp_path)
    moments = [
        datetime(2026, 5, 1, 10, 0, tzinfo=UTC).astimezone(timezone(timedelta(hours=14))),
        datetime(2026, 5, 1, 11, 0, tzinfo=UTC).astimezone(timezone(timedelta(hours=-12))),
        datetime(2026, 5, 1, 9, 0, tzinfo=UTC),
    ]
    for number, at in enumerate(moments):
        name = f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}-aaa{'abc'[number]}"
        library.keep(replace(spoken(0, "Said."), id=name, started_at=at))
    vault = library.vault
    assert [vault.newest(count) for count in (1, 2, 3)] == [
        vault.ids()[-count:] for count in (1, 2, 3)
    ]


def left(library: Library) -> tuple[str, ...]:
    return Command(library).vault.left_behind()


def test_what_was_left_behind_is_seen_in_folders_that_were_quiet(library: Library) -> None:
    library.index.note_quiet(
        {
            place: stamp or _stamp_of(library, place)
            for place, stamp in library.vault._entries.stirred().items()
        }
    )
    assert Command(library).vault._entries.stirred() == {}
    assert left(library) == ()
    folder = library.page(spoken(5, "")).parent
    (folder / "1.take.json").write_text("{}")
    assert left(library) == (entry_id(5),)
    (folder / "1.take.json").unlink()
    (folder / ".lock").touch()
    assert left(library) == (entry_id(5),)


def _stamp_of(library: Library, place: str) -> str:
    seen = (library.folder / "vault" / "entries" / place).stat()
    return f"{seen.st_mtime_ns}-{seen.st_ctime_ns}"


def test_folders_just_changed_are_not_called_quiet(library: Library) -> None:
    folder = library.page(spoken(5, "")).parent
    (folder / "note").touch()
    place = "/".join(folder.parts[-3:])
    assert place not in library.vault.quiet_folders()


def test_what_a_hand_closed_is_not_quoted_whatever_the_index_says(library: Library) -> None:
    entry = replace(spoken(MANY, "I walk to the river."), deck="everyday")
    entry = replace(entry, answers=(replace(entry.answers[0], prompt="everyday/week"),))
    library.keep(entry)
    library.refresh()

    def quotable() -> list[str]:
        now = Command(library)
        recent = [now.vault.load(each) for each in now.vault.newest(30)]
        found = answered_before(recent, returning(now.decks), ["everyday/week"])
        return [each.id for each, _ in found]

    assert quotable() == [entry.id]
    page = library.page(entry)
    page.write_text(page.read_text("utf-8").replace("language: en", "language: en\nclosed: true"))
    assert quotable() == []


def of_everyday(library: Library, count: int) -> None:
    """Keep sittings of a deck whose answers another deck quotes."""
    for number in range(MANY, MANY + count):
        entry = replace(spoken(number, f"Week {number}."), deck="everyday")
        library.keep(replace(entry, answers=(replace(entry.answers[0], prompt="everyday/week"),)))


def planned(now: Command, deck: str) -> Plan:
    loaded = now.decks.load(deck)
    request = PlanRequest(
        deck=loaded,
        person=now.programmes.person(loaded),
        language="en",
        speaker="me",
        now=NOW,
        steps=now.programmes.steps(),
    )
    return plan(request, now.vault, now.history, Random(1))


def test_a_sitting_counts_all_earlier_ones_and_reads_none(library: Library) -> None:
    of_everyday(library, 3)
    library.age()
    library.refresh()
    now = Command(library)
    deck = now.decks.load("everyday")
    found = planned(now, "everyday")
    assert now.read == 0
    assert found.opening[0] == deck.opening[3 % len(deck.opening)]
    week = next(prompt for prompt in deck.prompts if prompt.id == "week")
    (asked,) = (each for each in found.questions if each.prompt == "everyday/week")
    assert asked.words == week.words[3 % len(week.words)]
    (back,) = closing("", deck.depth, MANY + 3)
    assert found.questions[-1].words.endswith(back)


def test_of_many_answers_that_could_be_heard_again_only_some_are_read(library: Library) -> None:
    of_everyday(library, MANY)
    library.age()
    library.refresh()
    now = Command(library)
    planned(now, "then-and-now")
    assert 0 < len({*now.files.pages}) <= 2 * AT_EACH_END


def test_where_the_index_is_behind_the_newest_are_counted_and_nothing_is_quoted(
    library: Library,
) -> None:
    of_everyday(library, 3)
    library.age()
    library.index.begin_again()
    now = Command(library, few=MANY)
    found = planned(now, "everyday")
    assert len({*now.files.pages}) <= LOOK_BACK_ENTRIES + 5
    assert not library.index.state()
    week = next(prompt for prompt in now.decks.load("everyday").prompts if prompt.id == "week")
    (asked,) = (each for each in found.questions if each.prompt == "everyday/week")
    assert asked.words == week.words[3 % len(week.words)]
    assert not any(each.quote for each in found.questions)


def test_a_sitting_that_lives_has_left_nothing_behind(library: Library) -> None:
    with library.vault.create(spoken(MANY, "")):
        assert left(library) == ()
