"""Wires a sitting in a vault that is locked: what begins so, and what is kept of it afterwards."""

import random
from typing import TYPE_CHECKING

from voicereflect import wiring
from voicereflect.errors import VaultLocked, WrongPassphrase
from voicereflect.wiring import decks
from voicereflect.wiring.sealing import keys

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from voicereflect.core.session.state import Refusal
    from voicereflect.flows.session.parts import Plan
    from voicereflect.model import Deck
    from voicereflect.ports.vault import Vault

    Planner = Callable[[Vault, str, str], Plan]
    """From the vault, the language and the speaker to what will be asked."""


def begun(name: str) -> bool:
    """Begin a deck without the passphrase where nobody holds the key and it asks all the same.

    Tells whether this process reads no more than it writes. No deck begins so where one of
    the person's own may have its name, or something was put aside for good.
    """
    from voicereflect.adapters.deck_folder import DeckFolder, shipped_folder
    from voicereflect.core.decks.anybody import is_for_anybody

    root = wiring.settings().vault
    own = any((root / "decks").glob("*.toml"))
    if keys.is_locked(root) or own or not keys.is_for_anybody(root):
        return keys.is_locked(root)
    shipped = DeckFolder([shipped_folder()])
    if is_for_anybody(shipped.load(name)):
        keys.begin_locked(root)
    return keys.is_locked(root)


def planner(deck: "Deck") -> "Planner":
    """What plans a session of a deck that asks everybody the same."""
    from voicereflect.core.decks.choosing import Person
    from voicereflect.flows.library.finding.history import ShutHistory
    from voicereflect.flows.session.asking.planning import PlanRequest, plan

    def planned(vault: "Vault", language: str, speaker: str) -> "Plan":
        request = PlanRequest(
            deck=deck, person=Person(), language=language, speaker=speaker, now=wiring.now()
        )
        return plan(request, vault, ShutHistory(vault), random.SystemRandom())

    return planned


def keep_refused(refused: "Sequence[tuple[str, Refusal]]", tell: "Callable[[str], None]") -> None:
    """Keep what was refused and could not be kept in the sitting.

    A locked vault has to be unlocked for what lasts.

    Raises:
        VaultLocked, WrongPassphrase: it is not kept, and `tell` was told how to say it again.
    """
    from voicereflect.flows.decks.afterwards import keep_refused
    from voicereflect.flows.session.deciding import lasting

    found, root = lasting(refused), wiring.settings().vault
    if found and keys.is_locked(root):
        if any(for_good for _, for_good in found):  # that much can be told without the key
            keys.ask_first(root)
        keys.end_locked(root)
        tell("What you do not want to be asked is kept once the vault is unlocked.")
    try:
        keep_refused(decks.said(), refused, wiring.now())
    except (VaultLocked, WrongPassphrase):
        for name, for_good in found:
            never = " --never" if for_good else ""
            tell(f"It is not kept. Later: voicereflect programme skip {_any()} {name}{never}")
        raise


def _any() -> str:
    """A programme that everybody has: whichever is named, what is put aside is put aside."""
    from voicereflect.adapters.deck_folder import ProgrammeFolder, shipped_folder

    return ProgrammeFolder([shipped_folder()]).names()[-1]
