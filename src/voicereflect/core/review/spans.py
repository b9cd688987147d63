"""Themes within a stretch of days: what came up, what began, what did not come back.

Counts and dates alone; nothing is claimed of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from voicereflect.core.search.dates import Days

if TYPE_CHECKING:  # it brings numbers along
    from voicereflect.core.themes.theme import Theme

QUIET_DAYS: Final = 3
"""What came up on fewer days before was never a theme that could go quiet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InSpan:
    """A theme as it came up within a span."""

    theme: "Theme"
    days: tuple[date, ...]
    before: date | None
    """The last day it came up before; none: it began within the span."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietTheme:
    """A theme that came up before a span, and not within it."""

    handle: str
    name: str
    days: int
    """So many before."""
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Spanned:
    """All themes, looked at within a span."""

    span: Days
    came: tuple[InSpan, ...]
    """Those with most days first."""
    quiet: tuple[QuietTheme, ...]
    """Those that came up in as long a time before, and not within; the longest there first."""


def spanned(themes: "Sequence[Theme]", span: Days) -> Spanned:
    """Look at themes within a span, its last day included."""
    came: list[InSpan] = []
    quiet: list[QuietTheme] = []
    since = span.first.toordinal() - (span.last - span.first).days - 1
    for theme in sorted(themes, key=lambda each: (-len(each.days), each.key)):
        days = tuple(day for day in theme.days if span.first <= day <= span.last)
        before = [day for day in theme.days if day < span.first]
        if days:
            came.append(InSpan(theme=theme, days=days, before=max(before, default=None)))
        elif len(before) >= QUIET_DAYS and max(before).toordinal() >= since:
            named = QuietTheme(
                handle=theme.handle, name=theme.name, days=len(before), last=max(before)
            )
            quiet.append(named)
    return Spanned(
        span=span,
        came=tuple(sorted(came, key=lambda each: (-len(each.days), each.theme.key))),
        quiet=tuple(quiet),
    )
