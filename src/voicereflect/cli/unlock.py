"""`voicereflect unlock` and `lock`: the key of a sealed vault, held for a while."""

from typing import Annotated

import typer

from voicereflect.cli.shared import note
from voicereflect.ui.wording import clock
from voicereflect.wiring.sealing import flows as seal_flows


def unlock(
    for_time: Annotated[
        str, typer.Option("--for", help="For how long: 30m, 2h; twelve hours at most.")
    ] = "30m",
) -> None:
    """Ask for the passphrase of a sealed vault once, and hold its key for a while."""
    left_s = seal_flows.unlocked_for(for_time)
    note(
        f"Unlocked for {clock(left_s)}, or until `voicereflect lock`, the end of your login, "
        "or the machine sleeps."
    )


def lock() -> None:
    """Forget the key of a sealed vault at once."""
    note("Locked." if seal_flows.locked() else "No key was held.")
