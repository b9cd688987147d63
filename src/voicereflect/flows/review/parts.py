"""The outside world of a walk; knows no key and no place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from voicereflect.core.decks.laying import Group
from voicereflect.core.entry.refs import Reference
from voicereflect.core.review.values import DatedQuote
from voicereflect.core.search.filters import EntryLine
from voicereflect.flows.review.late_themes import LateThemes
from voicereflect.flows.review.sheet import Sheet
from voicereflect.model import Entry
from voicereflect.ports.review import ReviewScreen
from voicereflect.ports.screen import Keyboard, Typist
from voicereflect.ports.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkParts:
    """The outside world of a walk."""

    vault: Vault
    lines: Callable[[], Sequence[EntryLine]]
    search: Callable[[str], Sequence[DatedQuote]]
    begun: Callable[[str], Sequence[DatedQuote]]
    """What has words that are still being typed."""
    said: Callable[[str], Sequence[DatedQuote]]
    """Every sentence in which a name stands."""
    laid: Callable[[Entry], tuple[Group, ...]]
    """The answers of an entry that count, as their deck lays them out."""
    themes: LateThemes
    sheet: Sheet
    tag: Callable[[str, Sequence[str]], Entry]
    play: Callable[[str], Reference | None]
    """Gives the word at which a person stopped it."""
    keyboard: Keyboard
    leaving: Callable[[], None]
    """Hears at once that somebody leaves, whatever is under way."""
    typed_line: Callable[[str], str | None]
    """Asks for a line; None when no more can come."""
    typist: Typist | None
    """Types letter by letter, where the screen shows at once what that finds."""
    screen: ReviewScreen
    beside: bool
    """Whether the screen has room for what was said, beside a list of entries."""
