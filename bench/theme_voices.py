"""Known themes, counted on sentences of voices that no theme was made with.

`python -m bench theme_voices` reads sentences of this audience, each with the one theme it has, or
none. Themes that the program does not have yet are among them. What a layer of numbers would say,
fitted to the voices that may be learnt from, is counted beside it; the program has none for themes.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from bench import fitting
from bench.theming.data import engine
from voicereflect.adapters.meaning.engine import EmbeddingEngine
from voicereflect.core.themes import known
from voicereflect.core.themes.clustering.clusterer import begin
from voicereflect.core.themes.clustering.clusters import KnownExamples
from voicereflect.core.themes.clustering.tuning import Tuning
from voicereflect.core.themes.names.phrases import Phrases
from voicereflect.core.themes.passages import EntryPassages, ThemePassage, is_thin
from voicereflect.core.words import kinds
from voicereflect.core.words.kinds import Numbers

ROOT = Path(__file__).parents[1]
SENTENCES = tuple(ROOT / f"tests/data/theme_{name}.tsv" for name in ("voices", "more"))
NONE = "none"
LEAST = 0.45
"""A layer places a sentence where it gives its theme so much of all likelihood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """What somebody of this audience might say."""

    voice: str
    part: str
    """`learn` may be looked at; `held` is for counting."""
    theme: str
    """The name of a theme, or `none`."""
    text: str


def sentences() -> list[Sentence]:
    """Give every one, in the order of the file."""
    lines = [line for file in SENTENCES for line in file.read_text("utf-8").splitlines()[1:]]
    rows = (line.split("\t") for line in lines)
    return [Sentence(voice=v, part=p, theme=t, text=s) for v, p, t, s in rows]


def main() -> None:
    """Count for all, and for each voice."""
    said, model = sentences(), engine()
    held = [each for each in said if each.part == "held"]
    _show(held, _placed(held, model))
    print("by a layer fitted to the other voices, themes without a seed among them:")
    _show(held, _by_numbers([each for each in said if each.part == "learn"], held, model))


def _show(held: list[Sentence], placed: list[str]) -> None:
    print(_row("all", zip(held, placed, strict=True)))
    for voice in sorted({each.voice for each in held}):
        own = [pair for pair in zip(held, placed, strict=True) if pair[0].voice == voice]
        print(_row(voice, own))


def _by_numbers(learnt: list[Sentence], held: list[Sentence], model: EmbeddingEngine) -> list[str]:
    """The theme a layer gives each sentence; empty where it is not sure."""

    def rows(said: list[Sentence]) -> Numbers:
        texts = [each.text for each in said]
        return kinds.rows_of(texts, model.embed(texts))

    share = np.ones(len(learnt), dtype=np.float32)
    layer = fitting.fit(rows(learnt), [each.theme for each in learnt], share, {})
    likely = layer.likely(rows(held))
    shares = np.exp(likely - kinds.together(likely)[:, np.newaxis])
    names = [layer.kinds[at] for at in shares.argmax(axis=1)]
    sure = shares.max(axis=1) >= LEAST
    return [name if yes and name != NONE else "" for name, yes in zip(names, sure, strict=True)]


def _placed(said: list[Sentence], model: EmbeddingEngine) -> list[str]:
    """The known theme each sentence is put in, said by itself; empty for none."""
    collection = known.parse((ROOT / "src/voicereflect/themes.toml").read_text("utf-8"))
    clusterer = begin(
        [
            KnownExamples(
                key=each.key,
                vectors=model.embed(each.examples),
                phrases=Phrases(each.words, each.unless),
            )
            for each in collection
        ],
        Tuning(),
        width=384,
    )
    vectors = model.embed([each.text for each in said])
    found = []
    for number, each in enumerate(said):
        passage = ThemePassage(answer=1, word=1, words=1, speaker="me", text=each.text)
        passages = () if is_thin(each.text, "") else (passage,)
        entry = EntryPassages(id=str(number), day=date(2026, 1, 1), deck="free", passages=passages)
        before = len(clusterer.made)
        clusterer.add(entry, vectors[[number][: len(passages)]])
        own = [each for each in clusterer.made[before:] if each.entry == number]
        theme = own[0].theme if own else len(collection)
        is_known = theme < len(collection)
        found.append(collection[theme].key.removeprefix(known.PREFIX) if is_known else "")
    return found


def _row(name: str, pairs: Iterable[tuple[Sentence, str]]) -> str:
    count: Counter[str] = Counter()
    for said, theme in pairs:
        count["themed" if said.theme != NONE else "none"] += 1
        count["placed"] += bool(theme)
        count["right"] += theme == said.theme
        count["none placed"] += bool(theme) and said.theme == NONE
    return (
        f"{name:<20} placed {count['placed']}, rightly {count['right']}; "
        f"found {count['right']} of {count['themed']}; "
        f"small talk placed {count['none placed']} of {count['none']}"
    )


if __name__ == "__main__":
    main()
