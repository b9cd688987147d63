"""`voicereflect reflect`: a spoken session with the prompts of a deck."""

from functools import partial
from typing import Annotated

import typer

from voicereflect.cli import completing
from voicereflect.cli.knowing import ask_what_opens
from voicereflect.cli.sessions import (
    Answers,
    Device,
    HandsFree,
    Language,
    Typed,
    hold,
    on_screen,
    spoken_or_typed,
)
from voicereflect.core.entry.languages import asked_for
from voicereflect.wiring.sittings import session, typed
from voicereflect.wiring.sound import devices


def reflect(
    deck: Annotated[
        str, typer.Argument(help="Which deck to be asked from.", autocompletion=completing.decks)
    ] = "everyday",
    answers: Answers = None,
    language: Language = None,
    device: Device = None,
    hands_free: HandsFree = False,
    typing: Typed = False,
) -> None:
    """Hear each prompt, answer aloud, and keep sound and words.

    With --hands-free these words, said alone after a tone, are commands: again, skip, undo,
    done, more, finish, too much, how long, read it back, help lines, what can I say.
    """
    wishes = devices.SessionWishes(
        answers=answers,
        language=asked_for(language),
        device=device,
        hands_free=hands_free,
    )
    ask_what_opens(deck)
    spoken, written = partial(session.reflect, deck), partial(typed.reflect, deck)
    sitting = written(wishes) if typing else spoken_or_typed(spoken, written, wishes)
    hold(sitting, lambda: written(on_screen(wishes)))
