"""Offers the seal while a vault is young: what it keeps out, what it does not, what is final."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from voicereflect.core.sealing.states import AFTER_SEALING, BEFORE_SEALING, Turned
from voicereflect.errors import ReflectError
from voicereflect.ports.setup import SetupScreen

LATER: Final = "Not sealed: `voicereflect vault seal` does it any time"


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultSeal:
    """The seal of the vault that the settings name now."""

    is_set: Callable[[], bool]
    set: Callable[[], Turned]
    """Asks for a passphrase and seals, beginning the vault where there is none, or raises
    ReflectError."""


def offer_seal(screen: SetupScreen, seal: VaultSeal, *, asks: bool) -> None:
    """Offer it; without a yes, and where nobody can be asked, nothing is sealed.

    A vault that has been there is not asked about again.
    """
    screen.heading("Who can read it")
    if seal.is_set():
        screen.tell("It is sealed: only whoever has the passphrase or the recovery words")
        return
    if not asks:
        screen.tell(LATER)
        return
    for line in BEFORE_SEALING:
        screen.tell(line)
    said = screen.ask("Seal it now? Y; ENTER leaves it open.")
    if (said or "").lower() not in ("y", "yes"):
        screen.tell(LATER)
        return
    try:
        screen.tell(_sealed(seal.set()))
    except ReflectError as problem:
        screen.tell(problem.line)
        screen.tell(LATER)


def _sealed(turned: Turned) -> str:
    if not turned.files:
        return "Sealed: all that is said from now on"
    left = f"; {len(turned.left)} stay open: `voicereflect vault status`" if turned.left else ""
    return f"Sealed: {turned.files} files and all that comes{left}. {AFTER_SEALING}"
