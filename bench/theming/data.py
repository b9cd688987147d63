"""Diaries for the benchmark: entries of sentences with vectors and, where known, gold themes."""

import json
import os
import random
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from voicereflect.adapters.meaning.engine import EmbeddingEngine
from voicereflect.core.themes.clustering.vectors import Vectors
from voicereflect.core.themes.passages import EntryPassages, ThemePassage, is_thin
from voicereflect.core.words.passages import split

DATA = Path(os.environ.get("VOICEREFLECT_THEME_DATA", Path(__file__).parents[3] / "shared/themes"))
KEPT = Path(tempfile.gettempdir()) / "voicereflect-bench-themes"
START = date(2024, 1, 1)


@dataclass(frozen=True)
class Day:
    """One entry: its passages, their raw vectors, their gold themes (None: no theme)."""

    entry: EntryPassages
    vectors: Vectors
    gold: tuple[str | None, ...]


def engine(*, inner: Sequence[str] = ()) -> EmbeddingEngine:
    """The product's own embedding model, with what lies inside it."""
    models = os.environ.get("VOICEREFLECT_MODELS_DIR", "")
    return EmbeddingEngine(Path(models) / "minilm", inner=inner)


def composite() -> list[Day]:
    """The diary that is reported."""
    rows, vectors = _rows(), _vectors_of_composite()
    days, at = [], 0
    for number, row in enumerate(rows):
        count = len(row["sents"])
        days.append(
            day(number, date.fromisoformat(row["date"]), row["sents"], vectors[at : at + count])
        )
        at += count
    return days


def reordered(seed: int, entries: int) -> list[Day]:
    """The same sentences in another random order: for tuning (small seeds) and for sizes."""
    dice = random.Random(seed)
    pools: dict[str | None, list[tuple[str, str | None, int]]] = defaultdict(list)
    for number, (text, gold) in enumerate(s for row in _rows() for s in row["sents"]):
        pools[gold].append((text, gold, number))
    vectors, left = _vectors_of_composite(), dict[str | None, list[tuple[str, str | None, int]]]()

    def draw(gold: str | None) -> tuple[str, str | None, int]:
        if not left.get(gold):
            left[gold] = dice.sample(pools[gold], len(pools[gold]))
        return left[gold].pop()

    themes = sorted(gold for gold in pools if gold)
    days, on = [], START
    for number in range(entries):
        on += timedelta(days=dice.choice([0, 1, 1, 2, 3]))
        chosen = dice.sample(themes, dice.choice([1, 2, 3, 4]))
        room = dice.randint(7, 13)
        said = []
        for gold in chosen:
            said += [
                draw(gold) for _ in range(max(2, room // len(chosen) + dice.choice([-1, 0, 1])))
            ]
            said += [draw(None) for _ in range(dice.choice([0, 1, 2]))]
        said.append(draw(None))
        rows = vectors[[place for _, _, place in said]]
        days.append(day(number, on, [(text, gold) for text, gold, _ in said], rows))
    return days


def pepys() -> list[Day]:
    """The diary of Samuel Pepys: real dates, no gold."""
    path = DATA / "pepys.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    texts = [[each.text for each in split(row["text"])] for row in rows]
    vectors = _kept("pepys-passages", texts)
    days, at = [], 0
    for number, (row, said) in enumerate(zip(rows, texts, strict=True)):
        pairs = [(text, None) for text in said]
        on = date.fromisoformat(row["date"])
        days.append(day(number, on, pairs, vectors[at : at + len(said)]))
        at += len(said)
    return days


def day(
    number: int, on: date, said: Sequence[tuple[str, str | None] | list[Any]], vectors: Vectors
) -> Day:
    """Make an entry as the product would: sentences that say too little are left out."""
    keep = [place for place, (text, _) in enumerate(said) if not is_thin(str(text), "")]
    passages = tuple(
        ThemePassage(answer=1, word=place + 1, words=1, speaker="me", text=str(said[place][0]))
        for place in keep
    )
    entry = EntryPassages(id=f"{number:06}", day=on, deck="bench", passages=passages)
    return Day(entry, vectors[keep], tuple(said[place][1] for place in keep))


def _rows() -> list[dict[str, Any]]:
    path = DATA / "diary_composite_365.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _vectors_of_composite() -> Vectors:
    return _kept("diary", [[text for text, _ in row["sents"]] for row in _rows()])


def _kept(name: str, texts: Sequence[Sequence[str]]) -> Vectors:
    """Embed once, entry by entry, and keep: half precision, as the product does."""
    path = KEPT / f"{name}.npy"
    if not path.exists():
        model = engine()
        rows = [model.embed(each).astype(np.float16) for each in texts if each]
        KEPT.mkdir(parents=True, exist_ok=True)
        np.save(path, np.vstack(rows))
    vectors: Vectors = np.load(path).astype(np.float32)
    return vectors
