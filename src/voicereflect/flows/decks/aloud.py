"""A deck as it sounds: each sentence through the voice and back through the speech model.

Goes through whichever voice is chosen; what was heard of a sound once is kept, so
that only what is new, or spoken otherwise now, is listened to. A sentence is read as
live text is; one that does not come back whole is read again, as a whole answer is.
"""

import queue
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Final

from voicereflect.core.decks.aloud import HeardSentence
from voicereflect.errors import TranscriptionFailed
from voicereflect.model import Clip, Report, SegmentRead, Span, WindowRead, WorkerLost
from voicereflect.ports.speech import HeardBefore, Transcriber
from voicereflect.ports.voice import Voice

LANGUAGE: Final = "en"
LONGEST_S: Final = 300.0
"""So long the model may take for a sentence, on however busy a machine."""


class Aloud:
    """Says sentences and writes down what comes back."""

    def __init__(
        self, voice: Voice, transcriber: Transcriber, kept: HeardBefore, *, model: str
    ) -> None:
        """The model is loaded when the first sentence is new."""
        self._voice = voice
        self._transcriber = transcriber
        self._kept = kept
        self._model = model
        self._reports: queue.SimpleQueue[Report] = queue.SimpleQueue()
        self._started = False

    def hear(self, sentences: Iterable[str]) -> Iterator[HeardSentence]:
        """Give each sentence with what came back of it.

        Raises:
            VoiceError: the voice cannot say it.
            ModelError: the speech model is missing or damaged, or ended by itself.
        """
        try:
            for text in sentences:
                clip = self._voice.render(text, ahead=True)  # as long as a busy machine takes
                digest = self._digest(text, clip)
                heard = self._kept.find(digest)
                if heard is None:
                    heard = self._listen(text, clip)
                    self._kept.keep(digest, heard)
                yield HeardSentence(said=text, heard=heard)
        finally:
            if self._started:
                self._transcriber.close()

    def _digest(self, text: str, clip: Clip) -> str:
        told = f"{self._model}\0{clip.rate_hz}\0{text}\0".encode()
        return sha256(told + clip.pcm).hexdigest()

    def _listen(self, text: str, clip: Clip) -> str:
        if not self._started:
            self._transcriber.start(self._reports.put)
            self._started = True
        number, whole = (
            self._transcriber.open(clip.rate_hz, LANGUAGE, told=True),
            Span(0, clip.samples),
        )
        self._transcriber.feed(number, clip.pcm)
        self._transcriber.segment(number, whole)
        heard = self._read(number, SegmentRead)
        if HeardSentence(said=text, heard=heard).wrong:
            self._transcriber.window(number, whole, last=True)
            return self._read(number, WindowRead)
        self._transcriber.forget(number)
        return heard

    def _read(self, number: int, kind: type[SegmentRead | WindowRead]) -> str:
        """Wait for what was read of a recording in this way."""
        while True:
            try:
                report = self._reports.get(timeout=LONGEST_S)
            except queue.Empty as none:
                raise TranscriptionFailed(
                    "the speech model gives no answer", hint="Try again when less is going on."
                ) from none
            match report:
                case WorkerLost(problem=problem):
                    raise problem or TranscriptionFailed(report.what, hint=report.hint)
                case SegmentRead(recording=read, text=text) if read == number:
                    if kind is SegmentRead:
                        return text.strip()
                case WindowRead(recording=read, segments=segments) if read == number:
                    return "".join(each.text for each in segments).strip()
                case _:
                    continue
