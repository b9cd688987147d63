"""Decks as a person finds them: which there are, what was done with them and when."""

from collections.abc import Collection
from dataclasses import replace

from voicereflect.core.decks.choosing import Person, may_open, questions
from voicereflect.core.decks.file.checks import check
from voicereflect.core.decks.file.reader import DeckProblem
from voicereflect.core.decks.laying import Group, by_stage, laid_out
from voicereflect.core.decks.views import Asked, DeckRow, Echo, Filter
from voicereflect.core.entry.decisions import is_closed
from voicereflect.core.entry.entries import answer_of
from voicereflect.core.programme.so_far import days_of, pairs
from voicereflect.core.safety.returning import may_return
from voicereflect.core.search.filters import AnsweredDeck
from voicereflect.deck_model import ABOUT, Fact
from voicereflect.errors import DeckError, EntryNotFound, EntryUnreadable
from voicereflect.flows.decks.readable import deck_if_readable
from voicereflect.flows.library.finding.history import History
from voicereflect.model import Answer, Deck, Entry
from voicereflect.ports.decks import Decks
from voicereflect.ports.vault import EntryReader


class DeckBook:
    """All decks, and all that was answered."""

    def __init__(self, decks: Decks, vault: EntryReader, history: History) -> None:
        self._history = history
        self._decks = decks
        self._vault = vault

    def rows(
        self, wanted: Filter, person: Person | None = None
    ) -> tuple[tuple[DeckRow, ...], tuple[DeckError, ...]]:
        """Every deck that is looked for, and every one that cannot be read.

        With a person it is told which decks are closed to them.
        """
        sittings = self._history.sittings()
        past = days_of(sittings)
        who = replace(person, pairs=pairs(sittings)) if person is not None else None
        rows, problems = [], []
        for name in self._decks.names():
            try:
                deck = self._decks.load(name)
            except DeckError as problem:
                problems.append(problem)
                continue
            if wanted.takes(deck):
                closed = who is not None and not may_open(deck, who)
                rows.append(DeckRow(deck=deck, days=past.get(name, ()), closed=closed))
        rows.sort(key=lambda row: _place(row.deck))
        return tuple(rows), tuple(problems)

    def show(self, name: str, person: Person) -> tuple[DeckRow, tuple[Asked, ...]]:
        """One deck with its prompts as they are asked of this person, and when each was."""
        deck = self._decks.load(name)
        words = {one.prompt.id: one.words for one in questions(deck, person)}
        days = days_of(self._history.sittings()).get(deck.name, ())
        said = self._history.answered(
            {each for one in deck.every_prompt for each in deck.names_of(one)}
        )
        asked = tuple(
            Asked(
                prompt=prompt,
                words=words.get(prompt.id, ()),
                days=tuple(each.day for each in said if each.prompt in deck.names_of(prompt)),
            )
            for prompt in deck.every_prompt
        )
        return DeckRow(deck=deck, days=days), asked

    def check(self, text: str, name: str, facts: tuple[Fact, ...]) -> tuple[DeckProblem, ...]:
        """Everything that is wrong with a deck file."""
        rows, _ = self.rows(Filter())
        return check(text, name, facts=facts, decks={row.deck.name: row.deck for row in rows})

    def echo(self, reference: str) -> tuple[Echo, ...]:
        """The answers to one prompt (`deck/prompt`), oldest first.

        Of a deck whose prompts have a place in a life, its name alone gives all of them, in
        the order of that life.

        Raises:
            DeckError: there is no such deck or prompt.
        """
        name, _, wanted = reference.partition("/")
        deck = self._decks.load(name)
        if not wanted and (staged := by_stage(deck)):
            return tuple(echo for prompt in staged for echo in self._echoes(deck.names_of(prompt)))
        prompts = {prompt.id: prompt for prompt in deck.every_prompt}
        if wanted not in prompts:
            what = f'"{name}" has no prompt "{wanted}"' if wanted else "that names no prompt"
            raise DeckError(what, hint=f"Write {name}/ and one of {', '.join(prompts)}.")
        return self._echoes(deck.names_of(prompts[wanted]))

    def _echoes(self, prompts: Collection[str]) -> tuple[Echo, ...]:
        found = (self._echo(each) for each in self._history.answered(prompts))
        return tuple(each for each in found if each is not None)

    def _echo(self, said: AnsweredDeck) -> Echo | None:
        """Read an answer where it is kept; None if it went away at this moment."""
        try:
            entry = self._vault.load(said.entry)
            answer = answer_of(entry, said.answer)
        except (EntryNotFound, EntryUnreadable):
            return None
        if may_return(deck=entry.deck, depth=None, closed=is_closed(entry), asked=True):
            return Echo(entry=said.entry, day=said.day, answer=answer)
        bare = replace(answer, text="")
        return Echo(entry=said.entry, day=said.day, answer=bare, withheld=True)


def _place(deck: Deck) -> tuple[int, str]:
    """Where a deck stands in a list: one's own first, then by what they are for."""
    return (ABOUT.index(deck.about) if deck.about else -1, deck.name)


def laid_as_in_deck(decks: Decks, entry: Entry, answers: tuple[Answer, ...]) -> tuple[Group, ...]:
    """Lay answers out as their deck says, if it is still there and can be read."""
    return laid_out(answers, deck_if_readable(decks, entry.deck))
