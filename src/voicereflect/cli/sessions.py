"""What `reflect`, `talk` and `two` share: their options, and holding a session."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from voicereflect import wiring
from voicereflect.cli.shared import note
from voicereflect.errors import NoMicrophone
from voicereflect.wiring import decks, desktop, library, recorded
from voicereflect.wiring.sealing.keys import is_locked
from voicereflect.wiring.sittings import locked

if TYPE_CHECKING:
    from collections.abc import Callable

    from voicereflect.flows.session.loop import Session
    from voicereflect.wiring.sound.devices import SessionWishes

    Making = Callable[[SessionWishes], Session]

Answers = Annotated[
    Path | None, typer.Option(help="Hear recordings from this folder instead of a microphone.")
]
Language = Annotated[
    str | None, typer.Option(help="The language you speak: a code like en or de; auto detects it.")
]
Device = Annotated[
    str | None, typer.Option(help="The microphone to use from now on, by name or number.")
]
HandsFree = Annotated[
    bool,
    typer.Option("--hands-free", help="Eyes closed: silence ends an answer, commands are spoken."),
]


Typed = Annotated[
    bool,
    typer.Option(
        "--typed",
        help="Type your answers here, never in $EDITOR; nothing is said aloud, nothing is heard.",
    ),
]


def spoken_or_typed(spoken: "Making", typed: "Making", wishes: "SessionWishes") -> "Session":
    """A session as somebody speaks it; without a microphone typing is offered, once.

    Raises:
        NoMicrophone: there is none, and nobody is there to type.
        Exit: nobody wants to; it was told already.
    """
    try:
        return spoken(wishes)
    except NoMicrophone as problem:
        if wishes.hands_free or wishes.answers or not wiring.person_is_there():
            raise
        note(problem.sentence, problem.hint)
        if not typer.confirm("Type your answers instead?", default=True, err=True):
            raise typer.Exit(problem.exit_code) from problem
        return typed(on_screen(wishes))


def on_screen(wishes: "SessionWishes") -> "SessionWishes":
    """The same wishes for answers that are typed."""
    return replace(wishes, device=None, answers=None, hands_free=False)


def hold(sitting: "Session", typed: "Callable[[], Session]") -> None:
    """Hold a session, take up what earlier ones left, and let the new words be found.

    `typed` makes the same with typed answers, for whoever finds that they cannot speak there.
    """
    try:
        with desktop.guarded():
            entry = sitting.run()
    finally:
        late = locked.late_refusals(partial(typer.echo, err=True))
        late.keep(sitting.refused_late, wiring.now())
        decks.keep_open(sitting.left_open)
    if sitting.is_to_be_typed:
        hold(typed(), typed)
        return
    for line in filter(None, (*decks.offered(sitting.offers), decks.where_samples_are())):
        note(line)
    chosen = wiring.settings()
    if is_locked(chosen.vault):
        return  # what earlier sessions left waits, and so does the index
    recorded.transcribing().catch_up(entry, library.notes)
    library.index_after_session(wiring.vault(chosen))
