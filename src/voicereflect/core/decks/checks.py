"""Looks over a deck for its author: everything that is wrong or too long, each with its line."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Final

from voicereflect.core.decks.choosing import Person, questions
from voicereflect.core.decks.knowing import filled, places
from voicereflect.core.decks.menus import MOST, NONE
from voicereflect.core.decks.parsing import CLOSING, read_deck
from voicereflect.core.decks.reader import DeckProblem, Reader, loaded
from voicereflect.core.decks.reading import HEAVY
from voicereflect.core.decks.strings import spoken_places, spoken_strings
from voicereflect.core.store.toml_lines import KeyPath
from voicereflect.core.words.speakable import SPOKEN_LIMITS, median_words, spoken_problems
from voicereflect.deck_model import Fact, When
from voicereflect.model import Deck, Prompt

STOPPING: Final = "stopping is always fine"
LOWER: Final = "You may feel lower for a while afterwards."
FREELY: Final = "Is this a place where you can speak freely?"
_SHORTER = "Make it shorter, or leave something out."


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
    looker = _Looker(reader, deck, facts, {**(decks or {}), name: deck})
    looker.look()
    return reader.problems


def most_asked(deck: Deck) -> int:
    """Give the most prompts that one sitting can hold, whoever it is and whatever is chosen."""
    wanted = list(_conditions(deck))
    own = {prompt.id for prompt in _all(deck)}
    names = sorted({name for when in wanted for name, _ in when})
    values = [
        sorted({"", *(value for when in wanted for n, vs in when if n == name for value in vs)})
        for name in names
    ]
    most = 0
    for chosen in product(*values):
        known = dict(zip(names, chosen, strict=True))
        here = {name: value for name, value in known.items() if name in own and value}
        asked = {one.prompt.id for one in questions(deck, Person(known=known), here=here)}
        if here.keys() <= asked:  # nobody chooses at a prompt that was not asked
            most = max(most, len(asked & {prompt.id for prompt in deck.prompts}))
    return most


def _conditions(deck: Deck) -> Iterator[When]:
    for prompt in _all(deck):
        yield prompt.when
        yield from (variant.when for variant in prompt.variants)


def _all(deck: Deck) -> Iterator[Prompt]:
    for prompt in deck.prompts:
        yield prompt
        yield from prompt.steps


class _Looker:
    """Adds what it finds to the reader, which knows the lines."""

    def __init__(
        self, reader: Reader, deck: Deck, facts: tuple[Fact, ...], decks: Mapping[str, Deck]
    ) -> None:
        self._reader = reader
        self._deck = deck
        self._facts = {fact.id: fact for fact in facts}
        self._decks = decks
        self._menus = {prompt.id: prompt for prompt in _all(deck) if prompt.menu}
        self._ids = [prompt.id for prompt in _all(deck)]

    def look(self) -> None:
        """Look at everything."""
        self._look_at_strings()
        self._look_at_size()
        self._look_at_opening()
        self._condition(("when",), self._deck.when)
        for name in self._deck.needs:
            if name not in self._facts:
                self._reader.add(("needs",), f'"{name}" is nothing that can be known', self._known)
        for number, prompt in enumerate(self._deck.prompts):
            self._look_at_prompt(("prompts", number), prompt)
            for at, step in enumerate(prompt.steps):
                self._look_at_prompt(("prompts", number, "steps", at), step)
        for number, offer in enumerate(self._deck.offers):
            self._condition(("offers", number, "when"), offer.when)
            self._deck_exists(("offers", number, "deck"), offer.deck)
        for name, _ in self._deck.waits:
            self._deck_exists(("waits", name), name)

    @property
    def _known(self) -> str:
        names = (*self._facts, *self._menus)
        return f"Use one of {', '.join(names)}." if names else "Leave it out."

    def _look_at_strings(self) -> None:
        fill = {name: fact.unknown or name for name, fact in self._facts.items()}
        for path, text in spoken_places(self._deck):
            for name in places(text):
                if name not in self._facts:
                    self._reader.add(
                        path, f'"{{{name}}}" is nothing that can be known', self._known
                    )
            for said in spoken_problems(filled(text, fill)):
                counted = said[:1].isdecimal()
                self._reader.add(path, said, _SHORTER if counted else "Say it another way.")

    def _look_at_size(self) -> None:
        deck = self._deck
        if deck.minutes > SPOKEN_LIMITS.minutes:
            what = f"{deck.minutes} minutes, where {SPOKEN_LIMITS.minutes} are enough"
            self._reader.add(("minutes",), what, "Make two decks of it.")
        asked = min(most_asked(deck), SPOKEN_LIMITS.prompts) if deck.parts else most_asked(deck)
        if asked > SPOKEN_LIMITS.prompts:
            what = f"{asked} prompts in one sitting, where {SPOKEN_LIMITS.prompts} are enough"
            self._reader.add(("prompts",), what, "Leave some out, or write parts = true.")
        strings = spoken_strings(deck)
        if strings and median_words(strings) > SPOKEN_LIMITS.median_words:
            what = f"half of all it says is longer than {SPOKEN_LIMITS.median_words} words"
            self._reader.add((), what, _SHORTER)

    def _look_at_opening(self) -> None:
        for number, text in enumerate(self._deck.opening):
            if not text.endswith(FREELY):
                self._reader.add(
                    ("opening", number), "the opening does not ask for privacy", f"End: {FREELY}"
                )
        if self._deck.depth != HEAVY:
            return
        if not self._deck.coming:
            self._reader.add((), "a heavy deck says what is coming", 'Write coming = ["…"].')
        for number, text in enumerate(self._deck.coming):
            if STOPPING not in text or not text.endswith(LOWER):
                self._reader.add(
                    ("coming", number),
                    "something heavy comes unannounced",
                    f'Say that {STOPPING}, and end: "{LOWER}"',
                )

    def _look_at_prompt(self, path: KeyPath, prompt: Prompt) -> None:
        self._condition((*path, "when"), prompt.when)
        for number, variant in enumerate(prompt.variants):
            self._condition((*path, "variants", number, "when"), variant.when)
        if self._deck.depth == HEAVY and not prompt.gentler:
            self._reader.add(path, "a heavy prompt has a gentler one", 'Write gentler = "…".')
        self._look_at_menu(path, prompt)
        for key, name in (("beside", prompt.beside), ("plans", prompt.plans)):
            if name and name not in self._ids:
                self._reader.add((*path, key), f'there is no prompt "{name}"', self._have)
        for name in prompt.earlier:
            self._prompt_exists((*path, "earlier"), name)
        if prompt.voice and prompt.voice not in self._deck.voices:
            what = f'"{prompt.voice}" is none of the voices'
            self._reader.add((*path, "voice"), what, 'Name it in voices = ["…", "…"].')

    @property
    def _have(self) -> str:
        return f"Use one of {', '.join(self._ids)}."

    def _look_at_menu(self, path: KeyPath, prompt: Prompt) -> None:
        choices = [choice for choice, _ in prompt.menu]
        if len(choices) > MOST:
            what = f"{len(choices)} choices, where {MOST} can be kept in mind"
            self._reader.add((*path, "menu"), what, "Make two prompts of it.")
        if NONE in choices:
            self._reader.add(
                (*path, "menu", NONE), '"none" is a choice already', "Give it another id."
            )
        for key, names in (("ends", prompt.ends), ("rests", [n for n, _ in prompt.rests])):
            for name in names:
                if name not in choices:
                    what = f'"{name}" is no choice of this menu'
                    self._reader.add((*path, key), what, f"Use one of {', '.join(choices)}.")

    def _condition(self, path: KeyPath, when: When) -> None:
        for name, values in when:
            allowed = self._values(name)
            if allowed is None:
                self._reader.add(
                    (*path, name), f'"{name}" is nothing that can be known', self._known
                )
                continue
            if name in self._facts and not self._facts[name].choices:
                continue  # any words may be said
            for value in values:
                if value not in allowed:
                    what = f'"{name}" is never "{value}"'
                    some = ", ".join(dict.fromkeys(filter(None, allowed)))
                    self._reader.add((*path, name), what, f"Use one of {some}.")

    def _values(self, name: str) -> Iterable[str] | None:
        """What a condition may compare with, or None where there is nothing to compare."""
        deck, slash, prompt = name.partition("/")
        if slash:
            other = self._decks.get(deck)
            menus = {one.id: one for one in _all(other)} if other else {}
        else:
            prompt, menus = name, self._menus
        if prompt in menus:
            return ["", NONE, *(choice for choice, _ in menus[prompt].menu)]
        if name in self._facts:
            fact = self._facts[name]
            return ["", fact.unknown, *(choice.id for choice in fact.choices)]
        return None

    def _deck_exists(self, path: KeyPath, name: str) -> None:
        if name not in self._decks:
            self._reader.add(path, f'there is no deck "{name}"', "Use a name from `decks list`.")

    def _prompt_exists(self, path: KeyPath, name: str) -> None:
        deck, _, prompt = name.partition("/")
        other = self._decks.get(deck)
        ids = [each.id for each in _all(other)] + [CLOSING] if other else []
        if prompt not in ids:
            self._reader.add(path, f'there is no prompt "{name}"', "Write it as deck/prompt.")
