"""`voicereflect lookback`: a week, a month, a year or a theme, in one's own words."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Final

import typer

from voicereflect.cli.pages import refuse_existing, write_report
from voicereflect.cli.shared import AsJson, note, print_json, show_text
from voicereflect.core.review.values import LookedFor
from voicereflect.core.search.dates import days
from voicereflect.core.search.filters import EVERYTHING, Wanted
from voicereflect.errors import SettingsError, ThemeNotFound
from voicereflect.ui.review import terminal
from voicereflect.wiring import library, themes
from voicereflect.wiring import review as review_parts

SPANS: Final = {"week": 7, "month": 30, "year": 365}
"""Days that are looked back on, today included."""
QUOTES: Final = 1
QUOTES_OF_ONE: Final = 12
With = Annotated[
    list[str] | None,
    typer.Option("--with", help="Also this heavy deck or closed entry, by name."),
]


def lookback(
    what: Annotated[
        list[str] | None, typer.Argument(help="week (as without it), month, year, or a theme.")
    ] = None,
    with_names: With = None,
    page: Annotated[
        Path | None, typer.Option("--page", help="Write it as a page, an HTML file.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Look back in your own words: days, themes, then and now, questions asked twice."""
    asked = " ".join(what or ["week"])
    if page is not None:
        refuse_existing(page)
    looked_for = LookedFor(
        wanted=span_of(asked, library.today()),
        theme="" if asked in SPANS else asked,
        named=themes.named(with_names or ()),
        quotes=QUOTES if asked in SPANS else QUOTES_OF_ONE,
        today=library.today(),
    )
    with review_parts.gathering() as gathering, _telling_its_times(asked):
        review = gathering.gather(looked_for)
    if page is not None:
        write_report(review, page)
        return
    if as_json:
        print_json(terminal.as_json(review), escaped=False)
        return
    show_text(terminal.page(review))
    if review.closed:
        note(terminal.closed_line(review.closed))


@contextmanager
def _telling_its_times(asked: str) -> Iterator[None]:
    """Where words name no theme but a time, such as a year, say which times it takes."""
    try:
        yield
    except ThemeNotFound as error:
        if not _is_a_time(asked):
            raise
        hint = f"A look back takes week, month or year; `voicereflect list {asked}` has that time."
        raise ThemeNotFound(error.what, hint=hint) from error


def _is_a_time(asked: str) -> bool:
    try:
        days(asked, library.today())
    except SettingsError:
        return False
    return True


def span_of(what: str, today: date) -> Wanted:
    """The days that a word means; a theme is looked back on as long as it is there."""
    if what not in SPANS:
        return EVERYTHING
    return Wanted(since=today - timedelta(days=SPANS[what] - 1), until=today)
