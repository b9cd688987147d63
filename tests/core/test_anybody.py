"""Claims about decks that ask everybody the same: those that may begin in a locked vault."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.shipped import DECKS, PROGRAMMES
from voicereflect.core.decks.anybody import is_for_anybody
from voicereflect.core.decks.choosing import Chosen, Person, resolve
from voicereflect.deck_model import Variant
from voicereflect.model import Deck, Prompt

SAME = frozenset(name for name, deck in DECKS.items() if is_for_anybody(deck))
FACTS = tuple(fact for each in PROGRAMMES.values() for fact in each.facts)
PROMPTS = {
    f"{deck.name}/{prompt.id}": [choice for choice, _ in prompt.menu]
    for deck in DECKS.values()
    for prompt in deck.every_prompt
}
KINDS = frozenset(
    kind
    for each in PROGRAMMES.values()
    for kind in (*each.gated, *(kind for gate in each.gates for kind in gate.asks))
) | {"mirror"}
SAID = st.fixed_dictionaries(
    {},
    optional={
        **{
            fact.id: st.sampled_from([choice.id for choice in fact.choices] or ["Mum", ""])
            for fact in FACTS
        },
        **{name: st.sampled_from(picks) for name, picks in PROMPTS.items() if picks},
    },
)
PERSONS = st.builds(
    Person, known=SAID, facts=st.just(FACTS), closed=st.frozensets(st.sampled_from(sorted(KINDS)))
)


def asked(deck: Deck, who: Person, answered: tuple[str, ...] = ()) -> list[object]:
    """All that a deck says to somebody."""
    found = resolve(deck, who)

    def said(each: Chosen) -> tuple[object, ...]:
        return (each.prompt.id, each.words, each.gentler, each.menu, each.quotes, each.mirror)

    texts = [found.filled(each) for each in (deck.opening, deck.coming, deck.closing)]
    return [found.may_open, texts, [said(each) for each in found.questions(answered=answered)]]


def test_which_shipped_decks_ask_everybody_the_same() -> None:
    """Or else one that needs somebody's facts could join them unseen."""
    assert sorted(SAME) == [
        *("a-decision", "after-work", "against-myself", "caring", "evening", "everyday"),
        *("faded-friendship", "good-things", "living-together", "long-week", "morning"),
        *("night-worry", "week", "what-shifted", "who-holds-me"),
    ]


@pytest.mark.parametrize("name", sorted(SAME))
@given(who=PERSONS, answered=st.lists(st.sampled_from(sorted(PROMPTS)), unique=True, max_size=20))
@settings(max_examples=8, deadline=None)
def test_a_deck_that_asks_everybody_the_same_does(
    name: str, who: Person, answered: list[str]
) -> None:
    deck = DECKS[name]
    assert asked(deck, who, tuple(answered)) == asked(deck, Person())


@pytest.mark.parametrize("name", sorted(DECKS.keys() - SAME))
def test_every_other_deck_goes_by_something_that_was_said(name: str) -> None:
    deck = DECKS[name]
    told = (deck.needs, deck.when, deck.voices, deck.pair, deck.parts)
    of_prompts = [
        (each.when, each.asks, each.variants, each.menu, each.earlier) for each in deck.every_prompt
    ]
    assert any(told) or any(map(any, of_prompts))


PLAIN = replace(DECKS["everyday"], prompts=(Prompt(id="now", words=("How are you?",)),))


@pytest.mark.parametrize(
    "more",
    [
        {"when": (("her", ("living",)),)},
        {"asks": ("contact",)},
        {"variants": (Variant(when=(), words=("And she?",)),)},
        {"menu": (("yes", "yes"),)},
        {"given": (("yes", ()),)},
        {"earlier": ("everyday/now",), "without": ("How are you?",)},
        {"words": ("What would {call} say?",)},
        {"gentler": "What would {call} say?"},
        {"mirror": True},
        {"consent": True},
        {"private": True},
    ],
)
def test_one_prompt_that_is_for_somebody_is_enough(more: dict[str, object]) -> None:
    prompt = replace(PLAIN.prompts[0], **more)  # type: ignore[arg-type]  # each is of its field's
    assert is_for_anybody(PLAIN)
    assert not is_for_anybody(replace(PLAIN, prompts=(prompt,)))
    as_step = replace(PLAIN.prompts[0], steps=(replace(prompt, id="step"),))
    assert not is_for_anybody(replace(PLAIN, prompts=(as_step,)))
