"""Questions and turns where nobody agreed to be recorded.

It has nothing to hear with and nowhere to write to.
"""

from collections.abc import Callable, Sequence
from typing import Final

from voicereflect.core.session import duo, events
from voicereflect.flows.session.parts import Question
from voicereflect.flows.session.queue import Message, Note
from voicereflect.flows.two.key_prompts import Asker, Stopped

KEYS: Final = "ENTER next · SPACE pause · R ask again · G gentler · Q stop"
PAUSED: Final = "Paused. SPACE goes on."

Later = Callable[[float, Callable[[], None]], Callable[[], None]]
"""Do something after so many seconds; gives what calls it off."""


def run_unheard(asker: Asker, questions: Sequence[Question], later: Later) -> None:
    """Ask one question after the other; keys alone end a turn.

    Raises:
        Stopped: by Q or Ctrl-C.
    """
    if not asker.attended:
        return
    asker.screen.note(KEYS)
    for number, question in enumerate(questions, start=1):
        asker.screen.asked(number, len(questions), question.words)
        asker.speaker.say(question.words)
        _Turn(asker, question, later).run()


class _Turn:
    """One turn, from its question to ENTER."""

    def __init__(self, asker: Asker, question: Question, later: Later) -> None:
        self._asker = asker
        self._question = question
        self._later = later
        self._paused = False
        self._call_off: Callable[[], None] = self._begin()

    def run(self) -> None:
        try:
            while self._goes_on(self._asker.inbox.next()):
                pass
        finally:
            self._call_off()
            self._asker.speaker.hush()

    def _goes_on(self, message: Message) -> bool:
        match message:
            case events.Pressed("enter" | "s"):
                return False
            case events.Pressed("q") | events.Interrupted():
                raise Stopped
            case events.Pressed("space"):
                self._pause()
            case events.Pressed("r" | "g" as key):
                self._asker.speaker.say(self._question.said(gentler=key == "g"))
            case Note(line):
                self._asker.screen.note(line)
                if line == duo.TURN_OVER:
                    self._asker.speaker.say(line)
            case _:
                pass
        return True

    def _pause(self) -> None:
        self._call_off()
        self._paused = not self._paused
        self._asker.screen.note(PAUSED if self._paused else KEYS)
        if not self._paused:  # the turn has its whole time again: nobody loses by a pause
            self._call_off = self._begin()

    def _begin(self) -> Callable[[], None]:
        if not self._question.turn_s:
            return lambda: None  # there is nothing to call off
        over = Note(duo.TURN_OVER)
        return self._later(self._question.turn_s, lambda: self._asker.inbox.post(over))
