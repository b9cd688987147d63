"""Claims about a whole session, as a person meets it: asked, heard, kept, read, saved."""

from dataclasses import replace
from pathlib import Path

import pytest
import soundfile

from tests.support.fakes import (
    NO_VOICE,
    Said,
    StubLoudspeaker,
    StubRecorder,
    StubVoice,
    digest_of,
    never,
)
from tests.support.sittings import ID, QUESTIONS, Sitting, blocks
from voicereflect.core.session.speech.phrases import INVITATIONS
from voicereflect.core.session.state import Refusal
from voicereflect.errors import DeviceLost, NoLoudspeaker, NoMicrophone, VaultLocked
from voicereflect.flows.session.loop import Session
from voicereflect.model import AnswerState

LOST = DeviceLost("The microphone is gone.", hint="Plug it in again.")


def said(seed: int) -> bytes:
    return b"".join(blocks(seed))


@pytest.fixture
def sitting(tmp_path: Path) -> Sitting:
    return Sitting(root=tmp_path / "vault")


def test_a_session_keeps_every_sample_and_every_word(sitting: Sitting) -> None:
    entry = sitting.run()
    assert entry == sitting.vault.load(ID)
    assert [answer.prompt for answer in entry.answers] == [f"stones/{each}" for each in QUESTIONS]
    assert [answer.asked for answer in entry.answers] == [f"The {each}?" for each in QUESTIONS]
    assert {answer.state for answer in entry.answers} == {AnswerState.DONE}
    assert sitting.texts == [digest_of(said(seed)) for seed in range(3)]
    (folder,) = sitting.entries
    for number in (1, 2, 3):
        samples, rate_hz = soundfile.read(folder / f"{number}.flac", dtype="int16")
        assert (samples.tobytes(), rate_hz) == (said(number - 1), sitting.recorder.rate_hz)
        assert sitting.vault.transcripts(ID, number)[0].model == "stub"
    assert not [
        path.name for path in folder.iterdir() if "block" in path.name or path.name[0] == "."
    ]


def test_a_person_sees_question_meter_and_text_in_order(sitting: Sitting) -> None:
    sitting.run()
    names = [shown[0] for shown in sitting.screen.shown]
    assert names[:2] == ["opened", "said"]
    assert names[-2:] == ["saved", "closed"]
    first_take = names[names.index("asked") : names.index("asked", names.index("asked") + 1)]
    assert [name for name in first_take if name != "read"] == ["asked", "listening", *["level"] * 5]
    assert [number for number, _ in sitting.screen.named("read")] == [1, 2, 3]
    elapsed = [elapsed_s for _, _, elapsed_s in sitting.screen.named("level")[:5]]
    assert elapsed == pytest.approx([0.1, 0.2, 0.3, 0.4, 0.5])


def test_everything_is_closed_at_the_end(sitting: Sitting) -> None:
    sitting.run()
    assert sitting.recorder.closed
    assert sitting.transcriber.closed
    assert sitting.vault.left_behind() == ()


def test_the_next_prompt_is_rendered_while_the_person_answers(sitting: Sitting) -> None:
    voice = sitting.voice = StubVoice()
    sitting.run()
    assert voice.rendered == ["Welcome.", *(f"The {each}?" for each in QUESTIONS)]


@pytest.mark.parametrize(
    ("voice", "loudspeaker"),
    [
        (StubVoice(NO_VOICE), StubLoudspeaker()),
        (StubVoice(), StubLoudspeaker(cannot=NoLoudspeaker("None.", hint="Plug one in."))),
        (StubVoice(), StubLoudspeaker(breaks=DeviceLost("It broke.", hint="Plug it in."))),
    ],
    ids=["voice fails", "no loudspeaker", "loudspeaker lost"],
)
def test_what_cannot_be_spoken_costs_one_note_and_the_session_goes_on(
    sitting: Sitting, voice: StubVoice, loudspeaker: StubLoudspeaker
) -> None:
    sitting.voice, sitting.loudspeaker = voice, loudspeaker
    sitting.run()
    (note,) = sitting.screen.notes
    assert " Going on in text. " in note
    assert len(sitting.texts) == 3


