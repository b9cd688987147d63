"""`voicereflect list`: which entries there are."""

from typing import Annotated

import typer

from voicereflect.cli import filters
from voicereflect.cli.shared import AsJson, note, print_json, show_text
from voicereflect.core.search.filters import EVERYTHING, Wanted
from voicereflect.ui.library import reading
from voicereflect.ui.library.listing import by_year, no_entry, stray_hint
from voicereflect.ui.wording import once_each
from voicereflect.wiring import library

NOTHING_YET = "Nothing yet. `voicereflect reflect` begins."


def list_entries(
    when: Annotated[
        list[str] | None, typer.Argument(help="Only of that time: yesterday, march, 2024.")
    ] = None,
    since: filters.Since = None,
    until: filters.Until = None,
    on: filters.On = None,
    deck: filters.Deck = "",
    prompt: filters.Prompt = "",
    tag: filters.Tags = None,
    speaker: filters.Speaker = "",
    state: filters.State = None,
    theme: filters.Theme = "",
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many, the newest.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the entries, oldest first."""
    which = Wanted(deck=deck, prompt=prompt, tags=tuple(tag or ()), speaker=speaker, state=state)
    which = filters.narrowed(
        which, library.today(), since=since, until=until, on=filters.one_time(on, when), theme=theme
    )
    with library.browsing() as browsing:
        listing = browsing.listing(which, limit=limit, whole=as_json)
    if as_json:
        print_json([reading.as_json(entry) for entry in listing.entries])
    elif listing.lines:
        show_text("\n".join(by_year(listing.lines)))
    elif not listing.problems:
        library.expect_known(which)
        note(no_entry(which) if which != EVERYTHING else NOTHING_YET)
    note(*once_each((each.sentence, each.hint) for each in listing.problems))
    if not as_json and (unread := library.unread_words()):
        note(stray_hint(unread))
