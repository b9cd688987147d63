"""Looks over a deck for its author: everything that is wrong or too long, each with its line."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, product
from typing import Final

from voicereflect.core.decks.choosing import Person, resolve
from voicereflect.core.decks.file.reader import DeckProblem, Reader, loaded
from voicereflect.core.decks.file.reading import read_deck
from voicereflect.core.decks.file.strings import placed_prompts, spoken_places, spoken_strings
from voicereflect.core.decks.knowing import Known, filled, places, resolved
from voicereflect.core.decks.menus import MOST, NONE
from voicereflect.core.decks.rotation import FREELY
from voicereflect.core.store.toml_lines import KeyPath
from voicereflect.core.words.speakable import SPOKEN_LIMITS, median_words, spoken_problems
from voicereflect.deck_model import CLOSING, HEAVY, Fact, When
from voicereflect.model import Deck, Prompt

STOPPING: Final = "stopping is always fine"
LOWER: Final = "You may feel lower for a while afterwards."
LINE: Final = 43
"""So many letters of a line fit beside a deck's name."""
MIDDLE: Final = "middle"
TRIED: Final = 1000
"""So many combinations of what may be known are looked at; shipped decks have at most twelve."""
_SHORTER = "Make it shorter, or leave something out."

Found = Iterator[tuple[KeyPath, str, str]]
"""Where, what is wrong there, and what to write instead."""


def check(
    text: str, name: str, *, facts: tuple[Fact, ...] = (), decks: Mapping[str, Deck] | None = None
) -> tuple[DeckProblem, ...]:
    """Find every problem of a deck file, in the file's order.

    `facts` are what may be known, `decks` what it may refer to.

    Raises:
        DeckError: it is not TOML, or made for a newer voicereflect.
    """
    file = f"{name}.toml"
    table = loaded(text, file)
    reader = Reader(text, file)
    deck = read_deck(reader, table, name)
    for problem in _Looker(deck, facts, {**(decks or {}), name: deck}).look():
        reader.add(*problem)
    return reader.problems


def most_asked(deck: Deck) -> int:
    """Give the most prompts that one sitting can hold, whoever it is and whatever is chosen.

    Where conditions can meet in more than `TRIED` ways, it is the most of those looked at.
    """
    return max(_asked_of(deck, known) for known in islice(_combinations(deck), TRIED))


def _combinations(deck: Deck) -> Iterator[Known]:
    """Give each way in which conditions can meet; what makes more of them hold comes first."""
    values: dict[str, set[str]] = {}
    for prompt in deck.every_prompt:
        others = (*(each.when for each in prompt.variants), *(when for _, when in prompt.given))
        for when in (prompt.when, *others):
            for name, fitting in when:
                values.setdefault(name, {""}).update(fitting)
    for chosen in product(*(sorted(each, reverse=True) for each in values.values())):
        yield dict(zip(values, chosen, strict=True))


def _asked_of(deck: Deck, known: Known) -> int:
    """Count the prompts asked of somebody; none if a choice stands at a prompt not asked."""
    own = {prompt.id for prompt in deck.every_prompt}
    here = {name: value for name, value in known.items() if name in own and value}
    questions = resolve(deck, Person(known=known)).questions(here=here)
    asked = {one.prompt.id for one in questions}
    return len(asked & {prompt.id for prompt in deck.prompts}) if here.keys() <= asked else 0


