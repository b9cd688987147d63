"""What may have been said: played, then taken or refused by a person; never shown as said."""

from voicereflect.core.entry.entries import answer_of, find_answer
from voicereflect.core.words import uncertain_segments
from voicereflect.core.words.uncertain_segments import UncertainSegment
from voicereflect.flows.library.transcripts.asking import LATER, PlayAndAsk
from voicereflect.flows.library.transcripts.word_times import newest_transcript, timed
from voicereflect.model import Entry
from voicereflect.ports.screen import FixScreen
from voicereflect.ports.vault import Vault

AROUND_S = 0.5
TAKE, REFUSE = "y", ("", "-")


class SegmentCheck:
    """Asks about one uncertain segment after the other."""

    def __init__(self, vault: Vault, screen: FixScreen, asking: PlayAndAsk) -> None:
        self._vault = vault
        self._screen = screen
        self._asking = asking

    def answer(self, entry_id: str, number: int) -> bool:
        """Go through one answer; False when the person stops."""
        entry = self._vault.load(entry_id)
        if find_answer(entry, number) is None:
            return True  # somebody took it out meanwhile
        newest = newest_transcript(self._vault, entry_id, number)
        for found in uncertain_segments.unchecked_segments(entry, number, newest):
            self._screen.uncertain_segment(number, found)
            begin_s, end_s = found.start_s - AROUND_S, found.end_s + AROUND_S
            self._asking.play(entry_id, number, begin_s, end_s)
            typed = self._asking.typed()
            self._asking.stop()
            if typed is None:
                return False
            if typed.lower() != LATER:
                self._save(entry_id, number, found, typed)
        return True

    def _save(self, entry_id: str, number: int, found: UncertainSegment, typed: str) -> None:
        def change(entry: Entry) -> Entry:
            if typed in REFUSE:
                return uncertain_segments.with_checked(entry, number, found)
            text = found.text if typed.lower() == TAKE else typed
            answer = answer_of(entry, number)
            words = timed(self._vault, entry, answer)
            return uncertain_segments.with_segment(entry, number, found, words, text=text)

        self._vault.update(entry_id, change)
