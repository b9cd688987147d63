"""Claims about choices in a session: picked, taken back, and decisive for what is kept."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.support.fakes import Said, StubLoudspeaker, StubRecorder, never
from tests.support.sittings import ID, Sitting, blocks, plan
from voicereflect.core.entry.decisions import is_closed, undecided
from voicereflect.core.session.speech.phrases import NOT_SAID, PRIVATE
from voicereflect.errors import VaultUnwritable
from voicereflect.flows.session.parts import Plan, Question, Quote
from voicereflect.model import Answer, AnswerState, Entry, Picked

MENU = (("grey", "grey"), ("white", "white"))


def with_menu() -> Plan:
    first, *rest = plan().questions
    return replace(plan(), questions=(replace(first, menu=MENU), *rest))


def that_asks() -> Plan:
    asked = plan()
    entry = undecided(asked.entry)
    return replace(asked, deck=replace(asked.deck, at_end="ask"), entry=entry)


def presses(keys: dict[tuple[str, int], str]) -> "dict[tuple[str, int], str]":
    return {("said", 0): "enter", **keys}


def held(sitting: Sitting, keys: dict[tuple[str, int], str]) -> None:
    left = presses(keys)
    sitting.person(lambda what, number: left.pop((what, number), None))
    sitting.run()


def test_a_choice_is_shown_picked_and_remembered(tmp_path: Path) -> None:
    sitting = Sitting(root=tmp_path, plan=with_menu())
    held(sitting, {("offered", 2): "2", ("asked", 2): "q"})
    assert sitting.screen.named("offered") == [(2, ["grey", "white"])]
    assert sitting.memory.picks == [("stones/first", "white")]


def test_a_choice_can_be_taken_back_and_its_question_comes_again(tmp_path: Path) -> None:
    sitting = Sitting(root=tmp_path, plan=with_menu())
    keys = iter(["2", "0"])
    done = iter(["u", "q"])

    def act(what: str, number: int) -> str | None:
        match what, number:
            case "said", _:
                return "enter"
            case "offered", _:
                return next(keys)
            case "asked", 2:
                return next(done)
            case _:
                return None

    sitting.person(act)
    sitting.run()
    assert sitting.memory.picks == [("stones/first", "none")]


def test_what_follows_may_hang_on_a_choice(tmp_path: Path) -> None:
    asked = with_menu()
    more = Question(prompt="stones/more", words="And why white?")
    sitting = Sitting(
        root=tmp_path,
        plan=replace(asked, replan=lambda picks: (asked.questions[0], more) if picks else ()),
    )
    held(sitting, {("offered", 2): "2", ("asked", 2): "q"})
    assert [shown[2] for shown in sitting.screen.named("asked")] == ["The first?", "And why white?"]


@pytest.mark.parametrize(("key", "closed"), [("1", False), ("2", True)])
def test_what_is_kept_is_open_or_closed(tmp_path: Path, key: str, *, closed: bool) -> None:
    sitting = Sitting(root=tmp_path, plan=that_asks())
    held(sitting, {("put", 3): key})
    entry = sitting.vault.load(ID)
    assert not entry.undecided
    assert is_closed(entry) == closed


def test_what_is_deleted_is_asked_twice_and_leaves_nothing(tmp_path: Path) -> None:
    sitting = Sitting(root=tmp_path, plan=that_asks())
    held(sitting, {("put", 3): "3", ("put", 2): "1"})
    assert sitting.entries == []
    assert not [path for path in (tmp_path / "trash").rglob("*") if path.is_file()]
    assert sitting.screen.named("saved") == []


def test_what_is_to_be_deleted_is_set_aside_until_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(_: str) -> None:
        raise VaultUnwritable("It broke off.", hint="Try again.")

    sitting = Sitting(root=tmp_path, plan=that_asks())
    monkeypatch.setattr(sitting.vault, "destroy", killed)
    with pytest.raises(VaultUnwritable):
        held(sitting, {("put", 3): "3", ("put", 2): "1"})
    assert {each.set_aside for each in sitting.vault.load(ID).answers} == {True}


@pytest.mark.parametrize("keys", [{("put", 3): "enter"}, {("put", 3): "3", ("put", 2): "2"}])
def test_what_is_left_open_stays_undecided(
    tmp_path: Path, keys: dict[tuple[str, int], str]
) -> None:
    sitting = Sitting(root=tmp_path, plan=that_asks())
    held(sitting, {**keys})
    assert sitting.vault.load(ID).undecided


def test_without_a_person_nothing_is_decided(tmp_path: Path) -> None:
    sitting = Sitting(root=tmp_path, plan=that_asks())
    sitting.run()
    assert sitting.vault.load(ID).undecided


# Earlier answers


def quoting(sitting: Sitting, *, certain: bool = True) -> None:
    """The first question speaks of an answer that was given a day before."""
    before = Entry(
        id="20261121T083012Z-abcd",
        started_at=plan().entry.started_at,
        deck="stones",
        edition=1,
        title="Stones",
        language="en",
        answers=(
            Answer(number=1, speaker="me", prompt="stones/x", asked="?", state=AnswerState.DONE),
        ),
    )
    with sitting.vault.create(before):
        pass
    quote = Quote(
        entry_id=before.id,
        answer=1,
        day=date(2026, 11, 21),
        start_s=0.0,
        end_s=1.0,
        words="I will walk.",
        step=True,
        certain=certain,
    )
    first, *rest = plan().questions
    menu = (("done", "done"), ("let-go", "let go"))
    sitting.plan = replace(plan(), questions=(replace(first, quote=quote, menu=menu), *rest))


def test_an_earlier_answer_is_heard_once_somebody_can_listen_freely(tmp_path: Path) -> None:
    sitting = Sitting(root=tmp_path)
    quoting(sitting)
    held(sitting, {("put", 2): "1", ("listening", 1): "q"})
    assert sitting.screen.named("quoted") == [(0, "On 21 November 2026 you said:", "I will walk.")]
    assert sitting.voice is not None
    assert sitting.voice.private == ["I will walk."]
    assert "I will walk." not in sitting.voice.rendered


def test_otherwise_a_key_shows_it_and_nothing_is_spoken(tmp_path: Path) -> None:
    sitting = Sitting(root=tmp_path)
    quoting(sitting)
    held(sitting, {("put", 2): "2", ("asked", 1): "q"})
    assert sitting.screen.named("quoted") == []
    assert sitting.voice is not None
    assert sitting.voice.private == []


def test_a_step_that_is_done_does_not_come_back(tmp_path: Path) -> None:
    sitting = Sitting(root=tmp_path)
    quoting(sitting)
    held(sitting, {("put", 2): "2", ("offered", 2): "1", ("asked", 2): "q"})
    assert sitting.memory.steps == ["20261121T083012Z-abcd/1"]


WHITE = Picked(id="white", words="white")


def picked_in(sitting: Sitting) -> list[tuple[str, Picked | None, AnswerState]]:
    """What stands in the entry on disk."""
    return [(each.prompt, each.picked, each.state) for each in sitting.vault.load(ID).answers]


def test_a_choice_without_a_word_is_an_answer_of_its_own(tmp_path: Path) -> None:
    sitting = Sitting(root=tmp_path, plan=with_menu(), loudspeaker=StubLoudspeaker(never))
    held(sitting, {("offered", 2): "2", ("asked", 2): "q"})
    assert picked_in(sitting) == [("stones/first", WHITE, AnswerState.SILENT)]
    assert sitting.screen.named("picked") == [(0, "white")]
    assert sitting.vault.left_behind() == ()


def test_a_choice_made_while_answering_stands_beside_what_was_said(tmp_path: Path) -> None:
    sitting = Sitting(root=tmp_path, plan=with_menu())
    sitting.recorder = StubRecorder([Said(blocks(0), ends=False), Said(blocks(1), ends=False)])
    held(sitting, {("listening", 1): "2", ("listening", 2): "q"})
    (first, second) = picked_in(sitting)
    assert first == ("stones/first", WHITE, AnswerState.DONE)
    assert second == ("stones/second", None, AnswerState.DONE)


def test_a_choice_that_was_taken_back_stands_nowhere(tmp_path: Path) -> None:
    sitting = Sitting(root=tmp_path, plan=with_menu(), loudspeaker=StubLoudspeaker(never))
    held(sitting, {("offered", 2): "2", ("asked", 2): "u", ("unpicked", 0): "q"})
    assert sitting.memory.picks == []
    assert sitting.entries == []


def private() -> Plan:
    first, *rest = plan().questions
    return replace(plan(), questions=(replace(first, menu=MENU, private=True), *rest))


def test_of_a_private_question_the_choice_is_remembered_and_no_entry_tells_of_it(
    tmp_path: Path,
) -> None:
    sitting = Sitting(root=tmp_path, plan=private())
    sitting.recorder = StubRecorder([Said(blocks(0))] * 2)
    held(sitting, {("offered", 2): "2"})
    assert sitting.memory.picks == [("stones/first", "white")]
    assert [prompt for prompt, *_ in picked_in(sitting)] == ["stones/second", "stones/third"]
    page = (sitting.entries[0] / "entry.md").read_text()
    assert "white" not in page
    assert "first" not in page
    assert PRIVATE in sitting.screen.notes


@pytest.mark.parametrize("key", ["s", "x", "enter"])
def test_a_private_question_that_is_left_is_in_no_entry_either(tmp_path: Path, key: str) -> None:
    sitting = Sitting(root=tmp_path, plan=private())
    sitting.recorder = StubRecorder([Said(blocks(0))] * 2)
    held(sitting, {("offered", 2): key})
    assert [prompt for prompt, *_ in picked_in(sitting)] == ["stones/second", "stones/third"]


def test_what_is_said_to_a_private_question_by_voice_is_kept_nowhere(tmp_path: Path) -> None:
    sitting = Sitting(root=tmp_path, plan=private(), hands_free=True)
    sitting.run()
    (folder,) = sitting.entries
    assert sorted(path.name for path in folder.glob("*.flac")) == ["2.flac", "3.flac"]
    assert "stones/first" not in (folder / "entry.md").read_text()
    assert NOT_SAID in "".join(sitting.voice.rendered if sitting.voice else [])
