"""What is said to the person and shown: questions, choices, quotes, tones.

Puts the effects that speak into words on the screen and sounds in the room; what
is heard meanwhile is none of its business.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from functools import cached_property
from typing import Final

from voicereflect.core.decks.choosing import menu_of
from voicereflect.core.decks.menus import pick_asked_back, spoken_menu
from voicereflect.core.safety.mirror import mirrored
from voicereflect.core.session.duo import TURN_OVER
from voicereflect.core.session.effects import Ask, Open, Repeat
from voicereflect.core.session.feedback import Insertion
from voicereflect.core.session.speech import phrases
from voicereflect.core.session.state import Choice
from voicereflect.core.sound.source import REPLY
from voicereflect.core.sound.tones import Tone, clip_of, silence
from voicereflect.errors import ReflectError
from voicereflect.flows.library.playing import stretch
from voicereflect.flows.session.asking.agenda import Agenda
from voicereflect.flows.session.asking.country import CountryQuestion
from voicereflect.flows.session.asking.speaker import Private, PromptSpeaker
from voicereflect.flows.session.parts import Parts, Plan, Question, Quote
from voicereflect.model import Answer, Clip

CALM_ON_SCREEN: Final = (
    "If you are in danger, or thinking of ending your life, people are there to talk to now. "
    "H shows help lines."
)
OPENING_RESTS: Final = 2.5
"""So many pauses of rest after the opening: a second of them at the usual length."""
STILL_RESTS: Final = 8.0
"""So many of them between two breaths of one question: more than three seconds."""

Part = str | Private | Clip


class Prompter:
    """The product's side of a session."""

    def __init__(self, parts: Parts, plan: Plan, agenda: Agenda, speaker: PromptSpeaker) -> None:
        self._parts = parts
        self._plan = plan
        self._agenda = agenda
        self._speaker = speaker
        self._leads: tuple[str, ...] = ()
        """What is said before the next thing that is."""
        self.country = CountryQuestion(parts)

    def open(self, effect: Open) -> None:
        """Say what is coming, the first time with closed eyes what that is as well."""
        opening = self._plan.opening
        said = opening[:-1] if effect.place_follows else opening
        self._parts.screen.said(" ".join(said))
        self.show_commands()
        first = self._introduction() if effect.introduced else ()
        self._speaker.say(*first, *said, rests=OPENING_RESTS)
        self._speaker.prefetch(self._agenda.questions[0].words)

    def show_commands(self) -> None:
        """Show what can be said, where anything can."""
        if self._parts.hands_free:
            self._parts.screen.note(phrases.COMMANDS_SHOWN)

    def _introduction(self) -> Sequence[Part]:
        told = phrases.introduction(self._plan.silence_s)
        return [clip_of(each) if isinstance(each, Tone) else each for each in told]

    def ask(self, effect: Ask, is_safe: "Future[bool] | None") -> None:
        """Ask a question; `is_safe` tells of the take before it, and is sounded."""
        question = self._agenda.questions[effect.question]
        words = question.said(gentler=effect.gentler)
        self._agenda.note_asked(question)
        quote = question.quote if effect.quoting else None
        if quote is not None:
            self._show(quote)
        self._parts.screen.asked(effect.question + 1, len(self._agenda.questions), words)
        if question.menu and not effect.gentler:
            self._parts.screen.offered([say for _, say in question.menu])
        quoted = self._quoted(quote) if quote is not None else ()
        if question.private:
            self._parts.screen.note(phrases.PRIVATE)
        spoken = self._spoken(question, gentler=effect.gentler)
        self._say(*quoted, *spoken, pace=effect.pace, is_safe=is_safe)

    def invite(self, question: int, number: int, is_safe: "Future[bool] | None") -> None:
        """Ask for more of the answer just given."""
        words = phrases.invitation(number)
        self._parts.screen.asked(question + 1, len(self._agenda.questions), words)
        self._say(words, is_safe=is_safe)

    def ahead(self, question: int, pace: float) -> None:
        """Render the question after this one while somebody answers."""
        if question + 1 < len(self._agenda.questions):
            for breath in self._agenda.questions[question + 1].spoken(gentler=False):
                self._speaker.prefetch(breath, pace)

    def repeat(self, effect: Repeat) -> None:
        """Say a question once more."""
        question = self._agenda.questions[effect.question]
        self._say(*self._spoken(question, gentler=effect.gentler), pace=effect.pace)

    def invite_again(self, number: int) -> None:
        """Say an invitation once more."""
        self._say(phrases.invitation(number))

    def tone(self, tone: Tone) -> None:
        """Sound a tone."""
        self._speaker.say(clip_of(tone))

    def put(self, choice: Choice) -> None:
        """Put a choice about the session."""
        words = phrases.CHOICES[choice]
        self._parts.screen.put(words, [say for _, say in phrases.OPTIONS[choice]])
        self._say(words)

    def reply_to(self, choice: Choice) -> str:
        """What a recording is called that replies to a choice: `deck/reply-fate`."""
        return f"{self._plan.deck.name}/{REPLY}{choice.name.lower()}"

    def ask_back(self, question: int, option: int) -> None:
        """Repeat a choice that was heard as a question."""
        menu = self._agenda.questions[question].menu
        self._say(pick_asked_back(menu, menu_of(menu, option)))

    def put_in(self, insertion: Insertion) -> None:  # noqa: C901 - one case an insertion
        """Say or sound something while an answer goes on."""
        match insertion:
            case Insertion.LISTENING:
                self._speaker.say(clip_of(Tone.LISTENING))
            case Insertion.MOVING_ON:
                self._speaker.say(clip_of(Tone.MOVING_ON))
            case Insertion.TAKE_YOUR_TIME:
                self._speaker.say(phrases.TAKE_YOUR_TIME)
            case Insertion.OWN_WAY:
                self._say(phrases.OWN_WAY)
            case Insertion.HOW_LONG:
                self._say(phrases.how_long(self._plan.deck.minutes))
            case Insertion.INTRODUCTION:
                self.show_commands()
                self._say(*self._introduction())
            case Insertion.YES_OR_NO:
                self._say(phrases.YES_OR_NO)
            case Insertion.TURN_OVER:
                self._parts.screen.note(TURN_OVER)
                self._speaker.say(TURN_OVER)

    def tell_help_lines(self) -> None:
        """Show whom to call; hands-free, say it. Where no country is known, that is asked."""
        if self.country.is_wanted:
            self.country.ask()
            return
        for line in phrases.help_lines_shown(self.country.lines):
            self._parts.screen.note(line)
        if self._parts.hands_free:
            self._say(*phrases.help_lines_told(self.country.lines))

    def show_quote(self, question: int, *, aloud: bool) -> None:
        """Show the earlier answer that a question speaks of; `aloud`, let it be heard too."""
        quote = self._agenda.questions[question].quote
        if quote is None:
            return
        self._show(quote)
        if aloud:
            own = (Private(quote.words),) if quote.typed else self._own_voice(quote)
            self._say(_introduced(quote), *own)

    def mirror(self, answer: Answer) -> None:
        """Hold up a sentence that blames, if the person wants that and the deck allows it."""
        questions = self._agenda.questions
        allowed = any(each.prompt == answer.prompt and each.mirror for each in questions)
        if self._parts.mirror and allowed:
            for line in phrases.mirror_lines(mirrored(answer.text)):
                self._parts.screen.note(line)

    def tell(self, line: str) -> None:
        """Say a line that nobody replies to."""
        self._speaker.say(line)

    def lead(self, line: str) -> None:
        """Say a line before whatever is asked next."""
        self._leads = (*self._leads, line)

    def read_back(self, said: Sequence[Part]) -> None:
        """Let an answer be heard again."""
        self._say(*said)

    def farewell(self, line: str, *, saved: bool) -> None:
        """Say how it ended, after the tone if something is saved."""
        self._speaker.say(*([self._saved_tone] if saved else []), line)

    @cached_property
    def _saved_tone(self) -> Clip:
        return clip_of(Tone.SAVED)

    def _spoken(self, question: Question, *, gentler: bool) -> Iterator[Part]:
        """Give a question as it is said; gentler words have no menu."""
        yield from self._in_breaths(question.spoken(gentler=gentler))
        yield from () if gentler else _menu_said(question)

    def _in_breaths(self, breaths: Sequence[str]) -> Iterator[Part]:
        """Give words with a stillness after each breath but the last."""
        still_s = STILL_RESTS * self._parts.pause_s
        for before, breath in enumerate(breaths):
            if before and still_s:
                yield silence(still_s)
            yield breath

    def _say(self, *parts: Part, pace: float = 1.0, is_safe: "Future[bool] | None" = None) -> None:
        """Say it; with closed eyes a tone before tells that all is saved, one after, to speak."""
        parts, self._leads = (*self._leads, *parts), ()
        if not (self._parts.hands_free or self._parts.quiet):
            self._speaker.say(*parts, pace=pace)
            return
        after = (is_safe, self._saved_tone) if is_safe and self._parts.hands_free else None
        self._speaker.say(*parts, clip_of(Tone.LISTENING), pace=pace, after=after)

    def _quoted(self, quote: Quote) -> Sequence[Part]:
        own = (Private(quote.words),) if quote.certain else self._own_voice(quote)
        return _introduced(quote), *own

    def _own_voice(self, quote: Quote) -> tuple[Clip, ...]:
        """The recording; nothing, and a line, where it cannot be read."""
        spoken = (quote.entry_id, quote.answer, quote.start_s, quote.end_s)
        try:
            return (stretch(self._parts.vault, *spoken),)
        except ReflectError as error:
            self._parts.screen.note(error.line)
            return ()

    def _show(self, quote: Quote) -> None:
        words = quote.words if quote.certain else phrases.NOT_CERTAIN
        self._parts.screen.quoted(_introduced(quote), words)


def _menu_said(question: Question) -> tuple[str, ...]:
    """Give its menu as it is said; where nothing told is kept, nobody is invited to tell."""
    said = spoken_menu(question.menu)
    return (*said[:-1], phrases.NOT_SAID) if said and question.private else said


def _introduced(quote: Quote) -> str:
    return phrases.said_on(quote.day, typed=quote.typed)
