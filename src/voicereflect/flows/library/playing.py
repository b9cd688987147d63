"""Hearing answers again: one's own voice from a word on, the words lit as they are spoken.

Sound goes to the loudspeaker a minute at a time, cut at pauses. The position is
the time since a piece began; a pause, a jump or another speed stops the piece
and plays the rest as a new one.
"""

import queue
from collections.abc import Callable
from dataclasses import dataclass

from voicereflect.core.entry.ids import short
from voicereflect.core.entry.refs import Reference
from voicereflect.core.words.comparing.alignment import TimedWord, playable_upto, word_at
from voicereflect.errors import DeviceError, EntryNotFound
from voicereflect.flows.library.transcripts.word_times import meant, timed, word_of
from voicereflect.model import BYTES_PER_SAMPLE, WRITTEN, Answer, Clip, Entry
from voicereflect.ports.screen import Keyboard, PlayingScreen
from voicereflect.ports.sound import Loudspeaker
from voicereflect.ports.vault import EntryReader

PIECE_LEAST_S = 40.0
PIECE_MOST_S = 60.0
BACK_S = 10.0
LEAD_S = 0.15
"""Before a word that one wants to hear: machine times are often a little late."""
LOOK_EVERY_S = 0.1
SPEEDS = (0.5, 0.7, 0.85, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayParts:
    """The outside world of a player."""

    vault: EntryReader
    loudspeaker: Loudspeaker
    keyboard: Keyboard
    screen: PlayingScreen
    at_speed: Callable[[Clip, float], Clip]
    monotonic_s: Callable[[], float]
    latency_s: float
    """From handing sound over to hearing it."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A piece is over; `piece` numbers them, so that the end of a stopped one is ignored."""

    piece: int
    problem: DeviceError | None


def stretch(vault: EntryReader, entry_id: str, number: int, begin_s: float, end_s: float) -> Clip:
    """Read a stretch of an answer's sound; only that is held in memory."""
    rate_hz = vault.take_info(entry_id, number).rate_hz
    first = max(0, round(begin_s * rate_hz))
    size = max(0, round(end_s * rate_hz) - first) * BYTES_PER_SAMPLE
    pcm = bytearray()
    for block in vault.sound(entry_id, number, start=first) if size else ():
        pcm += block
        if len(pcm) >= size:
            break
    return Clip(pcm=bytes(pcm[:size]), rate_hz=rate_hz)


class AnswerPlayer:
    """Plays the answers a reference means, one after the other."""

    def __init__(self, parts: PlayParts) -> None:
        self._parts = parts
        self._events: queue.SimpleQueue[str | Ended] = queue.SimpleQueue()
        self._speed = 1.0
        self._paused = False
        self._piece = 0
        self._begin_s = 0.0
        self._end_s = 0.0
        self._begun_at_s = 0.0
        self._word_s = 0.0
        """Where the word begins that one wanted to hear; what sounds before it is its lead."""

    def run(self, reference: str) -> Reference | None:
        """Play to the end, or until a person stops it; give where they did.

        Raises:
            EntryNotFound: no such entry, answer or word, or nothing of it has sound.
            NoLoudspeaker: there is nothing to play on.
            DeviceLost: it went away.
        """
        parts = self._parts
        found = meant(parts.vault, reference)
        entry, number = found.entry, found.answers[0].number if found.answers else 0
        answers = [answer for answer in found.answers if answer.duration_s > 0]
        if not answers:
            what = short(f"{entry.id}/{number}" if len(found.answers) == 1 else entry.id)
            if any(answer.how in WRITTEN for answer in found.answers):
                raise EntryNotFound(
                    f"There is no sound to play in {what}: it was written.",
                    hint=f"`voicereflect show {what}` shows it.",
                )
            raise EntryNotFound(
                f"There is no sound to play in {what}.",
                hint="`voicereflect list` shows what is there.",
            )
        begin_s = 0.0
        if found.word is not None:
            words = timed(parts.vault, entry, answers[0])
            self._word_s = word_of(words, number, found.word).start_s
            begin_s = max(0.0, self._word_s - LEAD_S)
        try:
            with parts.keyboard.listen(self._events.put):
                parts.screen.opened(entry)
                for answer in answers:
                    if stopped := self._play(entry, answer, begin_s):
                        return stopped
                    begin_s = self._word_s = 0.0
        finally:
            parts.loudspeaker.stop()
            parts.screen.close()
        return None

    def _play(self, entry: Entry, answer: Answer, begin_s: float) -> Reference | None:
        """Play one answer from a second on; give the word at which a person wants no more."""
        parts = self._parts
        words = timed(parts.vault, entry, answer)
        parts.screen.answer(answer, words)
        piece = _Pieces(parts.vault, entry.id, answer, words)
        self._begin(piece, begin_s)
        parts.screen.at(self._shown_s(), speed=self._speed, paused=False)
        while True:
            match self._next():
                case Ended(piece=number, problem=problem) if number == self._piece:
                    if problem is not None:
                        raise problem
                    if self._end_s >= answer.duration_s:
                        parts.screen.at(answer.duration_s, speed=self._speed, paused=False)
                        return None
                    self._begin(piece, self._end_s)
                case "s" | "q" | "interrupt":
                    word = max(word_at(words, self._shown_s()), 0) + 1
                    return Reference(entry=entry.id, answer=answer.number, word=word)
                case str() as key:
                    self._press(key, piece)
                case Ended() | None:
                    pass  # a piece that was stopped, or nothing for a while
            parts.screen.at(self._shown_s(), speed=self._speed, paused=self._paused)

    def _next(self) -> str | Ended | None:
        try:
            return self._events.get(timeout=LOOK_EVERY_S)
        except queue.Empty:
            return None

    def _press(self, key: str, pieces: "_Pieces") -> None:
        at_s = self._at_s()
        if key == "space":
            self._paused = not self._paused
        elif key in ("left", "b"):
            at_s, self._word_s = max(0.0, at_s - BACK_S), 0.0
        elif key in ("+", "-"):
            faster = SPEEDS.index(self._speed) + (1 if key == "+" else -1)
            if not 0 <= faster < len(SPEEDS):
                return
            self._speed = SPEEDS[faster]
        else:
            return
        self._begin(pieces, at_s)

    def _at_s(self) -> float:
        """Where in the answer the playing is, by the clock."""
        if self._paused:
            return self._begin_s
        heard_s = self._parts.monotonic_s() - self._begun_at_s - self._parts.latency_s
        return min(self._end_s, self._begin_s + max(0.0, heard_s) * self._speed)

    def _shown_s(self) -> float:
        return max(self._at_s(), self._word_s)

    def _begin(self, pieces: "_Pieces", at_s: float) -> None:
        """Play from a second on, or stay there while paused."""
        self._piece += 1
        current = self._piece
        self._begin_s = at_s
        if self._paused:
            self._parts.loudspeaker.stop()
            return
        clip, self._end_s = pieces.from_(at_s)
        if not clip.samples:  # the sound is shorter than the entry says
            self._end_s = pieces.duration_s
            self._events.put(Ended(current, None))
            return
        self._parts.loudspeaker.play(
            self._parts.at_speed(clip, self._speed),
            lambda problem: self._events.put(Ended(current, problem)),
        )
        self._begun_at_s = self._parts.monotonic_s()


class _Pieces:
    """One answer's sound, a minute at a time."""

    def __init__(
        self, vault: EntryReader, entry_id: str, answer: Answer, words: tuple[TimedWord, ...]
    ) -> None:
        self._vault = vault
        self._entry_id = entry_id
        self._number = answer.number
        self._words = words
        self.duration_s = answer.duration_s

    def from_(self, begin_s: float) -> tuple[Clip, float]:
        """The piece that begins at a second, and where it ends."""
        if self.duration_s - begin_s <= PIECE_MOST_S:
            end_s = self.duration_s
        else:
            bounds = {"least_s": PIECE_LEAST_S, "most_s": PIECE_MOST_S}
            end_s = playable_upto(self._words, begin_s, **bounds)
        return stretch(self._vault, self._entry_id, self._number, begin_s, end_s), end_s
