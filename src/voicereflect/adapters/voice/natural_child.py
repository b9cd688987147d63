"""Texts in on stdin, their sound out on stdout, until the input ends; the only user of hibari.

Knows the engine's habits; must not know what is spoken or why. Run as
`python -m voicereflect.adapters.voice.natural_child`.
"""

import contextlib
import os
import queue
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, Final

from voicereflect.adapters.child import frames
from voicereflect.adapters.child.inside import begin
from voicereflect.adapters.voice.problems import RenderingFailed, VoiceFault

VOICE: Final = "heart"
"""The one voice inside the package; any other name would be fetched from the network."""
LEAST_S: Final = 0.02
"""Seconds of sound for each letter at speed 1: a third of the fastest speech."""
LOWEST: Final = 19
_QUIETEST: Final = 0.1
"""A word peaks at twice this; what the engine makes of mere punctuation stays below."""
_SILENT: Final = 0.001
_WORDS: Final = re.compile(r"(?<![\w.])(no|fig|Jan|Gen|Sun|Sat|Mar)\.(?!\w)")
"""Words and names among the engine's abbreviations."""
_MARGIN_S: Final = 0.05
"""What is left before and after a sentence; its softest sounds are in there."""
_BYTES_PER_SAMPLE: Final = 2

Requests = queue.SimpleQueue[frames.Message]
Answering = Callable[[frames.Message], bytes]


@contextlib.contextmanager
def translated(problem: VoiceFault) -> Iterator[None]:
    """Turn what hibari and its runtime raise into a problem the parent has a sentence for."""
    try:
        yield
    except (ImportError, OSError, RuntimeError, LookupError, TypeError, ValueError) as error:
        raise RenderingFailed(problem) from error


class HibariEngine:
    """One voice, loaded once."""

    def __init__(self) -> None:
        """Load it, and say a word that nobody hears: the first one takes longest.

        Raises:
            RenderingFailed: it is not installed, or damaged.
        """
        with translated(VoiceFault.NOT_INSTALLED):
            import hibari  # noqa: PLC0415 - stdout must be out of its reach before it loads
        with translated(VoiceFault.NATURAL_FAILED):
            self._speak: Any = hibari.Hibari(voice=VOICE)
            self._rate_hz = int(self._speak.sample_rate)
            self._speak("Ready.", seed=0)

    def render(self, text: str, *, speed: float, pause_s: float) -> tuple[dict[str, Any], bytes]:
        """Render a text with a pause between its sentences; the same text gives the same sound.

        The header tells the processor time it took, which another's load does not lengthen.

        Raises:
            RenderingFailed: nothing to hear, or much less than the text is long.
        """
        began_s = time.thread_time()
        with translated(VoiceFault.NATURAL_FAILED):
            # the seed is for its noise, which would differ each time
            rendered = self._speak.stream(with_words(text), speed=speed, seed=0)
            sentences = [self._without_ends(each) for each in rendered if len(each)]
            loudest = max((float(abs(each).max()) for each in sentences), default=0.0)
            samples = [(each.clip(-1.0, 1.0) * 32_767).astype("<i2") for each in sentences]
        spoken_s = sum(map(len, samples)) / self._rate_hz
        letters = sum(each.isalnum() for each in text)
        if not letters or loudest < _QUIETEST or spoken_s * speed < letters * LEAST_S:
            raise RenderingFailed(VoiceFault.NO_SOUND)
        pause = bytes(round(pause_s * self._rate_hz) * _BYTES_PER_SAMPLE)
        pcm = pause.join(each.tobytes() for each in samples)
        took_s = time.thread_time() - began_s
        return {"rate_hz": self._rate_hz, "took_s": took_s}, pcm

    def _without_ends(self, sentence: Any) -> Any:
        """Cut the half second of silence round a sentence: a pause is as long as it was asked."""
        loud = (abs(sentence) > _SILENT).nonzero()[0]
        if not len(loud):
            return sentence
        margin = round(_MARGIN_S * self._rate_hz)
        return sentence[max(0, int(loud[0]) - margin) : int(loud[-1]) + margin]

    def answer(self, request: frames.Message) -> bytes:
        """Do what is asked and frame the outcome, good or bad."""
        wanted, text = request
        pace = {"speed": float(wanted["speed"]), "pause_s": float(wanted["pause_s"])}
        try:
            return frames.encode(*self.render(text.decode(), **pace))
        except RenderingFailed as failure:
            return frames.encode({"problem": failure.problem.value})


def with_words(text: str) -> str:
    """Keep the engine from reading a word at a sentence's end as if it were cut short.

    To it "Say no." is "Say number", and "This is Jan." is "This is January".
    """
    return _WORDS.sub(r"\1 .", text)


def give_way() -> None:
    """Let whatever else runs go before this thread: the microphone, the speech worker."""
    if sys.platform == "linux":  # elsewhere it would slow the thread that is waited for, too
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), LOWEST)


def receive(now: Requests, ahead: Requests) -> None:
    """Take requests until the parent is gone, then leave at once, whatever is being done."""
    with contextlib.suppress(ValueError), open(0, "rb", buffering=0, closefd=False) as stdin:
        while message := frames.read(stdin):
            (ahead if message[0].get("ahead") else now).put(message)
    os._exit(0)


def serve(answer: Answering, requests: Requests, out: BinaryIO) -> None:
    """Answer one request after the other; the parent asks one at a time, and ends this."""
    while True:
        out.write(answer(requests.get()))
        out.flush()


def serve_ahead(answer: Answering, requests: Requests, out: BinaryIO) -> None:
    """The same for what nobody waits for yet."""
    give_way()
    serve(answer, requests, out)


def answering() -> Answering:
    """Load the engine; where that fails, every text is answered with the reason."""
    try:
        return HibariEngine().answer
    except RenderingFailed as failure:
        refusal = frames.encode({"problem": failure.problem.value})
        return lambda _: refusal


def main() -> None:
    """Shut the network, load, and serve."""
    out = begin()
    now: Requests = queue.SimpleQueue()
    ahead: Requests = queue.SimpleQueue()
    threading.Thread(target=receive, args=(now, ahead), daemon=True).start()
    answer = answering()
    threading.Thread(target=serve_ahead, args=(answer, ahead, out), daemon=True).start()
    serve(answer, now, out)


if __name__ == "__main__":
    main()
