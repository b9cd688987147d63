"""A stretch of an answer is played, and a person types what they make of it."""

from collections.abc import Callable

from voicereflect.errors import ReflectError
from voicereflect.flows.library.playing import stretch
from voicereflect.ports.screen import FixScreen
from voicereflect.ports.sound import Loudspeaker
from voicereflect.ports.vault import EntryReader

AGAIN, LATER, STOP = "r", "n", "q"


class PlayAndAsk:
    """Plays one stretch after the other and reads what is typed about each."""

    def __init__(
        self,
        vault: EntryReader,
        loudspeaker: Loudspeaker,
        screen: FixScreen,
        typed_line: Callable[[], str | None],
    ) -> None:
        """Nothing is heard yet; `typed_line` gives None where nobody types any more."""
        self._vault = vault
        self._loudspeaker = loudspeaker
        self._screen = screen
        self._typed_line = typed_line
        self._again: Callable[[], None] = lambda: None
        self._can_play = True

    def play(self, entry_id: str, number: int, begin_s: float, end_s: float) -> None:
        """Begin to play; reading and typing need not wait. Without sound it goes on in text."""
        self._again = lambda: self.play(entry_id, number, begin_s, end_s)
        if not self._can_play:
            return
        try:
            clip = stretch(self._vault, entry_id, number, max(0.0, begin_s), end_s)
            if clip.samples:
                self._loudspeaker.play(clip, lambda _: None)  # R plays it again if it broke off
        except ReflectError as problem:
            self._can_play = False
            self._screen.note(f"{problem.sentence} Nothing can be heard; going on in text.")

    def typed(self) -> str | None:
        """Give what the person typed about the stretch, which R plays again; None for stop."""
        while True:
            self._screen.ask()
            line = self._typed_line()
            if line is None:
                self._screen.note("")  # nothing ended the line that was being typed
                return None
            said = line.strip()
            if said.lower() != AGAIN:
                return None if said.lower() == STOP else said
            self._again()

    def stop(self) -> None:
        self._loudspeaker.stop()
