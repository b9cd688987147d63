"""What themes are made from: entries' passages through the index, and vectors, kept or made.

Knows ports and core; index, clusterer and vectors are caches and can be gone.
"""

import hashlib
from collections.abc import Sequence
from typing import Final

import numpy as np

from voicereflect.core.search import float16
from voicereflect.core.search.filters import WIDTH
from voicereflect.core.search.float16 import from_half
from voicereflect.core.themes.clustering.vectors import Vectors
from voicereflect.core.themes.passages import EntryPassages, PassagePlace, ThemePassage
from voicereflect.errors import VaultBusy
from voicereflect.ports.index import EntryIndex, Meaning
from voicereflect.ports.themes import ThemeCache


class ThemeReading:
    """Entries in the order of ids, with the vectors of their passages."""

    def __init__(
        self, index: EntryIndex, meaning: Meaning, cache: ThemeCache, secret: bytes
    ) -> None:
        """Only what is known without any words is read now."""
        self._secret = secret
        self._index = index
        self._meaning = meaning
        self._cache = cache
        self.heads: Final = index.theme_heads()
        self.ids: Final = tuple(each.id for each in self.heads)
        self.digests: Final = [
            hashed(secret, each.day.isoformat(), each.digest) for each in self.heads
        ]
        self._used: set[str] = set()
        self._last: EntryPassages | None = None

    def said_at(self, places: Sequence[PassagePlace]) -> Sequence[ThemePassage]:
        """Read the passages at these places."""
        return self._index.said_at([(self.heads[p.entry].key, p.passage) for p in places])

    def said_in(self, number: int) -> Sequence[ThemePassage]:
        """Read every passage of the entry at a place."""
        return self.entry(number).passages

    def entry(self, number: int) -> EntryPassages:
        """Read what can belong to a theme of the entry at a place."""
        head = self.heads[number]
        if self._last is None or self._last.id != head.id:  # often asked for twice in a row
            said = self._index.said_in(head.key)
            self._last = EntryPassages(id=head.id, day=head.day, deck=head.deck, passages=said)
        return self._last

    def of_entry(self, number: int) -> Vectors:
        """Give raw vectors, one for each passage of the entry at a place."""
        passages = self.entry(number).passages
        if not passages:
            return np.zeros((0, WIDTH), dtype=np.float32)
        half = self._index.vectors_of(self.heads[number].key, self._meaning.name)
        if half is None:  # edited this very moment; the next look keeps what is new
            return from_half(self._meaning.embed([each.text for each in passages]), WIDTH)
        return from_half(half, WIDTH)[[each.ordinal for each in passages]]

    def vectors_at(self, spots: Sequence[tuple[int, int]]) -> Vectors:
        """Give a raw vector for each spot: an entry's place, and a passage's `ordinal`.

        Raises:
            VaultBusy: somebody changed an entry since its head was read.
        """
        return np.stack([self._rows(number)[ordinal] for number, ordinal in spots])

    def _rows(self, number: int) -> Vectors:
        half = self._index.vectors_of(self.heads[number].key, self._meaning.name)
        if half is None:
            raise VaultBusy("Entries changed while they were being read.", hint="Ask again.")
        return from_half(half, WIDTH)

    def of_texts(self, texts: Sequence[str]) -> Vectors:
        """Give raw vectors of examples."""
        digest = self.use(texts)
        rows = self._cache.vectors(digest)
        if len(rows) != len(texts) * WIDTH * float16.BYTES:  # none, or damaged
            rows = self._meaning.embed(texts)
            self._cache.keep_vectors(digest, rows)
        return from_half(rows, WIDTH)

    def use(self, texts: Sequence[str]) -> str:
        """Note that examples are still needed; give what their vectors are kept under."""
        digest = hashed(self._secret, self._meaning.name, *texts)
        self._used.add(digest)
        return digest

    def forget_unused(self) -> None:
        """Let go of the vectors of examples that nobody has any more."""
        self._cache.forget_all_but(self._used)


def hashed(secret: bytes, *texts: str) -> str:
    """Tell texts from others; without the secret no guess at them can be tried out."""
    data = "\0".join(texts).encode("utf-8", "replace")
    return hashlib.blake2b(data, digest_size=16, key=secret).hexdigest()