@pytest.mark.parametrize("missing", ["voice", "loudspeaker"])
def test_without_a_voice_or_a_loudspeaker_the_session_is_in_text(
    sitting: Sitting, missing: str
) -> None:
    setattr(sitting, missing, None)
    sitting.run()
    assert sitting.screen.notes == []
    assert len(sitting.texts) == 3


def test_a_voice_that_never_ends_waits_for_no_one(sitting: Sitting) -> None:
    sitting.loudspeaker = StubLoudspeaker(never)
    sitting.person(lambda what, _: "enter" if what in ("said", "asked") else None)
    sitting.run()
    assert len(sitting.texts) == 3


def test_a_loudspeaker_that_falls_silent_once_is_opened_again(sitting: Sitting) -> None:
    loudspeaker = StubLoudspeaker(breaks=DeviceLost("It broke.", hint="Plug it in."))

    def mended(_: str) -> bool:
        played.append(loudspeaker.breaks)
        if len(played) > 1:
            loudspeaker.breaks = None
        return True

    played: list[object] = []
    loudspeaker.ends = mended
    sitting.loudspeaker = loudspeaker
    sitting.run()
    assert sitting.screen.notes == []
    assert len(played) > 2


def test_enter_ends_an_answer_and_asks_the_next_question(sitting: Sitting) -> None:
    sitting.recorder = StubRecorder([Said(blocks(seed), ends=False) for seed in range(3)])
    sitting.person(lambda what, _: "enter" if what in ("said", "listening") else None)
    sitting.run()
    assert sitting.texts == [digest_of(said(seed)) for seed in range(3)]


def test_s_skips_a_question(sitting: Sitting) -> None:
    sitting.loudspeaker = StubLoudspeaker(never)

    def act(what: str, number: int) -> str | None:
        return {"said": "enter", "asked": "s" if number == 2 else "enter"}.get(what)

    sitting.person(act)
    states = [answer.state for answer in sitting.run().answers]
    assert states == [AnswerState.DONE, AnswerState.SKIPPED, AnswerState.DONE]
    assert sitting.texts == [digest_of(said(0)), "", digest_of(said(1))]


def test_what_is_refused_is_kept_at_once_and_u_takes_back_only_that(sitting: Sitting) -> None:
    sitting.loudspeaker = StubLoudspeaker(never)
    memory, keys, kept = sitting.memory, iter("xunuq"), []
    memory.put_aside.append("stones/other")

    def act(what: str, _: int) -> str | None:
        if what == "asked":
            kept.append((memory.put_aside[1:], list(memory.today)))
            return next(keys)
        return "enter" if what == "said" else None

    sitting.person(act)
    sitting.run()
    put_aside, today = ["stones/first"], ["stones"]
    assert kept == [
        *(([], []), (put_aside, []), ([], [])),
        *(([], today), ([], [])),
    ]
    assert memory.put_aside == ["stones/other"]


