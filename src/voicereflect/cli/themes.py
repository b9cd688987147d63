"""`voicereflect themes`: what keeps coming back, in one's own words; and changing what it is."""

import shutil
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from voicereflect.cli import completing, filters
from voicereflect.cli.options import LOOSE
from voicereflect.cli.shared import AsJson, group, note, print_json, show_text
from voicereflect.core.review.spans import spanned
from voicereflect.core.search.dates import Days
from voicereflect.core.themes.clustering.finding import find_to_show
from voicereflect.ui import theme_list
from voicereflect.ui import themes as theme_pages
from voicereflect.wiring import library, plain
from voicereflect.wiring import themes as theme_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicereflect.core.themes.theme import Theme
    from voicereflect.flows.themes.curating import Done
    from voicereflect.flows.themes.listing import Overview

app = group(
    "See what you keep coming back to, in your own words.",
    no_args_is_help=False,
    invoke_without_command=True,
)
Name = Annotated[
    str,
    typer.Argument(
        help="A theme's name, or the beginning of it.", autocompletion=completing.themes
    ),
]
With = Annotated[
    list[str] | None,
    typer.Option("--with", help="Also quote this heavy deck or closed entry, by name."),
]


@app.callback()
def themes(
    context: typer.Context,
    everything: Annotated[
        bool, typer.Option("--all", help="All of them with a quote, rare and hidden ones too.")
    ] = False,
    since: filters.Since = None,
    year: Annotated[int | None, typer.Option(min=1, max=9998, help="In that year.")] = None,
    as_json: AsJson = False,
) -> None:
    """List what recurs: how many days, first and last, a picture over time."""
    if context.invoked_subcommand is not None:
        return
    with theme_parts.themes() as found:
        overview = found.overview()
        if since is not None or year is not None:
            _tell_span(
                overview, filters.span(library.today(), since=since, year=year), as_json=as_json
            )
        else:
            _tell_list(overview, everything=everything, as_json=as_json)
    if not as_json and (others := theme_parts.other_languages()):
        note(f"Themes are found in English only: {others}.")


