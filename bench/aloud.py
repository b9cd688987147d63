"""All decks through the voice and back through the speech model: `python -m bench.aloud [DECK...]`.

With the voice and the model of the settings; what was heard once is kept, by text,
sound and model. What has a name in it is said to five people.
"""

import sys
from collections.abc import Sequence
from itertools import islice

from voicereflect import wiring
from voicereflect.core.decks.aloud import HeardSentence, sentences
from voicereflect.core.decks.knowing import resolved
from voicereflect.wiring import decks
from voicereflect.wiring.sound import voices

PEOPLE = (
    {"relation": "mother"},
    {"relation": "mother", "call": "Mama"},
    {"relation": "father", "call": "Papa"},
    {"relation": "daughter", "call": "Anna"},
    {"relation": "someone", "pronoun": "they", "call": "Mrs Miller"},
)
MOST_PERCENT = 2.0
WORST = 20


def main(names: Sequence[str] = ()) -> None:
    """Print each deck's share of wrong words, what is wrong where it is too much, and all."""
    folder = wiring.deck_folder(wiring.settings())
    facts = decks.person().facts
    known = tuple(resolved(facts, each) for each in PEOPLE)
    said = {name: sentences(folder.load(name), known) for name in names or folder.names()}
    heard = voices.heard_texts(text for texts in said.values() for text in texts)
    all_heard: list[HeardSentence] = []
    for name, texts in said.items():
        found = list(islice(heard, len(texts)))
        all_heard.extend(found)
        share = _share(found)
        print(f"{name:24} {share:5.1f} % of words, {len(found)} sentences", flush=True)
        if share > MOST_PERCENT:
            _show([each for each in found if each.wrong])
    print("the worst of all:")
    _show(sorted(all_heard, key=lambda each: each.wrong / max(1, each.words))[-WORST:])
    share = _share(all_heard)
    kept = "kept" if share <= MOST_PERCENT else "NOT KEPT"
    print(f"all decks: {share:.1f} % wrong words (promised at most {MOST_PERCENT} %): {kept}")


def _show(heard: list[HeardSentence]) -> None:
    for each in heard:
        print(f"  said   {each.said}\n  heard  {each.heard}")


def _share(heard: list[HeardSentence]) -> float:
    return 100 * sum(each.wrong for each in heard) / max(1, sum(each.words for each in heard))


if __name__ == "__main__":
    main(sys.argv[1:])
