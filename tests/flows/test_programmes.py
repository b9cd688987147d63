"""Programmes and decks over a real vault: what was answered, what was said, what is offered."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest

from tests.support.models import Steps
from tests.support.shipped import DECKS
from tests.support.vaults import made_entry, make_entry, make_vault
from voicereflect.adapters.deck_folder import DeckFolder, ProgrammeFolder, shipped_folder
from voicereflect.adapters.index.index import Index
from voicereflect.adapters.programme_file import ProgrammeFile
from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.folder import FolderVault
from voicereflect.cli import knowing
from voicereflect.core.decks.choosing import Person
from voicereflect.core.decks.file.template import new_deck
from voicereflect.core.decks.views import DeckPlace, Filter
from voicereflect.core.entry.decisions import undecided
from voicereflect.core.programme.so_far import PickedChoice
from voicereflect.deck_model import ABOUT, Fact, Offered
from voicereflect.errors import DeckError
from voicereflect.flows.decks.afterwards import open_offers
from voicereflect.flows.decks.listing import DeckBook
from voicereflect.flows.decks.offers import Offer, next_thing
from voicereflect.flows.decks.programme import Programmes
from voicereflect.flows.library.finding.history import History
from voicereflect.model import Answer, AnswerState
from voicereflect.ui.decks import listing as deck_pages

NAME = "mother-daughter"
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


class Home:
    """A person's vault and decks."""

    def __init__(self, root: Path, files: type[Files] = Files) -> None:
        self.vault: FolderVault = make_vault(files(root / "vault"))
        own = root / "vault" / "decks"
        self.own = own
        self.decks = DeckFolder([own, shipped_folder()])
        self.store = ProgrammeFile(self.vault)
        folder = ProgrammeFolder([own, shipped_folder()])
        self.folder = folder
        self.index = root / "cache" / "index.sqlite"

    def history(self) -> History:
        """What a command that begins now knows of earlier sittings."""
        return History(Index(self.index), self.vault, Steps())

    @property
    def programmes(self) -> Programmes:
        return Programmes(self.decks, self.folder, self.store, self.history())

    @property
    def book(self) -> DeckBook:
        return DeckBook(self.decks, self.vault, self.history())

    def answer(
        self, deck: str, when: datetime, prompt: str = "", *, state: AnswerState = AnswerState.DONE
    ) -> None:
        ids = prompt or DECKS[deck].prompts[0].id
        entry = make_entry(f"{when:%Y%m%dT%H%M%S}Z-kzqv", answers=0)
        answer = Answer(
            number=1,
            speaker="me",
            prompt=f"{deck}/{ids}",
            asked="Asked.",
            state=state,
            text="Said." if state is AnswerState.DONE else "",
            duration_s=2.0,
        )
        made_entry(self.vault, replace(entry, deck=deck, answers=(answer,)))

    def next_deck(self, when: datetime = NOW) -> str:
        found = self.programmes.next(NAME, when)
        return found.deck if found else ""

    def offer(self, when: datetime = NOW) -> Offer:
        history = self.history()
        programmes = Programmes(self.decks, self.folder, self.store, history)
        return next_thing(programmes, self.decks, history, self.store, when)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_a_programme_goes_on_where_the_entries_end(home: Home) -> None:
    assert home.next_deck() == "who-holds-me"
    home.answer("who-holds-me", NOW)
    assert home.next_deck() == "everyday"
    assert home.next_deck(NOW + timedelta(days=400)) == "everyday"


def test_a_sitting_in_which_everything_was_skipped_is_no_answer(home: Home) -> None:
    home.answer("who-holds-me", NOW, state=AnswerState.SKIPPED)
    assert home.next_deck() == "who-holds-me"


def test_not_today_and_never_again_are_kept_and_can_be_taken_back(home: Home) -> None:
    home.programmes.skip("who-holds-me", NOW, for_good=False)
    assert home.next_deck() == "everyday"
    assert home.next_deck(NOW + timedelta(days=1)) == "who-holds-me"
    home.programmes.skip("who-holds-me", NOW, for_good=True)
    assert home.next_deck(NOW + timedelta(days=1)) == "everyday"
    home.store.allow("who-holds-me")
    assert home.next_deck() == "who-holds-me"


def test_a_day_of_skipping_ends_at_four_in_the_morning(home: Home) -> None:
    late = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)
    home.programmes.skip("who-holds-me", late, for_good=False)
    assert home.next_deck(datetime(2026, 11, 23, 3, 59, tzinfo=UTC)) == "everyday"
    assert home.next_deck(datetime(2026, 11, 23, 4, 1, tzinfo=UTC)) == "who-holds-me"


@pytest.mark.parametrize("name", ["who-holds", "who-holds-me/nobody"])
def test_what_does_not_exist_cannot_be_put_aside(home: Home, name: str) -> None:
    with pytest.raises(DeckError):
        home.programmes.skip(name, NOW, for_good=True)


