"""Made-up diaries with made-up vectors: topics are directions, sentences are near them."""

import hashlib
import random
import re
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from voicereflect.core.search import filters
from voicereflect.core.search.float16 import from_half, to_half
from voicereflect.core.themes.clustering.clusterer import IncrementalClusterer
from voicereflect.core.themes.clustering.tuning import Tuning
from voicereflect.core.themes.clustering.vectors import Vectors, unit
from voicereflect.core.themes.passages import EntryPassages, PassagePlace, ThemePassage
from voicereflect.core.themes.snapshot import ClusterInput, bring_up_to_date, dump

WIDTH = 24
START = date(2026, 1, 1)
_WORDS = "garden tomato river window letter kitchen train market piano winter bicycle harbour"
WORDS = _WORDS.split()
Diary = list[tuple[EntryPassages, Vectors]]


def direction(name: str) -> Vectors:
    seed = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big")
    rows: Vectors = np.random.default_rng(seed).normal(size=WIDTH).astype(np.float32)
    return unit(rows)


class WordMeaning:
    """Sentences that share words are near each other."""

    name = "words-1"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def start(self, ahead: Sequence[str] = ()) -> None:
        self.asked.extend(ahead or [""])

    def embed(self, sentences: Sequence[str], *, quick: bool = False) -> bytes:
        assert not quick
        self.asked += sentences
        rows = np.zeros((len(sentences), filters.WIDTH), dtype=np.float32)
        for number, sentence in enumerate(sentences):
            for word in re.findall(r"[a-z]+", sentence.lower()):
                wide = np.resize(direction(word), filters.WIDTH)
                rows[number] += wide * (np.arange(filters.WIDTH) % 7 == len(word) % 7)
        return to_half(unit(rows))


def diary(seed: int, entries: int, *, topics: int = 4, noise: float = 0.6) -> Diary:
    """Entries of three to six sentences about one or two topics; the same every time."""
    dice = random.Random(seed)
    made: Diary = []
    on = START
    for number in range(entries):
        on += timedelta(days=dice.choice([0, 1, 2, 3]))
        chosen = dice.sample(range(topics), dice.choice([1, 2]))
        said = []
        sentences = dice.randint(3, 6)
        for place in range(sentences):
            topic = chosen[place * len(chosen) // sentences]  # one after the other, as people talk
            about = f"{dice.choice(WORDS)} {dice.choice(WORDS)}"
            said.append((topic, f"{WORDS[topic]} {about} {number} {place}"))
        made.append(entry(f"{number:06}", on, said, noise=noise))
    return made


def entry(
    entry_id: str, on: date, said: Sequence[tuple[int, str]], *, noise: float = 0.6
) -> tuple[EntryPassages, Vectors]:
    passages = tuple(
        ThemePassage(answer=1, word=4 * place + 1, words=4, speaker="me", text=text, ordinal=place)
        for place, (_, text) in enumerate(said)
    )
    rows = [unit(direction(f"topic {t}") + noise * direction(text)) for t, text in said]
    kept = from_half(to_half(np.array(rows, dtype=np.float32).reshape(-1, WIDTH)), WIDTH)
    return EntryPassages(id=entry_id, day=on, deck="everyday", passages=passages), kept


def cluster_input(made: Diary) -> ClusterInput:
    in_order = sorted(made, key=lambda each: each[0].id)
    return ClusterInput(
        ids=[each.id for each, _ in in_order],
        digests=[hashlib.sha256(repr(each).encode()).hexdigest()[:32] for each, _ in in_order],
        entry=lambda place: in_order[place][0],
        vectors=lambda place: in_order[place][1],
        known=tuple,
    )


class Said:
    """A diary as themes read it."""

    def __init__(self, made: Diary) -> None:
        self.heads = [each for each, _ in made]
        self._vectors = [rows for _, rows in made]

    def said_at(self, places: Sequence[PassagePlace]) -> list[ThemePassage]:
        return [self.heads[each.entry].passages[each.passage] for each in places]

    def said_in(self, number: int) -> Sequence[ThemePassage]:
        return self.heads[number].passages

    def vectors_at(self, spots: Sequence[tuple[int, int]]) -> Vectors:
        return np.stack([self._vectors[number][ordinal] for number, ordinal in spots])


def clustered(made: Diary, tuning: Tuning | None = None) -> IncrementalClusterer:
    """From nothing."""
    *_, clusterer = bring_up_to_date(None, cluster_input(made), tuning or Tuning(), width=WIDTH)
    return clusterer


def members(clusterer: IncrementalClusterer) -> dict[PassagePlace, tuple[int, int]]:
    """Every passage that belongs to a theme: the theme's number and the nearness."""
    rows = clusterer.assigned().tolist()
    return {PassagePlace(entry, at): (theme, near) for entry, at, theme, near in rows}


def folded(made: Diary, tuning: Tuning | None = None) -> bytes:
    """From nothing, as bytes."""
    return dump(clustered(made, tuning), "test")
