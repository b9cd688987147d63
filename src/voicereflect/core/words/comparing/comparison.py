"""What differs between two texts, word by word; knows neither who wrote them nor a screen."""

from dataclasses import dataclass

from voicereflect.core.words.comparing.matching import opcodes


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch that both have, or that one has where the other has something else."""

    old: str
    new: str

    @property
    def is_same(self) -> bool:
        """Whether both have it, but for spaces."""
        return self.old == self.new


@dataclass(frozen=True, slots=True, kw_only=True)
class TextComparison:
    """Two texts of one answer."""

    entry: str
    answer: int
    old: str
    """What the older text is called."""
    new: str
    pieces: tuple[Piece, ...]

    @property
    def is_same(self) -> bool:
        """Whether they do not differ."""
        return all(piece.is_same for piece in self.pieces)


def differences(old: str, new: str) -> tuple[Piece, ...]:
    """Compare two texts word by word; joined, the pieces give either text, spaces aside."""
    before, after = old.split(), new.split()
    return tuple(
        Piece(old=" ".join(before[i1:i2]), new=" ".join(after[j1:j2]))
        for _, i1, i2, j1, j2 in opcodes(before, after)
    )