def test_what_cannot_be_kept_at_once_is_left_for_the_end(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(_: str) -> None:
        raise VaultLocked("It is sealed.", hint="Unlock it.")

    monkeypatch.setattr(sitting.memory, "never", locked)
    sitting.loudspeaker = StubLoudspeaker(never)
    keys = iter(["enter", *"xxuq"])
    sitting.person(lambda what, _: next(keys) if what in ("said", "asked") else None)
    session = Session(sitting.parts(), sitting.plan)
    session.run()
    assert session.refused_late == (("stones/first", Refusal.NEVER),)
    assert sitting.screen.notes == ["Nothing was recorded."]


def test_q_during_an_answer_keeps_it_and_asks_no_more(sitting: Sitting) -> None:
    sitting.recorder = StubRecorder([Said(blocks(seed), ends=False) for seed in range(3)])
    keys = {("said", 0): "enter", ("listening", 1): "enter", ("listening", 2): "q"}
    sitting.person(lambda what, number: keys.get((what, number)))
    sitting.run()
    assert sitting.texts == [digest_of(said(0)), digest_of(said(1))]


def test_interrupt_during_an_answer_keeps_it(sitting: Sitting) -> None:
    sitting.recorder = StubRecorder([Said(blocks(0), ends=False)])
    sitting.person(lambda what, _: {"said": "enter", "listening": "interrupt"}.get(what))
    sitting.run()
    assert sitting.texts == [digest_of(said(0))]
    assert sitting.sound(1) == said(0)


@pytest.mark.parametrize("at", ["opened", "said", "asked"])
@pytest.mark.parametrize("key", ["interrupt", "q"])
def test_leaving_before_the_first_answer_leaves_nothing_behind(
    sitting: Sitting, at: str, key: str
) -> None:
    sitting.loudspeaker = StubLoudspeaker(never)
    sitting.person(lambda what, _: key if what == at else "enter" if what == "said" else None)
    entry = sitting.run()
    assert entry.answers == ()
    assert sitting.entries == []
    assert sitting.screen.named("saved") == []


def test_two_interrupts_leave_the_text_for_later(sitting: Sitting) -> None:
    sitting.transcriber.read = False
    sitting.recorder = StubRecorder([Said(blocks(0), ends=False)])
    keys = {"said": "enter", "listening": "interrupt", "awaiting_texts": "interrupt"}
    sitting.person(lambda what, _: keys.get(what))
    (answer,) = sitting.run().answers
    assert (answer.state, answer.text, answer.duration_s) == (AnswerState.PENDING, "", 0.5)
    assert sitting.sound(1) == said(0)


def test_a_device_lost_in_an_answer_keeps_it_and_is_told_after_the_save(sitting: Sitting) -> None:
    sitting.recorder = StubRecorder([Said(blocks(0)), Said(blocks(1), problem=LOST)])
    with pytest.raises(DeviceLost):
        sitting.run()
    assert sitting.texts == [digest_of(said(0)), digest_of(said(1))]
    assert [shown[0] for shown in sitting.screen.shown[-2:]] == ["saved", "closed"]


def test_a_person_goes_on_after_a_lost_device_with_a_second_part(sitting: Sitting) -> None:
    sitting.recorder = StubRecorder([Said(blocks(0), problem=LOST), Said(blocks(1), ends=False)])
    keys = {("said", 0): "enter", ("held", 0): "enter", ("listening", 2): "q"}
    sitting.person(lambda what, number: keys.get((what, number)))
    first, second = sitting.run().answers
    assert first.prompt == second.prompt == "stones/first"
    assert sitting.texts == [digest_of(said(0)), digest_of(said(1))]
    assert sitting.screen.notes == ["The microphone is gone. Plug it in again."]


def test_a_person_goes_on_with_another_microphone_by_its_number(sitting: Sitting) -> None:
    """Also where the one that was picked cannot be opened: the others stay."""
    lost = DeviceLost("The microphone is gone.", hint="Others: 5, 7.", others=("blue", "red"))
    busy = NoMicrophone("It cannot be opened.", hint="Close what uses it.")
    sitting.recorder = StubRecorder(
        [
            Said(blocks(0), problem=lost),
            Said([], problem=busy),
            Said(blocks(1), ends=False),
        ]
    )
    picks = iter(["2", "1"])
    keys = {("said", 0): "enter", ("listening", 3): "q"}
    sitting.person(lambda what, number: next(picks) if what == "held" else keys.get((what, number)))
    answers = sitting.run().answers
    assert sitting.recorder.used == ["red", "blue"]
    assert sitting.screen.named("held") == [(2,), (2,)]
    assert {each.prompt for each in answers} == {"stones/first"}
    assert (sitting.sound(1), sitting.sound(3)) == (said(0), said(1))
    assert sitting.screen.notes == [
        "The microphone is gone.",
        "Going on with: red",
        "It cannot be opened.",
        "Going on with: blue",
    ]


def test_a_redone_answer_is_in_the_trash_and_not_in_the_entry(sitting: Sitting) -> None:
    sitting.recorder = StubRecorder([Said(blocks(seed), ends=False) for seed in range(2)])
    keys = {("said", 0): "enter", ("listening", 1): "d", ("listening", 2): "q"}
    sitting.person(lambda what, number: keys.get((what, number)))
    (answer,) = sitting.run().answers
    assert (answer.number, answer.text) == (2, digest_of(said(1)))
    assert sitting.screen.named("live") == [(1, "")]
    assert list((sitting.root / "trash").glob("*/1.flac"))


def test_what_is_set_aside_stays_so_however_fast_one_leaves(sitting: Sitting) -> None:
    """The session is over before the last blocks of the take that was set aside have come."""
    sitting.recorder = StubRecorder([Said(blocks(0), ends=False)])

    def act(what: str, _: int) -> str | None:
        if what == "listening":
            for key in ("n", "interrupt"):
                sitting.keyboard.press(key)
            return "interrupt"
        return "enter" if what == "said" else None

    sitting.person(act)
    entry = sitting.run()
    assert [answer.state for answer in entry.answers] == [AnswerState.SKIPPED]
    assert sitting.vault.load(ID) == entry
    assert sitting.screen.notes == []
    assert sitting.vault.left_behind() == ()


def test_without_a_microphone_nothing_is_kept_and_the_reason_is_told(sitting: Sitting) -> None:
    sitting.recorder = StubRecorder([], cannot=NoMicrophone("None.", hint="Plug one in."))
    with pytest.raises(NoMicrophone):
        sitting.run()
    assert sitting.entries == []


def test_recordings_that_run_out_end_the_session(sitting: Sitting) -> None:
    sitting.recorder = StubRecorder([Said(blocks(0))])
    sitting.run()
    assert sitting.texts == [digest_of(said(0))]


def test_an_answer_without_sound_is_kept_as_silence(sitting: Sitting) -> None:
    sitting.recorder = StubRecorder([Said([]), Said(blocks(1))])
    entry = sitting.run()
    assert [answer.state for answer in entry.answers] == [AnswerState.SILENT, AnswerState.DONE]
    assert sitting.sound(1) == b""


def test_lost_blocks_are_counted(sitting: Sitting) -> None:
    sitting.recorder = StubRecorder([Said([bytes(2)] * 1300)])
    sitting.tick_s = 0.0
    sitting.run()
    info = sitting.vault.take_info(ID, 1)
    assert (info.overflows, info.samples) == (100, 1200)
    assert any("sound is missing" in line for line in sitting.screen.notes)


def test_a_hand_edit_made_while_the_session_runs_survives(sitting: Sitting) -> None:
    """Made while the second answer is spoken and the first one's text is saved."""
    sitting.recorder = StubRecorder([Said(blocks(0)), Said(blocks(1), ends=False)])

    def edits(what: str, _: int) -> None:
        shown = {(each[0], each[1]) for each in sitting.screen.shown}
        if what in ("read", "listening") and {("read", 1), ("listening", 2)} <= shown:
            (folder,) = sitting.entries
            file = folder / "entry.md"
            file.write_text(file.read_text().replace("title: Stones", "title: My stones"))
            sitting.keyboard.press("q")

    sitting.screen.react = edits
    assert sitting.run().title == "My stones"
    assert sitting.texts == [digest_of(said(0)), digest_of(said(1))]


def test_a_key_at_the_very_end_of_a_question_does_not_begin_the_next_answer(
    sitting: Sitting,
) -> None:
    """Its recording would hold our own voice asking."""

    def plays(text: str) -> bool:
        if text == "The first?":
            sitting.keyboard.press("s")
        return text != "The second?"

    sitting.loudspeaker = StubLoudspeaker(plays)
    keys = {("said", 0): "enter", ("asked", 2): "q"}
    sitting.person(lambda what, number: keys.get((what, number)))
    sitting.run()
    assert sitting.screen.named("listening") == []


def windows_read(sitting: Sitting) -> list[int]:
    """The recordings of which anything was asked for, as the speech worker counts them."""
    return sitting.transcriber.asked_for


def test_what_is_set_aside_is_not_written_down_and_the_end_says_so(sitting: Sitting) -> None:
    sitting.recorder = StubRecorder([Said(blocks(seed), ends=False) for seed in range(3)])
    keys = {("said", 0): "enter", ("listening", 1): "d", ("listening", 2): "q"}
    sitting.person(lambda what, number: keys.get((what, number)))
    entry = sitting.run()
    assert windows_read(sitting) == [2]
    assert sitting.screen.named("saved") == [(0, entry, 1)]
    (thrown,) = (sitting.root / "trash").glob("*/1.jsonl")
    assert '"transcript"' not in thrown.read_text()


def test_a_take_that_comes_back_is_shown_and_written_down_after_all(sitting: Sitting) -> None:
    sitting.recorder = StubRecorder([Said(blocks(seed), ends=False) for seed in range(3)])
    keys = {
        ("said", 0): "enter",
        ("listening", 1): "d",
        ("listening", 2): "u",
        ("restored", 1): "q",
    }
    sitting.person(lambda what, number: keys.get((what, number)))
    (answer,) = sitting.run().answers
    assert (answer.number, answer.text) == (1, digest_of(said(0)))
    assert [number for number, *_ in sitting.screen.named("asked")] == [1]
    assert not any(shown.set_aside for _, shown in sitting.screen.named("read"))
    assert list((sitting.root / "trash").glob("*/2.flac"))


def test_more_is_asked_for_in_words_without_a_subject(sitting: Sitting) -> None:
    sitting.recorder = StubRecorder([Said(blocks(seed), ends=False) for seed in range(3)])
    keys = {("said", 0): "enter", ("listening", 1): "m", ("listening", 2): "enter"}
    keys[("listening", 3)] = "q"
    sitting.person(lambda what, number: keys.get((what, number)))
    answers = sitting.run().answers
    assert [(each.prompt, each.asked) for each in answers] == [
        ("stones/first", "The first?"),
        ("stones/first+more", INVITATIONS[0]),
        ("stones/second", "The second?"),
    ]
    assert sitting.texts == [digest_of(said(seed)) for seed in range(3)]


@pytest.mark.parametrize(("depth", "asked"), [("light", 1), ("heavy", 0)])
def test_more_is_never_asked_for_at_the_end_of_something_heavy(
    sitting: Sitting, depth: str, asked: int
) -> None:
    sitting.plan = replace(sitting.plan, deck=replace(sitting.plan.deck, depth=depth))
    sitting.recorder = StubRecorder([Said(blocks(seed), ends=False) for seed in range(3)])
    keys = {("said", 0): "enter", ("listening", 1): "enter", ("listening", 2): "m"}
    keys |= {("did", 0): "q", ("listening", 3): "q"}
    sitting.person(lambda what, number: keys.get((what, number)))
    answers = sitting.run().answers
    assert sum(each.prompt.endswith("+more") for each in answers) == asked


def test_saved_is_said_of_the_last_answer_once_its_sound_is_on_the_disk(sitting: Sitting) -> None:
    sitting.run()
    told = [each[-1] for each in sitting.screen.named("awaiting_texts")]
    assert set(told) == {False, True}
    assert told == sorted(told)


@pytest.mark.parametrize("worded", [True, False])
def test_talk_begins_with_enter_and_what_follows_an_agreement_at_once(
    sitting: Sitting, *, worded: bool
) -> None:
    sitting.plan = replace(sitting.plan, opening=(), worded=worded)
    sitting.person(lambda what, _: "enter" if what == "said" else None)
    sitting.run()
    assert len(sitting.texts) == 3
    assert bool(sitting.screen.named("said")) is not worded
