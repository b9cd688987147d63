"""An entry as it is read back: columns, headings, and where each word stands."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.test_laying import answers
from tests.support.shipped import DECKS
from tests.support.vaults import make_entry
from voicereflect.core.decks.laying import laid_out
from voicereflect.deck_model import Prompt
from voicereflect.ui.decks.words import about_deck, about_prompt
from voicereflect.ui.library.columns import Page
from voicereflect.ui.library.reading import page

TOLD = "She put the plate on the table and went out. I stayed in the kitchen with the radio on."


def shown(first: str, second: str, columns: int) -> Page:
    deck = DECKS["between-us"]
    both = answers("between-us", "camera", "made-of-it")
    told = tuple(replace(one, text=text) for one, text in zip(both, (first, second), strict=True))
    return page(make_entry(), laid_out(told, deck), columns)


def test_takes_stand_side_by_side_from_eighty_columns_on() -> None:
    wide = shown(TOLD, "That I was not worth a word.", 80).text.splitlines()
    assert any("stranger" in line and "What I made of it" in line for line in wide)
    assert max(map(len, wide)) <= 80


@pytest.mark.parametrize("columns", [0, 40, 79])
def test_takes_stand_one_after_the_other_where_there_is_no_room(columns: int) -> None:
    lines = shown(TOLD, "That I was not worth a word.", columns).text.splitlines()
    assert not any("stranger" in line and "What I made of it" in line for line in lines)
    assert lines.index("What a stranger would have seen") < lines.index("What I made of it")


@given(
    st.lists(st.text("aeä字 \u0301-", min_size=1, max_size=50), min_size=2, max_size=2),
    st.sampled_from([0, 80]),
)
def test_every_place_of_a_word_holds_that_word(texts: list[str], columns: int) -> None:
    found = shown(texts[0], texts[1], columns)
    for number, text in enumerate(texts, start=1):
        told = [found.text[begin:end] for begin, end in found.words.get(number, ())]
        if text.strip():
            assert "".join(told) == "".join(text.split())


def test_what_a_deck_promises_is_said_in_words() -> None:
    prompts = [prompt for deck in DECKS.values() for prompt in deck.every_prompt]
    for key in ("heading", "beside", "stage", "commits", "plans", "consent", "voice", "earlier"):
        some = next(prompt for prompt in prompts if getattr(prompt, key))
        bare = Prompt(id=some.id, words=some.words)
        assert list(about_prompt(bare)) == []
        assert list(about_prompt(replace(bare, **{key: getattr(some, key)})))
    together = " ".join(about_deck(DECKS["line-together"]))
    assert "eighteen" in together
    assert "delete it" in together
    assert list(about_deck(DECKS["everyday"])) == []
