"""`voicereflect search`: what was said before, found again."""

from typing import Annotated

import typer

from voicereflect.cli import filters
from voicereflect.cli.shared import AsJson, note, print_json, show_text
from voicereflect.core.search.filters import Wanted
from voicereflect.ui.library import listing
from voicereflect.wiring import library


def search(
    words: Annotated[
        list[str], typer.Argument(help="What to look for; '\"in quotes\"' word for word.")
    ],
    since: filters.Since = None,
    until: filters.Until = None,
    on: filters.On = None,
    deck: filters.Deck = "",
    prompt: filters.Prompt = "",
    tag: filters.Tags = None,
    speaker: filters.Speaker = "",
    state: filters.State = None,
    theme: filters.Theme = "",
    limit: Annotated[int, typer.Option(min=1, help="At most so many hits.")] = 10,
    exact: Annotated[bool, typer.Option("--exact", help="By words alone, not by meaning.")] = False,
    as_json: AsJson = False,
) -> None:
    """Find what you said, by its words and by its meaning."""
    which = Wanted(deck=deck, prompt=prompt, tags=tuple(tag or ()), speaker=speaker, state=state)
    which = filters.narrowed(which, library.today(), since=since, until=until, on=on, theme=theme)
    with library.search() as searching:
        found = searching.find(" ".join(words), which, limit=limit, exact=exact)
    if as_json:
        print_json([listing.hit_json(hit) for hit in found.hits])
        return
    if not found.hits:
        library.expect_known(which)
    before = (found.unsaid, found.instead)
    note(*listing.before_hits(*before, has_all=found.has_all, hits=len(found.hits)))
    marks = library.marks()
    if found.hits:
        show_text("\n\n".join(listing.hit(hit, found.names, marks) for hit in found.hits))
    if found.withheld:
        note(listing.withheld(found.withheld, found.names))
    if found.more:
        note(listing.more_hits(found.more))
