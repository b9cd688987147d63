#!/usr/bin/env python3
"""Writes the numbers of the calm line, `src/voicereflect/calm.weights`, from their sentences.

Needs the embedding model that is installed. `bench/calm.py` counts how often they are right.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.noticing import data, training  # noqa: E402
from bench.theming.data import engine  # noqa: E402

from voicereflect.adapters.meaning.engine import INNER  # noqa: E402

WEIGHTS = ROOT / "src/voicereflect/calm.weights"


def main() -> None:
    """Fit and write."""
    known = training.read(data.fitted_to(), engine(inner=INNER).states)
    WEIGHTS.write_bytes(training.fit(known).dump())


if __name__ == "__main__":
    main()
