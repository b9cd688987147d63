"""Programmes as a person uses them: begin, what comes next, put aside, stop, look."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from voicereflect.core.decks.choosing import Person, may_open
from voicereflect.core.decks.closed import closed
from voicereflect.core.decks.views import ClosedDeck, DeckPlace, Status
from voicereflect.core.entry.ids import day_of
from voicereflect.core.programme.offering import next_deck
from voicereflect.core.programme.preferences import Preferences
from voicereflect.core.programme.so_far import (
    Next,
    PickedChoice,
    ProgrammeSoFar,
    days_of,
    pairs,
    person_in,
)
from voicereflect.deck_model import Fact, Programme
from voicereflect.errors import DeckError, SettingsError
from voicereflect.flows.decks.readable import readable
from voicereflect.flows.library.finding.history import History
from voicereflect.model import Deck, Prompt
from voicereflect.ports.decks import Decks, PreferenceStore, ProgrammeSource


class Programmes:
    """All programmes, with what was answered and what was said."""

    def __init__(
        self, decks: Decks, programmes: ProgrammeSource, store: PreferenceStore, history: History
    ) -> None:
        self._decks = decks
        self._programmes = programmes
        self.store = store
        self._history = history

    @property
    def problems(self) -> tuple[DeckError, ...]:
        """What is wrong with programmes that cannot be read."""
        return self._programmes.readable()[1]

    def facts(self) -> tuple[Fact, ...]:
        """Everything any programme must know, by its first mention."""
        found: dict[str, Fact] = {}
        for programme in self._readable():
            for fact in programme.facts:
                found.setdefault(fact.id, fact)
        return tuple(found.values())

    def facts_of(self, name: str) -> tuple[Fact, ...]:
        """What a programme must know: what stands in it, and what it needs of others."""
        programme = self._programmes.load(name)
        own = {*programme.needs, *(fact.id for fact in programme.facts)}
        return tuple(fact for fact in self.facts() if fact.id in own)

    def know(self, fact: Fact, value: str, now: datetime) -> tuple[str, ...]:
        """Note what somebody said of a fact; give the names of what has to be said again.

        Where another answer is about somebody else, the rest is forgotten, and so are the
        choices that opened a gate.
        """
        said = self.store.read()
        old = said.known.get(fact.id)
        self.store.know(fact.id, value)
        if not fact.anew or old in (None, value):
            return ()
        asked = [each.facts for each in self._readable()]
        beside = [each.id for facts in asked if fact in facts for each in facts if each != fact]
        forgotten = tuple(each for each in beside if each in said.known)
        for each in forgotten:
            self.store.know(each, "")
        self._shut_gates(said, now)
        return forgotten

    def _shut_gates(self, said: Preferences, now: datetime) -> None:
        picked = {pick.prompt: pick.choice for pick in said.picks}
        for programme in self._readable():
            whens = (programme.gate, *(gate.when for gate in programme.gates))
            for prompt in dict.fromkeys(each for when in whens for each, _ in when):
                if picked.get(prompt):
                    self.store.picked(PickedChoice(prompt=prompt, choice="", day=day_of(now)))

    def unknown(self, deck: Deck) -> tuple[Fact, ...]:
        """What a deck must know and nobody has said yet; each may be skipped."""
        known = self.store.read().known
        return tuple(f for f in self.facts() if f.id in deck.needs and f.id not in known)

    def naming(self, deck: str) -> str:
        """Give the programme that has a deck: one that runs before others; empty for none."""
        having = [each.name for each in self._readable() if deck in each.names]
        return next((name for name in (*self.running(), *having) if name in having), "")

    def asked_first(self, name: str) -> tuple[Fact, ...]:
        """What nobody has said yet, and a deck is closed without."""
        deck = self._decks.load(name)
        if may_open(deck, self.person(deck)):
            return ()
        wanted = {fact for fact, _ in deck.when}
        return tuple(fact for fact in self.unknown(deck) if fact.id in wanted)

    def person(self, deck: Deck | None = None) -> Person:
        """Everything that choosing prompts must know, gates of all programmes shut or open.

        It is what was said apart from any answer: no entry and no index is read, but for a
        deck that needs two answers to one question.
        """
        said = self.store.read()
        sittings = self._history.sittings() if deck is not None and deck.pair else ()
        past = ProgrammeSoFar(sittings=sittings, picks=said.picks)
        person = self._person(said)
        for programme in self._readable():
            person = person_in(programme, person, past)
        return person

    def steps(self) -> tuple[Deck, Prompt] | None:
        """The deck and prompt that ask about an open step, if a programme names them."""
        asking = [each.steps for each in self._readable() if each.steps]
        for deck in readable(self._decks, [name.partition("/")[0] for name in asking]):
            for prompt in deck.prompts:
                if f"{deck.name}/{prompt.id}" in asking:
                    return deck, prompt
        return None

    def start(self, name: str, now: datetime) -> Programme:
        """Begin a programme, or go on with one that was stopped."""
        programme = self._programmes.load(name)
        if programme.name not in self.store.read().started:
            self.store.start(programme.name, day_of(now))
        known = self.store.read().known
        for fact, value in programme.sets:
            if fact not in known:
                self.store.know(fact, value)
        return programme

    def stop(self, name: str) -> Programme:
        """Note that a programme runs no more."""
        programme = self._programmes.load(name)
        self.store.stop(programme.name)
        return programme

    def meant(self, name: str | None) -> str:
        """Give the name that was typed; without one the only programme that runs, or there is.

        Raises:
            SettingsError: there are several.
        """
        if name is not None:
            return name
        names = self.running() or self._programmes.names()
        if len(names) != 1:
            raise SettingsError(
                "Which programme? None is named.", hint=f"Name one of {', '.join(names)}."
            )
        return names[0]

    def running(self) -> tuple[str, ...]:
        """Programmes that were started and not stopped, the newest first."""
        started = self.store.read().started
        names = {each.name for each in self._readable()}
        known = [(day, name) for name, day in started.items() if name in names]
        return tuple(name for _, name in sorted(known, reverse=True))

    def next(self, name: str, now: datetime) -> Next | None:
        """What to offer today; None when nothing is left, or nothing today."""
        programme = self._programmes.load(name)
        return self._next(programme, self._loadable(programme), now)

    def _next(self, programme: Programme, decks: Mapping[str, Deck], now: datetime) -> Next | None:
        said = self.store.read()
        past = ProgrammeSoFar(
            sittings=self._history.sittings(), picks=said.picks, not_today=said.not_today
        )
        return next_deck(programme, decks, self._person(said), past, day_of(now))

    def skip(self, deck: str, now: datetime, *, for_good: bool) -> None:
        """Put a deck, or `deck/prompt`, aside: until tomorrow, or for good.

        Raises:
            DeckError: there is no such deck or prompt.
        """
        typed, slash, prompt = deck.partition("/")
        loaded = self._decks.load(typed)
        name = loaded.name
        ids = [each.id for each in loaded.every_prompt]
        if prompt and prompt not in ids:
            raise DeckError(f'"{name}" has no prompt "{prompt}"', hint=f"It has {', '.join(ids)}.")
        if for_good:
            self.store.never(f"{name}{slash}{prompt}")
        else:
            self.store.not_today(f"{name}{slash}{prompt}", day_of(now))

    def status(self, name: str, now: datetime) -> Status:
        """Where a person stands."""
        programme = self._programmes.load(name)
        said = self.store.read()
        decks, person = self._loadable(programme), self.person()
        offer = self._next(programme, decks, now)
        sittings = self._history.sittings()
        days = days_of(sittings)
        who = replace(person, pairs=pairs(sittings))

        def places(names: Iterable[str]) -> list[DeckPlace]:
            return [_place(decks[each], said, days) for each in names if each in decks]

        open_doors = (
            each for each in programme.side_doors if each in decks and may_open(decks[each], who)
        )
        return Status(
            programme=programme,
            started=said.started.get(programme.name),
            done=tuple(place for place in places(programme.names) if place.days or place.put_aside),
            offer=offer,
            offered=decks[offer.deck] if offer else None,
            for_two=decks[offer.for_two] if offer and offer.for_two else None,
            side_doors=tuple(places(open_doors)),
            closed=_closed(programme, decks, who),
        )

    def _readable(self) -> tuple[Programme, ...]:
        return self._programmes.readable()[0]

    def _loadable(self, programme: Programme) -> Mapping[str, Deck]:
        names = sorted({*programme.names})
        return {deck.name: deck for deck in readable(self._decks, names)}

    def _person(self, said: Preferences) -> Person:
        return Person(known=said.known, facts=self.facts(), never=frozenset(said.never))


def _closed(programme: Programme, decks: Mapping[str, Deck], who: Person) -> tuple[ClosedDeck, ...]:
    """What is for two, or is asked before that, and is closed."""
    gates = (programme.gate, *(gate.when for gate in programme.gates))
    keys = {name.partition("/")[0] for when in gates for name, _ in when}
    wanted = (deck for deck in decks.values() if deck.voices or deck.name in keys)
    found = (closed(deck, who, programme) for deck in wanted)
    return tuple(each for each in found if each is not None)


def _place(deck: Deck, said: Preferences, days: Mapping[str, tuple[date, ...]]) -> DeckPlace:
    return DeckPlace(
        deck=deck.name,
        title=deck.title,
        days=days.get(deck.name, ()),
        put_aside=deck.name in said.never,
    )
