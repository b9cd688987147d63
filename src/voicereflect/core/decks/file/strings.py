"""A deck's prompts and everything it can say aloud, each with its place in the file."""

from collections.abc import Iterator

from voicereflect.core.store.toml_lines import KeyPath
from voicereflect.deck_model import Prompt
from voicereflect.model import Deck

Placed = tuple[KeyPath, str]


def placed_prompts(deck: Deck) -> Iterator[tuple[KeyPath, Prompt]]:
    """Give all prompts and steps, each with its place in the file."""
    for number, prompt in enumerate(deck.prompts):
        yield ("prompts", number), prompt
        for at, step in enumerate(prompt.steps):
            yield ("prompts", number, "steps", at), step


def spoken_strings(deck: Deck) -> tuple[str, ...]:
    """Give everything a deck can say aloud."""
    return tuple(text for _, text in spoken_places(deck))


def spoken_places(deck: Deck) -> Iterator[Placed]:
    """Give everything a deck can say aloud, each with its place in the file."""
    yield from _many(("coming",), deck.coming)
    yield from _many(("opening",), deck.opening)
    yield from _many(("closing",), deck.closing)
    for path, prompt in placed_prompts(deck):
        yield from _of_prompt(path, prompt)
    for number, offer in enumerate(deck.offers):
        yield from _many(("offers", number, "say"), offer.say)


def _of_prompt(path: KeyPath, prompt: Prompt) -> Iterator[Placed]:
    yield from _many((*path, "words"), prompt.words)
    if prompt.gentler:
        yield (*path, "gentler"), prompt.gentler
    yield from _many((*path, "without"), prompt.without)
    yield from (((*path, "menu", choice), text) for choice, text in prompt.menu)
    for number, variant in enumerate(prompt.variants):
        place = (*path, "variants", number)
        yield from _many((*place, "words"), variant.words)
        if variant.gentler:
            yield (*place, "gentler"), variant.gentler


def _many(path: KeyPath, texts: tuple[str, ...]) -> Iterator[Placed]:
    return (((*path, number), text) for number, text in enumerate(texts))
