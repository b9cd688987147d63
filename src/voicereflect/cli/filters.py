"""The filters that `list` and `search` share; knows option names, and turns them into values."""

from dataclasses import replace
from datetime import date
from typing import Annotated

import typer

from voicereflect.cli import completing
from voicereflect.core.entry.days import day_in_words
from voicereflect.core.search.dates import Days, days
from voicereflect.core.search.filters import Wanted
from voicereflect.errors import SettingsError
from voicereflect.model import AnswerState
from voicereflect.wiring import themes

Since = Annotated[
    str | None, typer.Option("--since", help='From this day on: "last spring", 2024-03-01.')
]
Until = Annotated[str | None, typer.Option("--until", help='Up to this day: "two weeks ago".')]
On = Annotated[str | None, typer.Option("--on", help='In that time: yesterday, "in March", 2024.')]
Deck = Annotated[
    str, typer.Option("--deck", help="Entries of this deck.", autocompletion=completing.decks)
]
Prompt = Annotated[
    str,
    typer.Option(
        "--prompt", help="Answers to this prompt: DECK/PROMPT.", autocompletion=completing.prompts
    ),
]
Tags = Annotated[
    list[str] | None,
    typer.Option("--tag", help="Entries with this tag; repeat it.", autocompletion=completing.tags),
]
Speaker = Annotated[
    str,
    typer.Option("--speaker", help="Answers by this speaker.", autocompletion=completing.speakers),
]
State = Annotated[AnswerState | None, typer.Option("--state", help="Answers in this state.")]
Theme = Annotated[
    str,
    typer.Option(
        "--theme", help="Only what belongs to this theme.", autocompletion=completing.themes
    ),
]


def one_time(on: str | None, when: list[str] | None) -> str | None:
    """Give the time that stands behind the command, or `--on`.

    Raises:
        BadParameter: both.
    """
    if on and when:
        raise typer.BadParameter("name the time once, with --on or without")
    return on or " ".join(when or ()) or None


def narrowed(
    wanted: Wanted, today: date, *, since: str | None, until: str | None, on: str | None, theme: str
) -> Wanted:
    """Add the days and the theme that are meant.

    Raises:
        SettingsError: words that name no day, or days that end before they begin.
        ThemeNotFound: no theme has this name, or several.
    """
    firsts = [days(since, today, point=True).first] if since else []
    lasts = [days(until, today, point=True).last] if until else []
    if on:
        around = days(on, today)
        firsts, lasts = [*firsts, around.first], [*lasts, around.last]
    if firsts and lasts and max(firsts) > min(lasts):
        raise SettingsError(
            f"No day is from {day_in_words(max(firsts))} on and up to {day_in_words(min(lasts))}.",
            hint="--since takes the earlier day, --until the later one.",
        )
    return replace(
        wanted,
        since=max(firsts, default=None),
        until=min(lasts, default=None),
        among=themes.places(theme) if theme else wanted.among,
    )


def span(today: date, *, since: str | None, year: int | None) -> Days:
    """The days of a year, or from a day on until now; with both, what they share.

    Raises:
        SettingsError: words that name no day.
    """
    first = days(since, today, point=True).first if since else date.min
    if year is None:
        return Days(first, today)
    return Days(max(first, date(year, 1, 1)), date(year, 12, 31))
