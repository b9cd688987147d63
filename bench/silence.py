"""Nothing invented, nothing swallowed: noise, and speech made quiet: `python -m bench silence`.

Quiet speech is read by the product, and beside it without any voice detector.
"""

import functools
from typing import Any

import numpy as np

from bench import product, speech_set

QUIETER_DB = (30, 40)
MORE_LOST = 0.01
QUIET_KINDS = ("voice_notes", "spontaneous")


def main() -> None:
    """Print how many words noise gave, and how many quiet speech lost."""
    noise, quiet = speech_set.clips(("noise",)), speech_set.clips(QUIET_KINDS)
    if not noise:
        return
    reader = product.Reader()
    texts = [reader.read(clip.samples()) for clip in noise]
    said = sum(len(each.text.split()) for each in texts)
    unsure = sum(len(segment.text.split()) for each in texts for segment in each.unsure)
    print(f"{len(noise)} clips of noise: {said} words in the text (promised 0), {unsure} offered")
    for quieter_db in QUIETER_DB:
        sounds = [_quieter(clip, quieter_db) for clip in quiet]
        words = [clip.said for clip in quiet]
        ours = speech_set.errors(words, [reader.read(each).text for each in sounds])
        theirs = speech_set.errors(words, [_undetected(each) for each in sounds])
        more = (ours.dropped - theirs.dropped) / ours.words
        print(f"-{quieter_db} dB: {ours}")
        print(f"without a detector: {theirs}")
        print(f"more words lost: {more:+.1%} (promised at most {MORE_LOST:.0%})")
    reader.close()


def _quieter(clip: speech_set.Clip, by_db: int) -> speech_set.Samples:
    """As a microphone that is turned down would give it, in 16 bits."""
    samples = np.round(clip.samples() * 10 ** (-by_db / 20) * 32767) / 32767
    quiet: speech_set.Samples = samples.astype(np.float32)
    return quiet


@functools.cache
def _library() -> Any:
    from faster_whisper import WhisperModel

    from voicereflect import wiring

    folder = wiring.settings().models_dir / "base"
    return WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=product.THREADS)


def _undetected(samples: speech_set.Samples) -> str:
    found, _ = _library().transcribe(
        samples, language="en", beam_size=5, condition_on_previous_text=False
    )
    return "".join(segment.text for segment in found)
