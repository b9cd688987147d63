"""What is said to the person and shown: questions, choices, quotes, tones.

Turns the effects that speak into words on the screen and sounds in the room; what
is heard meanwhile is the session's business.
"""

from collections.abc import Sequence
from concurrent.futures import Future
from functools import cached_property
from typing import Final

from voicereflect.core.choosing import menu_of
from voicereflect.core.decks.menus import pick_asked_back, spoken_menu
from voicereflect.core.mirror import mirrored
from voicereflect.core.session import effects as deeds
from voicereflect.core.session import phrases as lines
from voicereflect.core.session.duo import TURN_OVER
from voicereflect.core.session.effects import TalkEffect
from voicereflect.core.session.events import Replanned
from voicereflect.core.session.state import Choice, State
from voicereflect.core.tones import Tone, clip_of
from voicereflect.errors import ReflectError
from voicereflect.flows.session.parts import SETTLING, Parts, Plan, Question, Quote
from voicereflect.flows.session.speaker import Private, PromptSpeaker
from voicereflect.model import BYTES_PER_SAMPLE, Answer, Clip

REPLY: Final = "reply-"
NOT_KEPT: Final = "The choice could not be kept for other days."
CALM_ON_SCREEN: Final = (
    "If you are in danger, or thinking of ending your life, people are there to talk to now. "
    "H shows help lines."
)

Part = str | Private | Clip


