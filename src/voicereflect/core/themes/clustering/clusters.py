"""What the clusterer keeps of themes, sentences and entries; knows vectors and places."""

from dataclasses import dataclass
from datetime import date

from voicereflect.core.themes.clustering.vectors import Vectors
from voicereflect.core.themes.names.phrases import NO_PHRASES, Phrases
from voicereflect.core.themes.passages import PassagePlace


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownExamples:
    """A known theme as the clusterer needs it."""

    key: str
    vectors: Vectors
    """Of its example sentences, one a row."""
    phrases: Phrases = NO_PHRASES
    """Words that say it whatever stands around them."""


@dataclass(slots=True)
class Centroid:
    """The sum of the vectors of a theme's latest sentences, and how many they are."""

    total: Vectors
    count: int = 0

    def add(self, vector: Vectors, *, remembers: int) -> None:
        """Add a sentence; once there are `remembers`, what was there before fades."""
        if self.count < remembers:
            self.total = self.total + vector
            self.count += 1
        else:
            self.total = self.total * (1 - 1 / self.count) + vector


@dataclass(frozen=True, slots=True)
class Unassigned:
    """A sentence without a theme so far."""

    place: PassagePlace
    name: str
    """`ENTRY/ANSWER:WORD`; the key of the theme it may begin."""
    said: str
    """A hash of its words: the same said twice counts once."""
    day: date
    vector: Vectors


@dataclass(frozen=True, slots=True)
class Added:
    """An entry that was added, and how many assignments were made then."""

    id: str
    digest: str
    """Of its passages: with another digest the entry has to be added anew."""
    at_once: int
    """Of passages of its own."""
    later: int
    """Of passages that were unassigned, made after those."""
