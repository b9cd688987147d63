"""Sound in and out: loudspeaker, recorder, recordings in files, and how sound is packed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime
    from typing import BinaryIO

    from voicereflect.core.journals.values import ForeignText
    from voicereflect.errors import DeviceError
    from voicereflect.model import Clip


class Loudspeaker(Protocol):
    """Plays clips, one at a time."""

    def play(self, clip: Clip, ended: Callable[[DeviceError | None], None]) -> None:
        """Begin to play and return at once; a clip that still plays is stopped first.

        `ended` is called once, from another thread: all was heard, `stop`, or the device failed.

        Raises:
            NoLoudspeaker: the device cannot be opened.
        """

    def stop(self) -> None:
        """Fall silent now; safe when nothing plays, and from within `ended`."""


class Listener(Protocol):
    """Where a recorder puts what it hears; called from the recorder's thread."""

    def heard(self, pcm: bytes) -> bool:
        """Take one block, under a second long; never blocks.

        False means that there was no room and the block was not taken: a
        device counts an overflow, a recording waits and offers it again.
        """

    def ended(self, problem: DeviceError | None) -> None:
        """The sound is over by itself: a recording's end, or a lost device."""


class Recorder(Protocol):
    """A microphone, or recordings that stand in for one."""

    @property
    def rate_hz(self) -> int:
        """Sample rate of the blocks; known once prepared."""

    @property
    def overflows(self) -> int:
        """Blocks lost since `start`."""

    def more(self, prompt: str) -> bool:
        """Tell at once whether there is anything to hear for `prompt` (`deck/prompt`).

        Raises:
            RecordingUnreadable: the folder of recordings cannot be read.
        """

    def prepare(self, prompt: str) -> None:
        """Get ready to hear an answer to `prompt`; may take a tenth of a second.

        Raises:
            NoMicrophone: the device cannot be opened.
            RecordingUnreadable: the next recording cannot be decoded.
        """

    def use(self, name: str) -> None:
        """Hear another device from the next `prepare` or `start` on: one an error told of."""

    def start(self, listener: Listener) -> None:
        """Hear from this moment on; what came before is dropped."""

    def stop(self) -> None:
        """Stop hearing; no block is delivered after the return."""

    def close(self) -> None:
        """Let go of the device."""


class OpenRecording(Protocol):
    """A recording that is open to be read."""

    @property
    def rate_hz(self) -> int:
        """Its own sample rate."""

    @property
    def tags(self) -> Mapping[str, str]:
        """What the file says of itself."""

    @property
    def claimed_s(self) -> float | None:
        """The length it claims to have, if any."""

    @property
    def damage(self) -> str:
        """What could not be read, as the end of a sentence; known after the last block."""

    @property
    def remarks(self) -> Sequence[str]:
        """What else was left out or found, as sentences; known after the last block."""

    def blocks(self) -> Iterator[bytes]:
        """Its samples, past whatever is damaged; RecordingUnreadable where nothing helps."""


class RecordingFile(Protocol):
    """A file that may hold a recording."""

    @property
    def name(self) -> str:
        """Its name, without folders."""

    def fingerprint(self) -> str:
        """The SHA-256 of its bytes."""

    def modified_at(self) -> datetime:
        """When it was last written."""

    def open(self) -> AbstractContextManager[OpenRecording]:
        """Open it to be decoded."""

    def is_whole(self) -> bool:
        """Decode all of it to see whether anything is missing."""

    def written(self) -> ForeignText | None:
        """A transcript that lies beside it under the same name; None without one."""


class Codec(Protocol):
    """Turns samples into a compact file and back."""

    def encode(self, blocks: Iterator[bytes], target: BinaryIO, rate_hz: int) -> int:
        """Write blocks of whole samples; give the number of samples."""

    def decode(self, source: BinaryIO, start: int = 0) -> Iterator[bytes]:
        """Give the samples in blocks, from sample `start` on.

        Raises:
            RecordingUnreadable: damaged, or no sound file at all.
        """