class Prompter:
    """The product's side of a sitting."""

    def __init__(self, parts: Parts, plan: Plan, teller: PromptSpeaker) -> None:
        """Nothing is said yet."""
        self._parts = parts
        self._plan = plan
        self._teller = teller
        self.questions: tuple[Question, ...] = plan.questions
        self.picks: dict[str, str] = {}
        """What was chosen in this sitting, by prompt."""
        self.left_open: dict[str, None] = {}
        """Prompts that put a choice and got none, in their order."""

    def open(self) -> None:
        """Say what is coming."""
        plan = self._plan
        self._parts.screen.said(plan.opening)
        self._teller.say(plan.opening)
        self._teller.prefetch(self.questions[0].words)

    def ask(self, effect: deeds.Ask, safe: "Future[bool] | None") -> None:
        """Ask a question; `safe` tells of the take before it, and is sounded."""
        question = self.questions[effect.question]
        words = question.said(gentler=effect.gentler)
        menu = () if effect.gentler else question.menu
        if question.menu and _id_of(question) not in self.picks:
            self.left_open[question.prompt] = None
        quote = question.quote
        if quote is not None and effect.quoting:
            self._show(quote)
        self._parts.screen.asked(effect.question + 1, len(self.questions), words)
        if menu:
            self._parts.screen.offered([say for _, say in menu])
        quoted = self._quoted(quote) if quote is not None and effect.quoting else ()
        self._say(*quoted, words, *spoken_menu(menu), pace=effect.pace, safe=safe)

    def ahead(self, question: int, pace: float) -> None:
        """Render the question after this one while somebody answers."""
        if question + 1 < len(self.questions):
            self._teller.prefetch(self.questions[question + 1].words, pace)

    def is_heard(self, effect: TalkEffect) -> bool:
        """Whether an effect makes a sound in the room."""
        match effect:
            case deeds.TellHelpLines():
                return self._parts.hands_free
            case deeds.ShowQuote(aloud=aloud):
                return aloud
            case _:
                return True

    def speak(self, effect: TalkEffect) -> None:
        """Say and show what is no question's first asking."""
        match effect:
            case deeds.Repeat(question, gentler, pace):
                self._repeat(self.questions[question], pace, gentler=gentler)
            case deeds.Put(choice):
                words = lines.CHOICES[choice]
                self._parts.screen.put(words, [say for _, say in lines.OPTIONS[choice]])
                self._say(words)
            case deeds.AskBack(question, option):
                menu = self.questions[question].menu
                self._say(pick_asked_back(menu, menu_of(menu, option)))
            case deeds.PutIn(word):
                self._put_in(word)
            case deeds.TellHelpLines():
                self._tell_help_lines()
            case deeds.ShowQuote(question, aloud):
                self._show_quote(self.questions[question].quote, aloud=aloud)

    def show_calm(self) -> None:
        """Show the calm line; nothing keeps it."""
        self._parts.screen.note(CALM_ON_SCREEN)

    def mirror(self, answer: Answer) -> None:
        """Hold up a sentence that blames, if the person wants that and the deck allows it."""
        allowed = any(each.prompt == answer.prompt and each.mirror for each in self.questions)
        if self._parts.mirror and allowed:
            for line in lines.mirror_lines(mirrored(answer.text)):
                self._parts.screen.note(line)

    def _repeat(self, question: Question, pace: float, *, gentler: bool) -> None:
        menu = () if gentler else question.menu
        self._say(question.said(gentler=gentler), *spoken_menu(menu), pace=pace)

    def _put_in(self, word: deeds.Word) -> None:
        match word:
            case deeds.Word.MOVING_ON:
                self._teller.say(clip_of(Tone.MOVING_ON))
            case deeds.Word.TAKE_YOUR_TIME:
                self._teller.say(lines.TAKE_YOUR_TIME)
            case deeds.Word.OWN_WAY:
                self._say(lines.OWN_WAY)
            case deeds.Word.TURN_OVER:
                self._parts.screen.note(TURN_OVER)
                self._teller.say(TURN_OVER)

    def _tell_help_lines(self) -> None:
        told = lines.help_lines_told(self._parts.help_lines)
        for line in told:
            self._parts.screen.note(line)
        if self._parts.hands_free:
            self._say(*told)

    def _show_quote(self, quote: Quote | None, *, aloud: bool) -> None:
        if quote is None:
            return
        self._show(quote)
        if aloud:
            self._say(lines.said_on(quote.day), *self._own_voice(quote))

    def pick(self, effect: deeds.Pick) -> Replanned:
        """Keep a choice and see what it changes."""
        question = self.questions[effect.question]
        choice = menu_of(question.menu, effect.option)
        self.picks[_id_of(question)] = choice
        self.left_open.pop(question.prompt, None)
        self._remember(question, choice)
        return self._replanned(effect.question)

    def unpick(self, effect: deeds.Unpick) -> Replanned:
        """Take a choice back."""
        question = self.questions[effect.question]
        self.picks.pop(_id_of(question), None)
        self._remember(question, None)
        return self._replanned(effect.question)

    def farewell(self, line: str, *, saved: bool) -> None:
        """Say how it ended, after the tone if something is saved."""
        self._teller.say(*([self._saved_tone] if saved else []), line)

    @property
    def silence_s(self) -> float | None:
        """Hands-free: seconds before the tone."""
        return self._plan.silence_s

    @property
    def speaker(self) -> str:
        """Whose answers these are."""
        return self._plan.entry.speakers[0]

    def reply_to(self, choice: Choice) -> str:
        """What a recording is called that replies to a choice: `deck/reply-fate`."""
        return f"{self._plan.deck.name}/{REPLY}{choice.name.lower()}"

    def menu(self, question: int) -> tuple[tuple[str, str], ...]:
        """What can be picked at a question."""
        return self.questions[question].menu

    @cached_property
    def _saved_tone(self) -> Clip:
        return clip_of(Tone.SAVED)

    def _say(self, *parts: Part, pace: float = 1.0, safe: "Future[bool] | None" = None) -> None:
        """Say it; with closed eyes a tone before tells that all is saved, one after, to speak."""
        if not self._parts.hands_free:
            self._teller.say(*parts, pace=pace)
            return
        saved: Future[Clip | None] | None = None
        if safe is not None:
            saved = Future()
            told = saved
            safe.add_done_callback(
                lambda done: told.set_result(self._saved_tone if done.result() else None)
            )
        self._teller.say(*parts, clip_of(Tone.LISTENING), pace=pace, after=saved)

    def _quoted(self, quote: Quote) -> Sequence[Part]:
        own = (Private(quote.words),) if quote.certain else self._own_voice(quote)
        return lines.said_on(quote.day), *own

    def _own_voice(self, quote: Quote) -> tuple[Clip, ...]:
        """The recording; nothing, and a line, where it cannot be read."""
        try:
            return (self._recording(quote),)
        except ReflectError as error:
            self._parts.screen.note(error.line)
            return ()

    def _recording(self, quote: Quote) -> Clip:
        vault = self._parts.vault
        rate_hz = vault.take_info(quote.entry_id, quote.answer).rate_hz
        first, count = int(quote.start_s * rate_hz), int((quote.end_s - quote.start_s) * rate_hz)
        pcm = bytearray()
        for block in vault.sound(quote.entry_id, quote.answer, start=first):
            pcm += block
            if len(pcm) >= count * BYTES_PER_SAMPLE:
                break
        return Clip(pcm=bytes(pcm[: count * BYTES_PER_SAMPLE]), rate_hz=rate_hz)

    def _show(self, quote: Quote) -> None:
        self._parts.screen.quoted(lines.said_on(quote.day), quote.words if quote.certain else "")

    def _remember(self, question: Question, choice: str | None) -> None:
        memory, quote = self._parts.memory, question.quote
        step = f"{quote.entry_id}/{quote.answer}" if quote is not None and quote.step else ""
        try:
            if choice is None:
                memory.unpicked(question.prompt)
            else:
                memory.picked(question.prompt, choice)
            if step and choice is None:
                memory.unsettled(step)
            elif step and choice in SETTLING:
                memory.settled(step)
        except ReflectError as error:
            self._parts.screen.note(f"{NOT_KEPT} {error.line}")

    def _replanned(self, at: int) -> Replanned:
        """Keep what was asked, and put what follows by now behind it."""
        if self._plan.again is not None:
            asked = self.questions[: at + 1]
            known = {question.prompt for question in asked}
            after = self._plan.again(self.picks)
            rest = (question for question in after if question.prompt not in known)
            self.questions = (*asked, *rest)
        return replanned(self.questions)


def replanned(questions: Sequence[Question]) -> Replanned:
    """Say of questions what the sitting must know."""
    return Replanned(
        questions=len(questions),
        menus=tuple(len(question.menu) for question in questions),
        quoting=frozenset(n for n, each in enumerate(questions) if each.quote is not None),
    )


def first_state(parts: Parts, plan: Plan) -> State:
    """Where a sitting begins."""
    begun = replanned(plan.questions)
    return State(
        questions=begun.questions,
        menus=begun.menus,
        quoting=begun.quoting,
        attended=parts.attended,
        opening=bool(plan.opening),
        hands_free=parts.hands_free,
        decides=plan.deck.at_end == "ask",
        takes=1 if plan.first else 0,
        unread=frozenset({1} if plan.first else ()),
    )


def _id_of(question: Question) -> str:
    return question.prompt.partition("/")[2]
