"""`voicereflect review`: walk through everything you said, a key at a time."""

from typing import Annotated

import typer

from voicereflect import wiring
from voicereflect.errors import SettingsError
from voicereflect.wiring import desktop
from voicereflect.wiring import review as review_parts


def review(
    plain: Annotated[
        bool, typer.Option("--plain", help="One still line for each step, as for a screen reader.")
    ] = False,
) -> None:
    """Walk through what you said, a key at a time: entries, sentences, themes, names."""
    if not wiring.person_is_there():
        raise SettingsError(
            "A review needs a terminal with keys.",
            hint="`voicereflect list` and `voicereflect themes` print what there is.",
        )
    with (
        review_parts.walk(still=plain or not wiring.moving(attended=True)) as walk,
        desktop.guarded(),
    ):
        walk.run()
