"""The samples the worker still needs of one answer, at the model's rate.

Positions are samples of the take at its own rate; what lies before the last
window is dropped, so that two hours need no more memory than ten minutes.
"""

import av
import numpy as np
from numpy.typing import NDArray

from voicereflect.model import Span

MODEL_RATE_HZ = 16_000

Samples = NDArray[np.float32]
"""At the model's rate, from -1 to 1."""


def floats(pcm: NDArray[np.int16]) -> Samples:
    """Give 16-bit samples as the model wants them."""
    return pcm.astype(np.float32) / 32768.0


class SoundBuffer:
    """One answer's sound: grows at its end, and is dropped from its beginning."""

    def __init__(self, rate_hz: int) -> None:
        self.rate_hz = rate_hz
        self.samples = 0
        """How many samples of the take were heard."""
        self._kept = np.zeros(0, dtype=np.int16)
        self._new: list[NDArray[np.int16]] = []
        """Heard and not yet joined to the rest: joining at every block is quadratic."""
        self._offset = 0
        self._resampler = av.AudioResampler(format="s16", layout="mono", rate=MODEL_RATE_HZ)

    def feed(self, pcm: bytes) -> None:
        """Hear the next samples."""
        heard = np.frombuffer(pcm, dtype=np.int16)
        frame = av.AudioFrame.from_ndarray(heard.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = self.rate_hz
        for each in self._resampler.resample(frame):
            self._new.append(each.to_ndarray().reshape(-1).astype(np.int16, copy=False))
        self.samples += len(heard)

    def between(self, span: Span) -> Samples:
        """The samples of a span, as the model wants them."""
        return floats(self._of(span))

    def copied(self, span: Span) -> NDArray[np.int16]:
        """The same in 16 bits, which take half the memory, and independent of this buffer."""
        return self._of(span).copy()

    def forget(self, before: int) -> None:
        """Drop everything before a sample of the take."""
        self._join()
        drop = min(max(0, self._model_position(before) - self._offset), len(self._kept))
        self._kept = self._kept[drop:].copy()
        self._offset += drop

    def of_take(self, position: int) -> int:
        """A model-rate position as a sample of the take."""
        return position * self.rate_hz // MODEL_RATE_HZ

    def _of(self, span: Span) -> NDArray[np.int16]:
        self._join()
        start = max(0, self._model_position(span.start) - self._offset)
        end = max(0, self._model_position(span.end) - self._offset)
        return self._kept[start:end]

    def _join(self) -> None:
        self._kept = np.concatenate([self._kept, *self._new])
        self._new = []

    def _model_position(self, sample: int) -> int:
        return sample * MODEL_RATE_HZ // self.rate_hz
