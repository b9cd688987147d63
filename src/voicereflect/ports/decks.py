"""Decks and programmes, and what a person said about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import date

    from voicereflect.core.programme.preferences import Preferences
    from voicereflect.core.programme.so_far import PickedChoice
    from voicereflect.deck_model import Programme
    from voicereflect.errors import DeckError
    from voicereflect.model import Deck


class Decks(Protocol):
    """Where decks are found: the user's own first, then the shipped ones."""

    def names(self) -> tuple[str, ...]:
        """Every deck, by name."""

    def load(self, name: str) -> Deck:
        """Read one deck.

        Raises:
            DeckError: unknown, or broken: file, line, what.
        """


class ProgrammeSource(Protocol):
    """Where programmes are found."""

    def names(self) -> tuple[str, ...]:
        """Every programme, by name."""

    def load(self, name: str) -> Programme:
        """Read one programme.

        Raises:
            DeckError: unknown, or broken: file, line, what.
        """

    def readable(self) -> tuple[tuple[Programme, ...], tuple[DeckError, ...]]:
        """Every programme that can be read, and what is wrong with each other one.

        Where a person's own is broken the one that it hides stands for it, so that a typo
        opens no gate.
        """


class SessionMemory(Protocol):
    """Keeps, beyond the session, what was chosen in it."""

    def picked(self, pick: PickedChoice) -> None:
        """Remember a choice; an older one of the same prompt stays."""

    def unpick(self, prompt: str) -> None:
        """Take back the last choice made at a prompt."""

    def settle(self, step: str) -> None:
        """Note that a step (`entry/answer`) is done or let go; it does not come back."""

    def unsettle(self, step: str) -> None:
        """Take that back."""

    def tell(self, what: str) -> None:
        """Note that something was introduced and is not again unasked."""

    def read(self) -> Preferences:
        """All that was said.

        Raises:
            EntryUnreadable: somebody mangled the file; with its line.
        """

    def never(self, name: str) -> None:
        """Put a deck or `deck/prompt` aside for good."""

    def not_today(self, deck: str, day: date) -> None:
        """Put a deck aside until tomorrow."""

    def allow(self, name: str) -> None:
        """Take back "never again" and "not today"."""


class PreferenceStore(SessionMemory, Protocol):
    """Keeps what a person said about decks."""

    def know(self, fact: str, value: str) -> None:
        """Note what is known; an empty value takes it back."""

    def start(self, programme: str, day: date) -> None:
        """Note that a programme runs."""

    def stop(self, programme: str) -> None:
        """Note that it runs no more."""
