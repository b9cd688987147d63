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
    words: tuple[str, ...]
    gentler: str
    menu: tuple[tuple[str, str], ...] = ()
    asks: tuple[str, ...] = ()
    mirror: bool = False
    """Whether the mirror may look at this answer, if the person turned it on."""
    quotes: bool = False
    """An earlier answer to one of `prompt.earlier` is heard before the question."""


def may_open(deck: Deck, person: Person) -> bool:
    """Tell whether this deck may be offered to this person, and has anything to ask."""
    known = _known(deck, person)
    return (
        deck.name not in person.never
        and not (deck.adults and known.get(ADULTS) == "no")
        and (not deck.pair or bool(person.pairs & {*deck.pair}))
        and fits(deck.when, known)
        and not _ruled_out(deck.asks, person)
        and bool(questions(deck, person))
    )


def questions(
    deck: Deck, person: Person, *, answered: Sequence[str] = (), here: Known | None = None
) -> tuple[Chosen, ...]:
    """Choose what is asked in one sitting, in order; steps stand after their prompt.

    `answered` names every prompt (`deck/prompt`) answered in earlier sittings,
    oldest first. `here` holds the choices made in this sitting, by prompt id;
    after a choice that ends the deck nothing follows.
    """
    known = resolved(person.facts, person.known)
    here = given(deck, known, here or {})
    asking = _Asking(
        deck=deck,
        person=person,
        known={**known, **here},
        ruled_out=never_asked(person.facts, known) | person.closed,
        answered=tuple(answered),
    )
    groups = [group for prompt in _until_end(deck, here) if (group := asking.group(prompt))]
    if deck.parts:
        groups = _part(deck, groups, answered)
    return tuple(chosen for group in groups for chosen in group)


def openings(deck: Deck, person: Person) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the wordings of what is coming and of the opening, filled in."""
    known = _known(deck, person)
    return _filled(deck.coming, known), _filled(deck.opening, known)


def closings(deck: Deck, person: Person) -> tuple[str, ...]:
    """Give the wordings of the closing, filled in."""
    return _filled(deck.closing, _known(deck, person))


def offers(deck: Deck, person: Person, here: Known) -> tuple[Offered, ...]:
    """Give what may be offered after this deck; the caller asks `may_open` of each."""
    known = _known(deck, person)
    known = {**known, **given(deck, known, here)}
    return tuple(offer for offer in deck.offers if fits(offer.when, known))


def given(deck: Deck, known: Known, here: Known) -> dict[str, str]:
    """Add the choices that count as made, by prompt, to those made here; `known` is resolved."""
    made = dict(here)
    for top in deck.prompts:
        for prompt in (top, *top.steps):
            for choice, when in prompt.given:
                if fits(when, {**known, **made}):
                    made.setdefault(prompt.id, choice)
    return made


def ends_the_deck(prompt: Prompt, pick: str) -> bool:
    """Tell whether only the closing comes after this choice."""
    return pick in prompt.ends


def menu_of(menu: Sequence[tuple[str, str]], option: int) -> str:
    """Give the id of a menu's choice by its number; 0 is none of these."""
    return menu[option - 1][0] if option else NONE


def silence_s(deck: Deck) -> int | None:
    """Give the hands-free silence before the tone; None is never."""
    chosen = SILENCE_S[deck.depth] if deck.silence_s is None else deck.silence_s
    return chosen or None


def _known(deck: Deck, person: Person) -> dict[str, str]:
    known = resolved(person.facts, person.known)
    own = f"{deck.name}/"
    local = {name.removeprefix(own): pick for name, pick in known.items() if name.startswith(own)}
    return {**local, **known}


def _ruled_out(asks: Iterable[str], person: Person) -> bool:
    known = resolved(person.facts, person.known)
    return bool(set(asks) & (never_asked(person.facts, known) | person.closed))


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
    """One sitting: who is asked what, knowing what."""

    deck: Deck
    person: Person
    known: Known
    ruled_out: frozenset[str]
    answered: tuple[str, ...]

    def group(self, prompt: Prompt) -> list[Chosen]:
        """Give a prompt and its steps as they are asked; nothing if it is skipped."""
        one = self._one(prompt)
        if one is None:
            return []
        return [one, *(step for step in map(self._one, prompt.steps) if step)]

    def _one(self, prompt: Prompt) -> Chosen | None:
        left_out = f"{self.deck.name}/{prompt.id}" in self.person.never
        left_out = left_out or any(fits(when, self.known) for _, when in prompt.given)
        if left_out or not fits(prompt.when, self.known) or self.ruled_out & {*prompt.asks}:
            return None
        variant = self._variant(prompt)
        quotes = bool(set(prompt.earlier) & set(self.answered))
        words = prompt.without if prompt.earlier and not quotes else variant.words
        if not words:
            return None
        return Chosen(
            prompt=prompt,
            words=_filled(words, self.known),
            gentler=filled(variant.gentler or prompt.gentler, self.known),
            menu=tuple((id_, filled(say, self.known)) for id_, say in prompt.menu),
            asks=(*prompt.asks, *variant.asks),
            mirror=prompt.mirror and "mirror" not in self.ruled_out,
            quotes=quotes,
        )

    def _variant(self, prompt: Prompt) -> Variant:
        base = Variant(when=(), words=prompt.words)
        fitting = (
            variant
            for variant in prompt.variants
            if fits(variant.when, self.known) and not self.ruled_out & {*variant.asks}
        )
        return next(fitting, base)


def _part(deck: Deck, tops: list[list[Chosen]], answered: Sequence[str]) -> list[list[Chosen]]:
    """Take what was answered least recently, in the deck's order, beside what is always asked."""
    room = SPOKEN_LIMITS.prompts - sum(group[0].prompt.always for group in tops)
    last = {name: when for when, name in enumerate(answered)}

    def age(group: list[Chosen]) -> int:
        prompt = group[0].prompt
        names = (prompt.id, *prompt.formerly)
        return max(last.get(f"{deck.name}/{name}", -1) for name in names)

    others = sorted((group for group in tops if not group[0].prompt.always), key=age)
    taken = {group[0].prompt.id for group in others[:room]}
    return [group for group in tops if group[0].prompt.always or group[0].prompt.id in taken]


def _filled(texts: Iterable[str], known: Known) -> tuple[str, ...]:
    return tuple(filled(text, known) for text in texts)
