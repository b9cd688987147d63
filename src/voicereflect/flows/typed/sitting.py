"""A session whose answers are typed: the same questions, keys and care, and no sound at all.

Letters are text while an answer is open, and keys after ESC and wherever else nothing is typed.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Final

from voicereflect.core.session import effects, events, undo
from voicereflect.core.session.effects import Effect
from voicereflect.core.session.events import Event
from voicereflect.core.session.keys import WITHOUT_SOUND
from voicereflect.core.session.state import Phase, State
from voicereflect.core.typed.strokes import EditKey, Stroke, key_of
from voicereflect.flows.session.effects import EffectRunner
from voicereflect.flows.session.loop import Session
from voicereflect.flows.session.parts import Parts, Plan
from voicereflect.flows.session.queue import Inbox, Message, Rested, Stroked
from voicereflect.flows.typed.pad import Pad
from voicereflect.ports.screen import TypingScreen, Typist

DONE: Final = "enter"
SKIP: Final = "s"


class TypingRunner(EffectRunner):
    """Has answers typed where others are heard."""

    def __init__(self, parts: Parts, plan: Plan, inbox: Inbox, screen: TypingScreen) -> None:
        super().__init__(parts, plan, inbox)
        self.pad = Pad(self.writer, inbox, screen)

    def run(self, effect: Effect, state: State) -> Iterator[Event]:
        """Do one thing; `state` is the one after the event that wanted it."""
        match effect:
            case effects.Listen(number, at):
                gentler = at in state.asking.gentler
                self.pad.begin(self.agenda.answer(number, at, gentler=gentler))
            case effects.StopHearing():
                self.fail(self.pad.end())
            case effects.Acknowledge(feedback) if not self.pad.has_words:
                yield from super().run(effects.Acknowledge(undo.of_nothing(feedback)), state)
            case _:
                yield from super().run(effect, state)


class TypedSession(Session):
    """One sitting at a keyboard."""

    def __init__(self, parts: Parts, plan: Plan, typist: Typist, screen: TypingScreen) -> None:
        self._typist = typist
        self._screen = screen
        self._means_keys = False
        """Letters are keys for now, though an answer is open."""
        super().__init__(parts, plan)

    def _made_runner(self) -> EffectRunner:
        runner = TypingRunner(self._parts, self._plan, self._inbox, self._screen)
        self._pad = runner.pad
        return runner

    def _listening_to_keys(self) -> AbstractContextManager[None]:
        return self._typist.listen(lambda stroke: self._inbox.post(Stroked(stroke)))

    def _handle(self, message: Message) -> None:
        match message:
            case Stroked(stroke):
                self._stroked(stroke)
            case Rested():
                self._pad.keep()
            case events.Spoken() if self._puts_a_menu:
                pass  # whoever wants none of it begins to type with ENTER
            case _:
                super()._handle(message)

    @property
    def _puts_a_menu(self) -> bool:
        state = self._state
        is_menu = state.asking.menu and state.asking.at not in state.asking.gentler
        return state.phase is Phase.ASKING and bool(is_menu)

    def _stroked(self, stroke: Stroke) -> None:
        match stroke:
            case EditKey.INTERRUPT:
                self._step(events.Interrupted())
            case str() if self._runner.prompter.country.is_asking:
                for letter in stroke:
                    self._runner.prompter.country.press("enter" if letter == "\n" else letter)
            case EditKey.ESCAPE if self._pad.is_open:
                self._means_keys = not self._means_keys
                self._pad.show(keys=self._means_keys)
            case EditKey.DONE if self._pad.is_open:
                self._press(DONE if self._pad.has_words else SKIP)
            case _ if self._pad.is_open and not self._means_keys:
                self._pad.stroke(stroke)
            case _ if key_of(stroke) in WITHOUT_SOUND:
                self._press(key_of(stroke))
            case _:
                pass  # no key of a session without sound

    def _press(self, key: str) -> None:
        self._means_keys = False
        self._step(events.Pressed(key))
        if self._pad.is_open:
            self._pad.show(keys=False)
