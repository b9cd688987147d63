"""FLAC by libsndfile, in a stream of small blocks; the vault's only importer of soundfile."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from soundfile import LibsndfileError, SoundFile

from voicereflect.errors import RecordingUnreadable, VaultUnwritable
from voicereflect.model import samples_in

_SAMPLES_A_BLOCK = 1 << 15


class Flac:
    """Encodes and decodes mono 16-bit sound."""

    def encode(self, blocks: Iterator[bytes], target: BinaryIO, rate_hz: int) -> int:
        samples = 0
        with (
            _translated(encoding=True),
            _Carrier(target).carrying() as carrier,
            SoundFile(carrier, "w", rate_hz, channels=1, subtype="PCM_16", format="FLAC") as sound,
        ):
            for block in blocks:
                sound.buffer_write(block, dtype="int16")
                samples += samples_in(block)
                carrier.check()
        return samples

    def decode(self, source: BinaryIO, start: int = 0) -> Iterator[bytes]:
        with (
            _translated(encoding=False),
            _Carrier(source).carrying() as carrier,
            SoundFile(carrier) as sound,
        ):
            if start:
                sound.seek(min(start, sound.frames))
            while len(block := sound.buffer_read(_SAMPLES_A_BLOCK, dtype="int16")):
                carrier.check()
                yield bytes(block)


class _Carrier:
    """A file for libsndfile, whose callbacks cannot carry an exception: it is kept for later."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._problem: OSError | None = None

    @contextmanager
    def carrying(self) -> Iterator["_Carrier"]:
        yield self
        self.check()

    def check(self) -> None:
        if self._problem is not None:
            raise self._problem

    def seek(self, offset: int, whence: int = 0) -> int:
        try:
            return self._file.seek(offset, whence)
        except OSError as error:  # what was still to be written finds no room
            self._problem = self._problem or error
            return self._file.tell()

    def tell(self) -> int:
        return self._file.tell()

    def read(self, count: int) -> bytes:
        try:
            return self._file.read(count)
        except OSError as error:
            self._problem = self._problem or error
            return b""

    def write(self, data: bytes) -> int:
        # After an error it looks as if all went well, because libsndfile asserts that it did.
        if self._problem is None:
            try:
                self._file.write(data)
            except OSError as error:
                self._problem = error
        return len(data)


@contextmanager
def _translated(*, encoding: bool) -> Iterator[None]:
    try:
        yield
    except LibsndfileError as error:
        if encoding:
            raise VaultUnwritable(
                f"The sound cannot be written as FLAC: {error.error_string}",
                hint="It is kept as it was recorded; nothing is lost.",
            ) from error
        raise RecordingUnreadable(
            f"The sound cannot be decoded: {error.error_string}",
            hint="Take the file from a backup; the transcript and the text are unharmed.",
        ) from error
