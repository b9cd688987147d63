"""What a session leaves for the next one: choices, refusals, and decks it speaks of."""

from collections.abc import Callable, Sequence
from datetime import datetime

from voicereflect.core.decks.choosing import Person, may_open
from voicereflect.core.decks.file.reading import CLOSING
from voicereflect.core.entry.ids import day_of
from voicereflect.core.programme.preferences import HANDS_FREE
from voicereflect.core.programme.so_far import PickedChoice
from voicereflect.core.session.state import Refusal
from voicereflect.deck_model import Offered
from voicereflect.ports.decks import Decks, PreferenceStore


class Afterwards:
    """Keeps what was chosen and refused, with the day."""

    def __init__(self, store: PreferenceStore, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now

    def picked(self, prompt: str, choice: str) -> None:
        self._store.picked(PickedChoice(prompt=prompt, choice=choice, day=day_of(self._now())))

    def unpicked(self, prompt: str) -> None:
        self._store.unpick(prompt)

    def settled(self, step: str) -> None:
        self._store.settle(step)

    def unsettled(self, step: str) -> None:
        self._store.unsettle(step)

    def introduced(self) -> None:
        self._store.tell(HANDS_FREE)

    def refused(self, refused: Sequence[tuple[str, Refusal]]) -> None:
        """Keep what was refused for longer than a session: a prompt for good, a deck for today."""
        for name, for_good in lasting(refused):
            if for_good:
                self._store.never(name)
            else:
                self._store.not_today(name, day_of(self._now()))

    def left_open(self, prompts: Sequence[str]) -> None:
        """Let no older choice stand for one that was put again and left open."""
        if not prompts:  # a vault that is locked need not be read for that
            return
        picked = {pick.prompt: pick.choice for pick in self._store.read().picks}
        for prompt in prompts:
            if picked.get(prompt):
                self.picked(prompt, "")


def lasting(refused: Sequence[tuple[str, Refusal]]) -> tuple[tuple[str, bool], ...]:
    """Name what was refused for longer than a session: prompts for good, decks for today.

    Neither a closing nor free talk is a prompt that could come back.
    """
    found = []
    for prompt, refusal in refused:
        deck, _, name = prompt.partition("/")
        if name == CLOSING or deck == "talk":
            continue
        if refusal is Refusal.NEVER:
            found.append((prompt, True))
        elif refusal is Refusal.NOT_TODAY:
            found.append((deck, False))
    return tuple(found)


def open_offers(offers: Sequence[Offered], decks: Decks, person: Person) -> tuple[str, ...]:
    """Lines that offer other decks, of those that are open to the person."""
    return tuple(
        f"{offer.say[0]} voicereflect reflect {offer.deck}"
        for offer in offers
        if offer.deck in decks.names() and may_open(decks.load(offer.deck), person)
    )
