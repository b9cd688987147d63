"""Claims about hearing answers again, over a real vault and a loudspeaker that remembers."""

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.fakes import StubLoudspeaker, at_once, never
from tests.support.vaults import ID, RATE_HZ, make_entry, make_vault
from voicereflect.adapters.tempo import at_speed
from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.folder import FolderVault
from voicereflect.core.entry.entries import with_state, with_transcript
from voicereflect.core.words.comparing.alignment import TimedWord
from voicereflect.errors import DeviceLost, EntryNotFound, NoLoudspeaker
from voicereflect.flows.library import playing
from voicereflect.flows.library.playing import AnswerPlayer, PlayParts, stretch
from voicereflect.model import Answer, AnswerState, Entry, Segment, TakeInfo, Transcript, Word

NO_LOUDSPEAKER = NoLoudspeaker("none", hint="plug one in")


@dataclass
class Person:
    """A keyboard and a screen in one: presses keys at what it sees."""

    react: Callable[["Person", float], None] = lambda _person, _at_s: None
    press: Callable[[str], None] = lambda _key: None
    answers: list[tuple[int, int]] = field(default_factory=list)
    seen: list[tuple[float, float, bool]] = field(default_factory=list)
    closed: bool = False

    @contextmanager
    def listen(self, pressed: Callable[[str], None]) -> Iterator[None]:
        self.press = pressed
        yield

    def opened(self, entry: Entry) -> None:
        assert entry.id == ID

    def answer(self, answer: Answer, words: tuple[TimedWord, ...]) -> None:
        self.answers.append((answer.number, len(words)))

    def at(self, at_s: float, *, speed: float, paused: bool) -> None:
        self.seen.append((at_s, speed, paused))
        self.react(self, at_s)

    def close(self) -> None:
        self.closed = True


