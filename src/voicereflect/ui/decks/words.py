"""What the keys of a deck and of its prompts mean, in plain words; a key left out says nothing."""

from collections.abc import Iterator

from voicereflect.deck_model import Prompt
from voicereflect.model import Deck


def about_deck(deck: Deck) -> Iterator[str]:
    """What holds for a whole deck, a sentence each."""
    if deck.voices:
        yield f"Two voices take turns: {' and '.join(deck.voices)}."
    if deck.adults:
        yield "For two who are eighteen or older."
    if deck.parts:
        yield "Taken in parts: each sitting asks what was not answered yet first."
    for other, days in deck.waits:
        yield f"Opens {days} {'day' if days == 1 else 'days'} after {other} at the earliest."
    if deck.silence_s == 0:
        yield "No silence ends an answer."
    if deck.at_end == "ask":
        yield "At the end you keep it, keep it closed, or delete it."


def about_prompt(prompt: Prompt) -> Iterator[str]:
    """What holds for one prompt, in a few words each."""
    yield from _asking(prompt)
    yield from _reading_back(prompt)


def _asking(prompt: Prompt) -> Iterator[str]:
    if prompt.menu:
        yield f"choices: {'; '.join(say for _, say in prompt.menu)}"
    if prompt.consent:
        yield "a yes to being recorded; without it nothing is"
    if prompt.voice:
        yield f"answered by the voice called {prompt.voice}"
    if prompt.earlier:
        which = "first" if prompt.earlier_from == "first" else "latest"
        yield f"asked after your {which} answer to {' or '.join(prompt.earlier)}"
    if prompt.echo:
        yield "always the same words"


def _reading_back(prompt: Prompt) -> Iterator[str]:
    if prompt.commits:
        yield "a step of yours, until it is done or let go"
    if prompt.plans:
        yield f"the when and where of {prompt.plans}"
    if prompt.heading:
        yield f"shown under the heading: {prompt.heading}"
    if prompt.beside:
        yield f"shown beside {prompt.beside}"
    if prompt.stage:
        yield f"number {prompt.stage} when read back in order"
