"""Which prompts of a deck are asked of whom, in which words; no clock, no dice.

A session asks for the questions again after every choice, because later ones
may depend on it, and takes the first it has not asked yet.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from voicereflect.core.decks.knowing import Known, filled, fits, never_asked, resolved
from voicereflect.core.decks.menus import NONE
from voicereflect.core.words.speakable import SPOKEN_LIMITS
from voicereflect.deck_model import Fact, Offered, Variant
from voicereflect.model import Deck, Prompt

ADULTS: Final = "adults"
"""What is known once two were asked whether both are adults: `yes` or `no`."""
SILENCE_S: Final[Mapping[str, int]] = {"light": 8, "middle": 15, "heavy": 30}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What choosing must know of somebody."""

    known: Known = field(default_factory=dict)
    """As said; and `deck/prompt` to the choice picked last."""
    facts: tuple[Fact, ...] = ()
    never: frozenset[str] = frozenset()
    """Decks and `deck/prompt`s that are not asked again."""
    closed: frozenset[str] = frozenset()
    """Kinds of asking that wait for something: contact before "ready", for one."""
    pairs: frozenset[str] = frozenset()
    """`deck/prompt`s that were answered twice, some days apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A prompt in the words that fit the person."""

    prompt: Prompt
    wordings: tuple[str, ...]
    """As they are written, with places for what is known."""
    milder: str
    """The gentler wording, written so."""
    known: Known
    asks: tuple[str, ...] = ()
    mirror: bool = False
    """Whether the mirror may look at this answer, if the person turned it on."""
    quotes: bool = False
    """An earlier answer to one of `prompt.earlier` is heard before the question."""

    @property
    def words(self) -> tuple[str, ...]:
        """The wordings as they are said."""
        return _filled(self.wordings, self.known)

    @property
    def gentler(self) -> str:
        """What is asked instead when it is too much."""
        return filled(self.milder, self.known)

    @property
    def menu(self) -> tuple[tuple[str, str], ...]:
        """Choices as id and spoken words."""
        return tuple((id_, filled(say, self.known)) for id_, say in self.prompt.menu)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A deck for one person: what is known of them, and what follows from it, worked out once."""

    deck: Deck
    person: Person
    known: Known
    last_picks: Known
    """What was picked at this deck's own prompts in earlier sittings, by prompt id."""
    ruled_out: frozenset[str]
    """Kinds of asking that this person is spared."""

    @property
    def may_open(self) -> bool:
        """Whether this deck may be offered to this person, and has anything to ask."""
        known = {**self.last_picks, **self.known}
        return (
            self.deck.name not in self.person.never
            and not (self.deck.adults and known.get(ADULTS) == "no")
            and (not self.deck.pair or bool(self.person.pairs & {*self.deck.pair}))
            and fits(self.deck.when, known)
            and not self.ruled_out & {*self.deck.asks}
            and self._asks_something()
        )

    def _asks_something(self) -> bool:
        """Whether any prompt is for this person; it stops at the first."""
        picks = given(self.deck, self.known, {})
        asking = _Asking(resolved=self, known={**self.known, **picks}, answered=frozenset())
        return any(asking.group(prompt) for prompt in _until_end(self.deck, picks))

    def questions(
        self, *, answered: Sequence[str] = (), here: Known | None = None
    ) -> tuple[Chosen, ...]:
        """Choose what is asked in one sitting, in order; steps stand after their prompt.

        `answered` names every prompt (`deck/prompt`) answered in earlier sittings,
        oldest first. `here` holds the choices made in this sitting, by prompt id;
        after a choice that ends the deck nothing follows.
        """
        picks = given(self.deck, self.known, here or {})
        asking = _Asking(resolved=self, known={**self.known, **picks}, answered=frozenset(answered))
        tops = _until_end(self.deck, picks)
        groups = [group for prompt in tops if (group := asking.group(prompt))]
        if self.deck.parts:
            groups = _part(self.deck, groups, answered)
        return tuple(chosen for group in groups for chosen in group)

    def filled(self, wordings: Iterable[str]) -> tuple[str, ...]:
        """Put what is known in wordings of the opening or the closing."""
        return _filled(wordings, {**self.last_picks, **self.known})

    def offers(self, here: Known) -> tuple[Offered, ...]:
        """Give what may be offered after this deck; the caller asks whether each may open."""
        known = {**self.last_picks, **self.known}
        known |= given(self.deck, known, here)
        fitting = (offer for offer in self.deck.offers if fits(offer.when, known))
        return tuple(replace(offer, say=_filled(offer.say, known)) for offer in fitting)


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What is known of a person and follows from it, worked out once for all decks."""

    person: Person
    known: Known
    ruled_out: frozenset[str]

    def resolve(self, deck: Deck) -> Resolved:
        """Work out what of a deck is for this person."""
        own = f"{deck.name}/"
        return Resolved(
            deck=deck,
            person=self.person,
            known=self.known,
            last_picks={
                name.removeprefix(own): pick
                for name, pick in self.known.items()
                if name.startswith(own)
            },
            ruled_out=self.ruled_out,
        )


def basis_of(person: Person) -> Basis:
    """Work out what follows from what a person said."""
    known = resolved(person.facts, person.known)
    ruled_out = never_asked(person.facts, known) | person.closed
    return Basis(person=person, known=known, ruled_out=ruled_out)


def resolve(deck: Deck, person: Person) -> Resolved:
    """Work out what of a deck is for this person."""
    return basis_of(person).resolve(deck)


def may_open(deck: Deck, person: Person) -> bool:
    """Tell whether this deck may be offered to this person, and has anything to ask."""
    return resolve(deck, person).may_open


def questions(
    deck: Deck, person: Person, *, answered: Sequence[str] = (), here: Known | None = None
) -> tuple[Chosen, ...]:
    """Choose what is asked in one sitting, as `Resolved.questions` does."""
    return resolve(deck, person).questions(answered=answered, here=here)


def given(deck: Deck, known: Known, here: Known) -> dict[str, str]:
    """Add the choices that count as made, by prompt, to those made here; `known` is resolved."""
    made = dict(here)
    for prompt in deck.every_prompt:
        for choice, when in prompt.given:
            if fits(when, {**known, **made}):
                made.setdefault(prompt.id, choice)
    return made


def menu_of(menu: Sequence[tuple[str, str]], option: int) -> str:
    """Give the id of a menu's choice by its number; 0 is none of these."""
    return menu[option - 1][0] if option else NONE


