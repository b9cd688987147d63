"""The final text beside the library's own, recording by recording: `python -m bench accuracy`.

Beside `WhisperModel.transcribe(file, beam_size=5, vad_filter=True,
condition_on_previous_text=False)`; the same model, language and threads.
"""

import functools
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench import product, speech_set

MORE_POINTS = 0.3


def main() -> None:
    """Print both, and the interval of the difference."""
    clips = tuple(speech_set.clips())
    if not clips:
        return
    ours = [each.text for each in product.transcripts(clips)]
    theirs = [_plainly(clip) for clip in clips]
    for kind in speech_set.ENGLISH:
        places = [at for at, clip in enumerate(clips) if clip.kind == kind]
        _print(kind, [clips[at].said for at in places], places, ours, theirs)
    said = [clip.said for clip in clips]
    _print("all", said, list(range(len(clips))), ours, theirs)
    counts = np.array(
        [
            (mine.all - plain.all, mine.words)
            for mine, plain in zip(_each(said, ours), _each(said, theirs), strict=True)
        ]
    )

    def points(drawn: NDArray[np.int64]) -> float:
        return float(100 * counts[drawn, 0].sum() / counts[drawn, 1].sum())

    low, high = speech_set.interval(points, len(clips))
    found = points(np.arange(len(clips)))
    kept = found <= MORE_POINTS or low <= 0 <= high
    print(
        f"difference {found:+.2f} points, 95 % interval {low:+.2f} to {high:+.2f}"
        f" over {len(clips)} recordings (promised at most {MORE_POINTS}, or an interval with 0):"
        f" {'kept' if kept else 'NOT KEPT'}"
    )


@functools.cache
def _library() -> Any:
    from faster_whisper import WhisperModel

    from voicereflect import wiring

    folder = wiring.settings().models_dir / "base"
    return WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=product.THREADS)


def _plainly(clip: speech_set.Clip) -> str:
    found, _ = _library().transcribe(
        clip.samples(),
        language="en",
        beam_size=5,
        vad_filter=True,
        condition_on_previous_text=False,
    )
    return "".join(segment.text for segment in found)


def _each(said: list[str], read: list[str]) -> list[speech_set.Errors]:
    return [speech_set.errors([a], [b]) for a, b in zip(said, read, strict=True)]


def _print(kind: str, said: list[str], places: list[int], *read: list[str]) -> None:
    for who, texts in zip(("voicereflect", "plain"), read, strict=True):
        found = speech_set.errors(said, [texts[at] for at in places])
        print(f"{kind:22} {who:13} {found}")
