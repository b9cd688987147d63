"""How many wrong words are marked as unsure, and how many right ones: `python -m bench unsure`.

The bound is chosen on every other recording and judged on the rest.
"""

from collections.abc import Iterable, Iterator

from bench import product, speech_set
from voicereflect.core.words.comparing.alignment import UNSURE_BELOW, TimedWord, heard_words
from voicereflect.core.words.comparing.matching import opcodes

BOUNDS = tuple(round(0.3 + 0.05 * step, 2) for step in range(11))
NO_WORSE = 0.01
"""Balances that lie closer than this are the same."""
Judged = list[tuple[float, bool]]
"""Of each word its probability, and whether it is right."""


def main() -> None:
    """Print every bound on one half, and the one in use on the other."""
    clips = tuple(speech_set.clips())
    if not clips:
        return
    words = [heard_words(each) for each in product.transcripts(clips)]
    judged = [list(judge(clip.said, each)) for clip, each in zip(clips, words, strict=True)]
    chosen, kept = _flat(judged[0::2]), _flat(judged[1::2])
    for bound in BOUNDS:
        print(f"chosen on, under {bound:.2f}: {_line(chosen, bound)}")
    best = max(_balance(chosen, bound) for bound in BOUNDS)
    calmest = min(bound for bound in BOUNDS if _balance(chosen, bound) > best - NO_WORSE)
    print(f"the calmest that is no worse on that half: {calmest:.2f}; in use: {UNSURE_BELOW:.2f}")
    print(f"judged on, under {UNSURE_BELOW:.2f}: {_line(kept, UNSURE_BELOW)}")


def judge(said: str, words: Iterable[TimedWord]) -> Iterator[tuple[float, bool]]:
    """Say of each word whether it was said."""
    tokens: list[str] = []
    of: list[int] = []
    heard = list(words)
    for place, word in enumerate(heard):
        for token in speech_set.plain(word.text).split():
            tokens.append(token)
            of.append(place)
    wrong: set[int] = set()
    for tag, i1, i2, _, _ in opcodes(tokens, speech_set.plain(said).split()):
        if tag != "equal":
            wrong.update(of[i1:i2])
    return ((word.probability, place not in wrong) for place, word in enumerate(heard))


def _flat(judged: Iterable[Judged]) -> Judged:
    return [word for each in judged for word in each]


def _marked(words: Judged, bound: float) -> tuple[int, int, int, int]:
    wrong = [probability < bound for probability, right in words if not right]
    right = [probability < bound for probability, right in words if right]
    return sum(wrong), len(wrong), sum(right), len(right)


def _balance(words: Judged, bound: float) -> float:
    """The harmonic mean of how many wrong words are marked and how many marked are wrong."""
    wrong, all_wrong, right, _ = _marked(words, bound)
    return 2 * wrong / max(1, all_wrong + wrong + right)


def _line(words: Judged, bound: float) -> str:
    wrong, all_wrong, right, all_right = _marked(words, bound)
    return (
        f"{wrong} of {all_wrong} wrong words marked ({100 * wrong / max(1, all_wrong):.0f} %),"
        f" {right} of {all_right} right ones ({100 * right / max(1, all_right):.1f} %)"
    )
