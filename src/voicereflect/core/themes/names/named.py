"""Which of what stays closed a person asks for by name."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

from voicereflect.core.entry import refs
from voicereflect.core.entry.refs import Reference
from voicereflect.errors import EntryNotFound

NAME_IT: Final = (
    "Name an entry by the beginning or end of its id, or a deck as `voicereflect decks list` does."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Heavy decks and closed entries that a person asks for by name."""

    decks: frozenset[str] = frozenset()
    entries: tuple[Reference, ...] = ()

    def asks_for(self, entry: str, answer: int) -> bool:
        """Tell whether an answer is one of those."""
        return any(each.entry == entry and each.answer in (None, answer) for each in self.entries)


NOTHING_NAMED: Final = Named()


def named(names: Sequence[str], decks: Collection[str], ids_newest_last: Sequence[str]) -> Named:
    """Find the decks and entries that are meant: a deck by its whole name, an entry as always.

    Raises:
        EntryNotFound: no deck has this name, and it means no entry, or several.
    """
    entries = [_entry(each, ids_newest_last) for each in names if each not in decks]
    return Named(decks=frozenset(names) & frozenset(decks), entries=tuple(entries))


def _entry(name: str, ids: Sequence[str]) -> Reference:
    try:
        return replace(refs.resolve(name, ids), word=None)
    except EntryNotFound as error:
        raise EntryNotFound(error.what, hint=NAME_IT) from error
