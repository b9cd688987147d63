"""Wires a sitting in a vault that is locked: what begins so, and what is kept of it afterwards."""

import random
from functools import partial
from typing import TYPE_CHECKING

from voicereflect import wiring
from voicereflect.wiring import decks
from voicereflect.wiring.sealing import keys

if TYPE_CHECKING:
    from collections.abc import Callable

    from voicereflect.flows.decks.afterwards import LateRefusals
    from voicereflect.flows.session.parts import Plan
    from voicereflect.model import Deck
    from voicereflect.ports.vault import Vault

    Planner = Callable[[Vault, str, str], Plan]
    """From the vault, the language and the speaker to what will be asked."""


def begin_without_key(name: str) -> bool:
    """Begin a deck without the passphrase where nobody holds the key and it asks everybody alike.

    Tells whether this process reads no more than it writes. No deck begins so where one of
    the person's own may have its name, or something was put aside for good.
    """
    from voicereflect.adapters.deck_folder import DeckFolder, shipped_folder
    from voicereflect.core.decks.anybody import is_for_anybody

    root = wiring.settings().vault
    own = any((root / "decks").glob("*.toml"))
    if keys.is_locked(root) or own or not keys.lets_anybody_begin(root):
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


def late_refusals(tell: "Callable[[str], None]") -> "LateRefusals":
    """What keeps refusals that could not be kept in the sitting."""
    from voicereflect.adapters.deck_folder import ProgrammeFolder, shipped_folder
    from voicereflect.flows.decks.afterwards import LateRefusals, LockedVault

    root = wiring.settings().vault
    locked = LockedVault(
        ask_first=partial(keys.ask_first, root), unlock=partial(keys.end_locked, root)
    )
    return LateRefusals(
        store=decks.preferences,
        locked=locked if keys.is_locked(root) else None,
        programme=ProgrammeFolder([shipped_folder()]).names()[-1],
        tell=tell,
    )
