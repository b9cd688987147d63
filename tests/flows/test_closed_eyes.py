"""Claims about a sitting with closed eyes: it says what it is, waits, and reads back."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.fakes import Said, StubRecorder, StubTranscriber
from tests.support.sittings import ID, Sitting, blocks, plan
from voicereflect.core.decks.rotation import FREELY
from voicereflect.core.session.speech.phrases import (
    COMMANDS_SHOWN,
    MICROPHONE_BACK,
    MICROPHONE_GONE,
    NOTHING_TO_READ,
    UNBEGUN,
    introduction,
)
from voicereflect.core.session.state import Ending
from voicereflect.core.sound.cutting import without_silence_around
from voicereflect.core.sound.tones import Tone
from voicereflect.errors import DeviceLost
from voicereflect.flows.session.asking.speaker import Private
from voicereflect.flows.session.loop import Session
from voicereflect.flows.session.parts import Plan
from voicereflect.flows.session.reading_back import (
    LONGEST_S,
    last_answer,
    play_back,
    read_back,
    said_upto_s,
)
from voicereflect.model import AnswerState, Clip, Span, TakeInfo

LOST = DeviceLost("The microphone is gone", hint="Plug it in.")


class RepliesNothing(StubRecorder):
    """Recordings of answers alone, as a folder of them is."""

    def more(self, prompt: str) -> bool:
        return "/reply-" not in prompt and super().more(prompt)


def asking() -> Plan:
    return replace(plan(), opening=("Welcome.", FREELY), silence_s=8.0)


def sitting(root: Path, *takes: Said) -> Sitting:
    heard = [Said(blocks(seed)) for seed in range(4)]
    return Sitting(root=root, plan=asking(), hands_free=True, takes=[*takes, *heard])


def rendered(held: Sitting) -> list[str]:
    assert held.voice
    return held.voice.rendered


def test_the_first_time_it_says_what_it_is_before_the_opening_and_keeps_that(
    tmp_path: Path,
) -> None:
    held = sitting(tmp_path)
    held.introduces = True
    held.run()
    told = [part for part in introduction(8.0) if isinstance(part, str)]
    assert rendered(held)[: len(told) + 1] == [*told, "Welcome."]
    assert held.memory.introductions == 1
    assert COMMANDS_SHOWN in held.screen.notes


def test_the_next_time_it_does_not_and_the_commands_still_stand_on_the_screen(
    tmp_path: Path,
) -> None:
    held = sitting(tmp_path)
    held.run()
    assert rendered(held)[0] == "Welcome."
    assert held.memory.introductions == 0
    assert COMMANDS_SHOWN in held.screen.notes


def test_the_introduction_has_every_tone_of_an_answer_and_names_the_silence() -> None:
    told = introduction(15.0)
    assert {part for part in told if isinstance(part, Tone)} == {*Tone} - {Tone.FEEDBACK}
    assert any("15 seconds" in part for part in told if isinstance(part, str))
    assert not any("seconds" in part for part in introduction(None) if isinstance(part, str))


def test_in_a_language_whose_words_are_not_understood_no_reply_is_waited_for(
    tmp_path: Path,
) -> None:
    held = sitting(tmp_path)
    held.introduces = True
    german = replace(asking().entry, language="de")
    held.plan = replace(asking(), entry=german)
    session = Session(held.parts(), held.plan)
    assert not session._state.asks_place
    assert not session._state.introduces


def test_a_microphone_that_comes_back_is_told_of_and_the_question_is_asked_again(
    tmp_path: Path,
) -> None:
    reply, cut_off, probe = Said(blocks(9)), Said(blocks(8), problem=LOST), Said(blocks(7))
    held = sitting(tmp_path, reply, cut_off, probe)
    held.run()
    assert held.screen.notes.index(MICROPHONE_GONE) < held.screen.notes.index(MICROPHONE_BACK)
    asked = [shown[2] for shown in held.screen.named("asked")]
    assert asked[:3] == ["The first?", "The first?", "The second?"]
    assert held.sound(1) == b"".join(blocks(8))
    assert held.sound(2) == b"".join(blocks(0))


def test_recordings_that_hold_no_reply_are_heard_without_being_asked(tmp_path: Path) -> None:
    held = sitting(tmp_path)
    held.recorder = RepliesNothing(held.takes)
    held.run()
    assert held.screen.named("put") == []
    assert held.sound(1) == b"".join(blocks(0))


def test_who_can_not_speak_freely_leaves_nothing_behind_and_hears_so(tmp_path: Path) -> None:
    held = sitting(tmp_path)
    keys = iter(["2", "2"])
    held.person(lambda what, _: next(keys, None) if what == "put" else None)
    session = Session(held.parts(), held.plan)
    session.run()
    assert session.is_to_be_typed
    assert held.entries == []
    assert rendered(held)[-1] == UNBEGUN[Ending.TYPED]


# Reading back


def kept(root: Path, *, read: bool = True) -> Sitting:
    held = Sitting(root=root, transcriber=StubTranscriber(read=read, missing=not read))
    held.run()
    return held


def test_the_newest_answer_is_read_back_in_its_words_and_they_are_nowhere_kept(
    tmp_path: Path,
) -> None:
    held = kept(tmp_path)
    entry = held.vault.load(ID)
    answer = last_answer(entry, 3, frozenset())
    assert answer is not None
    assert read_back(held.vault, entry, answer) == (Private(entry.answers[1].text),)
    assert last_answer(entry, 3, frozenset({2})) == entry.answers[0]


def test_without_certain_words_the_recording_itself_is_heard(tmp_path: Path) -> None:
    held = kept(tmp_path, read=False)
    entry = held.vault.load(ID)
    assert entry.answers[0].state is AnswerState.PENDING
    (heard,) = read_back(held.vault, entry, entry.answers[0])
    assert heard == Clip(pcm=held.sound(1), rate_hz=16_000)
    assert play_back(held.vault, ID, 1, 0.1)[0] == Clip(pcm=held.sound(1)[:3200], rate_hz=16_000)


def test_where_nothing_was_said_there_is_nothing_to_read(tmp_path: Path) -> None:
    held = kept(tmp_path)
    entry = held.vault.load(ID)
    assert last_answer(entry, 1, frozenset()) is None
    assert read_back(held.vault, entry, None) == (NOTHING_TO_READ,)


def test_of_a_long_answer_the_end_is_read_by_whole_sentences(tmp_path: Path) -> None:
    held = kept(tmp_path)
    entry = held.vault.load(ID)
    words = "One two three four. " * 60
    long = replace(entry.answers[0], text=words.strip())
    begin, *said = read_back(held.vault, entry, long)
    assert isinstance(begin, str)
    assert {each.words for each in said if isinstance(each, Private)} == {"One two three four."}
    assert 4 * len(said) <= LONGEST_S * 2.5


@pytest.mark.parametrize(("silence_s", "upto_s"), [(2.0, 3.5), (None, 9.0)])
def test_of_a_take_that_goes_on_all_is_heard_up_to_the_silence_before_our_tone(
    silence_s: float | None, upto_s: float
) -> None:
    tone, wish = Span(5_000, 6_000), Span(9_000, 10_000)
    info = TakeInfo(rate_hz=1_000, samples=10_000, aside=(tone, wish))
    assert said_upto_s(info, silence_s) == pytest.approx(upto_s)


def test_silence_around_a_recording_is_left_out_and_pauses_within_stay() -> None:
    loud, still = b"\x00\x20" * 800, bytes(1600)
    clip = Clip(pcm=still * 10 + loud + still * 3 + loud + still * 40, rate_hz=16_000)
    shorter = without_silence_around(clip)
    assert loud + still * 3 + loud in shorter.pcm
    assert shorter.duration_s < 1.1
    assert without_silence_around(Clip(pcm=still * 9, rate_hz=16_000)).pcm == still * 9
