"""Which sentence stands for a theme."""

import numpy as np

from tests.support import diaries
from tests.support.diaries import Diary, Said
from voicereflect.core.themes.theme import Sentences

SAID = [
    (1, "tomato from a window"),
    (0, "garden in the winter"),
    (0, "garden by the river"),
    (0, "garden and a letter"),
]


def diary() -> Diary:
    return [
        diaries.entry(f"{number:06}", diaries.START, [said], noise=0.2)
        for number, said in enumerate(SAID)
    ]


def sentences(*, nearness: list[int], closed: frozenset[str] = frozenset()) -> Sentences:
    members = np.array([(number, 0, near) for number, near in enumerate(nearness)])
    return Sentences(members, Said(diary()), closed)


def test_the_quote_is_about_the_theme_by_its_own_words() -> None:
    quote = sentences(nearness=[900, 800, 700, 600]).quote()
    assert quote is not None
    assert quote.passage.text.startswith("garden")


def test_what_may_not_come_back_unasked_is_no_quote() -> None:
    quote = sentences(nearness=[900] * 4, closed=frozenset({"000001", "000002", "000003"})).quote()
    assert quote is not None
    assert quote.entry == "000000"
    everything = frozenset(f"{number:06}" for number in range(4))
    assert sentences(nearness=[900] * 4, closed=everything).quote() is None