def test_side_doors_that_do_not_fit_are_not_shown(home: Home) -> None:
    alone = {place.deck for place in home.programmes.status(NAME, NOW).side_doors}
    assert {"without-her", "getting-help", "morning"} <= alone
    assert alone.isdisjoint({"her-side", "owning-it", "interview", "line-together", "sending"})
    for fact, value in (("her", "living"), ("path", "together")):
        home.store.know(fact, value)
    together = {place.deck for place in home.programmes.status(NAME, NOW).side_doors}
    assert {"her-side", "owning-it"} <= together
    assert together.isdisjoint({"line-together", "sending"})
    assert "interview" in together
    for prompt, choice in (("ready", "ready"), ("room", "yes")):
        pick = PickedChoice(prompt=f"ready-or-not/{prompt}", choice=choice, day=NOW.date())
        home.store.picked(pick)
    open_now = {place.deck for place in home.programmes.status(NAME, NOW).side_doors}
    assert {"interview", "line-together"} <= open_now


def test_a_started_programme_is_what_is_offered_and_a_stopped_one_is_not(home: Home) -> None:
    assert home.offer().command == "voicereflect reflect everyday"
    home.programmes.start(NAME, NOW)
    assert home.offer().command == "voicereflect reflect who-holds-me"
    home.store.stop(NAME)
    assert home.offer().command == "voicereflect reflect everyday"


def test_what_waits_for_its_text_is_offered_first(home: Home) -> None:
    home.programmes.start(NAME, NOW)
    home.answer("everyday", NOW, state=AnswerState.PENDING)
    assert home.offer().command == "voicereflect transcribe --pending"


def test_ordinary_days_put_aside_are_not_offered(home: Home) -> None:
    home.programmes.skip("everyday", NOW, for_good=True)
    deck = home.offer().command.rpartition(" ")[2]
    assert deck != "everyday"
    assert DECKS[deck].depth == "light"


def test_a_persons_own_broken_deck_stops_no_programme(home: Home) -> None:
    home.own.mkdir(parents=True)
    (home.own / "qualities.toml").write_text("format = 1\n", "utf-8")
    assert home.next_deck() == "who-holds-me"
    rows, problems = home.book.rows(Filter())
    assert "everyday" in [row.deck.name for row in rows]
    assert len(problems) == 1


@pytest.mark.parametrize("name", ["mine", NAME])
def test_a_persons_own_broken_programme_stops_nothing_and_opens_no_gate(
    home: Home, name: str
) -> None:
    before = home.programmes.person()
    (home.own / "programmes").mkdir(parents=True)
    (home.own / "programmes" / f"{name}.toml").write_text("order = [")
    assert home.programmes.person() == before
    assert home.programmes.facts()
    assert home.programmes.steps() is not None
    (problem,) = home.programmes.problems
    assert f"{name}.toml, line 1" in problem.what


def test_a_broken_deck_is_not_offered(home: Home) -> None:
    home.own.mkdir(parents=True, exist_ok=True)
    (home.own / "everyday.toml").write_text("prompts = [")
    offer = next_thing(home.programmes, home.decks, home.history(), home.store, NOW)
    assert offer.title
    assert "everyday" not in offer.command
    assert open_offers([Offered(deck="everyday", say=("Go on?",))], home.decks, Person()) == ()


def test_what_to_type_for_an_offered_deck_stands_in_a_line_of_its_own(home: Home) -> None:
    offered = open_offers([Offered(deck="everyday", say=("Go on?",))], home.decks, Person())
    assert offered == ("Go on?", "  voicereflect reflect everyday")


def test_a_programme_taken_up_again_does_not_say_that_it_begins_today(home: Home) -> None:
    programmes = home.programmes
    programmes.start("work", NOW - timedelta(days=40))
    programmes.stop("work")
    assert deck_pages.status_page(programmes.status("work", NOW)).startswith("Work (not running)")
    programmes.start("work", NOW)
    first = deck_pages.status_page(programmes.status("work", NOW)).splitlines()[0]
    assert first == f"Work (since {deck_pages.day(NOW.date())})"


def test_a_page_of_a_programme_names_what_is_for_two_and_breaks_in_no_date(home: Home) -> None:
    status = home.programmes.status("mother-daughter", NOW)
    days = tuple(NOW.date() - timedelta(days=each) for each in range(40))
    place = DeckPlace(deck="everyday", title="Everyday", days=days, put_aside=False)
    page = deck_pages.status_page(
        replace(status, done=(place,), for_two=home.decks.load("interview"))
    )
    assert "Nothing waits for it.\n  voicereflect two interview" in page
    assert all(deck_pages.day(each) in page for each in days)
    left = deck_pages.status_page(replace(status, offer=None, offered=None))
    assert "What is open can be taken at any time." in left


