"""A yes to being recorded, said in one's own voice: heard, read, and only then kept.

Until it is a yes, what was said is in memory alone.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from voicereflect.core.session import duo, events
from voicereflect.flows.session.parts import FirstTake
from voicereflect.flows.session.queue import Ear, Heard, Message
from voicereflect.flows.session.recording.transcription import TranscriptionTracker
from voicereflect.flows.two.key_prompts import Asker, Stopped
from voicereflect.model import (
    BYTES_PER_SAMPLE,
    Answer,
    Report,
    Segment,
    TakeInfo,
    Transcript,
    samples_in,
)
from voicereflect.ports.sound import Recorder
from voicereflect.ports.speech import Transcriber

NUMBER = 1
QUIET_S = 0.5
RECORDING = "Recording. ENTER done · Q leaves"
LONGEST_BLOCKS = 1200
"""A minute: a yes is shorter, and what it is not is not gathered."""


class Agreeing:
    """Asks for a yes; has the recorder and the speech worker meanwhile."""

    def __init__(
        self,
        asker: Asker,
        recorder: Recorder,
        transcriber: Transcriber,
        *,
        language: str,
        now: Callable[[], datetime],
    ) -> None:
        self._asker = asker
        self._recorder = recorder
        self._transcriber = transcriber
        self._language = language
        self._say_yes = duo.SAY_YES
        self._heard: dict[int, tuple[bytes, ...]] = {}
        self._hearing = TranscriptionTracker(
            transcriber, now=now, sound=lambda n: iter(self._heard[n])
        )

    def hear(
        self, prompt: str, words: str, speaker: str, *, say_yes: str = duo.SAY_YES
    ) -> FirstTake | None:
        """Ask, and give the yes as it was said; None for anything else.

        Raises:
            Stopped: somebody wishes to stop.
            ReflectError: the microphone or the recording cannot be used.
        """
        said: FirstTake | None = None
        self._say_yes = say_yes
        self._transcriber.start(self._asker.inbox.post)
        try:
            said = self._asked(prompt, words, speaker)
        finally:
            self._transcriber.close()
            if said is None:
                self._recorder.close()  # the microphone is let go before anything else is said
        return said

    def _asked(self, prompt: str, words: str, speaker: str) -> FirstTake | None:
        asker = self._asker
        if asker.choose(words, duo.CONSENT_OPTIONS) != 1 and asker.attended:
            return None
        answer = Answer(number=NUMBER, speaker=speaker, prompt=prompt, asked=words)
        number = NUMBER
        while True:
            said = self._said(answer, number)
            if said is not None or not asker.attended:
                return said
            if asker.choose(duo.ONCE_MORE, duo.YES_OR_NO) != 1:
                return None
            number += 1

    def _said(self, answer: Answer, number: int) -> FirstTake | None:
        if not self._recorder.more(answer.prompt):
            return None
        if self._asker.attended:
            self._asker.say(self._say_yes)
        self._recorder.prepare(answer.prompt)
        blocks = self._heard[number] = self._blocks(number)
        info = TakeInfo(
            rate_hz=self._recorder.rate_hz,
            samples=sum(map(samples_in, blocks)),
            overflows=self._recorder.overflows,
        )
        transcript = self._read(number, blocks, info.rate_hz) if blocks else None
        # without a speech model the key that was pressed is the yes, and the voice is beside it
        unread = transcript is None and self._asker.attended and blocks
        if unread or (transcript and duo.says_yes(transcript.text, self._language)):
            return FirstTake(answer=answer, blocks=blocks, info=info, transcript=transcript)
        return None

    def _blocks(self, number: int) -> tuple[bytes, ...]:
        """Hear until a key or the end of a recording."""
        inbox, blocks = self._asker.inbox, list[bytes]()
        self._asker.screen.note(RECORDING)
        self._recorder.start(Ear(inbox, number))
        ended: Message | None = None
        while ended is None and len(blocks) < LONGEST_BLOCKS:
            ended = self._gathered(inbox.next(), blocks)
        self._recorder.stop()
        for message in inbox.rest():
            self._gathered(message, blocks)
        match ended:
            case events.SoundEnded(_, problem) if problem is not None:
                raise problem
            case events.Pressed("q") | events.Interrupted():
                raise Stopped
            case _:
                return tuple(blocks)

    def _gathered(self, message: Message, blocks: list[bytes]) -> Message | None:
        """Take sound in; give what ends the hearing."""
        match message:
            case Heard(_, pcm):
                blocks.append(pcm)
            case events.SoundEnded() | events.Interrupted() | events.Pressed("enter" | "q"):
                return message
            case _:
                self._asker.left.append(message)
        return None

    def _read(self, number: int, blocks: tuple[bytes, ...], rate_hz: int) -> Transcript | None:
        """Have it written down; None where nothing can be."""
        tracker = self._hearing
        tracker.begin(number, rate_hz, self._language)
        for pcm in (quiet := silence(rate_hz), *blocks, quiet):
            tracker.feed(number, pcm)
        tracker.end(number)
        while tracker.lost is None and number not in tracker.given_up():
            message = self._asker.left.pop(0) if self._asker.left else self._asker.inbox.next()
            if isinstance(message, events.Interrupted):
                raise Stopped
            if isinstance(message, Report):
                whole = tracker.apply(message)
                if whole is not None and whole[0] == number:
                    return earlier(whole[1], QUIET_S)
        return None


def silence(rate_hz: int) -> bytes:
    """What stands before and after a word as short as this one, or no detector finds it."""
    return bytes(int(QUIET_S * rate_hz) * BYTES_PER_SAMPLE)


def earlier(transcript: Transcript, seconds: float) -> Transcript:
    """Give a transcript with all its times so much earlier."""
    return replace(
        transcript,
        segments=tuple(_earlier(each, seconds) for each in transcript.segments),
        unsure=tuple(_earlier(each, seconds) for each in transcript.unsure),
    )


def _earlier(segment: Segment, seconds: float) -> Segment:
    words = tuple(
        replace(
            word,
            start_s=max(0.0, round(word.start_s - seconds, 3)),
            end_s=max(0.0, round(word.end_s - seconds, 3)),
        )
        for word in segment.words
    )
    return replace(segment, words=words)
