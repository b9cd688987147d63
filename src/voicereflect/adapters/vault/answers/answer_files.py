"""The files of one answer and what can be read from them, finished or not."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path

from voicereflect.adapters.vault.files import Files
from voicereflect.core.entry.page import transcript_lines
from voicereflect.core.entry.page.entry_text import decode
from voicereflect.core.entry.page.transcript_lines import Lines
from voicereflect.core.sound.blocks import equal_blocks
from voicereflect.errors import EntryNotFound, EntryUnreadable
from voicereflect.model import BYTES_PER_SAMPLE, TakeInfo
from voicereflect.ports.sound import Codec

_BLOCK_BYTES = 1 << 16
_OF_NOTHING_HZ = 48_000
"""The rate given for a take without a single sample."""


# of numbers that an answer can have: any other would make its entry unreadable
_UNFINISHED = re.compile(r"([1-9][0-9]{0,5})\.(?:take\.json|blocks)", re.ASCII)
_FINISHED = re.compile(r"([1-9][0-9]{0,5})\.flac", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFiles:
    """Names of the files of answer `number`."""

    entry_id: str
    folder: Path
    number: int

    @property
    def sound(self) -> Path:
        """The finished sound."""
        return self.folder / f"{self.number}.flac"

    @property
    def lines(self) -> Path:
        """What is known of the take, and the transcripts."""
        return self.folder / f"{self.number}.jsonl"

    @property
    def blocks(self) -> Path:
        """The sound while it is being recorded."""
        return self.folder / f"{self.number}.blocks"

    @property
    def take(self) -> Path:
        """What is known of the take while it is being recorded."""
        return self.folder / f"{self.number}.take.json"

    def present(self) -> list[Path]:
        """Those that exist."""
        return [p for p in (self.blocks, self.take, self.sound, self.lines) if p.exists()]

    @property
    def unfinished(self) -> bool:
        """Whether a take was begun and not finished."""
        return self.blocks.exists() or self.take.exists()


def is_of_a_take(name: str) -> bool:
    """Tell whether a file belongs to a take that was begun and not finished."""
    return _UNFINISHED.fullmatch(name) is not None


def takes_in(folder: Path) -> list[int]:
    """Number the takes of a folder that were begun and not finished."""
    found = (_UNFINISHED.fullmatch(path.name) for path in folder.iterdir())
    return sorted({int(each[1]) for each in found if each})


def sounds_in(folder: Path) -> dict[int, bool]:
    """Number the sounds of a folder; whether each take was finished."""
    finished = (_FINISHED.fullmatch(path.name) for path in folder.iterdir())
    whole = {int(each[1]): True for each in finished if each}
    return whole | dict.fromkeys(takes_in(folder), False)


def read_lines(files: Files, answer: AnswerFiles) -> Lines:
    """Read `N.jsonl`; no file is no lines."""
    if not answer.lines.exists():
        return Lines(take=None, transcripts=())
    where = str(answer.lines)
    return transcript_lines.read(decode(files.read(answer.lines), where), where)


def add_line(files: Files, answer: AnswerFiles, line: str) -> None:
    """Add a line to `N.jsonl`; call it inside the vault's lock."""
    # Torn bytes at the end may well be half a letter, so they are not decoded.
    old = files.read(answer.lines).decode("utf-8", "ignore") if answer.lines.exists() else ""
    files.save(answer.lines, transcript_lines.added(old, line).encode())


def read_info(files: Files, answer: AnswerFiles) -> TakeInfo:
    """Tell what is known of the sound; in an unfinished take, the samples on disk count.

    Raises:
        EntryNotFound: the answer has no sound.
        EntryUnreadable: it has, and its rate is told nowhere.
    """
    info = _noted(files, answer)
    if not answer.blocks.exists():
        if info is None:
            raise no_sound(answer)
        return info
    samples = sum(map(len, files.records(answer.blocks))) // BYTES_PER_SAMPLE
    if info is None:
        info = TakeInfo(rate_hz=_rate_of_others(files, answer) if samples else _OF_NOTHING_HZ)
    return replace(info, samples=samples)


def _noted(files: Files, answer: AnswerFiles) -> TakeInfo | None:
    if not answer.take.exists():
        return read_lines(files, answer).take
    where = str(answer.take)
    return transcript_lines.read_take(decode(files.read(answer.take), where), where)


def _rate_of_others(files: Files, answer: AnswerFiles) -> int:
    """The rate of the sitting's nearest answer, most likely from the same microphone."""
    for number in sorted(sounds_in(answer.folder), key=lambda each: abs(each - answer.number)):
        with suppress(EntryUnreadable):
            if info := _noted(files, replace(answer, number=number)):
                return info.rate_hz
    raise EntryUnreadable(
        f"{answer.blocks} has no {answer.take.name} beside it, which told its sample rate.",
        hint="The sound is safe. Put that file back, from a backup or by docs/formats.md, "
        "then `voicereflect recover`.",
    )


def read_sound(
    files: Files, answer: AnswerFiles, codec: Callable[[], Codec], *, start: int = 0
) -> Iterator[bytes]:
    """Give the samples; blocks go before FLAC, which is trusted once they are gone.

    Raises:
        EntryNotFound: the answer has no sound.
    """
    if answer.blocks.exists():
        return even_blocks(_without_first(files.records(answer.blocks), start * BYTES_PER_SAMPLE))
    if answer.sound.exists():
        return _decoded(files, answer, codec(), start=start)
    if read_info(files, answer).samples:
        raise no_sound(answer)
    return iter(())


def even_blocks(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Cut the same samples into blocks of one size, the last one shorter."""
    return equal_blocks(blocks, _BLOCK_BYTES)


def is_same_sound(files: Files, answer: AnswerFiles, codec: Codec) -> bool:
    """Tell whether the finished sound decodes to the very samples of the blocks."""
    recorded = even_blocks(files.records(answer.blocks))
    stored = even_blocks(_decoded(files, answer, codec))
    return all(left == right for left, right in zip_longest(recorded, stored))


def no_sound(answer: AnswerFiles) -> EntryNotFound:
    """Make the error for an answer without sound."""
    return EntryNotFound(
        f"{answer.entry_id} holds no sound for answer {answer.number}.",
        hint="See whether `trash/` has it, or a backup.",
    )


def _decoded(files: Files, answer: AnswerFiles, codec: Codec, *, start: int = 0) -> Iterator[bytes]:
    with files.reader(answer.sound) as source:
        yield from codec.decode(source, start)


def _without_first(blocks: Iterator[bytes], count: int) -> Iterator[bytes]:
    """Leave out the first `count` bytes."""
    for block in blocks:
        yield block[count:]
        count = max(0, count - len(block))
