"""What a session leaves for the next one: choices, refusals, and decks it speaks of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from voicereflect.core.decks.choosing import Person, may_open
from voicereflect.core.entry.ids import day_of
from voicereflect.core.session.state import Refusal
from voicereflect.deck_model import Offered
from voicereflect.errors import VaultLocked, WrongPassphrase
from voicereflect.flows.decks.readable import readable
from voicereflect.flows.session.deciding import lasting
from voicereflect.ports.decks import Decks, PreferenceStore


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedVault:
    """A vault of which the key was not at hand in the sitting."""

    ask_first: Callable[[], None]
    """Let no deck begin there without the key; that much can be kept without it."""
    unlock: Callable[[], None]
    """Have the key asked for as soon as it is needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LateRefusals:
    """Keeps what was refused for longer than a session and could not be kept in it."""

    store: Callable[[], PreferenceStore]
    """Opened once the vault is unlocked."""
    locked: LockedVault | None
    programme: str
    """One that everybody has: whichever is named, what is put aside is put aside."""
    tell: Callable[[str], None]

    def keep(self, refused: Sequence[tuple[str, Refusal]], now: datetime) -> None:
        """Keep it; a locked vault has to be unlocked for that.

        Raises:
            VaultLocked, WrongPassphrase: it is not kept, and was told how to say it again.
        """
        found = lasting(refused)
        if found and self.locked:
            if any(for_good for _, for_good in found):
                self.locked.ask_first()
            self.locked.unlock()
            self.tell("What you do not want to be asked is kept once the vault is unlocked.")
        try:
            for name, for_good in found:
                if for_good:
                    self.store().never(name)
                else:
                    self.store().not_today(name, day_of(now))
        except (VaultLocked, WrongPassphrase):
            for name, for_good in found:
                never = " --never" if for_good else ""
                skip = f"voicereflect programme skip {self.programme} {name}{never}"
                self.tell(f"It is not kept. Later: {skip}")
            raise


def open_offers(offers: Sequence[Offered], decks: Decks, person: Person) -> tuple[str, ...]:
    """Offer other decks that are open to the person: a line of what, and one to type."""
    there = {deck.name: deck for deck in readable(decks, (offer.deck for offer in offers))}
    return tuple(
        line
        for offer in offers
        if offer.deck in there and may_open(there[offer.deck], person)
        for line in (offer.say[0], f"  voicereflect reflect {offer.deck}")
    )