def silence_s(deck: Deck) -> int | None:
    """Give the hands-free silence before the tone; None is never."""
    chosen = SILENCE_S[deck.depth] if deck.silence_s is None else deck.silence_s
    return chosen or None


def _until_end(deck: Deck, here: Known) -> Iterator[Prompt]:
    """Give the prompts up to a choice that ended the deck, without steps that come after it."""
    for prompt in deck.prompts:
        if here.get(prompt.id) in prompt.ends:
            yield replace(prompt, steps=())
            return
        yield prompt
        if any(here.get(step.id) in step.ends for step in prompt.steps):
            return


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asking:
    """One sitting: what is asked, knowing what."""

    resolved: Resolved
    known: Known
    answered: frozenset[str]

    def group(self, prompt: Prompt) -> list[Chosen]:
        """Give a prompt and its steps as they are asked; nothing if it is skipped."""
        one = self._one(prompt)
        if one is None:
            return []
        return [one, *(step for step in map(self._one, prompt.steps) if step)]

    def _one(self, prompt: Prompt) -> Chosen | None:
        resolved = self.resolved
        left_out = f"{resolved.deck.name}/{prompt.id}" in resolved.person.never
        left_out = left_out or any(fits(when, self.known) for _, when in prompt.given)
        if left_out or not fits(prompt.when, self.known) or resolved.ruled_out & {*prompt.asks}:
            return None
        variant = self._variant(prompt)
        quotes = not self.answered.isdisjoint(prompt.earlier)
        words = prompt.without if prompt.earlier and not quotes else variant.words
        if not words:
            return None
        return Chosen(
            prompt=prompt,
            wordings=words,
            milder=variant.gentler or prompt.gentler,
            known=self.known,
            asks=(*prompt.asks, *variant.asks),
            mirror=prompt.mirror and "mirror" not in resolved.ruled_out,
            quotes=quotes,
        )

    def _variant(self, prompt: Prompt) -> Variant:
        base = Variant(when=(), words=prompt.words)
        fitting = (
            variant
            for variant in prompt.variants
            if fits(variant.when, self.known) and not self.resolved.ruled_out & {*variant.asks}
        )
        return next(fitting, base)


def _part(deck: Deck, tops: list[list[Chosen]], answered: Sequence[str]) -> list[list[Chosen]]:
    """Take what was answered least recently, in the deck's order, beside what is always asked."""
    room = SPOKEN_LIMITS.prompts - sum(group[0].prompt.always for group in tops)
    last = {name: when for when, name in enumerate(answered)}

    def age(group: list[Chosen]) -> int:
        return max(last.get(name, -1) for name in deck.names_of(group[0].prompt))

    others = sorted((group for group in tops if not group[0].prompt.always), key=age)
    taken = {group[0].prompt.id for group in others[:room]}
    return [group for group in tops if group[0].prompt.always or group[0].prompt.id in taken]


def _filled(texts: Iterable[str], known: Known) -> tuple[str, ...]:
    return tuple(filled(text, known) for text in texts)
