"""How often the say-back is laid beside what was said, and how often beside its opposite.

    python -m bench sayback

The 120 pairs are drawn into two halves before anything is tuned; the bounds of
`core/words/comparing/sayback.py` were fixed on the first and are counted here on both.
"""

import os
from pathlib import Path

from tests.support.halves import halves
from tests.support.saybacks import FILE, counted, rows

from voicereflect.adapters.meaning.engine import EmbeddingEngine
from voicereflect.config import load

MODEL = "minilm"


def main() -> None:
    """Print both halves."""
    engine = EmbeddingEngine(Path(load(os.environ).settings.models_dir) / MODEL)
    looked_at, held_out = halves(FILE)
    for half, pairs in (("say-back, tuned on", looked_at), ("say-back, held out", held_out)):
        print("\n".join(rows(half, counted(pairs, engine))))
