"""`voicereflect report`: a look back as a page one can hold."""

from pathlib import Path
from typing import Annotated, Final

import typer

from voicereflect.cli import filters, pages
from voicereflect.cli.lookback import With
from voicereflect.core.review.values import LookedFor
from voicereflect.core.search.filters import Wanted
from voicereflect.wiring import library, themes
from voicereflect.wiring import review as review_parts

QUOTES: Final = 6
"""Of each theme."""


def report(
    file: Annotated[Path | None, typer.Argument(help="The page; nothing is replaced.")] = None,
    with_audio: Annotated[
        bool, typer.Option("--with-audio", help="Lay the sound of the quotes beside it.")
    ] = False,
    since: filters.Since = None,
    until: filters.Until = None,
    on: filters.On = None,
    deck: filters.Deck = "",
    prompt: filters.Prompt = "",
    tag: filters.Tags = None,
    speaker: filters.Speaker = "",
    state: filters.State = None,
    theme: filters.Theme = "",
    with_names: With = None,
) -> None:
    """Write a page: themes over time, days, quotes, then and now; one HTML file."""
    today = library.today()
    file = file or Path(f"voicereflect-report-{today}.html")
    pages.refuse_existing(file)
    which = Wanted(deck=deck, prompt=prompt, tags=tuple(tag or ()), speaker=speaker, state=state)
    which = filters.narrowed(which, today, since=since, until=until, on=on, theme="")
    asked = LookedFor(
        wanted=which,
        theme=theme,
        named=themes.named(with_names or ()),
        quotes=QUOTES,
        today=today,
    )
    with review_parts.gathering() as gathering:
        review = gathering.gather(asked)
    pages.write_report(review, file, with_audio=with_audio)
