"""Recordings that stand in for a microphone: one sound file answers one prompt.

Knows folders; must not know what becomes of the sound. Which file
answers `deck/prompt`: inside `folder/deck` where that exists, else in `folder`,
the file named after the prompt; failing that, the next unused file in name
order, unless the folder goes by names: a folder named after the deck does, and
any folder does once one of its files was found by its name. Replies to choices
(`reply-fate`) are found by name alone.
"""

import functools
import re
import threading
from pathlib import Path

from voicereflect.adapters.recordings.containers import HINT, holds_sound
from voicereflect.adapters.recordings.decoding import DecodedFile
from voicereflect.core.sound.source import REPLY
from voicereflect.errors import DeviceLost, RecordingUnreadable
from voicereflect.ports.sound import Listener

_SUFFIXES = frozenset(
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
"""Of these even a broken one counts, so that it is told; any other file goes by its content."""
_WAIT_FOR_ROOM_S = 0.01


class Recordings:
    """A folder of sound files, heard one after another."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self.name = name
        """What a person calls this source."""
        self.rate_hz = 0
        """The present file's own sample rate; known once prepared."""
        self.overflows = 0
        """Blocks lost: none, a recording waits for room."""
        self._used: set[Path] = set()
        self._by_name: set[Path] = set()
        self._sound: DecodedFile | None = None
        self._path: Path | None = None
        self._thread: threading.Thread | None = None
        self._stopped = threading.Event()

    def check(self, deck: str) -> None:
        """See that there is something to hear, before anything is asked.

        Raises:
            RecordingUnreadable: no such folder, or it holds no recording.
        """
        folder = self._folder / deck
        _sound_files(folder if folder.is_dir() else self._folder)

    def more(self, prompt: str) -> bool:
        """Tell whether a file is left that answers `prompt`.

        Raises:
            RecordingUnreadable: the folder holds no recording.
        """
        return self._choose(prompt) is not None

    def prepare(self, prompt: str) -> None:
        """Open the file that answers `prompt`, if one is left.

        Raises:
            RecordingUnreadable: it cannot be decoded, or the folder holds no recording.
        """
        self.close()
        path = self._choose(prompt)
        if path is None:
            return
        self._used.add(path)
        self._path = path
        self._sound = DecodedFile(path)
        self.rate_hz = self._sound.rate_hz

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
        if folder in self._by_name or stem.startswith(REPLY):
            return None
        unused = (file for file in files if file not in self._used)
        return next((file for file in unused if not file.stem.startswith(REPLY)), None)

    def use(self, name: str) -> None:
        """There is no other device."""

    def start(self, listener: Listener) -> None:
        """Hand over the prepared file's blocks from a thread, as fast as they are taken.

        Without a `prepare` since the last start the same file is heard again.

        Raises:
            RecordingUnreadable: nothing was ever prepared.
        """
        sound, self._sound = self._sound, None
        if sound is None:
            if self._path is None:
                raise RecordingUnreadable("no recording was chosen", hint=HINT)
            sound = DecodedFile(self._path)
        self._stopped = threading.Event()
        self._thread = threading.Thread(
            target=_feed, args=(sound, listener, self._stopped), name="recording", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        thread, self._thread = self._thread, None
        if thread is not None and thread is not threading.current_thread():
            thread.join()

    def close(self) -> None:
        """Close the file."""
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
            if not file.name.startswith(".") and _is_recording(file)
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


def _is_recording(file: Path) -> bool:
    if file.suffix.lower() in _SUFFIXES:
        return True
    changed = file.stat()
    return file.is_file() and _by_content(file, changed.st_mtime_ns, changed.st_size)


@functools.lru_cache(maxsize=1024)
def _by_content(file: Path, _changed_ns: int, _size: int) -> bool:
    """Look into a file, once while it stays as it is."""
    return holds_sound(file)


def _human_order(file: Path) -> list[tuple[int, str]]:
    parts = re.findall(r"[0-9]+|[^0-9]+", file.name.casefold())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


def _feed(sound: "DecodedFile", listener: Listener, stopped: threading.Event) -> None:
    problem: DeviceLost | None = None
    try:
        for block in sound.blocks():
            if stopped.is_set():
                return
            while not listener.heard(block):
                if stopped.wait(_WAIT_FOR_ROOM_S):
                    return
        damaged = bool(sound.damage)
    except RecordingUnreadable:
        damaged = True
    finally:
        sound.close()
    if damaged:
        problem = DeviceLost(f"{sound.path} is damaged and was heard only in part", hint=HINT)
    if not stopped.is_set():
        listener.ended(problem)
