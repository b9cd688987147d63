"""Decks, prompts and programmes with the days on which they were answered; values only."""

from dataclasses import dataclass
from datetime import date

from voicereflect.core.programme.so_far import Next
from voicereflect.deck_model import Programme
from voicereflect.model import Answer, Deck, Prompt


def command_for(deck: Deck) -> str:
    """Give what a person types to be asked from a deck."""
    return f"voicereflect {'two' if deck.voices else 'reflect'} {deck.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What a person looks for; what is None is left open."""

    depth: str | None = None
    minutes: int | None = None
    practice: int | None = None

    def takes(self, deck: Deck) -> bool:
        """Tell whether a deck is what was looked for."""
        return (
            (self.depth is None or deck.depth == self.depth)
            and (self.minutes is None or deck.minutes <= self.minutes)
            and (self.practice is None or self.practice in deck.practices)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DeckRow:
    """A deck, and the days on which it was answered."""

    deck: Deck
    days: tuple[date, ...]
    closed: bool = False
    """It does not fit what is known of the person, or was put aside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A prompt, and the days on which it was answered."""

    prompt: Prompt
    words: tuple[str, ...]
    """As they are asked of the person; none where something must be chosen or known first."""
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Echo:
    """One answer to a prompt."""

    entry: str
    day: date
    answer: Answer
    withheld: bool = False
    """Its entry returns only when named; the answer is without its text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeckPlace:
    """A deck of a programme, and when it was answered."""

    deck: str
    title: str
    days: tuple[date, ...]
    put_aside: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedDeck:
    """A deck that is closed, and why."""

    deck: str
    title: str
    why: tuple[tuple[str, str], ...]
    """Each reason with the command that changes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Where a person stands: dates and the next offer, no counts."""

    programme: Programme
    started: date | None
    done: tuple[DeckPlace, ...]
    offer: Next | None
    offered: Deck | None
    """The deck of the offer."""
    for_two: Deck | None
    """One whose turn it is as well, once somebody else is there."""
    side_doors: tuple[DeckPlace, ...]
    closed: tuple[ClosedDeck, ...] = ()
    """Decks for two, and what opens them, that are closed for now."""
