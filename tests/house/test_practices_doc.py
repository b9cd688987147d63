"""The table of practices says what the decks hold."""

import re

from tests.support.shipped import DECKS, ROOT

ROW = re.compile(r"^\| (\d+) \| [^|]+ \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
DECK = re.compile(r"`([a-z-]+)`: ([a-z, -]+)")
ROWS = ROW.findall((ROOT / "docs/practices.md").read_text("utf-8"))


def test_every_practice_has_one_row() -> None:
    assert [int(number) for number, _, _ in ROWS] == list(range(1, 33))


def test_every_deck_and_prompt_of_the_table_exists_and_none_is_missing() -> None:
    written = {
        (int(number), deck): prompts.split(", ")
        for number, decks, _ in ROWS
        for deck, prompts in DECK.findall(decks)
    }
    real = {
        (number, deck.name): [prompt.id for prompt in deck.every_prompt]
        for deck in DECKS.values()
        for number in deck.practices
    }
    assert written == real
