"""Asking in a terminal what must be known of somebody; every question can be skipped."""

from typing import TYPE_CHECKING

import typer

from voicereflect import wiring
from voicereflect.cli.shared import note
from voicereflect.core.decks.knowing import question
from voicereflect.deck_model import Fact
from voicereflect.errors import SettingsError
from voicereflect.wiring import decks
from voicereflect.wiring.sittings import locked

if TYPE_CHECKING:
    from voicereflect.flows.decks.programme import Programmes


def ask_what_opens(deck: str) -> None:
    """Ask whoever is there what a deck is closed without and nobody has said yet."""
    if not wiring.person_is_there() or locked.begin_without_key(deck):
        return
    programmes = decks.programmes()
    if facts := programmes.asked_first(deck):
        ask(programmes, facts)


def ask(programmes: "Programmes", facts: tuple[Fact, ...]) -> None:
    """Ask one after the other; ENTER leaves one open."""
    before = programmes.store.read().known
    if known := ", ".join(f"{each.id}={before[each.id]}" for each in facts if each.id in before):
        note(f"Known already: {known}. To change it: --know NAME=VALUE")
    for each in facts:
        fact = question(each, programmes.facts(), programmes.store.read().known)
        if fact is None:
            continue
        typer.echo(fact.ask)
        for number, choice in enumerate(fact.choices, start=1):
            typer.echo(f"  {number}  {choice.say}")
        if said := answer(fact):
            programmes.know(each, said, wiring.now())


def answer(fact: Fact) -> str:
    """Wait for an answer that the fact can have; empty where it is skipped."""
    says = {choice.say.casefold(): choice.id for choice in fact.choices}
    says |= {str(number): choice.id for number, choice in enumerate(fact.choices, start=1)}
    says |= {choice.id: choice.id for choice in fact.choices}
    while True:
        said: str = typer.prompt("ENTER skips", default="", show_default=False).strip()
        if not said or (not says and not said.isdecimal()):
            return said
        if not says:
            note("Type a name, or ENTER alone.")
            continue
        if said.casefold() in says:
            return says[said.casefold()]
        note(f"Type a number from 1 to {len(fact.choices)}, or ENTER alone.")


def expect_choice(fact: Fact, value: str) -> None:
    """See whether a fact can have this value.

    Raises:
        SettingsError: it has choices, and this is none of them.
    """
    choices = [choice.id for choice in fact.choices]
    if value and choices and value not in choices:
        raise SettingsError(
            f'{fact.id} cannot be "{value}"', hint=f"Write one of {', '.join(choices)}."
        )
