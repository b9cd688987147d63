"""`voicereflect programme`: decks in an order, at your own pace."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from voicereflect import wiring
from voicereflect.cli import completing, knowing
from voicereflect.cli.shared import AsJson, group, note, print_json, show_text
from voicereflect.deck_model import Fact
from voicereflect.errors import SettingsError
from voicereflect.ui.decks import listing
from voicereflect.wiring import decks

if TYPE_CHECKING:
    from voicereflect.core.decks.views import Status

Name = Annotated[str, typer.Argument(help="The programme.", autocompletion=completing.programmes)]
Running = Annotated[
    str | None,
    typer.Argument(
        help="The programme; left out: the one that was started.",
        autocompletion=completing.programmes,
    ),
]

app = group("Decks in an order, and no calendar.")


@app.command()
def start(
    name: Name,
    know: Annotated[
        list[str] | None, typer.Option(help="Something known, as in path=alone; may be repeated.")
    ] = None,
) -> None:
    """Begin a programme, or change what it knows of you; every question can be skipped."""
    programmes = decks.programmes()
    facts = programmes.facts_of(name)
    for fact, value in _said(facts, know or ()):
        forgotten = programmes.know(fact, value, wiring.now())
        if forgotten:
            note(f"Said of somebody else, so forgotten: {', '.join(forgotten)}.")
    if not know and wiring.person_is_there():
        knowing.ask(programmes, facts)
    programmes.start(name, wiring.now())
    typer.echo("\n".join(listing.offer_lines(programmes.status(name, wiring.now()))))


@app.command("next")
def next_deck(name: Running = None, as_json: AsJson = False) -> None:
    """Show what comes next."""
    status = _status(name)
    if as_json:
        print_json(listing.status_json(status)["next"])
    else:
        typer.echo("\n".join(listing.offer_lines(status)))


@app.command()
def skip(
    name: Name,
    deck: Annotated[str | None, typer.Argument(help="A deck; the next one if left out.")] = None,
    never: Annotated[bool, typer.Option("--never", help="Never again, not only today.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Take it back; needs the deck.")] = False,
) -> None:
    """Put a deck aside: not today, or never again; both can be taken back."""
    programmes = decks.programmes()
    offer = programmes.next(name, wiring.now())
    chosen = deck or (offer.deck if offer else "")
    if not chosen or (undo and not deck):
        raise SettingsError("no deck is named", hint="Write its name after the programme's.")
    if undo:
        programmes.store.allow(chosen)
    else:
        programmes.skip(chosen, wiring.now(), for_good=never)
        when = "is put aside" if never else "is left out today"
        note(f"{chosen} {when}. To take that back:")
        note(f"  voicereflect programme skip {name} {chosen} --undo")
    typer.echo("\n".join(listing.offer_lines(programmes.status(name, wiring.now()))))


@app.command()
def stop(name: Running = None) -> None:
    """Stop a programme; what you said stays, and it can begin again anywhere."""
    programmes = decks.programmes()
    name = programmes.stop(programmes.meant(name)).name
    note(f"Stopped. `voicereflect programme start {name}` goes on from there.")


@app.command()
def status(name: Running = None, as_json: AsJson = False) -> None:
    """Show what was answered and when, and what comes next."""
    found = _status(name)
    if as_json:
        print_json(listing.status_json(found))
    else:
        show_text(listing.status_page(found))


def _status(name: str | None) -> "Status":
    programmes = decks.programmes()
    return programmes.status(programmes.meant(name), wiring.now())


def _said(facts: tuple[Fact, ...], given: Sequence[str]) -> list[tuple[Fact, str]]:
    """Read what was typed as NAME=VALUE, in the order of the facts."""
    values = dict(each.partition("=")[::2] for each in given)
    unknown = [name for name in values if name not in {fact.id for fact in facts}]
    if unknown:
        asked = ", ".join(each.id for each in facts if each.ask)
        raise SettingsError(
            f'"{unknown[0]}" is nothing this programme asks',
            hint=f"It asks: {asked}." if asked else "It asks nothing; leave out --know.",
        )
    found = [(fact, values[fact.id]) for fact in facts if fact.id in values]
    for fact, value in found:
        knowing.expect_choice(fact, value)
    return found
