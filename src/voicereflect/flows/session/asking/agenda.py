"""The questions of a session as they are by now: choices made in it can change what follows."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date

from voicereflect.core.decks.choosing import menu_of
from voicereflect.core.entry.ids import day_of
from voicereflect.core.programme.preferences import HANDS_FREE
from voicereflect.core.programme.so_far import PickedChoice
from voicereflect.core.session.duo import turn_is_over
from voicereflect.core.session.events import Replanned
from voicereflect.core.session.speech.phrases import invitation
from voicereflect.deck_model import HEAVY
from voicereflect.errors import ReflectError
from voicereflect.flows.session.parts import SETTLES_STEP, Parts, Plan, Question
from voicereflect.model import Answer, Picked
from voicereflect.ports.decks import SessionMemory

NONE_OF_THESE = "none of these"
MORE = "+more"
"""What is added to a prompt where more was asked for; no id of a deck has it."""
NOT_KEPT = "The choice could not be kept for other days."


class Agenda:
    """What is asked, and what was picked; remembers picks for other days."""

    def __init__(self, parts: Parts, plan: Plan) -> None:
        self._memory = parts.memory
        self._now = parts.now
        self._screen = parts.screen
        self._plan = plan
        self.questions: tuple[Question, ...] = plan.questions
        self.picks: dict[str, str] = {}
        """What was chosen in this session, by prompt."""
        self.left_open: dict[str, None] = {}
        """Prompts that put a choice and got none, in their order."""
        self._turn_told = 0
        """The last take of which it was said that its turn is over."""

    def note_asked(self, question: Question) -> None:
        """Take note that a question is asked: its choice stays open until it is made."""
        before = [prompt for prompt in self.left_open if prompt != question.prompt]
        with suppress(ReflectError):  # it is tried again, and told, at the end
            keep_open(self._memory, before, day_of(self._now()))
        if question.menu and _id_of(question) not in self.picks:
            self.left_open[question.prompt] = None

    def answer(self, number: int, at: int, *, gentler: bool, invited: int = 0) -> Answer:
        """An answer as it begins; `invited`: more was asked for, in the words of that one."""
        question = self.questions[at]
        return Answer(
            number=number,
            speaker=question.speaker or self._plan.entry.speakers[0],
            prompt=question.prompt + (MORE if invited else ""),
            asked=invitation(invited) if invited else question.said(gentler=gentler),
        )

    def choice(self, at: int, option: int) -> Picked:
        """A choice as it is shown; option 0 is none of these."""
        menu = self.questions[at].menu
        id_ = menu_of(menu, option)
        return Picked(id=id_, words=dict(menu).get(id_, NONE_OF_THESE))

    def pick(self, at: int, option: int) -> Replanned:
        """Keep a choice and see what it changes; option 0 is none of these."""
        question = self.questions[at]
        choice = menu_of(question.menu, option)
        self.picks[_id_of(question)] = choice
        self.left_open.pop(question.prompt, None)
        self._remember(question, choice)
        return self._replan_after(at)

    def unpick(self, at: int) -> Replanned:
        """Take a choice back."""
        question = self.questions[at]
        self.picks.pop(_id_of(question), None)
        self._remember(question, None)
        return self._replan_after(at)

    def facts(self) -> Replanned:
        """Say of the questions what the machine must know."""
        return Replanned(
            questions=len(self.questions),
            menus=tuple(len(question.menu) for question in self.questions),
            quoting=frozenset(n for n, each in enumerate(self.questions) if each.quote is not None),
            private=frozenset(n for n, each in enumerate(self.questions) if each.private),
            inviting=frozenset(self._inviting()),
        )

    def is_turn_over(self, number: int, at: int, elapsed_s: float) -> bool:
        """Whether the time of a take is over; once a take."""
        told = self._turn_told == number
        if not turn_is_over(self.questions[at].turn_s, elapsed_s, told=told):
            return False
        self._turn_told = number
        return True

    def introduced(self) -> None:
        """Remember that hands-free was introduced, and need not be again."""
        try:
            self._memory.tell(HANDS_FREE)
        except ReflectError as error:
            self._screen.note(error.line)

    def _inviting(self) -> Iterator[int]:
        """Questions after which more may be asked for: not at the end of what was heavy."""
        last = len(self.questions) - (2 if self._plan.deck.depth == HEAVY else 0)
        for place, question in enumerate(self.questions[: max(0, last)]):
            if not question.private and not question.speaker:  # two have turns of equal length
                yield place

    def _replan_after(self, at: int) -> Replanned:
        """Keep what was asked, and put what follows by now behind it."""
        if self._plan.replan is not None:
            asked = self.questions[: at + 1]
            known = {question.prompt for question in asked}
            after = self._plan.replan(self.picks)
            rest = (question for question in after if question.prompt not in known)
            self.questions = (*asked, *rest)
        return self.facts()

    def _remember(self, question: Question, choice: str | None) -> None:
        memory, quote = self._memory, question.quote
        step = f"{quote.entry_id}/{quote.answer}" if quote is not None and quote.step else ""
        try:
            if choice is None:
                memory.unpick(question.prompt)
            else:
                day = day_of(self._now())
                memory.picked(PickedChoice(prompt=question.prompt, choice=choice, day=day))
            if step and choice is None:
                memory.unsettle(step)
            elif step and choice in SETTLES_STEP:
                memory.settle(step)
        except ReflectError as error:
            self._screen.note(f"{NOT_KEPT} {error.line}")


def keep_open(memory: SessionMemory, prompts: Sequence[str], today: date) -> None:
    """Let no older choice stand for one that was put again and left open."""
    if not prompts:  # a vault that is locked need not be read for that
        return
    picked = {pick.prompt: pick.choice for pick in memory.read().picks}
    for prompt in prompts:
        if picked.get(prompt):
            memory.picked(PickedChoice(prompt=prompt, choice="", day=today))


def _id_of(question: Question) -> str:
    return question.prompt.partition("/")[2]
