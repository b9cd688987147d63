"""From a take's samples to its transcript: cuts, asks the worker, collects what it reads.

Lives in the session's thread; the worker's reports come through the inbox. Only
positions and words pass here, sound is handed on.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from voicereflect.core.sound.aside import without
from voicereflect.core.sound.endpoint import Cutter
from voicereflect.errors import ReflectError
from voicereflect.model import (
    Report,
    Segment,
    SegmentRead,
    Span,
    SpeechHeard,
    Transcript,
    WindowProgress,
    WindowRead,
    WorkerLost,
    WorkerReady,
    samples_in,
)
from voicereflect.ports.speech import Transcriber


@dataclass(slots=True, kw_only=True)
class Answered:
    """One answer on its way to text."""

    recording: int
    """As the transcriber calls its sound."""
    cutter: Cutter
    language: str
    told: bool = False
    """A person just said that this is the language."""
    fed: int = 0
    end: int | None = None
    """Length in samples, once the answer has ended."""
    read_upto: int = 0
    looked_upto: int = 0
    live: dict[int, str] = field(default_factory=dict)
    """Texts by their start: of live segments, and of the windows that replaced them."""
    left_out: list[Span] = field(default_factory=list)
    """Commands: heard and read, and no part of the answer."""
    segments: list[Segment] = field(default_factory=list)
    unsure: list[Segment] = field(default_factory=list)
    forgotten: bool = False
    """It goes to the trash as things stand, and is not read."""
    heard: str = ""
    """Another language that is clearly spoken."""
    voiced: bool = False
    whole_upto: int = 0
    """Up to here the texts are those of the whole-answer pass."""

    def put(self, span: Span, text: str) -> None:
        """Show a text in the place of what was read of its span before."""
        others = {at: each for at, each in self.live.items() if not span.start <= at < span.end}
        self.live = {**others, span.start: text}

    def restarted(self, recording: int) -> "Answered":
        """The same answer with nothing of it read yet, under another number of the transcriber."""
        return Answered(
            recording=recording,
            cutter=Cutter(rate_hz=self.cutter.rate_hz),
            language=self.language,
            told=self.told,
            fed=self.fed,
            end=self.end,
            left_out=self.left_out,
        )

    def put_whole(self, read: WindowRead) -> None:
        """Put a window's text in the place of the live segments in it."""
        answer = without(read.segments, self.left_out, self.cutter.rate_hz)
        self.put(read.span, "".join(segment.text for segment in answer))
        self.read_upto = self.whole_upto = read.span.end
        self.heard = self.heard or read.heard
        self.voiced = self.voiced or read.voiced


