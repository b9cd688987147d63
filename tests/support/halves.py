"""Test sentences in two halves, drawn before anything was tuned: one to look at, one held out."""

import random
import tomllib

from tests.support.shipped import ROOT

SEED = 20261122


def whole(name: str) -> list[tuple[str, str]]:
    """Give (kind, sentence) of a file that is not split."""
    table = tomllib.loads((ROOT / "tests/data" / name).read_text("utf-8"))
    return [(kind, each) for kind, many in table.items() if kind != "format" for each in many]


def halves(name: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Give (kind, sentence) of both halves; every kind is split evenly."""
    table = tomllib.loads((ROOT / "tests/data" / name).read_text("utf-8"))
    dice = random.Random(SEED)
    looked_at: list[tuple[str, str]] = []
    held_out: list[tuple[str, str]] = []
    for kind, sentences in table.items():
        if kind == "format":
            continue
        mixed = dice.sample(sentences, len(sentences))
        looked_at.extend((kind, each) for each in mixed[::2])
        held_out.extend((kind, each) for each in mixed[1::2])
    return looked_at, held_out
