"""Recordings: sound files that stand in for a microphone, or that are imported.

Knows folders and decoding; must not know what becomes of the sound. Which file
answers `deck/prompt`: inside `folder/deck` where that exists, else in `folder`,
the file named after the prompt; failing that, the next unused file in name
order, unless the folder goes by names: a folder named after the deck does, and
any folder does once one of its files was found by its name.
"""

import contextlib
import hashlib
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

import av
from av.audio.resampler import AudioResampler
from av.container import InputContainer

from voicereflect.errors import DeviceLost, RecordingUnreadable
from voicereflect.model import BYTES_PER_SAMPLE
from voicereflect.ports import Listener

BLOCK_S = 0.1
SUFFIXES = frozenset(
    {
        ".3gp",
        ".aac",
        ".aif",
        ".aiff",
        ".amr",
        ".caf",
        ".flac",
        ".m4a",
        ".m4b",
        ".mka",
        ".mp3",
        ".mp4",
        ".oga",
        ".ogg",
        ".opus",
        ".wav",
        ".webm",
        ".wma",
    }
)
_GUESS_THEIR_LENGTH = frozenset({"aac", "amr", "mp3"})
_WAIT_FOR_ROOM_S = 0.01
_HINT = (
    "Play it to see whether it is whole; ffmpeg can often mend it. Or take it out of the folder."
)


@contextlib.contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what PyAV raises into RecordingUnreadable, naming the file."""
    try:
        yield
    except (av.FFmpegError, OSError, ValueError, EOFError) as error:
        raise RecordingUnreadable(f"{path} cannot be decoded", hint=_HINT) from error


class Recordings:
    """A folder of sound files, heard one after another."""

    def __init__(self, folder: Path, name: str) -> None:
        """Remember the folder; nothing is read yet."""
        self._folder = folder
        self._name = name
        self._used: set[Path] = set()
        self._by_name: set[Path] = set()
        self._sound: Sound | None = None
        self._rate_hz = 0
        self._thread: threading.Thread | None = None
        self._stopped = threading.Event()

    @property
    def rate_hz(self) -> int:
        """The present file's own sample rate; known once prepared."""
        return self._rate_hz

    @property
    def overflows(self) -> int:
        """Blocks lost: none, a recording waits for room."""
        return 0

    @property
    def name(self) -> str:
        """What a person calls this source."""
        return self._name

    def prepare(self, prompt: str) -> bool:
        """Open the file that answers `prompt`; False when none is left for it.

        Raises:
            RecordingUnreadable: it cannot be decoded, or the folder holds no recording.
        """
        self.close()
        path = self._choose(prompt)
        if path is None:
            return False
        self._used.add(path)
        self._sound = Sound(path)
        self._rate_hz = self._sound.rate_hz
        return True

    def _choose(self, prompt: str) -> Path | None:
        deck, _, stem = prompt.partition("/")
        folder = self._folder / deck
        if folder.is_dir():
            self._by_name.add(folder)
        else:
            folder = self._folder
        files = _sound_files(folder)
        for file in files:
            if file.stem == stem:
                self._by_name.add(folder)
                return file
        if folder in self._by_name:
            return None
        return next((file for file in files if file not in self._used), None)

    def start(self, listener: Listener) -> None:
        """Hand over the prepared file's blocks from a thread, as fast as they are taken."""
        sound, self._sound = self._sound, None
        if sound is None:
            return
        self._stopped = threading.Event()
        self._thread = threading.Thread(
            target=_feed, args=(sound, listener, self._stopped), name="recording", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Stop hearing; no block is delivered after the return."""
        self._stopped.set()
        thread, self._thread = self._thread, None
        if thread is not None and thread is not threading.current_thread():
            thread.join()

    def close(self) -> None:
        """Let go of the file."""
        self.stop()
        sound, self._sound = self._sound, None
        if sound is not None:
            sound.close()


def _sound_files(folder: Path) -> list[Path]:
    """List a folder's recordings as a person would: `memo 2` before `memo 10`."""
    try:
        files = [
            file
            for file in folder.iterdir()
            if file.suffix.lower() in SUFFIXES and not file.name.startswith(".")
        ]
    except OSError as error:
        raise RecordingUnreadable(
            f"{folder} is no folder that can be read", hint="Name a folder of sound files."
        ) from error
    if not files:
        raise RecordingUnreadable(
            f"{folder} holds no recording",
            hint="Name a folder with sound files, for instance FLAC, WAV, MP3 or M4A.",
        )
    return sorted(files, key=_human_order)


def _human_order(file: Path) -> list[tuple[int, str]]:
    parts = re.findall(r"[0-9]+|[^0-9]+", file.name.casefold())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


def _feed(sound: "Sound", listener: Listener, stopped: threading.Event) -> None:
    problem: DeviceLost | None = None
    try:
        for block in sound.blocks():
            if stopped.is_set():
                return
            while not listener.heard(block):
                if stopped.wait(_WAIT_FOR_ROOM_S):
                    return
    except RecordingUnreadable as broken:
        problem = DeviceLost(
            f"{sound.path} is damaged and was heard only in part", hint=broken.hint
        )
    finally:
        sound.close()
    if not stopped.is_set():
        listener.ended(problem)


class Sound:
    """One file, decoded to mono at its own rate."""

    def __init__(self, path: Path) -> None:
        """Open it and decode a first piece, so that a file that is no sound shows at once."""
        self.path = path
        with translated(path):
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
        waiting = bytearray(self._first or b"")
        with translated(self.path):
            for piece in self._pieces:
                while len(waiting) >= size:
                    yield bytes(waiting[:size])
                    del waiting[:size]
                waiting += piece
        while waiting:
            yield bytes(waiting[:size])
            del waiting[:size]

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
        return None if length is None else length / av.time_base

    @property
    def claims_exactly(self) -> bool:
        """Whether that is more than a guess from the file's size."""
        return self._container.format.name not in _GUESS_THEIR_LENGTH

    def close(self) -> None:
        """Let go of the file."""
        self._container.close()


class RecordingFile:
    """A file that a person wants to import."""

    def __init__(self, path: Path) -> None:
        """Remember it; nothing is read yet."""
        self._path = path
        self.name = path.name

    def fingerprint(self) -> str:
        """The SHA-256 of the file's bytes.

        Raises:
            RecordingUnreadable: there is no such file.
        """
        if not self._path.is_file():
            what = "is a folder" if self._path.is_dir() else "is not there"
            raise RecordingUnreadable(f"{self._path} {what}", hint="Name sound files: FOLDER/*.")
        with translated(self._path), self._path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def modified_at(self) -> datetime:
        """When the file was last written, in this machine's zone."""
        with translated(self._path):
            return datetime.fromtimestamp(self._path.stat().st_mtime).astimezone()

    def open(self) -> AbstractContextManager[Sound]:
        """Open it to be decoded.

        Raises:
            RecordingUnreadable: there is no sound in it.
        """
        return contextlib.closing(Sound(self._path))
