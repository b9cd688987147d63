"""What somebody decides about a question: kept at once, so that no sudden end undoes it.

Lives in the session's thread; what stands in the entry is carried there by the writer's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from voicereflect.core.entry.ids import day_of
from voicereflect.core.session.events import Replanned
from voicereflect.core.session.state import Refusal, Skipped, State
from voicereflect.deck_model import CLOSING
from voicereflect.errors import ReflectError, VaultError
from voicereflect.flows.session.asking.agenda import Agenda
from voicereflect.flows.session.parts import Parts
from voicereflect.flows.session.recording.writing import EntryWriter
from voicereflect.model import Answer, AnswerState

STANDS = "It could not be taken back for other days."


class Decisions:
    """Choices, and questions that stay unanswered; each can be taken back."""

    def __init__(self, parts: Parts, agenda: Agenda, writer: EntryWriter) -> None:
        self._parts = parts
        self._agenda = agenda
        self._writer = writer
        self._refused: dict[int, tuple[str, Refusal]] = {}
        """As they stand, by their numbers."""
        self._kept: set[str] = set()
        """What this sitting has put aside beyond itself; nothing else is its to take back."""
        self._late: set[int] = set()
        """Refusals that could not be kept yet."""

    @property
    def late(self) -> tuple[tuple[str, Refusal], ...]:
        """Prompts (`deck/prompt`) whose refusal could not be kept yet; for after the session."""
        return tuple(self._refused[number] for number in sorted(self._late))

    def pick(self, question: int, option: int, number: int, state: State) -> Replanned:
        """Keep a choice; `number` is the answer it stands in, 0 where it stands in none."""
        picked = self._agenda.choice(question, option)
        self._parts.screen.picked(picked.words)
        if number:
            answer = self._agenda.answer(number, question, gentler=question in state.asking.gentler)
            try:
                self._writer.picked(answer, picked)
            except VaultError as error:
                self._parts.screen.note(error.line)
        return self._agenda.pick(question, option)

    def unpick(self, question: int, number: int) -> Replanned:
        """Take a choice back."""
        self._parts.screen.unpicked()
        self._writer.unpicked(number)
        return self._agenda.unpick(question)

    def refuse(self, skipped: Skipped, state: State) -> None:
        """Leave a question unanswered, today or for good."""
        prompt = self._agenda.questions[skipped.question].prompt
        self._refused[skipped.number] = (prompt, skipped.refusal)
        try:
            self._keep(prompt, skipped.refusal)
        except ReflectError:  # a locked vault, say: it is tried again, and told, at the end
            self._late.add(skipped.number)
        self._writer.refused(self.unanswered(replace(state, skipped=(skipped,))))

    def allow(self, number: int) -> None:
        """Take that back, unless another refusal means the same."""
        taken_back = self._refused.pop(number)
        self._late.discard(number)
        self._writer.allowed(number)
        standing = {name for name, _ in lasting(self._refused.values())}
        for name, _ in lasting([taken_back]):
            if name in self._kept - standing:
                self._kept.remove(name)
                try:
                    self._parts.memory.allow(name)
                except ReflectError as error:
                    self._parts.screen.note(f"{STANDS} {error.line}")

    def unanswered(self, state: State) -> tuple[Answer, ...]:
        """What tells in the entry that a question stayed open; not of private or answered ones."""
        questions = self._agenda.questions
        answered = {
            each.prompt
            for each in self._writer.entry.answers
            if each.number not in state.thrown and each.state is not AnswerState.SKIPPED
        }
        gentler = state.asking.gentler
        return tuple(
            replace(
                self._agenda.answer(each.number, each.question, gentler=each.question in gentler),
                state=AnswerState.SKIPPED,
            )
            for each in state.skipped
            if not questions[each.question].private
            and questions[each.question].prompt not in answered
        )

    def _keep(self, prompt: str, refusal: Refusal) -> None:
        memory, today = self._parts.memory, day_of(self._parts.now())
        for name, for_good in lasting([(prompt, refusal)]):
            said = memory.read()
            if name in said.never or (not for_good and said.not_today.get(name) == today):
                continue
            if for_good:
                memory.never(name)
            else:
                memory.not_today(name, today)
            self._kept.add(name)


def lasting(refused: Iterable[tuple[str, Refusal]]) -> Sequence[tuple[str, bool]]:
    """Name what was refused for longer than a session: prompts for good, decks for today.

    Neither a closing nor free talk is a prompt that could come back.
    """
    found = []
    for prompt, refusal in refused:
        deck, _, name = prompt.partition("/")
        if name == CLOSING or deck == "talk":
            continue
        if refusal is Refusal.NEVER:
            found.append((prompt, True))
        elif refusal is Refusal.NOT_TODAY:
            found.append((deck, False))
    return found
