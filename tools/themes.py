#!/usr/bin/env python3
"""Writes the numbers of the known themes, `src/voicereflect/themes.weights`, from their sentences.

Needs the embedding model that is installed. `bench/theme_voices.py` counts how
often they are right.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench import theme_voices  # noqa: E402
from bench.theming.data import engine  # noqa: E402

WEIGHTS = ROOT / "src/voicereflect/themes.weights"


def main() -> None:
    """Choose the bounds with voices left out, then fit to all, and write."""
    said = theme_voices.sentences()
    rows = theme_voices.rows_of(said, engine().embed)
    [placed] = theme_voices.left_out(said, rows, theme_voices.voices(said))
    bounds = theme_voices.bounds_of(said, placed)
    WEIGHTS.write_bytes(theme_voices.fit(said, rows, bounds).dump())


if __name__ == "__main__":
    main()
