"""Which prompts of a deck are asked of whom, in which words; no clock, no dice.

A session asks for the questions again after every choice, because later ones
may depend on it, and takes the first it has not asked yet.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from voicereflect.core.decks.knowing import Known, filled, fits, never_asked, resolved
from voicereflect.core.spoken import SPOKEN_LIMITS
from voicereflect.deck_model import Fact, Offered, Variant
from voicereflect.model import Deck, Prompt

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A prompt in the words that fit the person."""

    prompt: Prompt
    words: tuple[str, ...]
    gentler: str
    without: tuple[str, ...] = ()
    menu: tuple[tuple[str, str], ...] = ()
    asks: tuple[str, ...] = ()


def may_open(deck: Deck, person: Person) -> bool:
    """Tell whether this deck may be offered to this person, and has anything to ask."""
    known = _known(deck, person)
    return (
        deck.name not in person.never
        and fits(deck.when, known)
        and not _ruled_out(deck.asks, person)
        and bool(questions(deck, person))
    )


def questions(
    deck: Deck, person: Person, *, answered: Sequence[str] = (), here: Known | None = None
) -> tuple[Chosen, ...]:
    """Choose what is asked in one sitting, in order; steps stand after their prompt.

    `answered` names every prompt (`deck/prompt`) answered in earlier sittings,
    oldest first; only a deck in parts heeds it. `here` holds the choices made in
    this sitting, by prompt id; after a choice that ends the deck nothing follows.
    """
    here = here or {}
    fitting = [_chosen(deck, prompt, person, here) for prompt in _until_end(deck, here)]
    tops = [chosen for chosen in fitting if chosen]
    if deck.parts:
        tops = _part(deck, tops, answered)
    return tuple(one for group in tops for one in group)


def openings(deck: Deck, person: Person) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the wordings of what is coming and of the opening, filled in."""
    known = _known(deck, person)
    return _filled(deck.coming, known), _filled(deck.opening, known)


def closings(deck: Deck, person: Person) -> tuple[str, ...]:
    """Give the wordings of the closing, filled in."""
    return _filled(deck.closing, _known(deck, person))


def offers(deck: Deck, person: Person, here: Known) -> tuple[Offered, ...]:
    """Give what may be offered after this deck; the caller asks `may_open` of each."""
    known = {**_known(deck, person), **here}
    return tuple(offer for offer in deck.offers if fits(offer.when, known))


def ends_the_deck(prompt: Prompt, pick: str) -> bool:
    """Tell whether only the closing comes after this choice."""
    return pick in prompt.ends


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
    for prompt in deck.prompts:
        yield prompt
        if any(each.id in here and here[each.id] in each.ends for each in (prompt, *prompt.steps)):
            return


def _chosen(deck: Deck, prompt: Prompt, person: Person, here: Known) -> list[Chosen]:
    """Give a prompt and its steps as they are asked; nothing if it is skipped."""
    # A choice of an earlier sitting says nothing about this one: only `here` counts.
    known = {**resolved(person.facts, person.known), **here}
    one = _one(deck, prompt, person, known)
    if one is None:
        return []
    ended = here.get(prompt.id) in prompt.ends if prompt.id in here else False
    steps = () if ended else prompt.steps
    return [one, *(step for step in (_one(deck, s, person, known) for s in steps) if step)]


def _one(deck: Deck, prompt: Prompt, person: Person, known: Known) -> Chosen | None:
    if f"{deck.name}/{prompt.id}" in person.never or not fits(prompt.when, known):
        return None
    if _ruled_out(prompt.asks, person):
        return None
    base = Variant(when=(), words=prompt.words, gentler=prompt.gentler)
    fitting = (
        variant
        for variant in (*prompt.variants, base)
        if fits(variant.when, known) and not _ruled_out(variant.asks, person)
    )
    variant = next(fitting, base)
    if not variant.words:
        return None
    return Chosen(
        prompt=prompt,
        words=_filled(variant.words, known),
        gentler=filled(variant.gentler or prompt.gentler, known),
        without=_filled(prompt.without, known),
        menu=tuple((id_, filled(say, known)) for id_, say in prompt.menu),
        asks=(*prompt.asks, *variant.asks),
    )


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
