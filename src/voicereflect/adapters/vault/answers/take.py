"""An answer's sound while it is being recorded: blocks first, FLAC when it is over."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from voicereflect.adapters.vault.answers.answer_files import (
    AnswerFiles,
    add_line,
    even_blocks,
    is_same_sound,
    read_info,
    read_lines,
)
from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.locks import Saving
from voicereflect.core.entry.page.transcript_lines import take_line
from voicereflect.errors import EntryUnreadable, RecordingUnreadable, VaultUnwritable
from voicereflect.model import BYTES_PER_SAMPLE, TakeInfo
from voicereflect.ports.sound import Codec

_TORN_S: Final = 2
"""Blocks are shorter than a second: behind the last one a kill leaves less than this."""


class FolderTake:
    """A take in an entry's folder; every sample is in a file from the moment it is appended."""

    def __init__(
        self,
        files: Files,
        answer: AnswerFiles,
        *,
        codec: Callable[[], Codec],
        saving: Saving,
        trash: Callable[[AnswerFiles, str], None],
    ) -> None:
        self._files = files
        self._answer = answer
        self._codec = codec
        self._saving = saving
        self._trash = trash

    def begin(self, info: TakeInfo) -> None:
        """Make its files, so that from here on no move of the vault costs a block."""
        self.note(info)
        self._files.grow(self._answer.blocks)

    def append(self, pcm: bytes) -> None:
        self._files.append(self._answer.blocks, pcm)

    def sync(self) -> None:
        if self._files.grows(self._answer.blocks):
            self._files.sync(self._answer.blocks)

    def note(self, info: TakeInfo) -> None:
        self._files.save(self._answer.take, take_line(info).encode())

    def finish(self) -> TakeInfo:
        """Turn blocks into FLAC, compare, keep what is known, then drop the blocks.

        After a power cut at any step, the whole may be done again.
        """
        self._files.expect()
        kept = read_lines(self._files, self._answer).take
        if kept is not None and not self._answer.blocks.exists():
            info = kept
        elif kept is None and self._answer.sound.exists() and not self._answer.unfinished:
            raise EntryUnreadable(
                f"{self._answer.sound} has no {self._answer.lines.name} beside it.",
                hint="The sound is safe. Put that file back, from a backup; or move the sound out "
                "and take it in with `voicereflect import`.",
            )
        else:
            info = self._encoded()
            with self._saving():
                add_line(self._files, self._answer, take_line(info))
        self._drop_blocks(info.rate_hz)
        self._files.remove(self._answer.take)
        return info

    def _drop_blocks(self, rate_hz: int) -> None:
        """Remove the blocks; where more of them is torn than a kill tears, they are kept beside."""
        blocks = self._answer.blocks
        if blocks.exists() and self._files.rest(blocks) > _TORN_S * rate_hz * BYTES_PER_SAMPLE:
            self._files.move(blocks, self._files.free_place(blocks.parent, f"{blocks.name}-torn"))
        self._files.remove(blocks)

    def discard(self, reason: str) -> None:
        with self._saving():
            self._trash(self._answer, reason)

    def _encoded(self) -> TakeInfo:
        info = read_info(self._files, self._answer)
        if not info.samples or not self._answer.blocks.exists():
            return replace(info, samples=0)
        self.sync()
        codec = self._codec()
        blocks = even_blocks(self._files.records(self._answer.blocks))
        with self._files.writer(self._answer.sound) as target:
            codec.encode(blocks, target, info.rate_hz)
        if not self._is_same(codec):
            self._files.remove(self._answer.sound)
            raise VaultUnwritable(
                f"{self._answer.sound} would not hold what was recorded.",
                hint="The recording is safe beside it, as blocks. "
                "Check the disk, then `voicereflect recover`.",
            )
        return info

    def _is_same(self, codec: Codec) -> bool:
        try:
            return is_same_sound(self._files, self._answer, codec)
        except RecordingUnreadable:
            return False
