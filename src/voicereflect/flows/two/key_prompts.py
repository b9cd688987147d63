"""Asking by key, before and after a sitting: a line is said and shown, and one key answers it.

Nothing of it is heard, and nothing is kept here.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from voicereflect.core.session import events
from voicereflect.core.session.keys import option_of
from voicereflect.core.session.offers import choice_offers
from voicereflect.flows.session.asking.speaker import PromptSpeaker
from voicereflect.flows.session.queue import Inbox, Message, Note
from voicereflect.ports.screen import Keyboard, Screen
from voicereflect.ports.sound import Loudspeaker
from voicereflect.ports.voice import Voice

OPEN: Final = 0
"""No choice was made."""


class Stopped(Exception):
    """Somebody wishes to stop; not for whoever reads errors."""


class Asker:
    """The product's side of a talk by keys."""

    def __init__(
        self,
        *,
        voice: Voice | None,
        second_voice: Voice | None = None,
        loudspeaker: Loudspeaker | None,
        keyboard: Keyboard,
        screen: Screen,
        attended: bool,
    ) -> None:
        self.inbox = Inbox()
        self.left: list[Message] = []
        """Messages that were no keys; for whoever waits for them."""
        self.screen = screen
        self.attended = attended
        self._keyboard = keyboard
        self.speaker = PromptSpeaker(voice, loudspeaker, self.inbox, second=second_voice)

    @contextmanager
    def opened(self) -> Iterator["Asker"]:
        """Listen to the keys while inside."""
        with self._keyboard.listen(lambda key: self.inbox.post(events.of_key(key))):
            try:
                yield self
            finally:
                self.speaker.close()
                self.screen.close()

    def choose(self, words: str, options: Sequence[str]) -> int:
        """Give the number of the choice made, from 1; `OPEN` for none, or where nobody is.

        Raises:
            Stopped: by Q or Ctrl-C.
        """
        self.screen.put(words, options)
        if self.attended:
            self.screen.keyed(choice_offers(len(options)))
        self.speaker.say(words)
        while True:
            match self.inbox.next():
                case events.Spoken(turn) if turn == self.speaker.turn and not self.attended:
                    return OPEN
                case events.Pressed(key) if key != "q":
                    option = option_of(key, len(options))
                    if option is not None:
                        self.speaker.hush()
                        return option
                    if key == "r":
                        self.speaker.say(words)
                case message:
                    self._look(message)

    def say(self, words: str) -> None:
        """Say and show something, and wait until it was heard or ENTER was pressed.

        Raises:
            Stopped: by Q or Ctrl-C.
        """
        if not words:
            return
        self.screen.note(words)
        self.speaker.say(words)
        self.wait(spoken=True)

    def wait(self, *, spoken: bool = False) -> None:
        """Wait for ENTER, or until what is being said was heard; nobody there is no waiting.

        Raises:
            Stopped: by Q or Ctrl-C.
        """
        while spoken or self.attended:
            match self.inbox.next():
                case events.Spoken(turn) if spoken and turn == self.speaker.turn:
                    return
                case events.Pressed("enter"):
                    self.speaker.hush()
                    return
                case message:
                    self._look(message)

    def _look(self, message: Message) -> None:
        match message:
            case Note(line):
                self.screen.note(line)
            case events.Interrupted() | events.Pressed("q"):
                raise Stopped
            case events.Pressed() | events.Spoken():
                pass
            case _:
                self.left.append(message)
