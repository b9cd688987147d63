"""The themes of a vault, as they are asked for; everything heavy is made while the model loads.

Knows ports and core. What is new is read through the index, so that an edit by
hand is noticed here as it is anywhere.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from voicereflect.core.themes.known import KnownTheme
from voicereflect.core.themes.trend import Trend
from voicereflect.errors import EntryUnreadable
from voicereflect.flows.library.finding.indexing import asked
from voicereflect.ports.screen import Progress
from voicereflect.ports.themes import Curations
from voicereflect.ports.vault import EntryFiles

if TYPE_CHECKING:  # they bring numbers along, and the model is to be started before
    from voicereflect.core.themes.suggesting import Suggestion
    from voicereflect.core.themes.theme import Theme
    from voicereflect.core.words.kinds import Layer
    from voicereflect.ports.index import EntryIndex, Meaning
    from voicereflect.ports.themes import ThemeCache

MOST_LISTED: Final = 30
"""More than a person reads at once; the rest is a `--all` away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeParts:
    """What themes are made with."""

    index: "EntryIndex"
    pages: EntryFiles
    meaning: "Meaning"
    cache: "ThemeCache"
    curations: Curations
    known: Sequence[KnownTheme]
    layer: "Callable[[], Layer | None]"
    """What knows some of them from numbers learnt before; read only when themes are made."""
    secret: bytes
    """Of the vault: keys every digest that is kept outside it."""
    depth: Callable[[str], str | None]
    """Of a deck, by its name; None where it cannot be read."""
    progress: Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """All themes, and what they are measured against."""

    themes: "tuple[Theme, ...]"
    days: tuple[date, ...]
    """One for each entry, in the order of ids."""
    entries: tuple[str, ...]
    trends: Mapping[str, Trend]
    """By key; only what the numbers carry."""
    suggestions: "tuple[Suggestion, ...]"
    problems: tuple[EntryUnreadable, ...]
    read_otherwise: bool
    """Another embedding model or version found them the last time."""

    @property
    def shown(self) -> "tuple[Theme, ...]":
        """What stands in the list."""
        return tuple(theme for theme in self.themes if theme.shown)

    @property
    def askable(self) -> "tuple[Theme, ...]":
        """What is listed when all is asked for: rare and hidden ones too, none without its yes."""
        return tuple(each for each in self.themes if each.unasked and not each.waits_for_yes)

    @property
    def rare(self) -> "tuple[Theme, ...]":
        """What came up too rarely for the list; hidden ones are none of it."""
        return tuple(
            theme for theme in self.askable if theme.days and not (theme.shown or theme.hidden)
        )

    @property
    def listed(self) -> "tuple[Theme, ...]":
        """The shown ones that are listed: a person's own and pinned, then those with most days."""
        chosen = [each.key for each in self.shown if each.kept]
        chosen += [each.key for each in self.shown if not each.kept]
        keys = set(chosen[:MOST_LISTED])
        return tuple(each for each in self.shown if each.key in keys)

    @property
    def unconfirmed(self) -> "tuple[Theme, ...]":
        """Sensitive themes that recur and that the person said neither yes nor no to."""
        return tuple(
            theme
            for theme in self.themes
            if theme.waits_for_yes and theme.recurs
            if theme.record is None or not theme.record.hidden
        )


class Themes:
    """The themes of one vault."""

    def __init__(
        self, parts: ThemeParts, make: "Callable[[ThemeParts, EntryIndex], Overview]"
    ) -> None:
        """Nothing is read yet; `make` is loaded when it is called."""
        self._parts = parts
        self._make = make

    def overview(self) -> Overview:
        """Bring everything up to date and give it.

        Raises:
            ModelError: there is something new, and no embedding model to read it.
        """
        parts = self._parts
        return asked(parts.index, parts.pages, parts.progress, self._overview)

    def known_titled(self, title: str) -> KnownTheme | None:
        """Find a theme of the collection by its title, in any case."""
        low = title.casefold()
        return next((each for each in self._parts.known if each.title.casefold() == low), None)

    def _overview(self, index: "EntryIndex") -> Overview:
        if index.count_unread(self._parts.meaning.name):
            self._parts.meaning.start()  # it loads while everything else is loaded and read
        return self._make(self._parts, index)
