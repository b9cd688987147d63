"""Claims about a whole session whose answers are typed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from tests.support.fakes import StubScreen
from tests.support.sittings import ID, Sitting
from voicereflect.adapters.vault.files import Files
from voicereflect.core.session.feedback import Feedback
from voicereflect.core.typed.strokes import EditKey, Stroke
from voicereflect.errors import VaultUnwritable
from voicereflect.flows.session.asking.prompting import CALM_ON_SCREEN
from voicereflect.flows.typed.silent import NoRecorder, NoTranscriber
from voicereflect.flows.typed.sitting import TypedSession
from voicereflect.model import TYPED, AnswerState, Entry

ENTER = "\n"


class StubTypist:
    """Types what a test wants."""

    def __init__(self) -> None:
        self.type: Callable[[Stroke], None] = lambda _: None

    @contextmanager
    def listen(self, typed: Callable[[Stroke], None]) -> Iterator[None]:
        self.type = typed
        yield


class StubPage(StubScreen):
    """Remembers what stood on it."""

    def typing(self, text: str, at: int, *, keys: bool) -> None:
        self._show("typing", len(text), text, at, keys)

    def typed(self, text: str) -> None:
        self._show("typed", len(text), text)


@dataclass
class Typing:
    """Somebody who types: so many strokes into each answer, as it opens."""

    sitting: Sitting
    answers: Sequence[Sequence[Stroke]]
    elsewhere: Mapping[str, Stroke] = field(default_factory=dict)
    """What is typed when something else is shown."""
    page: StubPage = field(default_factory=StubPage)
    typist: StubTypist = field(default_factory=StubTypist)

    def run(self) -> Entry:
        typist, rest = self.typist, list(self.answers)
        is_new = False

        def react(what: str, _number: int) -> None:
            nonlocal is_new
            if what in {"said", *self.elsewhere}:
                typist.type(self.elsewhere.get(what, ENTER))
            if what == "typing" and is_new and rest:
                for stroke in rest.pop(0):
                    typist.type(stroke)
            is_new = what == "asked" or (is_new and what != "typing")

        self.page.react = react
        parts = replace(
            self.sitting.parts(),
            voice=None,
            loudspeaker=None,
            recorder=NoRecorder(),
            transcriber=NoTranscriber(),
            screen=self.page,
            attended=True,
        )
        self.session = TypedSession(parts, self.sitting.plan, typist, self.page)
        return self.session.run()


@pytest.fixture
def sitting(tmp_path: Path) -> Sitting:
    return Sitting(root=tmp_path / "vault")


def words(*texts: str) -> list[list[Stroke]]:
    return [[text, EditKey.DONE] for text in texts]


def test_every_answer_is_kept_as_it_was_typed_and_has_no_sound(sitting: Sitting) -> None:
    typing = Typing(sitting, words("One.\n\nTwo.", "語", "q s x"))
    entry = typing.run()
    assert entry == sitting.vault.load(ID)
    assert [answer.text for answer in entry.answers] == ["One.\n\nTwo.", "語", "q s x"]
    assert {answer.state for answer in entry.answers} == {AnswerState.DONE}
    assert {answer.how for answer in entry.answers} == {TYPED}
    (folder,) = sitting.entries
    assert [path.name for path in folder.iterdir()] == ["entry.md"]
    assert sitting.vault.left_behind() == ()


def test_words_stay_where_they_were_typed_before_the_next_question_comes(sitting: Sitting) -> None:
    typing = Typing(sitting, words("One.", "Two.", "Three."))
    typing.run()
    shown = [each for each in typing.page.shown if each[0] in {"asked", "typed"}]
    assert [each[0] for each in shown] == ["asked", "typed"] * 3
    assert [each[2] for each in shown if each[0] == "typed"] == ["One.", "Two.", "Three."]


def test_nothing_typed_is_a_question_that_was_skipped(sitting: Sitting) -> None:
    typing = Typing(
        sitting, [["One.", EditKey.DONE], [" \n", EditKey.DONE], ["Three.", EditKey.DONE]]
    )
    entry = typing.run()
    said = [(each.prompt, each.state) for each in entry.answers]
    assert sorted(said) == [
        ("stones/first", AnswerState.DONE),
        ("stones/second", AnswerState.SKIPPED),
        ("stones/third", AnswerState.DONE),
    ]
    assert sitting.vault.trash.all() == ()
    assert typing.page.named("did") == [(0, Feedback.SKIPPED.value)]
    assert typing.page.named("saved") == [(0, entry, 0)]


def test_where_nothing_at_all_was_typed_nothing_is_kept(sitting: Sitting) -> None:
    Typing(sitting, [[EditKey.DONE]] * 3).run()
    assert sitting.entries == []


def test_letters_are_keys_after_escape_alone(sitting: Sitting) -> None:
    typing = Typing(sitting, [["s", EditKey.ESCAPE, "s"], *words("Two.", "Three.")])
    entry = typing.run()
    assert [each.state for each in entry.answers if each.prompt == "stones/first"] == [
        AnswerState.SKIPPED
    ]
    assert [each.text for each in entry.answers if each.text] == ["Two.", "Three."]
    (thing,) = sitting.vault.trash.all()
    assert (sitting.root / "trash" / thing.name / "1.md").read_text() == "s"
    assert typing.page.named("did") == [(0, Feedback.SKIPPED_ASIDE)]
    assert typing.page.named("saved") == [(0, entry, 1)]


def test_a_paste_is_never_a_key(sitting: Sitting) -> None:
    typing = Typing(sitting, [[EditKey.ESCAPE, "quite long", EditKey.ESCAPE, "One.", EditKey.DONE]])
    typing.answers = [*typing.answers, *words("Two.", "Three.")]
    assert [each.text for each in typing.run().answers] == ["One.", "Two.", "Three."]


def test_ctrl_c_keeps_what_was_typed_so_far(sitting: Sitting) -> None:
    entry = Typing(sitting, [["Half a sen", EditKey.INTERRUPT]]).run()
    (answer,) = entry.answers
    assert (answer.text, answer.state) == ("Half a sen", AnswerState.DONE)


def test_words_of_danger_meet_the_calm_line(sitting: Sitting) -> None:
    typing = Typing(sitting, words("I want to kill myself.", "Two.", "Three."))
    typing.run()
    assert CALM_ON_SCREEN in typing.page.notes


def test_words_are_on_the_disk_while_they_are_typed(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    typing = Typing(sitting, [["Kept soon."], *words("Two.", "Three.")])
    states = list[tuple[AnswerState, str]]()
    kept = sitting.vault.update

    def update(entry_id: str, change: Callable[[Entry], Entry]) -> Entry:
        entry = kept(entry_id, change)
        if not states:
            states.append((entry.answers[0].state, entry.answers[0].text))
            typing.typist.type(EditKey.DONE)
        return entry

    monkeypatch.setattr(sitting.vault, "update", update)
    entry = typing.run()
    assert states == [(AnswerState.RECORDING, "Kept soon.")]
    assert entry.answers[0].state is AnswerState.DONE


def test_a_vault_that_cannot_be_written_is_told_and_ends_it(sitting: Sitting) -> None:
    sitting.on(Files(Path("/proc/voicereflect/vault")))
    typing = Typing(sitting, words("One.", "Two.", "Three."))
    with pytest.raises(VaultUnwritable):
        typing.run()
    assert len(typing.page.notes) == 1
