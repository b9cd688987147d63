"""Offers the seal while a vault is young: what it keeps out, what it does not, what is final."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from voicereflect.core.sealing.states import BEFORE_SEALING
from voicereflect.errors import ReflectError
from voicereflect.ports.setup import SetupScreen

LATER: Final = "Not sealed: `voicereflect vault seal` does it any time"


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultSeal:
    """The seal of the vault that the settings name now."""

    is_set: Callable[[], bool]
    set: Callable[[], str]
    """Asks for a passphrase and seals, beginning the vault where there is none; says what was
    done, or raises ReflectError."""


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
        screen.tell(seal.set())
    except ReflectError as problem:
        screen.tell(problem.line)
        screen.tell(LATER)
