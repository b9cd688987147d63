"""A deck as it sounds: each sentence through the voice and back through the speech model.

Goes through whichever voice is chosen; what was heard of a sound once is kept, so
that only what is new, or spoken otherwise now, is listened to. Several sentences are
heard in one go, as in a sitting; one that does not come back whole is heard by itself.
"""

import queue
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Final, NamedTuple

from voicereflect.core.decks.aloud import HeardSentence, came_back
from voicereflect.errors import TranscriptionFailed
from voicereflect.model import Clip, Report, Span, WindowRead, WorkerLost
from voicereflect.ports.speech import HeardBefore, Transcriber
from voicereflect.ports.voice import Voice

LANGUAGE: Final = "en"
LONGEST_S: Final = 300.0
"""So long the model may take for what is heard in one go, on however busy a machine."""
TOGETHER_S: Final = 26.0
"""So much sound is heard in one go; the model reads thirty seconds at once, full or not."""
PAUSE_S: Final = 0.8


class SaidAloud(NamedTuple):
    """A sentence, its sound, and the name under which it is kept what was heard of it."""

    text: str
    clip: Clip
    digest: str
    heard: str | None
    """What was heard of it before; None where it is new."""


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
            waiting, seconds = list[SaidAloud](), 0.0
            for text in sentences:
                clip = self._voice.render(text, ahead=True)  # as long as a busy machine takes
                digest = self._digest(text, clip)
                one = SaidAloud(text, clip, digest, self._kept.find(digest))
                more = clip.duration_s + PAUSE_S if one.heard is None else 0.0
                if seconds + more > TOGETHER_S:
                    yield from self._heard(waiting)
                    waiting, seconds = [], 0.0
                waiting.append(one)
                seconds += more
            yield from self._heard(waiting)
        finally:
            if self._started:
                self._transcriber.close()

    def _digest(self, text: str, clip: Clip) -> str:
        told = f"{self._model}\0{clip.rate_hz}\0{text}\0".encode()
        return sha256(told + clip.pcm).hexdigest()

    def _heard(self, spoken: Sequence[SaidAloud]) -> Iterator[HeardSentence]:
        new = [each for each in spoken if each.heard is None]
        whole = dict(zip((each.digest for each in new), self._together(new), strict=True))
        for each in spoken:
            heard = each.heard
            if heard is None:
                alone = not whole[each.digest]
                heard = self._listen(each.clip.rate_hz, each.clip.pcm) if alone else each.text
                self._kept.keep(each.digest, heard)
            yield HeardSentence(said=each.text, heard=heard)

    def _together(self, new: Sequence[SaidAloud]) -> Sequence[bool]:
        """Tell of each whether it came back whole; of one alone that is not known yet."""
        if len(new) < 2:
            return [False] * len(new)
        rate_hz = new[0].clip.rate_hz
        pause = bytes(2 * int(PAUSE_S * rate_hz))
        heard = self._listen(rate_hz, pause.join(each.clip.pcm for each in new))
        return came_back([each.text for each in new], heard)

    def _listen(self, rate_hz: int, pcm: bytes) -> str:
        if not self._started:
            self._transcriber.start(self._reports.put)
            self._started = True
        number = self._transcriber.open(rate_hz, LANGUAGE, told=True)
        self._transcriber.feed(number, pcm)
        self._transcriber.window(number, Span(0, len(pcm) // 2), last=True)
        while True:
            try:
                report = self._reports.get(timeout=LONGEST_S)
            except queue.Empty as none:
                raise TranscriptionFailed(
                    "the speech model gives no answer", hint="Try again when less is going on."
                ) from none
            match report:
                case WindowRead(recording=read) if read == number:
                    return "".join(each.text for each in report.segments).strip()
                case WorkerLost(problem=problem):
                    raise problem or TranscriptionFailed(report.what, hint=report.hint)
                case _:
                    continue
