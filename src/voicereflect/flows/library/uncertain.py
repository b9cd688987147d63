"""What may have been said: offered to be heard, and taken or refused; never shown as said."""

from collections.abc import Callable

from voicereflect.core.words import uncertain
from voicereflect.core.words.uncertain import Stretch
from voicereflect.errors import DeviceError, ReflectError
from voicereflect.flows.library.playing import stretch
from voicereflect.flows.library.word_times import timed
from voicereflect.model import Answer, Entry
from voicereflect.ports.screen import FixScreen
from voicereflect.ports.sound import Loudspeaker
from voicereflect.ports.vault import EntryReader, Vault

AROUND_S = 0.5
AGAIN, LATER, STOP, TAKE, REFUSE = "r", "n", "q", "y", ("", "-")


def open_stretches(shelf: EntryReader, entry: Entry, answer: Answer) -> tuple[Stretch, ...]:
    """What may have been said in an answer and nobody has weighed."""
    transcripts = shelf.transcripts(entry.id, answer.number)
    return uncertain.stretches(entry, answer.number, transcripts[-1] if transcripts else None)


class Weighing:
    """Asks about one stretch after the other."""

    def __init__(
        self,
        vault: Vault,
        loudspeaker: Loudspeaker,
        screen: FixScreen,
        typed_line: Callable[[], str | None],
    ) -> None:
        """Nothing is asked yet."""
        self._vault = vault
        self._loudspeaker = loudspeaker
        self._screen = screen
        self._typed_line = typed_line

    def answer(self, entry_id: str, number: int) -> bool:
        """Go through one answer; False when the person stops."""
        entry = self._vault.load(entry_id)
        answer = next((each for each in entry.answers if each.number == number), None)
        for found in open_stretches(self._vault, entry, answer) if answer else ():
            self._screen.perhaps(number, found)
            typed = self._ask(entry_id, number, found)
            self._loudspeaker.stop()
            if typed is None:
                return False
            if typed.lower() != LATER:
                self._settle(entry_id, number, found, typed)
        return True

    def _ask(self, entry_id: str, number: int, found: Stretch) -> str | None:
        """What the person typed about a stretch; None for stop."""
        while True:
            self._play(entry_id, number, found)
            self._screen.ask()
            typed = self._typed_line()
            if typed is None or typed.strip().lower() == STOP:
                return None
            if typed.strip().lower() != AGAIN:
                return typed.strip()

    def _play(self, entry_id: str, number: int, found: Stretch) -> None:
        begin_s = max(0.0, found.start_s - AROUND_S)
        try:
            clip = stretch(self._vault, entry_id, number, begin_s, found.end_s + AROUND_S)
            if clip.samples:
                self._loudspeaker.play(clip, _heard)
        except ReflectError as problem:
            self._screen.note(f"{problem.sentence} Nothing can be heard.")

    def _settle(self, entry_id: str, number: int, found: Stretch, typed: str) -> None:
        def change(entry: Entry) -> Entry:
            if typed in REFUSE:
                return uncertain.with_weighed(entry, number, found)
            text = found.text if typed.lower() == TAKE else typed
            answer = next(each for each in entry.answers if each.number == number)
            words = timed(self._vault, entry, answer)
            return uncertain.with_taken(entry, number, found, words, text=text)

        self._vault.update(entry_id, change)


def _heard(_problem: DeviceError | None) -> None:
    """A stretch that breaks off is played again with R; there is nothing to wait for."""