def test_a_number_is_nobodys_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("2\nMum\n"))
    assert knowing.answer(Fact(id="call", ask="What do you call her?")) == "Mum"


def test_decks_are_found_by_depth_length_and_practice(home: Home) -> None:
    rows, _ = home.book.rows(Filter(depth="heavy", minutes=10))
    assert [row.deck.name for row in rows] == ["what-hurt"]
    rows, _ = home.book.rows(Filter(practice=2))
    assert [row.deck.name for row in rows] == ["her-struggles", "my-struggles"]


def test_answers_to_one_prompt_are_laid_out_by_date(home: Home) -> None:
    for days in (0, 7, 14):
        home.answer("everyday", NOW + timedelta(days=days), "week")
    home.answer("everyday", NOW + timedelta(days=15), "free")
    echoes = home.book.echo("everyday/week")
    assert [each.day for each in echoes] == sorted(each.day for each in echoes)
    assert len(echoes) == 3


def test_an_echo_says_which_answers_it_leaves_out_without_a_word_of_them(home: Home) -> None:
    home.answer("everyday", NOW, "week")
    (open_one,) = home.book.echo("everyday/week")
    home.vault.update(open_one.entry, undecided)
    (left_out,) = home.book.echo("everyday/week")
    page = deck_pages.echo_page("everyday/week", [left_out])
    assert left_out.withheld
    assert "Said." not in page + str(deck_pages.echo_json(left_out))
    assert open_one.entry[-4:] in page


def test_a_renamed_prompt_keeps_its_answers(home: Home) -> None:
    home.answer("everyday", NOW, "week")
    home.own.mkdir(parents=True)
    text = (shipped_folder() / "everyday.toml").read_text("utf-8")
    renamed = text.replace('id = "week"', 'id = "seven-days"\nformerly = ["week"]')
    (home.own / "everyday.toml").write_text(renamed, "utf-8")
    assert len(home.book.echo("everyday/seven-days")) == 1


@pytest.mark.parametrize("reference", ["everyday", "everyday/nothing", "nothing/week"])
def test_an_echo_of_nothing_says_what_there_is(home: Home, reference: str) -> None:
    with pytest.raises(DeckError):
        home.book.echo(reference)


def test_a_list_tells_which_decks_are_closed_to_the_person(home: Home) -> None:
    rows, _ = home.book.rows(Filter(), home.programmes.person())
    closed = {row.deck.name for row in rows if row.closed}
    assert {"her-side", "owning-it", "sending", "interview", "ready-or-not"} <= closed
    assert closed.isdisjoint({"everyday", "what-hurt", "without-her"})


def test_whoever_names_another_is_asked_again_and_ready_counts_no_longer(tmp_path: Path) -> None:
    home = Home(tmp_path)
    programmes = home.programmes
    facts = {fact.id: fact for fact in programmes.facts_of(NAME)}
    assert programmes.know(facts["relation"], "mother", NOW) == ()
    for name, value in (("call", "Mum"), ("her", "living"), ("path", "together")):
        assert programmes.know(facts[name], value, NOW) == ()
    for prompt, choice in (("ready-or-not/ready", "ready"), ("small-steps/last-step", "done")):
        home.store.picked(PickedChoice(prompt=prompt, choice=choice, day=NOW.date()))
    assert programmes.know(facts["relation"], "mother", NOW) == ()
    assert programmes.know(facts["relation"], "father", NOW) == ("call", "her", "path")
    said = home.store.read()
    assert said.known == {"relation": "father"}
    picked = {pick.prompt: pick.choice for pick in said.picks}
    assert picked == {"ready-or-not/ready": "", "small-steps/last-step": "done"}


def test_whoever_begins_grief_has_lost_somebody_unless_they_said_otherwise(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.programmes.start("grief", NOW)
    assert home.store.read().known == {"her": "died"}
    home.store.know("her", "living")
    home.programmes.start("grief", NOW)
    assert home.store.read().known == {"her": "living"}
    asked = [fact.id for fact in home.programmes.facts_of("grief")]
    assert asked == ["relation", "speaker", "pronoun", "call"]


def test_decks_are_listed_by_what_they_are_for_and_ones_own_first(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.own.mkdir(parents=True)
    (home.own / "zebra.toml").write_text(new_deck("zebra"), "utf-8")
    rows, _ = home.book.rows(Filter(), home.programmes.person())
    listed = [row.deck.about for row in rows]
    assert listed == sorted(listed, key=("", *ABOUT).index)
    assert [rows[0].deck.name, rows[1].deck.name] == ["zebra", "evening"]
    page = deck_pages.rows_page(rows)
    assert max(map(len, page.splitlines())) <= 80
    assert page.startswith("Your own\n  zebra")
