"""A session for two: a yes first or nothing at all, equal turns, and she is asked first.

Flow, core and vault are real; devices, the speech worker and both people are played.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

import pytest

from tests.support.fakes import (
    Said,
    StubKeyboard,
    StubMemory,
    StubRecorder,
    StubScreen,
    StubTranscriber,
)
from tests.support.libraries import history_of
from tests.support.models import Steps
from tests.support.shipped import DECKS, person
from tests.support.sittings import blocks
from tests.support.vaults import NOW, made_entry, make_entry, make_vault
from voicereflect.adapters.caches.themes import FolderThemeCache
from voicereflect.adapters.index.index import Index
from voicereflect.adapters.vault.curated.curations import CurationFile
from voicereflect.adapters.vault.files import Files
from voicereflect.core.decks.choosing import Person, resolve
from voicereflect.core.safety.consent import consent_of
from voicereflect.core.session import duo as rules
from voicereflect.core.session.duo import Duo, duo_of
from voicereflect.core.session.speech.phrases import CHOICES
from voicereflect.core.session.state import Choice
from voicereflect.core.words.comparing.sayback import Pair, Sayback
from voicereflect.errors import DeckError, NoMicrophone
from voicereflect.flows.library.destroying import Destroying
from voicereflect.flows.session import parts as sessions
from voicereflect.flows.session.asking.planning import PlanRequest, refuse_closed
from voicereflect.flows.session.loop import Session
from voicereflect.flows.two.consent_take import Agreeing
from voicereflect.flows.two.consents import Consents
from voicereflect.flows.two.key_prompts import Asker
from voicereflect.flows.two.planning import plan_for_two
from voicereflect.flows.two.sitting import DuoParts, Two
from voicereflect.model import AnswerState, Consent, Deck, Entry, Segment, Span, WindowRead, Word
from voicereflect.ui.two.beside import BesidePage, page

DECK = DECKS["speaker-and-listener"]
TURNS = 8
YES = "1"


def request_for(deck: Deck) -> PlanRequest:
    return PlanRequest(deck=deck, person=OPEN, language="en", speaker="", now=NOW)


class Reader(StubTranscriber):
    """Reads what it is told was said, whatever the sound."""

    def __init__(self, *texts: str, missing: bool = False) -> None:
        super().__init__(missing=missing)
        self.texts = list(texts)

    def reading(self, recording: int, span: Span) -> WindowRead:
        found = super().reading(recording, span)
        text = self.texts.pop(0) if self.texts else "Nothing."
        words = tuple(
            Word(text=f" {each}", start_s=n * 0.1, end_s=n * 0.1 + 0.1, probability=0.9)
            for n, each in enumerate(text.split())
        )
        segments = (Segment(words=words, avg_logprob=-0.2, no_speech=0.0),) if words else ()
        return replace(found, segments=segments)


@dataclass
class Page:
    """Where a comparison would be shown; somebody reads it and presses ENTER."""

    keyboard: StubKeyboard
    shown: list[Sequence[Sayback]] = field(default_factory=list)
    hidden: int = 0

    def show(self, found: Sequence[Sayback]) -> None:
        self.shown.append(found)
        self.keyboard.press("enter")

    def hide(self) -> None:
        self.hidden += 1


class Room:
    """Two people; `keys` says which key is pressed at a line, anything else gets ENTER."""

    def __init__(self, folder: Path, **keys: str) -> None:
        self.folder = folder
        self.keys = {LINES[name]: key for name, key in keys.items()}
        self.attended = True
        self.vault = make_vault(Files(folder / "vault"))
        self.keyboard = StubKeyboard()
        self.screen = StubScreen(react=self._react)
        self.recorder = StubRecorder([Said(blocks(n)) for n in range(1 + TURNS)])
        self.agreeing = Reader("Yes.")
        self.session = Reader(*(f"What turn {n} was about, told in a sentence." for n in range(8)))
        self.beside = Page(self.keyboard)
        self.adults = "yes"
        self.remembered: list[str] = []
        self.turn_s = 0.0
        self.recorded = False
        self.times_over: list[Callable[[], None]] = []

    def _react(self, what: str, _number: int) -> None:
        words = str(self.screen.shown[-1][-1])
        if what == "put":
            self.keyboard.press(self.keys.get(words, "enter"))
        elif what == "said" or (what == "asked" and not self.recorded):
            self.keyboard.press("enter")

    def run(self) -> Entry | None:
        return Two(
            DuoParts(
                deck=DECK,
                names=("Ida", "Ruth"),
                asker=self._asker,
                agreeing=self._agreeing,
                plan=self.plan,
                session=self._session,
                vault=self.vault,
                later=self._later,
                remove=self._remove,
                embed=lambda texts: [[1.0, 0.0] for _ in texts],
                beside=self.beside,
                adults=self.adults,
                remember_adults=self.remembered.append,
            )
        ).run()

    def plan(self, two: Duo) -> sessions.Plan:
        found = plan_for_two(request_for(DECK), self.vault, history_of(self.vault), Random(1), two)
        questions = tuple(replace(each, turn_s=self.turn_s) for each in found.questions)
        return replace(found, questions=questions)

    @property
    def put(self) -> list[str]:
        return [str(words) for _, words in self.screen.named("put")]

    def is_empty(self) -> bool:
        return not list(self.folder.rglob("entry.md")) and not list(self.folder.rglob("*.flac"))

    def _asker(self) -> Asker:
        return Asker(
            voice=None,
            loudspeaker=None,
            keyboard=self.keyboard,
            screen=self.screen,
            attended=self.attended,
        )

    def _agreeing(self, asker: Asker) -> Agreeing:
        return Agreeing(asker, self.recorder, self.agreeing, language="en", now=lambda: NOW)

    def _session(self, plan: sessions.Plan) -> Session:
        self.recorded = True
        return Session(
            sessions.Parts(
                voice=None,
                loudspeaker=None,
                recorder=self.recorder,
                keyboard=self.keyboard,
                attended=self.attended,
                transcriber=self.session,
                vault=self.vault,
                screen=self.screen,
                source="a test",
                now=lambda: NOW,
                monotonic_s=lambda: 0.0,
                memory=StubMemory(),
            ),
            plan,
        )

    def _later(self, _seconds: float, deed: Callable[[], None]) -> Callable[[], None]:
        self.times_over.append(deed)
        deed()
        return lambda: None

    def _remove(self, entry_id: str, speaker: str) -> None:
        root = self.folder / "vault"
        consents = Consents(
            vault=self.vault,
            eraser=self.vault.eraser,
            curations=CurationFile(Files(root)),
            destroying=Destroying(
                doom=self.vault.doom,
                pages=self.vault,
                cache=FolderThemeCache(self.folder / "themes"),
                index=Index(self.folder / "index.sqlite"),
                progress=Steps(),
            ),
            now=lambda: NOW,
        )
        consents.withdraw(consents.meant(entry_id, speaker))


OPEN: Person = person("daughter", "living", "together", adults="yes")
NAMED = duo_of(DECK, ("Ida", "Ruth"))
LINES = {
    "consent": DECK.prompts[0].words[0],
    "again": rules.ONCE_MORE,
    "begins": rules.WHO_BEGINS,
    "keep": NAMED.put(rules.KEEP_OR_REMOVE),
    "count": NAMED.put(rules.MAY_COUNT),
    "beside": NAMED.put(rules.LAY_BESIDE),
    "beside_too": NAMED.put(rules.LAY_BESIDE_TOO),
    "adults": rules.ADULTS_LINE,
    "not_adults": rules.NOT_ADULTS,
    "fate": CHOICES[Choice.FATE],
    "deletion": CHOICES[Choice.DELETION],
}


def speakers(entry: Entry) -> list[str]:
    return [each.speaker for each in entry.answers]


def test_her_yes_is_the_first_take_and_then_they_take_equal_turns(tmp_path: Path) -> None:
    room = Room(tmp_path, consent=YES)
    entry = room.run()
    assert entry is not None
    first = entry.answers[0]
    assert (first.speaker, first.text, first.state) == ("Ruth", "Yes.", AnswerState.DONE)
    assert first.asked == LINES["consent"]
    assert b"".join(room.vault.sound(entry.id, 1)) == b"".join(blocks(0))
    assert speakers(entry)[1:] == ["Ida", "Ruth", "Ida", "Ruth", "Ruth", "Ida", "Ruth", "Ida"]
    assert entry.speakers == ("Ida", "Ruth")
    assert consent_of(entry, "Ruth") == Consent(kept=True)
    assert room.screen.notes[-1].startswith(DECK.closing)
    assert all("closing" not in each.prompt for each in entry.answers)


def test_they_choose_who_begins(tmp_path: Path) -> None:
    entry = Room(tmp_path, consent=YES, begins="2").run()
    assert entry is not None
    assert speakers(entry)[:3] == ["Ruth", "Ruth", "Ida"]
    assert speakers(entry)[1:].count("Ida") == speakers(entry)[1:].count("Ruth")


def test_without_a_yes_turns_and_times_run_and_nothing_is_recorded(tmp_path: Path) -> None:
    for key in ("2", "enter"):
        room = Room(tmp_path / key, consent=key)
        room.turn_s = 120
        assert room.run() is None
        assert room.recorder.begun == 0
        assert room.is_empty()
        assert len(room.screen.named("asked")) == TURNS
        assert len(room.times_over) == TURNS
        assert rules.NOT_RECORDED in room.screen.notes
        assert rules.TURN_OVER in room.screen.notes


def test_what_does_not_sound_like_a_yes_is_kept_nowhere(tmp_path: Path) -> None:
    room = Room(tmp_path, consent=YES, again="2")
    room.agreeing = Reader("No, rather not.")
    assert room.run() is None
    assert room.is_empty()
    assert room.recorder.closed
    again = Room(tmp_path / "2", consent=YES, again=YES)
    again.recorder = StubRecorder([Said(blocks(n)) for n in range(2 + TURNS)])
    again.agreeing = Reader("", "Yes, I do.")
    entry = again.run()
    assert entry is not None
    assert entry.answers[0].text == "Yes, I do."


def test_without_a_speech_model_key_and_voice_together_are_the_yes(tmp_path: Path) -> None:
    room = Room(tmp_path, consent=YES)
    room.agreeing = Reader(missing=True)
    entry = room.run()
    assert entry is not None
    assert entry.answers[0].state is AnswerState.PENDING


def test_with_nobody_at_the_keys_only_a_recorded_yes_is_one(tmp_path: Path) -> None:
    room = Room(tmp_path)
    room.attended = False
    entry = room.run()
    assert entry is not None
    assert len(entry.answers) == 1 + TURNS
    silent = Room(tmp_path / "2")
    silent.attended = False
    silent.agreeing = Reader("")
    assert silent.run() is None
    assert silent.is_empty()


def test_she_is_asked_first_and_what_she_removes_is_gone(tmp_path: Path) -> None:
    room = Room(tmp_path, consent=YES, keep="2")
    entry = room.run()
    assert entry is not None
    asked = room.put
    assert asked.index(LINES["keep"]) < asked.index(LINES["fate"])
    assert LINES["count"] not in asked
    assert LINES["beside"] not in asked
    hers = [each for each in entry.answers if each.speaker == "Ruth"]
    assert {each.state for each in hers} == {AnswerState.WITHDRAWN}
    assert all(each.text for each in entry.answers if each.speaker == "Ida")
    assert consent_of(entry, "Ruth").withdrawn


def test_her_words_count_only_if_she_says_so(tmp_path: Path) -> None:
    entry = Room(tmp_path, consent=YES, count=YES).run()
    assert entry is not None
    assert consent_of(entry, "Ruth") == Consent(kept=True, themes=True)


@pytest.mark.parametrize(("hers", "owners", "shown"), [("1", "1", 1), ("1", "2", 0), ("2", "1", 0)])
def test_only_two_yes_lay_it_side_by_side_and_nothing_of_it_is_kept(
    tmp_path: Path, hers: str, owners: str, shown: int
) -> None:
    room = Room(tmp_path, consent=YES, beside=hers, beside_too=owners)
    entry = room.run()
    assert len(room.beside.shown) == room.beside.hidden == shown
    assert entry is not None
    assert consent_of(entry, "Ruth").sayback == (hers == YES)
    for found in room.beside.shown:
        assert [each.said_back[0].said for each in found if each.said_back]
    assert (LINES["beside_too"] in room.put) == (hers == YES)


def test_a_turn_that_is_over_is_said_once_and_cut_by_nothing(tmp_path: Path) -> None:
    room = Room(tmp_path, consent=YES)
    room.turn_s = 0.2
    entry = room.run()
    assert room.screen.notes.count(rules.TURN_OVER) == TURNS
    assert entry is not None
    assert all(each.duration_s == 0.5 for each in entry.answers)


def test_both_are_asked_whether_they_are_adults(tmp_path: Path) -> None:
    room = Room(tmp_path, adults="1", consent=YES)
    room.adults = ""
    assert room.run() is not None
    assert room.remembered == ["yes"]


def test_a_no_to_being_adults_is_confirmed_and_never_remembered(tmp_path: Path) -> None:
    room = Room(tmp_path, adults="2", not_adults="1", consent=YES)
    room.adults = "no"  # as it was remembered once
    with pytest.raises(DeckError, match="adults"):
        room.run()
    assert room.is_empty()
    assert room.remembered == []
    assert room.put.count(LINES["adults"]) == 1


def test_letters_typed_for_something_else_answer_nothing(tmp_path: Path) -> None:
    room = Room(tmp_path, consent=YES)
    room.adults = ""
    typed = iter(["Anna", "1", "1"])

    def react(what: str, number: int) -> None:
        if what == "put" and room.put[-1] == LINES["adults"]:
            for key in next(typed):
                room.keyboard.press(key.lower())
            room.keyboard.press("1")
        else:
            room._react(what, number)

    room.screen.react = react
    assert room.run() is not None
    assert room.remembered == ["yes"]


def test_the_names_they_gave_are_the_names_they_hear(tmp_path: Path) -> None:
    room = Room(tmp_path, consent=YES)
    room.run()
    heard = [str(words) for _, _, words in room.screen.named("asked")] + room.put
    heard.remove(rules.WHO_BEGINS)
    assert not [words for words in heard if " of you" in words.replace("two of you", "")]
    assert any("Ida" in words for words in heard)
    assert any("Ruth" in words for words in heard)


def test_the_owner_decides_last_and_may_delete_all_of_it(tmp_path: Path) -> None:
    room = Room(tmp_path, consent=YES, fate="3", deletion=YES)
    assert room.run() is None
    assert room.is_empty()
    closed = Room(tmp_path / "2", consent=YES, fate="2").run()
    assert closed is not None
    assert closed.closed


def test_either_may_stop_before_anything_is_recorded(tmp_path: Path) -> None:
    for line in ("consent", "begins"):
        room = Room(tmp_path / line, **({"consent": YES} | {line: "q"}))
        assert room.run() is None
        assert room.is_empty()


def test_a_microphone_that_cannot_be_used_is_told_and_nothing_is_kept(tmp_path: Path) -> None:
    room = Room(tmp_path, consent=YES)
    room.recorder = StubRecorder([], cannot=NoMicrophone("None.", hint="Plug one in."))
    with pytest.raises(NoMicrophone):
        room.run()
    assert room.is_empty()


def test_the_page_shows_two_headings_and_no_number() -> None:
    pair = Pair(said="I waited for you every Sunday at the gate.", back="You waited for me.")
    lines = list(page([Sayback(said_back=(pair,), also_said=("The garden is mine.",))]))
    assert [line for line in lines if line and not line.startswith(" ")] == [
        "said back",
        "also said",
    ]
    assert max(map(len, lines)) <= 80
    assert not any(letter.isdigit() for line in lines for letter in line)
    out = io.StringIO()
    shown = BesidePage(out)
    shown.show([Sayback(also_said=("The garden is mine.",))])
    shown.hide()
    assert out.getvalue() == ""  # there is no terminal that would forget it


# What one said alone


def test_two_are_not_told_what_one_answered_alone() -> None:
    told = set()
    for room in ("no", "unsure", ""):
        who = replace(OPEN, known={**OPEN.known, "ready-or-not/room": room})
        with pytest.raises(DeckError) as refused:
            refuse_closed(resolve(DECK, who), for_two=True)
        told.add(refused.value.line)
    assert len(told) == 1
    assert "ready-or-not" in next(iter(told))
    refuse_closed(resolve(DECK, OPEN), for_two=True)


def test_a_deck_for_two_is_not_asked_of_one() -> None:
    with pytest.raises(DeckError, match="two voices"):
        refuse_closed(resolve(DECK, OPEN), for_two=False)


@pytest.mark.parametrize("returns", [True, False])
def test_what_may_not_return_is_not_quoted_to_two_either(
    tmp_path: Path,
    returns: bool,  # noqa: FBT001
) -> None:
    vault = make_vault(Files(tmp_path))
    alone = make_entry()
    answers = (
        replace(alone.answers[0], text="Said by two.", state=AnswerState.DONE, duration_s=3.0),
    )
    shared = replace(alone, speakers=("me", "Ruth"), answers=answers)
    made_entry(vault, shared)
    quoting = replace(DECK.prompts[1], earlier=("her-biography/birth",))
    deck = replace(DECK, prompts=(DECK.prompts[0], quoting))
    request = replace(request_for(deck), may_return=lambda _entry: returns)
    found = plan_for_two(request, vault, history_of(vault), Random(1), duo_of(deck, ("me", "Ruth")))
    assert any(each.quote for each in found.questions) == returns


def test_nothing_said_alone_is_quoted_to_two(tmp_path: Path) -> None:
    vault = make_vault(Files(tmp_path))
    alone = make_entry()
    answers = (replace(alone.answers[0], text="Said alone.", state=AnswerState.DONE),)
    made_entry(vault, replace(alone, answers=answers))
    quoting = replace(
        DECK.prompts[1], earlier=("her-biography/birth",), without=("Nothing yet. What now?",)
    )
    deck = replace(DECK, prompts=(DECK.prompts[0], quoting))
    two = duo_of(deck, ("Ida", "Ruth"))
    found = plan_for_two(request_for(deck), vault, history_of(vault), Random(1), two)
    assert found.questions[0].quote is None
    assert found.questions[0].words == "Nothing yet. What now?"


def test_an_answer_is_never_the_closing_where_both_may_speak(tmp_path: Path) -> None:
    room = Room(tmp_path)
    plan = room.plan(duo_of(DECK, None))
    assert plan.closing.startswith(DECK.closing)
    assert {each.speaker for each in plan.questions} == {"me", "second"}
