"""Counts as still pictures: SVG with a title, a description and the table of its numbers."""

from calendar import monthrange
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from voicereflect.core.entry.days import day_in_words
from voicereflect.ui.counting import counted, spoken_for
from voicereflect.ui.review.markup import Element, child

if TYPE_CHECKING:
    from voicereflect.core.search.dates import Days
    from voicereflect.core.search.filters import EntryLine

WEEKS_UPTO_DAYS: Final = 120
"""A longer span is counted by months."""
MONTHS_UPTO: Final = 72
"""A longer one by years."""
WIDTH: Final = 640
HEIGHT: Final = 56
CELL: Final = 12
LEVELS_MIN: Final = (0.0, 5.0, 15.0)
"""Minutes above which a day is drawn darker."""


def stretches(span: "Days") -> list[tuple[str, date]]:
    """Weeks, months or years of a span: their names, and the first day of each."""
    first, last = span.first, span.last
    if (last - first).days < WEEKS_UPTO_DAYS:
        monday = first - timedelta(days=first.weekday())
        count = (last - monday).days // 7 + 1
        days = [monday + timedelta(weeks=number) for number in range(count)]
        return [(f"week of {day_in_words(day)}", day) for day in days]
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months <= MONTHS_UPTO:
        numbers = [first.year * 12 + first.month - 1 + number for number in range(months)]
        return [(f"{n // 12}-{n % 12 + 1:02}", date(n // 12, n % 12 + 1, 1)) for n in numbers]
    years = range(first.year, last.year + 1)
    return [(str(year), date(year, 1, 1)) for year in years]


def bars(parent: Element, ident: str, what: str, days: Sequence[date], span: "Days") -> None:
    """Draw on how many days something came up in each stretch."""
    names = stretches(span)
    counts = [0] * len(names)
    for day in days:
        counts[max(at for at, (_, first) in enumerate(names) if first <= day)] += 1
    most = max(counts, default=0) or 1
    svg = _svg(parent, ident, WIDTH, HEIGHT + 1, what, f"At most {most} in one bar.")
    step = WIDTH / len(counts)
    path = "".join(
        f"M{number * step:.1f} {HEIGHT - high:.1f}h{step * 0.8:.1f}v{high:.1f}h-{step * 0.8:.1f}z"
        for number, count in enumerate(counts)
        if (high := count / most * HEIGHT)
    )
    child(svg, "path", class_="bar", d=path)
    child(svg, "path", class_="axis", d=f"M0 {HEIGHT}.5h{WIDTH}")
    ends = child(parent, "p", class_="ends")
    first, *later = [name for name, _ in names]
    for words in (first, f"at most {counted(most, 'day')}", *later[-1:]):
        child(ends, "span", words)
    rows = [(name, str(count)) for (name, _), count in zip(names, counts, strict=True)]
    table(parent, what, ("Time", "Days"), rows)


def calendar(parent: Element, year: int, sittings: "Sequence[EntryLine]") -> None:
    """Draw a year, a square a day; darker where more was said."""
    minutes: Counter[date] = Counter()
    for each in sittings:
        minutes[each.day] += each.seconds / 60  # type: ignore[assignment]  # a counter of minutes
    what = f"Days you spoke in {year}"
    in_all = spoken_for(sum(minutes.values()) * 60)
    about = f"{', '.join(filter(None, (counted(len(minutes), 'day'), in_all)))}."
    svg = _svg(parent, f"year-{year}", 53 * CELL + CELL, 7 * CELL, what, about)
    begin = date(year, 1, 1)
    offset = begin.weekday()
    levels: list[list[str]] = [[] for _ in range(len(LEVELS_MIN) + 1)]
    for number in range(366 if monthrange(year, 2)[1] == 29 else 365):
        spoken = minutes.get(begin + timedelta(days=number))
        level = 0 if spoken is None else max(sum(spoken >= least for least in LEVELS_MIN), 1)
        week, weekday = divmod(number + offset, 7)
        levels[level].append(f"M{week * CELL} {weekday * CELL}h9v9h-9z")
    for level, paths in enumerate(levels):
        if paths:
            child(svg, "path", class_=f"l{level}", d="".join(paths))
    ends = child(parent, "p", class_="ends")
    for month in ("January", "December"):
        child(ends, "span", month)
    table(parent, what, ("Month", "Days", "Minutes"), _months(year, minutes))


def _months(year: int, minutes: Mapping[date, float]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for month in range(1, 13):
        found = [spoken for day, spoken in minutes.items() if day.month == month]
        rows.append((f"{year}-{month:02}", str(len(found)), str(round(sum(found)))))
    return rows


def table(parent: Element, what: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Lay the numbers behind a picture below it, folded."""
    details = child(parent, "details")
    child(details, "summary", "Numbers")
    made = child(child(details, "div", class_="wide"), "table")
    child(made, "caption", what)
    top = child(child(made, "thead"), "tr")
    for head in heads:
        child(top, "th", head, scope="col")
    body = child(made, "tbody")
    for name, *numbers in rows:
        line = child(body, "tr")
        child(line, "th", name, scope="row")
        for number in numbers:
            child(line, "td", number)


def _svg(  # a picture is its name, its size and two sentences
    parent: Element, ident: str, width: int, height: int, title: str, about: str
) -> Element:
    svg = child(
        parent,
        "svg",
        viewBox=f"0 0 {width} {height}",
        role="img",
        aria_labelledby=f"{ident}-title {ident}-desc",
    )
    child(svg, "title", title, id=f"{ident}-title")
    child(svg, "desc", about, id=f"{ident}-desc")
    return svg
