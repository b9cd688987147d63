"""The shipped decks and the programme, read once."""

from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import TypeVar

from voicereflect.core.decks.choosing import Chosen, Person, basis_of, questions, resolve
from voicereflect.core.decks.file.reading import parse
from voicereflect.core.decks.knowing import resolved
from voicereflect.core.programme.reading import parse_programme
from voicereflect.model import Deck

T = TypeVar("T")
ROOT = Path(__file__).parents[2]
PROMPTS = ROOT / "prompts"
DECKS = {file.stem: parse(file.read_text("utf-8"), file.stem) for file in PROMPTS.glob("*.toml")}
PROGRAMMES = {
    file.stem: parse_programme(file.read_text("utf-8"), file.stem)
    for file in (PROMPTS / "programmes").glob("*.toml")
}
PROGRAMME = PROGRAMMES["mother-daughter"]
RELATIONS = tuple(choice.id for choice in PROGRAMME.facts[0].choices)
SPEAKERS = ("daughter", "mother", "other", "")
HERS = ("living", "died", "not-known", "")
PATHS = ("together", "alone", "not-sure", "")
PAIRS = frozenset({"everyday/week"})
# Said every time: heard over the years, asked once and for all, or agreed to word for word.
ALWAYS_THE_SAME = {
    "after-work/evening",
    "everyday/week",
    "expectations/nothing-back",
    "interview/not-asked",
    "interview/yes",
    "life-for-two/not-asked",
    "life-for-two/yes",
    "line-together/yes",
    "ready-or-not/room",
    "sending/no-answer",
    "speaker-and-listener/yes",
    "then-and-now/different",
    "week/stays",
    "what-hurt/more",
}
OPEN_GATE = {"ready-or-not/ready": "ready", "ready-or-not/room": "yes"}


def person(speaker: str = "", her: str = "", path: str = "", **more: str) -> Person:
    said = {"speaker": speaker, "her": her, "path": path, **more}
    known = {name: value for name, value in said.items() if value}
    return Person(known={**known, **OPEN_GATE}, facts=PROGRAMME.facts, pairs=PAIRS)


def known_as(call: str, **said: str) -> dict[str, str]:
    """All that sentences are filled with, for somebody who calls the other so."""
    return resolved(PROGRAMME.facts, {"call": call, **said})


def everybody() -> Iterator[Person]:
    for speaker, her, path in product(SPEAKERS, HERS, PATHS):
        yield person(speaker, her, path)


def once_for_each_kind(look: Callable[[Deck, Person], T]) -> Callable[[Deck, Person], T]:
    """Look once for all those of whom the same is known when what follows is worked out."""
    seen: dict[tuple[object, ...], tuple[Deck, T]] = {}

    def remembered(deck: Deck, who: Person) -> T:
        basis = basis_of(who)
        kind = (frozenset(basis.known.items()), basis.ruled_out, who.never, who.pairs)
        if (id(deck), kind) not in seen:
            seen[id(deck), kind] = deck, look(deck, who)
        return seen[id(deck), kind][1]

    return remembered


@once_for_each_kind
def sittings(deck: Deck, who: Person) -> tuple[tuple[dict[str, str], tuple[Chosen, ...]], ...]:
    """Every way through a deck: all choices, and with or without earlier answers."""
    return tuple(_sittings(deck, who))


def _sittings(deck: Deck, who: Person) -> Iterator[tuple[dict[str, str], tuple[Chosen, ...]]]:
    earlier = tuple({name for prompt in deck.every_prompt for name in prompt.earlier})
    for answered in {(), earlier}:
        waiting: list[dict[str, str]] = [{}]
        while waiting:
            here = waiting.pop()
            asked = questions(deck, who, here=here, answered=answered)
            undecided = [one for one in asked if one.menu and one.prompt.id not in here]
            relevant = [one for one in undecided if _matters(deck, one.prompt.id)]
            if not relevant:
                yield here, asked
                continue
            first = relevant[0]
            waiting.extend({**here, first.prompt.id: pick} for pick, _ in first.menu)


def heard_by(deck: Deck, who: Person) -> set[str]:
    """Everything a deck can say to somebody once it is open to them."""
    found: set[str] = set()
    for here, asked in sittings(deck, who):
        for one in asked:
            found.update((*one.words, one.gentler, *(say for _, say in one.menu)))
        for offer in resolve(deck, who).offers(here):
            found.update(offer.say)
    return {text for text in found if text}


def _matters(deck: Deck, prompt: str) -> bool:
    conditions = [when for each in deck.every_prompt for when, _ in each.when]
    conditions += [name for each in deck.every_prompt for v in each.variants for name, _ in v.when]
    conditions += [name for offer in deck.offers for name, _ in offer.when]
    ends = any(each.ends for each in deck.every_prompt if each.id == prompt)
    return ends or prompt in conditions
