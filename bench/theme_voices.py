"""Known themes, counted on sentences of voices that the numbers were not fitted to.

`python -m bench theme_voices` reads sentences of this audience, each with the one theme it has, or
none, and puts each by itself into the known themes as the program does: in turn with numbers that
were fitted without the voice that said it, and without all that one hand wrote.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

import numpy as np

from bench import fitting
from bench.calm import interval
from bench.noticing.data import runs
from bench.theming.data import engine
from voicereflect.core.themes.clustering import placing
from voicereflect.core.themes.clustering.placing import NONE
from voicereflect.core.words import kinds
from voicereflect.core.words.kinds import Layer
from voicereflect.core.words.numbers import Numbers

ROOT = Path(__file__).parents[1]
FILES = tuple(
    ROOT / f"tests/data/theme_{name}.tsv" for name in ("voices", "more", "wide", "plain", "near")
)
BLIND: Final = ROOT / "tests/data/theme_blind.tsv"
"""Written before anybody looked at what numbers do, by the hand that wrote `theme_near.tsv`."""
RANK: Final = 16
SURE: Final = 0.21
"""How surely a sentence must be of a kind; chosen with files left out, for more than .85 right and
half found, and on the composite diary."""
STEP: Final = 0.01
LEAST: Final = 0.6
"""A theme stays only where so many of those placed in it are right, at the low end of a 90 %
interval; its bound is raised until they are."""
NEVER: Final = 9.0
"""No sentence is so surely of any kind."""

Embed = Callable[[Sequence[str]], Numbers]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """What somebody of this audience might say."""

    hand: str
    """The file it stands in: the voices of one file were written at one time."""
    voice: str
    part: str
    theme: str
    """The name of a theme, or `none`."""
    text: str


@dataclass(frozen=True, slots=True)
class Placed:
    """What numbers say that were fitted without what is placed."""

    kinds: Sequence[str]
    """For each sentence the likeliest."""
    surely: Numbers

    def within(self, bounds: dict[str, float]) -> list[str]:
        """The theme each sentence is put in; empty for none."""
        return [
            kind if kind != NONE and sure >= bounds[kind] else ""
            for kind, sure in zip(self.kinds, self.surely.tolist(), strict=True)
        ]


def sentences() -> list[Sentence]:
    """Give every one that numbers are fitted to: none shares a run of words with the blind ones."""
    reported = runs(each.text for each in blind())
    every = (each for file in FILES for each in _read(file))
    return [each for each in every if reported.isdisjoint(runs([each.text]))]


def blind() -> list[Sentence]:
    """Give those that nothing was chosen by."""
    return _read(BLIND)


def _read(file: Path) -> list[Sentence]:
    rows = [line.split("\t") for line in file.read_text("utf-8").splitlines()[1:]]
    return [Sentence(hand=file.stem, voice=v, part=p, theme=t, text=s) for v, p, t, s in rows]


def digest() -> str:
    """Name all of this data."""
    return sha256(b"\0".join(file.read_bytes() for file in (*FILES, BLIND))).hexdigest()


def rows_of(said: Sequence[Sentence], embed: Embed) -> Numbers:
    """Read sentences as the layer does."""
    texts = [each.text for each in said]
    return kinds.features(texts, embed(texts))


def fit(said: Sequence[Sentence], rows: Numbers, bounds: dict[str, float]) -> Layer:
    """Fit the layer to sentences."""
    facts = {"bounds": bounds, "data": digest()}
    return fitting.fit_squares(rows, [each.theme for each in said], facts, rank=RANK)


def left_out(
    said: Sequence[Sentence], rows: Numbers, *groupings: Sequence[str]
) -> Iterator[Placed]:
    """Place every sentence by numbers fitted without its group: its voice, or its hand."""
    themes = [each.theme for each in said]
    names = sorted(set(themes))
    for likely in fitting.left_out(rows, themes, *groupings):
        best, surely = placing.clearest(likely, names.index(NONE))
        yield Placed([names[at] for at in best.tolist()], surely)


def placed_by(layer: Layer, rows: Numbers) -> list[str]:
    """Place sentences by the numbers that come with the program."""
    best, surely = placing.clearest(layer.scores(rows), layer.kinds.index(NONE))
    found = Placed([layer.kinds[at] for at in best.tolist()], surely)
    return found.within(layer.facts["bounds"])


def voices(said: Sequence[Sentence]) -> list[str]:
    """Who said each."""
    return [each.voice for each in said]


def bounds_of(said: Sequence[Sentence], placed: Placed) -> dict[str, float]:
    """For each kind how surely a sentence must be of it."""
    return {kind: _bound(kind, said, placed) for kind in sorted({each.theme for each in said})}


def _bound(kind: str, said: Sequence[Sentence], placed: Placed) -> float:
    own = np.array([each == kind for each in placed.kinds])
    right = np.array([each.theme == kind for each in said])
    for bound in np.arange(SURE, 2 * SURE, STEP).round(2).tolist():
        taken = own & (placed.surely >= bound)
        if kind == NONE or (
            taken.any() and _low(int((taken & right).sum()), int(taken.sum())) >= LEAST
        ):
            return float(bound)
    return NEVER


def _low(right: int, of: int) -> float:
    return interval(right, of)[0]


def main() -> None:
    """Count for all, for each voice and for each theme."""
    said, embed = sentences(), engine().embed
    rows = rows_of(said, embed)
    layer = kinds.parse((ROOT / "src/voicereflect/themes.weights").read_bytes())
    bounds: dict[str, float] = layer.facts["bounds"]
    hands = [each.hand for each in said]
    placed, apart = (each.within(bounds) for each in left_out(said, rows, voices(said), hands))
    print("without the voice:")
    print("\n".join(table(said, placed)))
    print("\n".join(themes(said, placed)))
    unseen = blind()
    print("blind, by the numbers of the program:")
    print("\n".join(table(unseen, placed_by(layer, rows_of(unseen, embed)))))
    print("without all that one hand wrote:")
    for hand in ("all", *dict.fromkeys(hands)):
        own = [at for at, each in enumerate(hands) if hand in ("all", each)]
        print(_row(hand, [said[at] for at in own], [apart[at] for at in own]))


def table(said: Sequence[Sentence], placed: Sequence[str]) -> Iterator[str]:
    """Rows of bench/README.md: all, then each voice."""
    yield "| voice | placed | rightly | of those with a theme | small talk placed |"
    yield "|---|---|---|---|---|"
    yield _row("all", said, placed)
    for voice in sorted({each.voice for each in said}):
        own = [at for at, each in enumerate(said) if each.voice == voice]
        yield _row(voice, [said[at] for at in own], [placed[at] for at in own])


def themes(said: Sequence[Sentence], placed: Sequence[str]) -> Iterator[str]:
    """Rows for each theme: how much of it is found, and how much of what is placed is right."""
    yield "| theme | sentences | found | placed | rightly | 90 % interval |"
    yield "|---|---|---|---|---|---|"
    for theme in sorted({each.theme for each in said} - {NONE}):
        has = sum(each.theme == theme for each in said)
        taken = sum(each == theme for each in placed)
        right = sum(each.theme == theme == put for each, put in zip(said, placed, strict=True))
        low, high = interval(right, taken) if taken else (0.0, 1.0)
        found = f"{right / has:.2f}"
        yield f"| {theme} | {has} | {found} | {taken} | {right} | {low:.2f} to {high:.2f} |"


def _row(name: str, said: Sequence[Sentence], placed: Sequence[str]) -> str:
    count: Counter[str] = Counter()
    for each, theme in zip(said, placed, strict=True):
        count["themed"] += each.theme != NONE
        count["placed"] += bool(theme)
        count["right"] += theme == each.theme
        count["small talk"] += bool(theme) and each.theme == NONE
    right, of = count["right"], max(count["placed"], 1)
    return (
        f"| {name} | {count['placed']} | {right} ({right / of:.2f}) | {count['themed']} "
        f"({right / max(count['themed'], 1):.2f}) | {count['small talk']} of "
        f"{len(said) - count['themed']} |"
    )


if __name__ == "__main__":
    main()
