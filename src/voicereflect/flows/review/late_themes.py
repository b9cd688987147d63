"""Themes of a walk, which take a second to read and are not opened before one is asked for.

Knows ports and core.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from voicereflect.core.entry.refs import Reference
from voicereflect.core.review.choosing import quote_of
from voicereflect.core.review.places import ThemeRow
from voicereflect.core.review.values import DatedQuote

if TYPE_CHECKING:
    from voicereflect.core.themes.theme import Theme
    from voicereflect.flows.themes.curating import Curator
    from voicereflect.flows.themes.listing import Themes
    from voicereflect.model import Entry

LOOKING: Final = "Looking for what recurs…"


class LateThemes:
    """Themes of a walk; nothing is opened before one is asked for."""

    def __init__(
        self,
        open_them: "Callable[[], tuple[Themes, Curator]]",
        load: "Callable[[str], Entry]",
        tell: Callable[[str], None],
    ) -> None:
        """Remember how; `tell` hears that it takes a while."""
        self._open = open_them
        self._load = load
        self._tell = tell
        self._opened: tuple[Themes, Curator] | None = None
        self._known: tuple[Theme, ...] = ()
        self._homes: dict[str, str] = {}
        self._twins: dict[str, str] = {}

    def rows(self) -> Sequence[ThemeRow]:
        """The themes of the list."""
        themes = self._read()
        return [
            ThemeRow(
                handle=each.handle,
                name=each.name,
                days=each.days,
                twin=self._twins.get(each.handle, ""),
            )
            for each in themes
            if each.shown
        ]

    def keep_apart(self, theme: ThemeRow) -> None:
        """Offer a theme and its twin as one no more."""
        twin = theme.twin.partition(" ")[0]
        self._changed(self._both()[1].keep_apart(theme.handle, twin).changed)

    def sentences(self, handle: str) -> Sequence[DatedQuote]:
        """A theme's sentences that may come back, oldest first."""
        (theme,) = [each for each in self._read() if each.handle == handle]
        return [quote_of(each) for each in theme.quotable()]

    def of(self, said: DatedQuote) -> str:
        """The handle of a sentence's theme; empty where it has none that is shown."""
        if not self._homes:
            self._homes = {
                each.reference: theme.handle
                for theme in self._read()
                if theme.shown
                for each in theme.sentences
            }
        return self._homes.get(said.reference, "")

    def name(self, handle: str) -> str:
        """What the theme with a handle is called; empty where it is not in the list."""
        return next((each.name for each in self.rows() if each.handle == handle), "")

    def move(self, said: DatedQuote, to: str | None) -> bool:
        """Put a sentence into a theme, or into none; False: it was there.

        Raises:
            ThemeNotFound: none has this handle or name, or several.
        """
        _, hand = self._both()
        reference = Reference(entry=said.entry, answer=said.answer, word=said.word)
        return self._changed(hand.move(self._load(said.entry), reference, to).changed)

    def undo(self) -> bool:
        """Take the last change of themes back."""
        return self._changed(self._both()[1].undo())

    def _both(self) -> "tuple[Themes, Curator]":
        if self._opened is None:
            self._opened = self._open()
        return self._opened

    def _read(self) -> "tuple[Theme, ...]":
        if not self._known:
            self._tell(LOOKING)
            overview = self._both()[0].overview()
            self._known = overview.themes
            self._twins = {
                one.handle: f"{other.handle} {other.name}"
                for pair in overview.suggestions
                for one, other in ((pair.one, pair.other), (pair.other, pair.one))
            }
        return self._known

    def _changed(self, changed: bool) -> bool:  # noqa: FBT001 - passed through
        self._known, self._homes = (), {}
        return changed