class TranscriptionTracker:
    """What is heard and not yet read, over all answers of a session."""

    def __init__(
        self,
        transcriber: Transcriber,
        *,
        now: Callable[[], datetime],
        sound: Callable[[int], Iterator[bytes]],
    ) -> None:
        """`sound` gives an answer's samples again, for a worker that was lost."""
        self._transcriber = transcriber
        self._now = now
        self._sound = sound
        self._answers: dict[int, Answered] = {}
        self._numbers: dict[int, int] = {}
        """Of the answers, by what the transcriber calls their sound."""
        self.lost: WorkerLost | None = None
        """Why nothing will be read any more, if so."""
        self._given_up: list[int] = []

    @property
    def progress_s(self) -> tuple[float, float]:
        """Seconds read and seconds heard, of the answers that still wait."""
        waiting = [each for each in self._answers.values() if not each.forgotten]
        read = sum(each.read_upto / each.cutter.rate_hz for each in waiting)
        return read, sum(each.fed / each.cutter.rate_hz for each in waiting)

    def begin(self, answer: int, rate_hz: int, language: str, *, told: bool = False) -> None:
        """An answer begins; `told`: a person just said that this is its language."""
        recording = self._open(answer, rate_hz, language, told=told)
        self._answers[answer] = Answered(
            recording=recording, cutter=Cutter(rate_hz=rate_hz), language=language, told=told
        )

    def feed(self, answer: int, pcm: bytes) -> None:
        """Its next samples, which are in the take already."""
        heard = self._answers.get(answer)
        if heard is not None:
            heard.fed += samples_in(pcm)
            if not heard.forgotten:
                self._transcriber.feed(heard.recording, pcm)

    def forget(self, answer: int) -> None:
        """Have no more of it read."""
        heard = self._answers.get(answer)
        if heard is not None and not heard.forgotten:
            heard.forgotten = True
            del self._numbers[heard.recording]
            self._transcriber.forget(heard.recording)

    def recall(self, answer: int) -> None:
        """Have it read after all, from its beginning."""
        heard = self._answers.get(answer)
        if heard is not None and heard.forgotten:
            self._read_anew(answer, heard)

    def leave_out(self, answer: int, span: Span) -> None:
        """Leave a stretch out of its text."""
        heard = self._answers.get(answer)
        if heard is not None:
            heard.left_out.append(span)
            heard.live = {
                start: text
                for start, text in heard.live.items()
                if not span.start <= start < span.end
            }

    def end(self, answer: int) -> None:
        """It has ended; the rest of its windows can be read."""
        heard = self._answers.get(answer)
        if heard is None:
            self._given_up.append(answer)
            return
        heard.end = heard.fed
        if not heard.forgotten:
            self._ask_for_rest(heard)

    def behind_s(self, answer: int) -> tuple[float, float]:
        """Seconds fed that the detector has not looked at, and seconds in windows not yet read."""
        heard = self._answers[answer]
        rate_hz = heard.cutter.rate_hz
        unread = heard.cutter.window_start - heard.read_upto
        return (heard.fed - heard.looked_upto) / rate_hz, max(0, unread) / rate_hz

    def live_text(self, answer: int) -> str:
        """What has been read so far of an answer still being worked on."""
        heard = self._answers.get(answer)
        return "".join(text for _, text in sorted(heard.live.items())).strip() if heard else ""

    def given_up(self) -> tuple[int, ...]:
        """Answers whose sound could not be read again; each is told once."""
        told, self._given_up = tuple(self._given_up), []
        return told

    def waiting(self) -> tuple[int, ...]:
        """Answers that have ended and have no transcript."""
        waiting = self._answers.items()
        return tuple(n for n, heard in waiting if heard.end is not None and not heard.forgotten)

    def apply(self, report: Report) -> tuple[int, Transcript] | None:
        """Take note of a report of the worker; give an answer's transcript once it is whole."""
        match report:
            case WorkerReady():
                pass
            case WorkerLost(restarting=True):
                self._give_again()
            case WorkerLost():
                self.lost = report
            case _:
                number = self.number_of(report)
                heard = self._answers.get(number) if number is not None else None
                return self._of_answer(heard, report) if heard else None
        return None

    def number_of(
        self, report: SpeechHeard | SegmentRead | WindowProgress | WindowRead
    ) -> int | None:
        """Which answer a report is about; None for a recording that others had opened."""
        return self._numbers.get(report.recording)

    def _of_answer(
        self, heard: Answered, report: SpeechHeard | SegmentRead | WindowProgress | WindowRead
    ) -> tuple[int, Transcript] | None:
        match report:
            case SpeechHeard():
                heard.looked_upto = report.upto
                if heard.end is None:
                    self._cut(heard, report)
            case SegmentRead(span=span, text=text):
                gone = any(each.start <= span.start < each.end for each in heard.left_out)
                if text and span.start >= heard.whole_upto and not gone:  # no words replace none
                    heard.put(span, text)
            case WindowProgress(upto=upto):
                heard.read_upto = upto
            case WindowRead():
                return self._window(heard, report)
        return None

    def _open(self, answer: int, rate_hz: int, language: str, *, told: bool) -> int:
        recording = self._transcriber.open(rate_hz, language, told=told)
        self._numbers[recording] = answer
        return recording

    def _cut(self, heard: Answered, report: SpeechHeard) -> None:
        cuts = heard.cutter.cut(report.spans, report.upto)
        heard.cutter = cuts.cutter
        for segment in cuts.segments:
            self._transcriber.segment(heard.recording, segment)
        for window in cuts.windows:
            self._transcriber.window(heard.recording, window, last=False)

    def _window(self, heard: Answered, report: WindowRead) -> tuple[int, Transcript] | None:
        heard.segments.extend(report.segments)
        heard.unsure.extend(report.unsure)
        heard.put_whole(report)
        if heard.end is None or report.span.end < heard.end:
            return None
        number = self._numbers[heard.recording]
        del self._answers[number]
        return number, Transcript(
            model=report.model,
            language=report.language,
            made_at=self._now(),
            segments=without(heard.segments, heard.left_out, heard.cutter.rate_hz),
            unsure=without(heard.unsure, heard.left_out, heard.cutter.rate_hz),
            language_probability=report.language_probability,
            heard=heard.heard,
            voiced=heard.voiced,
        )

    def _ask_for_rest(self, heard: Answered) -> None:
        self._transcriber.window(heard.recording, heard.cutter.rest(heard.fed), last=True)

    def _give_again(self) -> None:
        """Give a fresh worker everything the lost one had not finished."""
        for answer, heard in tuple(self._answers.items()):
            if not heard.forgotten:
                del self._numbers[heard.recording]
                self._read_anew(answer, heard)

    def _read_anew(self, answer: int, heard: Answered) -> None:
        recording = self._open(answer, heard.cutter.rate_hz, heard.language, told=heard.told)
        again = self._answers[answer] = heard.restarted(recording)
        try:
            for pcm in self._sound(answer):
                self._transcriber.feed(again.recording, pcm)
        except ReflectError:
            del self._answers[answer]
            self._given_up.append(answer)
            return
        if again.end is not None:
            self._ask_for_rest(again)
