"""Recorded prompts in a folder, found by the words that are said."""

import contextlib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Final

from voicereflect.adapters.recordings.containers import translated
from voicereflect.adapters.recordings.decoding import DecodedFile
from voicereflect.core.decks.recorded import digest_in, digest_of
from voicereflect.errors import RecordingUnreadable
from voicereflect.model import Clip

LONGEST_S: Final = 120.0
"""No prompt is longer; whatever else lies there is not taken into memory."""


class RecordedPrompts:
    """A pack: folders named for decks, in each a FLAC file for each wording."""

    def __init__(self, folder: Path) -> None:
        """Remember it; it is read when the first text is looked for."""
        self._folder = folder

    def clip(self, text: str) -> Clip | None:
        path = self._files.get(digest_of(text))
        if path is None:
            return None
        if not path.is_file():
            raise RecordingUnreadable(f"{path} is no plain file", hint="Replace it, or remove it.")
        with contextlib.closing(DecodedFile(path)) as file:
            pcm = bytearray()
            for block in file.blocks():
                pcm += block
                if len(pcm) > LONGEST_S * file.rate_hz * 2:
                    raise RecordingUnreadable(
                        f"{path} is longer than any prompt", hint="Replace it, or remove it."
                    )
            return Clip(pcm=bytes(pcm), rate_hz=file.rate_hz)

    @cached_property
    def _files(self) -> Mapping[str, Path]:
        """By digest; where several recordings have one text, the first by name is played."""
        if not self._folder.is_dir():
            return {}
        with translated(self._folder):
            found = sorted(self._folder.glob("*/*.flac"), reverse=True)
        named = ((digest_in(path.name), path) for path in found)
        return {digest: path for digest, path in named if digest is not None}