@app.command("show")
def show(
    name: Name,
    with_names: With = None,
    everything: Annotated[bool, typer.Option("--all", help="Every sentence of it.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show one theme: then and now, quotes with dates, in which decks, over time."""
    with theme_parts.themes() as found:
        overview = found.overview()
        theme = find_to_show(overview.themes, name)
        trend = overview.trends.get(theme.key)
        quotes = theme.quotable(theme_parts.named(with_names or (), theme.decks))
        if as_json:
            print_json(theme_pages.as_json(theme, trend, quotes), escaped=False)
        else:
            days = overview.days
            show_text(theme_pages.page(theme, days, trend, quotes, plain=plain(), whole=everything))


@app.command("play")
def play(name: Name, with_names: With = None) -> None:
    """Hear yourself on a theme, oldest to newest: ENTER skips, Q stops."""
    with theme_parts.themes() as found:
        theme = find_to_show(found.overview().themes, name)
        among = theme.sentences
        sentences = theme.quotable(theme_parts.named(with_names or (), theme.decks))
    player = theme_parts.theme_player(lambda sentence: typer.echo(theme_pages.played(sentence)))
    unheard = player.play(sentences)
    note(*theme_pages.left_out(unheard, len(among) - len(sentences), nothing=not among))


@app.command("rename")
def rename(name: Name, new: Annotated[str, typer.Argument(help="Its new name.")]) -> None:
    """Give a theme another name."""
    with theme_parts.curator() as hand:
        _tell("Renamed.", hand.rename(name, new))


@app.command("merge")
def merge(
    name: Name,
    into: Annotated[
        str, typer.Argument(help="The theme that stays.", autocompletion=completing.themes)
    ],
) -> None:
    """Let one theme become part of another."""
    with theme_parts.curator() as hand:
        _tell("Merged.", hand.merge(name, into))


@app.command("apart")
def apart(
    name: Name,
    other: Annotated[
        str, typer.Argument(help="The other theme.", autocompletion=completing.themes)
    ],
    back: Annotated[bool, typer.Option("--back", help="Let them be offered as one again.")] = False,
) -> None:
    """Say that two themes are not one: they are offered as one no more."""
    with theme_parts.curator() as hand:
        done = hand.keep_apart(name, other, apart=not back)
        _tell("They may be offered as one again." if back else "Kept apart.", done)


@app.command("hide")
def hide(
    name: Name, back: Annotated[bool, typer.Option("--back", help="Hide it no longer.")] = False
) -> None:
    """Leave a theme out of the list."""
    with theme_parts.curator() as hand:
        _tell("No longer hidden." if back else "Hidden.", hand.mark(name, hidden=not back))


@app.command("pin")
def pin(
    name: Name, loose: Annotated[bool, typer.Option("--loose", help="Unpin it again.")] = False
) -> None:
    """Keep a theme in the list, however rarely it comes."""
    with theme_parts.curator() as hand:
        _tell("No longer pinned." if loose else "Pinned.", hand.mark(name, pinned=not loose))


@app.command("confirm")
def confirm(
    name: Annotated[
        str | None, typer.Argument(help="A theme's whole name; left out: names those that wait.")
    ] = None,
    back: Annotated[bool, typer.Option("--back", help="Take your yes back.")] = False,
) -> None:
    """Say yes to a theme that is shown only with your yes."""
    if name is None:
        with theme_parts.themes() as found:
            waiting = [each.name for each in found.overview().unconfirmed]
        for each in waiting:
            typer.echo(each)
        if not waiting:
            note("Nothing waits for your yes.")
        return
    with theme_parts.curator() as hand:
        answered = hand.confirm(name, yes=not back)
    note(theme_pages.answered(answered.theme, listed=answered.listed))


@app.command("move", context_settings=LOOSE)
def move(
    reference: Annotated[str, typer.Argument(help="ENTRY/ANSWER:WORD, as `show` prints it.")],
    to: Annotated[str | None, typer.Argument(help="The theme; left out: none.")] = None,
) -> None:
    """Put one sentence into a theme, or into none."""
    with theme_parts.curator() as hand:
        done = hand.move(*theme_parts.referenced(reference), to)
        typer.echo(theme_pages.meant(done.sentence))
        _tell("Moved." if to else "It belongs to no theme now.", done)


@app.command("add", context_settings=LOOSE)
def add(
    name: Annotated[str, typer.Argument(help="Its name.")],
    word: Annotated[
        list[str] | None, typer.Option(help="A word or phrase that always belongs to it.")
    ] = None,
    like: Annotated[
        list[str] | None, typer.Option(help="A sentence of yours, as ENTRY/ANSWER:WORD.")
    ] = None,
    strictness: Annotated[
        float, typer.Option(min=0.1, max=0.95, help="How near to the examples, 0.1 to 0.95.")
    ] = 0.5,
) -> None:
    """Make a theme of your own; example sentences may come on standard input, one a line."""
    sentences = [] if sys.stdin is None or sys.stdin.isatty() else sys.stdin.read().splitlines()
    examples = [*theme_parts.quoted(like or []), *filter(str.strip, sentences)]
    with theme_parts.curator() as hand:
        done = hand.add(name, examples=examples, words=word or [], strictness=strictness)
        _tell("Kept in themes.toml.", done)


@app.command("undo")
def undo() -> None:
    """Take the last change of your themes back."""
    with theme_parts.curator() as hand:
        done = hand.undo()
    note("Taken back." if done else "There is nothing to take back.")


def _tell(what: str, done: "Done") -> None:
    note(theme_pages.done(what, changed=done.changed, waits=done.waits))


def _tell_list(overview: "Overview", *, everything: bool, as_json: bool) -> None:
    chosen, trends = overview.askable if everything else overview.listed, overview.trends
    if as_json:
        found = [
            theme_pages.as_json(each, trends.get(each.key), theme_pages.one_quote(each))
            for each in chosen
        ]
        print_json(found, escaped=False)
        return
    if everything or plain():
        lines = [
            theme_list.listed(each, overview.days, trends.get(each.key), plain=plain())
            for each in chosen
        ]
        show_text("\n".join([*lines, *map(theme_list.twins, overview.suggestions)]))
    else:
        height = shutil.get_terminal_size().lines
        chosen = theme_list.fitting(chosen, _notes(overview, chosen), height)
        for theme in chosen:
            typer.echo(theme_list.row(theme, overview.days))
    for line in theme_list.filled(_notes(overview, chosen)):
        note(line)
    for problem in overview.problems:
        note(problem.line)


def _tell_span(overview: "Overview", span: Days, *, as_json: bool) -> None:
    found = spanned(overview.shown, span)
    if as_json:
        print_json(theme_list.span_json(found), escaped=False)
    else:
        show_text(theme_list.in_span(found))


def _notes(overview: "Overview", chosen: "Sequence[Theme]") -> list[str]:
    rare = {each.key for each in overview.rare} - {each.key for each in chosen}
    drawn = any(each.days for each in chosen) and not plain()
    return [
        *([theme_list.pictured(overview.days)] if drawn else ()),
        *theme_list.changing(chosen, overview.trends),
        *theme_list.notes(
            entries=len(overview.entries),
            shown=len(overview.shown),
            listed=sum(theme.shown for theme in chosen),
            hidden=sum(theme.hidden and theme.recurs for theme in overview.askable),
            unconfirmed=len(overview.unconfirmed),
            pairs=overview.suggestions[:1],
        ),
        *([theme_list.too_rare(len(rare))] if rare else ()),
    ]
