"""What a shell completes: names and references that are there; reads what is known already.

Each gives words with what stands beside them. Nothing is indexed, embedded or recorded for it.
"""

from collections.abc import Iterable
from typing import Final

from voicereflect.core.search.filters import NameKind
from voicereflect.core.search.names import plain
from voicereflect.wiring import decks as deck_parts
from voicereflect.wiring import library
from voicereflect.wiring import themes as theme_parts

Completion = tuple[str, str]
_WORDS: Final = (("last", "the newest entry"), ("yesterday", "the entry of that day"))


def decks(incomplete: str) -> list[Completion]:
    """Decks, with their titles."""
    return _alike(incomplete, deck_parts.titles())


def programmes(incomplete: str) -> list[Completion]:
    """Programmes."""
    return _alike(incomplete, ((name, "") for name in deck_parts.programme_folder().names()))


def tags(incomplete: str) -> list[Completion]:
    """Tags that entries have."""
    return _named(incomplete, NameKind.TAG)


def prompts(incomplete: str) -> list[Completion]:
    """Prompts that were answered, as DECK/PROMPT."""
    return _named(incomplete, NameKind.PROMPT)


def speakers(incomplete: str) -> list[Completion]:
    """Speakers of answers."""
    return _named(incomplete, NameKind.SPEAKER)


def themes(incomplete: str) -> list[Completion]:
    """Themes that are shown without a yes, by name; with their handles."""
    return _alike(incomplete, theme_parts.names())


def references(incomplete: str) -> list[Completion]:
    """The newest entries, by their letters; with day and title."""
    return _alike(incomplete, (*_WORDS, *library.newest()))


def _named(incomplete: str, what: NameKind) -> list[Completion]:
    return _alike(incomplete, ((name, "") for name in library.names(what)))


def _alike(incomplete: str, found: Iterable[Completion]) -> list[Completion]:
    """Those that begin so, in any case; a name of several lines is left out."""
    begun = plain(incomplete)
    return [each for each in found if plain(each[0]).startswith(begun) and each[0].isprintable()]
