"""What reading sentences for their meaning costs, by how many are read at a time.

Sentences of real diaries, six an entry and the same for each; side by side, as machines are shared.
"""

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
BATCHES = (32, 8, 1)


def main() -> None:
    """Read the same sentences with each size of batch, and compare cost and vectors."""
    every = diary_vault.sentences()
    texts = [each.text for each in every[:: len(every) // SENTENCES]][:SENTENCES]
    model = EmbeddingEngine(wiring.sound_model(wiring.settings(), library.EMBEDDING_MODEL))
    chosen, first = engine.BATCH, None
    for batch in BATCHES:
        engine.BATCH = batch
        begun_s = time.process_time()
        vectors = _read(model, texts)
        cost_s = time.process_time() - begun_s
        first = vectors if first is None else first
        same = "the same bits" if (vectors == first).all() else "other bits"
        mark = ", as shipped" if batch == chosen else ""
        cost_s *= 6_000 / len(texts)
        print(f"{batch:>3} at a time{mark}: {cost_s:.1f} CPU s for 1,000 entries; {same}")
    engine.BATCH = chosen


def _read(model: EmbeddingEngine, texts: list[str]) -> Vectors:
    begins = range(0, len(texts), AT_ONCE)
    return np.vstack([model.embed(texts[begin : begin + AT_ONCE]) for begin in begins])
