"""What reading sentences for their meaning costs, beside how it was read before.

Sentences of real diaries, six an entry and the same for each; side by side, as machines are shared.
"""

import statistics
import time

import numpy as np

from bench import diary_vault
from voicereflect import wiring
from voicereflect.adapters.meaning import engine
from voicereflect.adapters.meaning.engine import EmbeddingEngine, Vectors
from voicereflect.wiring import library

SENTENCES = 960
AT_ONCE = 240
"""As a vault's first reading asks: forty entries of six sentences."""
WAYS = ((32, ()), (8, ()), (engine.BATCH, engine.SLOWER))
"""Sentences at a time, and what the runtime is not to put together; the last is as shipped."""
RUNS = 3


def main() -> None:
    """Read the same sentences each way, and compare cost and vectors."""
    every = diary_vault.sentences()
    for diary in ("diary", "pepys"):
        texts = [each.text for each in every if each.name.startswith(diary)]
        _compare(diary, texts[:: len(texts) // SENTENCES][:SENTENCES])


def _compare(diary: str, texts: list[str]) -> None:
    folder = wiring.sound_model(wiring.settings(), library.EMBEDDING_MODEL)
    models = []
    for _, left in WAYS:
        engine.SLOWER = left
        models.append(EmbeddingEngine(folder))
    costs: list[list[float]] = [[] for _ in WAYS]
    found: list[Vectors] = []
    for _ in range(RUNS):
        found.clear()
        for (batch, _), model, cost in zip(WAYS, models, costs, strict=True):
            engine.BATCH = batch
            begun_s = time.process_time()
            found.append(_read(model, texts))
            cost.append((time.process_time() - begun_s) * 6_000 / len(texts))
    for (batch, left), cost, vectors in zip(WAYS, costs, found, strict=True):
        near = float((vectors * found[0]).sum(axis=1).min())
        told = f"{statistics.median(cost):.1f} CPU s for 1,000 entries; cosine at least {near:.6f}"
        print(f"{diary}, {batch} at a time, without {', '.join(left) or 'nothing'}: {told}")


def _read(model: EmbeddingEngine, texts: list[str]) -> Vectors:
    begins = range(0, len(texts), AT_ONCE)
    return np.vstack([model.embed(texts[begin : begin + AT_ONCE]) for begin in begins])