class _Looker:
    """Knows a deck, and what it may refer to."""

    def __init__(self, deck: Deck, facts: tuple[Fact, ...], decks: Mapping[str, Deck]) -> None:
        self._deck = deck
        self._facts = {fact.id: fact for fact in facts}
        self._decks = decks
        self._ids = [prompt.id for prompt in deck.every_prompt]
        names = (*self._facts, *_menus(deck))
        self._known = f"Use one of {', '.join(names)}." if names else "Leave it out."

    def look(self) -> Found:
        """Look at everything."""
        deck = self._deck
        yield from self._in_strings()
        yield from self._in_size()
        yield from self._in_opening()
        yield from self._in_condition(("when",), deck.when)
        for name in deck.needs:
            if name not in self._facts:
                yield ("needs",), f'"{name}" is nothing that can be known', self._known
        for path, prompt in placed_prompts(deck):
            yield from self._in_prompt(path, prompt)
            yield from self._in_menu(path, prompt)
        for number, offer in enumerate(deck.offers):
            yield from self._in_condition(("offers", number, "when"), offer.when)
        yield from self._in_names(("pair",), deck.pair)
        named = [(("offers", number, "deck"), each.deck) for number, each in enumerate(deck.offers)]
        for path, name in (*named, *((("waits", name), name) for name, _ in deck.waits)):
            if name not in self._decks:
                yield path, f'there is no deck "{name}"', "Use a name from `decks list`."

    def _in_strings(self) -> Found:
        fill = resolved(self._facts.values(), {})
        fill |= {name: name for name in self._facts if name not in fill}
        for path, text in spoken_places(self._deck):
            for name in places(text):
                if name not in fill:
                    yield path, f'"{{{name}}}" is nothing that can be known', self._known
            for said in spoken_problems(filled(text, fill)):
                counted = said[:1].isdecimal()
                yield path, said, _SHORTER if counted else "Say it another way."

    def _in_size(self) -> Found:
        deck, limits = self._deck, SPOKEN_LIMITS
        if deck.minutes > limits.minutes:
            what = f"{deck.minutes} minutes, where {limits.minutes} are enough"
            yield ("minutes",), what, "Make two decks of it."
        if deck.gather and deck.depth != MIDDLE:
            what = f"a {deck.depth} deck does not gather"
            yield ("gather",), what, f'Leave it out, or write depth = "{MIDDLE}".'
        if len(deck.line) > LINE:
            what = f"{len(deck.line)} letters, where a list has room for {LINE}"
            yield ("line",), what, _SHORTER
        if not deck.parts and (asked := most_asked(deck)) > limits.prompts:
            what = f"{asked} prompts in one sitting, where {limits.prompts} are enough"
            yield ("prompts",), what, "Leave some out, or write parts = true."
        strings = spoken_strings(deck)
        if strings and median_words(strings) > limits.median_words:
            yield (), f"half of all it says is longer than {limits.median_words} words", _SHORTER

    def _in_opening(self) -> Found:
        for number, text in enumerate(self._deck.opening):
            if FREELY in text:
                what = "the product asks for privacy itself, where that is due"
                yield ("opening", number), what, f"Leave out: {FREELY}"
        if self._deck.depth != HEAVY:
            return
        if not self._deck.coming:
            yield (), "a heavy deck says what is coming", 'Write coming = ["…"].'
        for number, text in enumerate(self._deck.coming):
            if STOPPING not in text or not text.endswith(LOWER):
                what = "something heavy comes unannounced"
                yield ("coming", number), what, f'Say that {STOPPING}, and end: "{LOWER}"'

    def _in_prompt(self, path: KeyPath, prompt: Prompt) -> Found:
        yield from self._in_condition((*path, "when"), prompt.when)
        for number, variant in enumerate(prompt.variants):
            yield from self._in_condition((*path, "variants", number, "when"), variant.when)
        for choice, when in prompt.given:
            yield from self._in_condition((*path, "given", choice), when)
        if self._deck.depth == HEAVY and not prompt.gentler:
            yield path, "a heavy prompt has a gentler one", 'Write gentler = "…".'
        for key, name in (("beside", prompt.beside), ("plans", prompt.plans)):
            if name and name not in self._ids:
                instead = f"Use one of {', '.join(self._ids)}."
                yield (*path, key), f'there is no prompt "{name}"', instead
        yield from self._in_names((*path, "earlier"), prompt.earlier)
        if prompt.voice and prompt.voice not in self._deck.voices:
            what = f'"{prompt.voice}" is none of the voices'
            yield (*path, "voice"), what, 'Name it in voices = ["…", "…"].'

    def _in_names(self, path: KeyPath, names: Iterable[str]) -> Found:
        for name in names:
            if not self._is_answered(name):
                yield path, f'there is no prompt "{name}"', "Write it as deck/prompt."

    def _in_menu(self, path: KeyPath, prompt: Prompt) -> Found:
        choices = [choice for choice, _ in prompt.menu]
        if prompt.private and not choices:
            what = "nothing of it would be kept: only a choice is, where a prompt is private"
            yield (*path, "private"), what, "Give it a menu, or leave the key out."
        if len(choices) > MOST:
            what = f"{len(choices)} choices, where {MOST} can be kept in mind"
            yield (*path, "menu"), what, "Make two prompts of it."
        if NONE in choices:
            yield (*path, "menu", NONE), '"none" is a choice already', "Give it another id."
        rests, given = ([name for name, _ in each] for each in (prompt.rests, prompt.given))
        for key, names in (("ends", prompt.ends), ("rests", rests), ("given", given)):
            for name in names:
                if name not in choices:
                    what = f'"{name}" is no choice of this menu'
                    yield (*path, key), what, f"Use one of {', '.join(choices)}."

    def _in_condition(self, path: KeyPath, when: When) -> Found:
        for name, values in when:
            allowed = self._values(name)
            if allowed is None:
                yield (*path, name), f'"{name}" is nothing that can be known', self._known
                continue
            if name in self._facts and not self._facts[name].choices:
                continue  # any words may be said
            some = ", ".join(dict.fromkeys(filter(None, allowed)))
            for value in values:
                if value not in allowed:
                    yield (*path, name), f'"{name}" is never "{value}"', f"Use one of {some}."

    def _values(self, name: str) -> tuple[str, ...] | None:
        """What a condition may compare with, or None where there is nothing to compare."""
        deck, slash, prompt = name.partition("/")
        menus = _menus(self._decks.get(deck) if slash else self._deck)
        choices = menus.get(prompt if slash else name)
        if choices is not None:
            return ("", NONE, *choices)
        fact = self._facts.get(name)
        if fact is None:
            return None
        ids = (each for choice in fact.choices for each in (choice.id, choice.like) if each)
        return ("", fact.unknown, *ids)

    def _is_answered(self, name: str) -> bool:
        """Tell whether something can be answered under this `deck/prompt`."""
        deck, _, prompt = name.partition("/")
        other = self._decks.get(deck)
        return other is not None and prompt in (
            CLOSING,
            *(each.id for each in other.every_prompt),
        )


def _menus(deck: Deck | None) -> Mapping[str, tuple[str, ...]]:
    """Give the choices of each prompt that has a menu."""
    prompts = deck.every_prompt if deck else ()
    return {each.id: tuple(choice for choice, _ in each.menu) for each in prompts if each.menu}
