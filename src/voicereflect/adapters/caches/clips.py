"""Rendered prompts kept on disk, so that a prompt asked before is spoken at once.

Knows file names and WAV; must not know which voice it stands in front of. For
shipped prompts only: a text that quotes the speaker goes to the bare voice.
"""

import contextlib
import hashlib
import io
import wave
from collections.abc import Iterator
from pathlib import Path

from voicereflect.adapters import regular
from voicereflect.adapters.caches.files import put
from voicereflect.model import BYTES_PER_SAMPLE, Clip
from voicereflect.ports.voice import Voice


@contextlib.contextmanager
def tolerated() -> Iterator[None]:
    """Ignore a cache that cannot be read or written: the voice then renders again."""
    with contextlib.suppress(OSError, EOFError, wave.Error):
        yield


class CachedVoice:
    """A voice that renders each text once."""

    def __init__(self, voice: Voice, folder: Path, key: str) -> None:
        """Keep clips in `folder`; `key` tells this voice and its settings from others."""
        self._voice = voice
        self._folder = folder
        self._key = key

    def render(
        self, text: str, *, pace: float = 1.0, private: bool = False, ahead: bool = False
    ) -> Clip:
        """Fetch the clip, or render and keep it; a private one is neither sought nor kept.

        Raises:
            VoiceError: it was not kept, and the voice cannot render it.
        """
        if private:
            return self._voice.render(text, pace=pace, private=True, ahead=ahead)
        path = self._folder / f"{self._name(text, pace)}.wav"
        with tolerated():
            clip = _decode(regular.read(path))
            if clip is not None:
                return clip
        clip = self._voice.render(text, pace=pace, ahead=ahead)
        with tolerated():
            put(path, _encode(clip))
        return clip

    def close(self) -> None:
        """Let go of the voice; what is kept stays."""
        self._voice.close()

    def _name(self, text: str, pace: float) -> str:
        # a NUL parts the fields, so that no two settings run together
        return hashlib.sha256(f"{self._key}\0{pace:.4f}\0{text}".encode()).hexdigest()


def _encode(clip: Clip) -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(BYTES_PER_SAMPLE)
        file.setframerate(clip.rate_hz)
        file.writeframes(clip.pcm)
    return buffer.getvalue()


def _decode(data: bytes) -> Clip | None:
    """Give the clip, or None where the file is not wholly what was written."""
    with wave.open(io.BytesIO(data)) as file:
        promised = file.getnframes()
        if (
            (file.getnchannels(), file.getsampwidth()) != (1, BYTES_PER_SAMPLE)
            or not promised
            or not file.getframerate()
        ):
            return None
        clip = Clip(pcm=file.readframes(promised), rate_hz=file.getframerate())
    return clip if clip.samples == promised else None
