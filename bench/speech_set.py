"""Real recordings and their words, which do not come with the project; scored as Whisper's are."""

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jiwer
import numpy as np
from numpy.typing import NDArray
from whisper_normalizer.english import EnglishTextNormalizer

SOUNDS = Path(
    os.environ.get("VOICEREFLECT_RECORDINGS", Path(__file__).parents[2] / "shared/speech")
)
ENGLISH = ("librispeech_test_other", "voice_notes", "spontaneous", "longform")
LONG = ("voice_notes", "longform")
RATE_HZ = 16_000
_normal = EnglishTextNormalizer()

Samples = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """One recording and what is said in it."""

    kind: str
    name: str
    said: str

    def samples(self) -> Samples:
        """The sound, as the model wants it."""
        from faster_whisper.audio import decode_audio

        heard: Samples = decode_audio(str(SOUNDS / self.kind / self.name), RATE_HZ)
        return heard


@dataclass(frozen=True, slots=True, kw_only=True)
class Errors:
    """What is wrong in some texts."""

    words: int
    dropped: int
    inserted: int
    replaced: int

    @property
    def all(self) -> int:
        """Every wrong word."""
        return self.dropped + self.inserted + self.replaced

    @property
    def percent(self) -> float:
        """Word error."""
        return 100 * self.all / max(1, self.words)

    def __str__(self) -> str:
        """For a line of a table."""
        return (
            f"{self.percent:5.2f} % of {self.words} words"
            f" ({self.dropped} dropped, {self.inserted} inserted, {self.replaced} replaced)"
        )


def clips(kinds: Sequence[str] = ENGLISH) -> list[Clip]:
    """All recordings of some kinds; none where the folder is not there, and it says so."""
    if not SOUNDS.is_dir():
        sys.stdout.write(f"Left out: there are no recordings of real people in {SOUNDS}.\n")
        return []
    found = []
    for kind in kinds:
        for row in (SOUNDS / kind / "refs.tsv").read_text("utf-8").splitlines():
            name, said, *_ = row.split("\t")
            found.append(Clip(kind=kind, name=name, said=said))
    return found


def plain(text: str) -> str:
    """Words for comparing."""
    return str(_normal(text))


def errors(said: Iterable[str], read: Iterable[str]) -> Errors:
    """Count what is wrong in texts, beside what was said."""
    references = [plain(each) for each in said]
    found: Any = jiwer.process_words(references, [plain(each) for each in read])
    return Errors(
        words=sum(len(each.split()) for each in references),
        dropped=found.deletions,
        inserted=found.insertions,
        replaced=found.substitutions,
    )


def interval(
    of: Callable[[NDArray[np.int64]], float], size: int, *, draws: int = 5000
) -> tuple[float, float]:
    """The middle 95 % of a figure, over bootstrap draws of so many things with places."""
    rng = np.random.default_rng(1)
    drawn = [of(rng.integers(0, size, size)) for _ in range(draws)]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return float(low), float(high)
