"""From a sound file to its samples; knows PyAV, not what becomes of the sound."""

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import av
from av.audio.resampler import AudioResampler
from av.container import InputContainer

from voicereflect.adapters import regular
from voicereflect.adapters.recordings import riff
from voicereflect.core.sound.blocks import equal_blocks
from voicereflect.errors import RecordingUnreadable
from voicereflect.model import BYTES_PER_SAMPLE

BLOCK_S = 0.1
SHORTER_S = 2.0
"""A file that gives this much less than it promises is damaged."""
_GUESS_THEIR_LENGTH = frozenset({"aac", "amr", "mp2", "mp3"})
"""Containers, and codecs within a WAV file, that tell no length and are read to any end."""
HINT = "Play it to see whether it is whole; ffmpeg can often mend it. Or take it out of the folder."


@contextlib.contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what PyAV raises into RecordingUnreadable, naming the file."""
    try:
        yield
    except (av.FFmpegError, OSError, ValueError, EOFError) as error:
        raise RecordingUnreadable(f"{path} cannot be decoded", hint=HINT) from error


class DecodedFile:
    """One file, decoded to mono at its own rate."""

    def __init__(self, path: Path) -> None:
        """Open it and decode a first piece, so that a file that is no sound shows at once."""
        self.path = path
        self._damage: RecordingUnreadable | None = None
        with translated(path):
            regular.opened(path).close()
            self._container: InputContainer = av.open(str(path), metadata_errors="ignore")
        try:
            with translated(path):
                if not self._container.streams.audio:
                    raise ValueError("no sound in it")
                self.rate_hz = self._container.streams.audio[0].rate
                self._resampler = AudioResampler(format="s16", layout="mono", rate=self.rate_hz)
                self._pieces = self._decoded()
                self._first = next(self._pieces, None)
                if self._first is None:
                    raise ValueError("not one sample in it")
        except RecordingUnreadable:
            self.close()
            raise

    def blocks(self) -> Iterator[bytes]:
        """Give all samples in blocks of a tenth of a second.

        Raises:
            RecordingUnreadable: the rest of the file is damaged.
        """
        size = round(self.rate_hz * BLOCK_S) * BYTES_PER_SAMPLE
        given = 0
        for block in equal_blocks(self._undamaged(), size):
            yield block
            given += len(block)
        if self._damage is not None:
            raise self._damage
        length_s = given / BYTES_PER_SAMPLE / self.rate_hz
        if self._claims_exactly and (self.claimed_s or 0) - length_s > SHORTER_S:
            raise RecordingUnreadable(f"{self.path} ends before it should", hint=HINT)

    def _undamaged(self) -> Iterator[bytes]:
        """Give all pieces up to a damaged one; what was decoded before it is given first."""
        yield self._first or b""
        try:
            with translated(self.path):
                yield from self._pieces
        except RecordingUnreadable as error:
            self._damage = error

    def _decoded(self) -> Iterator[bytes]:
        for frame in self._container.decode(audio=0):
            yield from self._mono(frame)
        yield from self._mono(None)

    def _mono(self, frame: av.AudioFrame | None) -> Iterator[bytes]:
        for piece in self._resampler.resample(frame):
            yield bytes(piece.planes[0])[: piece.samples * BYTES_PER_SAMPLE]

    @property
    def tags(self) -> Mapping[str, str]:
        """What the file says of itself, such as when it was made."""
        return {**self._container.metadata, **self._container.streams.audio[0].metadata}

    @property
    def claimed_s(self) -> float | None:
        """The length the file claims, if it does."""
        length = self._container.duration
        with translated(self.path):
            written_s = riff.claimed_s(self.path)
        return written_s or (None if length is None else length / av.time_base)

    @property
    def _claims_exactly(self) -> bool:
        """Whether that is more than a guess from the file's size."""
        kind = self._container.format.name
        if kind == "wav":
            kind = self._container.streams.audio[0].codec_context.codec.canonical_name
        return kind not in _GUESS_THEIR_LENGTH

    def close(self) -> None:
        """Close the file."""
        self._container.close()
