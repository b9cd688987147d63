"""All decks through the voice and back through the speech model: `python -m bench.aloud [DECK...]`.

With the voice and the model of the settings; what was heard once is kept, by text,
sound and model. What has a name in it is said with five.
"""

import sys
from collections.abc import Sequence

from voicereflect import wiring
from voicereflect.core.decks.aloud import HeardSentence, sentences
from voicereflect.wiring import aloud

CALLS = ("your mother", "Mum", "Mama", "Anna", "Mrs Miller")
MOST_PERCENT = 2.0
WORST = 20


def main(names: Sequence[str] = ()) -> None:
    """Print each deck's share of wrong words, the worst sentences, and all together."""
    decks = wiring.deck_folder(wiring.settings())
    all_heard: list[HeardSentence] = []
    for name in names or decks.names():
        found = list(
            aloud.heard_texts(sentences(decks.load(name), tuple({"call": call} for call in CALLS)))
        )
        all_heard.extend(found)
        print(f"{name:24} {_share(found):5.1f} % of words, {len(found)} sentences", flush=True)
    for each in sorted(all_heard, key=lambda each: each.wrong / max(1, each.words))[-WORST:]:
        print(f"  said   {each.said}\n  heard  {each.heard}")
    share = _share(all_heard)
    kept = "kept" if share <= MOST_PERCENT else "NOT KEPT"
    print(f"all decks: {share:.1f} % wrong words (promised at most {MOST_PERCENT} %): {kept}")


def _share(heard: list[HeardSentence]) -> float:
    return 100 * sum(each.wrong for each in heard) / max(1, sum(each.words for each in heard))


if __name__ == "__main__":
    main(sys.argv[1:])
