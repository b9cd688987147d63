"""Hearing oneself on a theme: the date, then one's own voice, oldest to newest.

Knows ports and core. Only sentences whose words are the machine's own have times;
the others are named, and left out.
"""

import queue
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from voicereflect.core.entries import answer_of, is_persons
from voicereflect.core.themes.assembling import Sentence
from voicereflect.core.themes.passages import Passage
from voicereflect.errors import DeviceError, ReflectError
from voicereflect.model import BYTES_PER_SAMPLE, Clip, Entry, Span, TakeInfo, Transcript
from voicereflect.ports import Keyboard, Loudspeaker, Voice

BEFORE_S: Final = 0.15
AFTER_S: Final = 0.35
STOP: Final = frozenset({"q", "interrupt"})
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


class SoundShelf(Protocol):
    """The part of a vault that has sound."""

    def load(self, entry_id: str) -> Entry:
        """One entry."""

    def transcripts(self, entry_id: str, number: int) -> tuple[Transcript, ...]:
        """An answer's machine transcripts, oldest first."""

    def take_info(self, entry_id: str, number: int) -> TakeInfo:
        """What is known of an answer's sound."""

    def sound(self, entry_id: str, number: int) -> Iterator[bytes]:
        """An answer's samples in blocks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Player:
    """What hearing needs; without a voice the dates are only shown."""

    shelf: SoundShelf
    voice: Voice | None
    loudspeaker: Loudspeaker
    keyboard: Keyboard
    tell: Callable[[Sentence, bool], None]
    """Show what is about to be heard; False: it cannot be."""

    def play(self, sentences: Sequence[Sentence]) -> None:
        """Play one after the other; ENTER or SPACE skips, Q stops.

        Raises:
            NoLoudspeaker: the device cannot be opened.
        """
        events: queue.SimpleQueue[str | ReflectError] = queue.SimpleQueue()

        def ended(problem: DeviceError | None) -> None:
            events.put(problem or "ended")

        with self.keyboard.listen(events.put):
            for sentence in sentences:
                clip = clip_of(self.shelf, sentence)
                self.tell(sentence, clip is not None)
                if clip is not None and not self._heard(sentence, clip, events, ended):
                    return

    def _heard(
        self,
        sentence: Sentence,
        clip: Clip,
        events: "queue.SimpleQueue[str | ReflectError]",
        ended: Callable[[DeviceError | None], None],
    ) -> bool:
        """Play date and clip; False: the person had enough."""
        clips = [clip]
        if self.voice is not None:
            clips.insert(0, self.voice.render(spoken_date(sentence.day)))
        for each in clips:
            self.loudspeaker.play(each, ended)
            event = events.get()
            if isinstance(event, ReflectError):
                raise event
            if event != "ended":
                self.loudspeaker.stop()
                events.get()
                return event not in STOP
        return True


def spoken_date(day: date) -> str:
    """A date for the ear."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}."


def clip_of(shelf: SoundShelf, sentence: Sentence) -> Clip | None:
    """Cut a sentence out of its answer's sound; None where its place is not known."""
    answer = answer_of(shelf.load(sentence.entry), sentence.passage.answer)
    made = shelf.transcripts(sentence.entry, answer.number)
    if not made or is_persons(answer):
        return None
    times = times_of(made[-1], sentence.passage, answer.text)
    if times is None:
        return None
    rate_hz = shelf.take_info(sentence.entry, answer.number).rate_hz
    span = Span(
        max(0, round((times[0] - BEFORE_S) * rate_hz)), round((times[1] + AFTER_S) * rate_hz)
    )
    pcm = _cut(shelf.sound(sentence.entry, answer.number), span)
    return Clip(pcm=pcm, rate_hz=rate_hz) if pcm else None


def times_of(transcript: Transcript, passage: Passage, text: str) -> tuple[float, float] | None:
    """Seconds at which a passage begins and ends, where text and transcript agree."""
    starts: list[float] = []
    ends: list[float] = []
    for word in (word for segment in transcript.segments for word in segment.words):
        if word.text[:1].isspace() or not starts:
            starts.append(word.start_s)
            ends.append(word.end_s)
        else:
            ends[-1] = word.end_s
    last = passage.word + passage.words - 1
    if len(starts) != len(text.split()) or last > len(starts):
        return None
    return starts[passage.word - 1], ends[last - 1]


def _cut(blocks: Iterator[bytes], span: Span) -> bytes:
    """Take a stretch out of blocks, without holding the whole answer."""
    first, last = span.start * BYTES_PER_SAMPLE, span.end * BYTES_PER_SAMPLE
    at, kept = 0, bytearray()
    for block in blocks:
        kept += block[max(0, first - at) : max(0, last - at)]
        at += len(block)
        if at >= last:
            break
    return bytes(kept)
