"""Counts where each pair of test sentences for the say-back would stand."""

from collections import Counter

from voicereflect.adapters.meaning.engine import EmbeddingEngine
from voicereflect.core.words.comparing.sayback import Match, cosine, match

FILE = "sayback_pairs.toml"
KINDS = ("faithful", "other", "negated", "swapped")

Counts = dict[str, dict[Match, int]]


def counted(pairs: list[tuple[str, str]], engine: EmbeddingEngine) -> Counts:
    """Count for each kind of pair where it would stand."""
    found: dict[str, Counter[Match]] = {kind: Counter() for kind in KINDS}
    for kind, pair in pairs:
        said, back = pair.split(" / ")
        one, other = engine.embed([said, back]).tolist()
        found[kind][match(said, back, cosine(one, other))] += 1
    return {kind: {each: counts[each] for each in Match} for kind, counts in found.items()}


def rows(half: str, counts: Counts) -> list[str]:
    """Write the counts as the table of docs/safety.md has them."""
    return [
        f"| {half} | {kind} | {each[Match.SAID_BACK]} of {sum(each.values())}"
        f" | {each[Match.ALSO_SAID]} | {each[Match.UNSURE]} |"
        for kind, each in counts.items()
    ]