class Clock:
    """Stands still unless it is moved."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def spoken(tmp_path: Path, *lengths_s: float) -> tuple[FolderVault, list[bytes]]:
    """A vault with one entry; a word a second."""
    vault = make_vault(Files(tmp_path))
    sounds = [
        random.Random(seed).randbytes(round(each * RATE_HZ) * 2)
        for seed, each in enumerate(lengths_s, start=1)
    ]
    with vault.create(make_entry(answers=len(lengths_s))):
        for number, sound in enumerate(sounds, start=1):
            take = vault.open_take(ID, number, TakeInfo(rate_hz=RATE_HZ))
            take.append(sound)
            take.finish()
            seconds = len(sound) / 2 / RATE_HZ
            words = tuple(
                Word(text=f" w{n}", start_s=n + 0.25, end_s=n + 0.75, probability=0.9)
                for n in range(int(seconds))
            )
            segment = Segment(words=words, avg_logprob=-0.2, no_speech=0.0)
            transcript = Transcript(
                model="m",
                language="en",
                made_at=datetime(2026, 1, 1, tzinfo=UTC),
                segments=(segment,),
            )
            vault.add_transcript(ID, number, transcript)

            def change(entry: Entry, number: int = number, text: str = transcript.text) -> Entry:
                entry = with_transcript(entry, number, text, silent=False)
                length_s = len(sounds[number - 1]) / 2 / RATE_HZ
                return with_state(entry, number, AnswerState.DONE, duration_s=length_s)

            vault.update(ID, change)
    return vault, sounds


def play(
    vault: FolderVault,
    loudspeaker: StubLoudspeaker,
    person: Person,
    reference: str = "last",
    clock: Clock | None = None,
) -> None:
    parts = PlayParts(
        vault=vault,
        loudspeaker=loudspeaker,
        keyboard=person,
        screen=person,
        at_speed=at_speed,
        monotonic_s=clock or Clock(),
        latency_s=0.2,
    )
    AnswerPlayer(parts).run(reference)


def heard(loudspeaker: StubLoudspeaker) -> bytes:
    return b"".join(clip.pcm for clip in loudspeaker.clips)


def test_all_answers_are_heard_one_after_the_other_sample_by_sample(tmp_path: Path) -> None:
    vault, sounds = spoken(tmp_path, 2.5, 1.5)
    loudspeaker, person = StubLoudspeaker(), Person()
    play(vault, loudspeaker, person)
    assert heard(loudspeaker) == b"".join(sounds)
    assert person.answers == [(1, 2), (2, 1)]
    assert person.closed


def test_one_answer_is_heard_from_a_word_on(tmp_path: Path) -> None:
    vault, sounds = spoken(tmp_path, 1.0, 5.0)
    loudspeaker = StubLoudspeaker()
    play(vault, loudspeaker, Person(), "last/2:3")
    begin = round((2.25 - playing.LEAD_S) * RATE_HZ) * 2
    assert heard(loudspeaker) == sounds[1][begin:]


def test_a_long_answer_is_heard_in_pieces_cut_at_pauses_and_nothing_is_left_out(
    tmp_path: Path,
) -> None:
    vault, sounds = spoken(tmp_path, 150.0)
    loudspeaker = StubLoudspeaker()
    play(vault, loudspeaker, Person())
    assert heard(loudspeaker) == sounds[0]
    lengths = [clip.duration_s for clip in loudspeaker.clips]
    assert len(lengths) == 3
    assert max(lengths) <= playing.PIECE_MOST_S
    assert all(each.is_integer() for each in lengths)  # words stand in the middle of seconds


def test_pause_keeps_the_place_and_space_goes_on_from_there(tmp_path: Path) -> None:
    vault, sounds = spoken(tmp_path, 5.0)
    clock, loudspeaker = Clock(), StubLoudspeaker(never)

    def react(person: Person, at_s: float) -> None:
        if len(person.seen) == 1:
            clock.now_s += 2.2
            person.press("space")
        elif len(person.seen) == 3:
            assert at_s == pytest.approx(2.0)
            assert person.seen[-1][2]
            clock.now_s += 50
        elif len(person.seen) == 5:
            assert at_s == pytest.approx(2.0)
            loudspeaker.ends = at_once
            person.press("space")

    play(vault, loudspeaker, Person(react), clock=clock)
    assert loudspeaker.clips[-1].pcm == sounds[0][2 * 2 * RATE_HZ :]


@pytest.mark.parametrize("key", ["left", "b"])
def test_back_goes_ten_seconds_back_but_not_before_the_beginning(tmp_path: Path, key: str) -> None:
    vault, sounds = spoken(tmp_path, 14.0)
    clock, loudspeaker = Clock(), StubLoudspeaker(never)

    def react(person: Person, at_s: float) -> None:
        if len(person.seen) == 1:
            clock.now_s += 12.2
            person.press(key)
        elif len(person.seen) == 3:
            assert at_s == pytest.approx(2.0)
            loudspeaker.ends = at_once
            person.press(key)

    play(vault, loudspeaker, Person(react), clock=clock)
    assert [clip.pcm for clip in loudspeaker.clips] == [
        sounds[0],
        sounds[0][2 * 2 * RATE_HZ :],
        sounds[0],
    ]


def test_faster_speech_takes_less_time_and_the_place_is_counted_in_the_recording(
    tmp_path: Path,
) -> None:
    vault, _ = spoken(tmp_path, 6.0)
    clock, loudspeaker = Clock(), StubLoudspeaker(never)

    def react(person: Person, at_s: float) -> None:
        if len(person.seen) == 1:
            person.press("+")
        elif len(person.seen) == 3:
            assert person.seen[-1][1] == 1.15
            clock.now_s += 2.2
        elif len(person.seen) == 4:
            assert at_s == pytest.approx(2.3)
            loudspeaker.ends = at_once
            person.press("-")

    play(vault, loudspeaker, Person(react), clock=clock)
    assert loudspeaker.clips[1].duration_s == pytest.approx(6 / 1.15, rel=0.02)
    assert loudspeaker.clips[2].duration_s == pytest.approx(3.7, rel=0.01)


def test_speed_stops_at_its_ends(tmp_path: Path) -> None:
    vault, _ = spoken(tmp_path, 1.0)
    loudspeaker = StubLoudspeaker(never)

    def react(person: Person, _: float) -> None:
        if len(person.seen) <= 20:
            person.press("+")
        else:
            person.press("q")

    person = Person(react)
    play(vault, loudspeaker, person)
    assert max(speed for _, speed, _ in person.seen) == 2.0


@pytest.mark.parametrize("key", ["s", "q", "interrupt"])
def test_a_person_can_stop_at_any_time(tmp_path: Path, key: str) -> None:
    vault, _ = spoken(tmp_path, 2.0, 2.0)
    loudspeaker = StubLoudspeaker(never)
    person = Person(lambda person, _: person.press(key))
    play(vault, loudspeaker, person)
    assert [number for number, _ in person.answers] == [1]
    assert person.closed
    assert loudspeaker.stops


def test_a_lost_loudspeaker_is_told_and_the_terminal_given_back(tmp_path: Path) -> None:
    vault, _ = spoken(tmp_path, 1.0)
    person = Person()
    with pytest.raises(DeviceLost):
        play(vault, StubLoudspeaker(breaks=DeviceLost("gone", hint="plug")), person)
    assert person.closed


def test_without_a_loudspeaker_there_is_one_error(tmp_path: Path) -> None:
    vault, _ = spoken(tmp_path, 1.0)
    person = Person()
    with pytest.raises(NoLoudspeaker):
        play(vault, StubLoudspeaker(cannot=NO_LOUDSPEAKER), person)
    assert person.closed


@pytest.mark.parametrize(
    ("reference", "said"),
    [("last/1:99", "no word 99"), ("last/7", "no answer 7"), ("zzzz", "No entry matches")],
)
def test_what_is_not_there_cannot_be_played(tmp_path: Path, reference: str, said: str) -> None:
    vault, _ = spoken(tmp_path, 1.0)
    with pytest.raises(EntryNotFound, match=said):
        play(vault, StubLoudspeaker(), Person(), reference)


def test_an_entry_without_sound_is_told(tmp_path: Path) -> None:
    vault, _ = spoken(tmp_path, 1.0)
    vault.update(
        ID, lambda entry: replace(entry, answers=(replace(entry.answers[0], duration_s=0.0),))
    )
    with pytest.raises(EntryNotFound, match="no sound"):
        play(vault, StubLoudspeaker(), Person())


def test_sound_shorter_than_the_entry_says_ends_all_the_same(tmp_path: Path) -> None:
    vault, sounds = spoken(tmp_path, 1.0)
    vault.update(
        ID, lambda entry: replace(entry, answers=(replace(entry.answers[0], duration_s=500.0),))
    )
    loudspeaker = StubLoudspeaker()
    play(vault, loudspeaker, Person())
    assert heard(loudspeaker) == sounds[0]


@pytest.mark.parametrize("begin_s", [0.0, 0.3, 1.9, 5.0])
def test_a_stretch_is_the_very_samples_also_of_an_unfinished_take(
    tmp_path: Path, begin_s: float
) -> None:
    vault, sounds = spoken(tmp_path, 2.0)
    expected = sounds[0][round(begin_s * RATE_HZ) * 2 : round((begin_s + 1) * RATE_HZ) * 2]
    assert stretch(vault, ID, 1, begin_s, begin_s + 1).pcm == expected
    take = vault.open_take(ID, 1, TakeInfo(rate_hz=RATE_HZ))
    for at in range(0, len(sounds[0]), 999 * 2):
        take.append(sounds[0][at : at + 999 * 2])
    assert stretch(vault, ID, 1, begin_s, begin_s + 1).pcm == expected


def test_a_stopped_piece_that_reports_late_moves_nothing(tmp_path: Path) -> None:
    vault, sounds = spoken(tmp_path, 4.0)
    loudspeaker = StubLoudspeaker(never)

    def react(person: Person, _: float) -> None:
        if len(person.seen) == 1:
            person.press("left")  # the stopped piece reports its end after the new one began
        elif len(loudspeaker.clips) == 2:
            threading.Timer(0.05, loudspeaker.end).start()

    play(vault, loudspeaker, Person(react))
    assert len(loudspeaker.clips) == 2
    assert loudspeaker.clips[1].pcm == sounds[0]
