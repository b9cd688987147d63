"""Which decks ask everybody the same, so that they may begin while all that was said is shut.

Knows only the deck; must not know anybody.
"""

from dataclasses import MISSING, fields
from typing import Final

from voicereflect.core.decks.file.strings import spoken_strings
from voicereflect.core.decks.knowing import places
from voicereflect.model import Deck, Prompt

_OF_DECK: Final = frozenset(
    {
        *("name", "edition", "title", "why", "minutes", "depth", "practices", "about", "line"),
        *("opening", "prompts", "closing", "coming", "gather", "at_end", "silence_s", "language"),
        "offers",  # they are made once it is known to whom
    }
)
_OF_PROMPT: Final = frozenset(
    {
        *("id", "words", "gentler", "steps", "formerly"),
        *("heading", "beside", "echo", "stage"),  # how answers are laid out afterwards
    }
)
"""All that may be told of a prompt that asks everybody the same; whatever else it says is for
somebody, goes by what was said before, or keeps what is picked."""


def is_for_anybody(deck: Deck) -> bool:
    """Tell whether a deck asks everybody the same, whatever was said before.

    What was put aside for good is not the deck's to know.
    """
    return (
        _says_no_more(deck, _OF_DECK)
        and all(_says_no_more(prompt, _OF_PROMPT) for prompt in deck.every_prompt)
        and not any(map(places, spoken_strings(deck)))
    )


def _says_no_more(told: Deck | Prompt, keys: frozenset[str]) -> bool:
    """Tell whether everything beside some keys is as it is where nothing is said."""
    others = (each for each in fields(told) if each.name not in keys)
    return all(
        each.default is not MISSING and getattr(told, each.name) == each.default for each in others
    )
