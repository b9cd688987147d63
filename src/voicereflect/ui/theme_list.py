"""Themes in a list that one screen holds: handle, name, days, a picture, first and last date."""

import textwrap
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from voicereflect.core.themes.trend import LEAST_ENTRIES, Trend
from voicereflect.ui.counting import counted
from voicereflect.ui.themes import one_quote, picture_of, quote, title, trend_words, when
from voicereflect.ui.wording import WIDTH

if TYPE_CHECKING:
    from voicereflect.core.review.spans import InSpan, QuietTheme, Spanned
    from voicereflect.core.themes.suggesting import Suggestion
    from voicereflect.core.themes.theme import Theme

NAME_WIDTH: Final = 24
LEAST_ROWS: Final = 5
PROMPT: Final = 1
"""Lines a terminal's prompt takes."""


def row(theme: "Theme", days: tuple[date, ...]) -> str:
    """One theme in one line."""
    if not theme.days:
        return f"{_titled(theme)} nothing yet"
    return (
        f"{_titled(theme)}{counted(len(theme.days), 'day'):>9}  "
        f"{picture_of(theme, days, plain=False)}  {when(theme.days)}"
    )


def listed(
    theme: "Theme", days: tuple[date, ...], trend: Trend | None, *, plain: bool = False
) -> str:
    """One theme in two or three lines: name, days, a picture, first and last, one quote."""
    came = theme.days
    if not came:
        return f"{title(theme)}\n    (nothing yet)"
    picture = picture_of(theme, days, plain=plain)
    lines = [
        f"{_titled(theme, NAME_WIDTH + 7)}{counted(len(came), 'day'):>9}  {picture}",
        f"    {when(came)}{trend_words(trend)}",
    ]
    lines += [quote(each, room=WIDTH * 2) for each in one_quote(theme)]
    if theme.hidden:
        lines.append("    (hidden)")
    if theme.unmatched:
        lines.append("    (no longer found by the model; what you named is kept)")
    return "\n".join(lines)


def fitting(themes: "tuple[Theme, ...]", notes: Sequence[str], height: int) -> "tuple[Theme, ...]":
    """So many themes as stand above their notes on a screen."""
    room = max(height - PROMPT - len(filled(notes)), LEAST_ROWS)
    return themes[:room]


def in_span(spanned: "Spanned") -> str:
    """What came up within a span, what of it began then, and what did not come back."""
    first, last = spanned.span.first, spanned.span.last
    head = f"{first} to {last}" if first > date.min else f"Until {last}"
    lines = [f"{head}: {counted(len(spanned.came), 'theme')} came up."]
    lines += [_in_span(each) for each in spanned.came]
    if spanned.quiet:
        lines += ["", "Came up before, and not in these days:"]
        lines += [
            f"{_titled(each)}{counted(each.days, 'day'):>9}  last {each.last}"
            for each in spanned.quiet
        ]
    return "\n".join(lines)


def span_json(spanned: "Spanned") -> dict[str, Any]:
    """The same as JSON."""
    first, last = spanned.span.first, spanned.span.last
    return {
        "first": first.isoformat(),
        "last": last.isoformat(),
        "came": [
            {
                "handle": each.theme.handle,
                "name": each.theme.name,
                "days": [day.isoformat() for day in each.days],
                "new": each.before is None,
            }
            for each in spanned.came
        ],
        "quiet": [
            {
                "handle": each.handle,
                "name": each.name,
                "days_before": each.days,
                "last": each.last.isoformat(),
            }
            for each in spanned.quiet
        ],
    }


def notes(
    *,
    entries: int,
    shown: int,
    listed: int,
    hidden: int,
    unconfirmed: int,
    pairs: "Sequence[Suggestion]" = (),
) -> list[str]:
    """What is to be said beside the list."""
    more = f"{shown - listed} more: `voicereflect themes --all`."
    said = [
        _about_the_list(entries=entries, shown=shown, hidden=hidden, unconfirmed=unconfirmed),
        more if listed < shown else "",
        f"Shown only with your yes: {unconfirmed}{' more' if shown else ''} "
        "(`voicereflect themes confirm`)."
        if unconfirmed
        else "",
    ]
    return [*filter(None, said), *(f"{_named(each)} may be one." for each in pairs)]


def filled(notes: Sequence[str]) -> list[str]:
    """Notes as one paragraph, a line each."""
    return textwrap.wrap(" ".join(notes), WIDTH, break_on_hyphens=False)


def _named(pair: "Suggestion") -> str:
    one, other = (f"{each.handle} {each.name}" for each in (pair.one, pair.other))
    return f"{one} and {other}"


def twins(pair: "Suggestion") -> str:
    """Two themes that may be one, with one quote of each."""
    lines = ["These two may be one:"]
    for theme in (pair.one, pair.other):
        lines.append(f"  {title(theme)}")
        lines += [quote(each, room=max(WIDTH - 36, 24)) for each in one_quote(theme)]
    command = f"`voicereflect themes merge {pair.other.handle} {pair.one.handle}`"
    refusal = f"`voicereflect themes apart {pair.other.handle} {pair.one.handle}`"
    return "\n".join(
        [*lines, f"Nothing is merged unless you do it: {command}.", f"If they are two: {refusal}."]
    )


def changing(themes: "Sequence[Theme]", trends: Mapping[str, Trend]) -> list[str]:
    """Which themes come more or less often, by their handles."""
    said = []
    for rising, what in ((True, "More"), (False, "Less")):
        known = [(each.handle, trends.get(each.key)) for each in themes]
        found = [handle for handle, trend in known if trend and trend.rising == rising]
        if found:
            said.append(f"{what} often in later entries: {', '.join(found)}.")
    return said


def pictured(days: tuple[date, ...]) -> str:
    """What the pictures run over."""
    return f"Each picture runs from {min(days)} to {max(days)}."


def too_rare(count: int) -> str:
    """How many came up, and on too few days for the list."""
    come, those = ("1 theme comes", "it") if count == 1 else (f"{count} themes come", "them")
    return f"{come} up too rarely for the list so far: `--all` shows {those}."


def _in_span(found: "InSpan") -> str:
    days = found.days
    last = "" if len(days) == 1 else f" to {days[-1]}"
    known = "new" if found.before is None else f"before: {found.before}"
    return f"{_titled(found.theme)}{counted(len(days), 'day'):>9}  {days[0]}{last}  {known}"


def _titled(theme: "Theme | QuietTheme", width: int = NAME_WIDTH) -> str:
    name = textwrap.shorten(theme.name, width, placeholder="…")
    return f"{theme.handle:<4} {name:<{width}}"


def _about_the_list(*, entries: int, shown: int, hidden: int, unconfirmed: int) -> str:
    if not (shown or hidden or unconfirmed):
        return "Nothing recurs yet: a theme needs three days over two weeks."
    if hidden and not shown:
        return "What recurs is hidden: `--all` lists it."
    if shown and entries < LEAST_ENTRIES:
        return (
            f"Counts and dates only: trends are looked for from {LEAST_ENTRIES} entries on; "
            f"so far: {entries}."
        )
    return ""
