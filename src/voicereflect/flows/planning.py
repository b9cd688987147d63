"""What a session will ask: a deck, its wordings in turn over all sittings there were."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime

from voicereflect.core.decks import choosing, rotation
from voicereflect.core.decks.choosing import Chosen, Person
from voicereflect.core.decks.programme import LIGHT, pair_by_date
from voicereflect.core.decks.reading import CLOSING
from voicereflect.core.entry.days import day_in_words
from voicereflect.core.entry.decisions import is_undecided, undecided
from voicereflect.core.entry.ids import Dice, day_of, new_id
from voicereflect.errors import DeckError, EntryUnreadable
from voicereflect.flows.parts import SETTLING, Plan, Question, Quote
from voicereflect.flows.quoting import Told, answered_before, quote_of
from voicereflect.model import Deck, Entry, Prompt
from voicereflect.ports import Vault


def plan(  # noqa: PLR0913
    deck: Deck,
    vault: Vault,
    *,
    language: str,
    speaker: str,
    now: datetime,
    dice: Dice,
    person: Person | None = None,
    may_return: Callable[[Entry], bool] = lambda _entry: True,
    company: bool = False,
    settled: Collection[str] = (),
    steps: tuple[Deck, Prompt] | None = None,
) -> Plan:
    """Choose the prompts that fit the person, and their words; the closing is the last of them.

    Quoted is what `may_return`, without steps (`entry/answer`) that are `settled`; `steps` asks
    about an open one, first in a light sitting.

    Raises:
        DeckError: the deck takes two, or is closed to this person.
    """
    who = _let_in(deck, person, company=company)
    before = _Before(vault, deck, may_return, settled, steps)
    first, last = before.step(), _closing(deck, who, before)

    def again(here: Mapping[str, str]) -> tuple[Question, ...]:
        chosen = choosing.questions(deck, who, answered=before.answered, here=here)
        return (*first, *map(before.question, chosen), last)

    return Plan(
        deck=deck,
        opening=_opening(deck, who, before, company=company),
        questions=again({}),
        entry=_entry(deck, language=language, speaker=speaker, now=now, dice=dice),
        silence_s=choosing.silence_s(deck),
        offers=lambda picks: choosing.offers(deck, who, picks),
        again=again,
        waiting=() if company else before.waiting,
    )


class _Before:
    """What was asked and answered in earlier sittings, as far as this one must know."""

    def __init__(
        self,
        vault: Vault,
        deck: Deck,
        may_return: Callable[[Entry], bool],
        settled: Collection[str],
        steps: tuple[Deck, Prompt] | None,
    ) -> None:
        self._vault = vault
        self._deck = deck
        self._steps = steps = steps if deck.depth == LIGHT else None
        entries = _readable(vault)
        past = [answer for entry in entries for answer in entry.answers]
        self._asked = Counter(answer.prompt for answer in past)
        self.sittings = sum(bool(entry.answers) for entry in entries)
        self.of_deck = sum(entry.deck == deck.name for entry in entries)
        self.waiting = tuple(_waits(entry) for entry in entries if is_undecided(entry))
        quotable = {*_quotable(deck), *(steps[1].earlier if steps else ())}
        told_before = answered_before(entries, may_return, quotable) if quotable else ()
        self._told = [
            (entry, answer)
            for entry, answer in told_before
            if f"{entry.id}/{answer.number}" not in settled
        ]
        if deck.pair:
            self._told = _pair(deck, self._told)
        told = {answer.prompt for _, answer in self._told}
        self.answered = [
            answer.prompt
            for answer in past
            if answer.prompt not in quotable or answer.prompt in told
        ]

    def question(self, chosen: Chosen, deck: Deck | None = None) -> Question:
        """A prompt in the words whose turn it is."""
        prompt = f"{(deck or self._deck).name}/{chosen.prompt.id}"
        return Question(
            prompt=prompt,
            words=rotation.wording(chosen.words, self._asked[prompt]),
            gentler=chosen.gentler,
            menu=chosen.menu,
            quote=self._quote(chosen.prompt) if chosen.quotes else None,
            mirror=chosen.mirror,
        )

    def step(self) -> tuple[Question, ...]:
        """The question about an open step, where there is one to be heard and it is not asked."""
        if self._steps is None or self._steps[0].name == self._deck.name:
            return ()
        deck, prompt = self._steps
        alone = replace(deck, prompts=(prompt,), parts=False)
        asked = choosing.questions(alone, Person(), answered=self.answered)
        found = [self.question(each, deck) for each in asked if each.quotes]
        return tuple(question for question in found if question.quote)

    def _quote(self, prompt: Prompt) -> Quote | None:
        found = [told for told in self._told if told[1].prompt in prompt.earlier]
        if not found:
            return None
        is_step = {choice for choice, _ in prompt.menu} >= SETTLING
        if is_step:  # several may be open, and each of them has its turn
            return quote_of(self._vault, found[-1 - self.sittings % len(found)], step=True)
        return quote_of(self._vault, found[0 if prompt.earlier_from == "first" else -1], step=False)


def _pair(deck: Deck, told: list[Told]) -> list[Told]:
    """The earliest and the latest answer to one question, if they lie far enough apart."""
    for name in deck.pair:
        days = {
            str(place): day_of(entry.started_at)
            for place, (entry, answer) in enumerate(told)
            if answer.prompt == name
        }
        found = pair_by_date(list(days.items()))
        if found:
            return [told[int(place)] for place in found]
    return []


def _closing(deck: Deck, person: Person, before: _Before) -> Question:
    lead = rotation.wording(choosing.closings(deck, person), before.of_deck)
    words = rotation.closing(lead, deck.depth, before.sittings)
    return Question(prompt=f"{deck.name}/{CLOSING}", words=words)


def free_talk(*, language: str, speaker: str, now: datetime, dice: Dice) -> Plan:
    """No prompt at all: one answer, as long as it takes."""
    deck = Deck(
        name="talk",
        edition=1,
        title="Talk",
        why="",
        minutes=0,
        depth="light",
        opening=(),
        prompts=(),
        closing=(),
    )
    entry = _entry(deck, language=language, speaker=speaker, now=now, dice=dice)
    question = Question(prompt="talk/free", words="")
    return Plan(deck=deck, opening=(), questions=(question,), entry=entry)


def _let_in(deck: Deck, person: Person | None, *, company: bool) -> Person:
    refuse_closed(deck, person, company=company)
    return person or Person()


def refuse_closed(deck: Deck, person: Person | None, *, company: bool) -> None:
    """Raise where a deck is not for this person now; of two, say nothing of what one said alone.

    Raises:
        DeckError: why it is closed.
    """
    if person is None:
        return
    if deck.voices and not company:
        raise DeckError(
            f"{deck.name} is for two voices", hint=f"Both of you: voicereflect two {deck.name}"
        )
    if deck.name in person.never:
        raise DeckError(
            f"{deck.name} was put aside for good",
            hint=f"To open it again: voicereflect programme skip PROGRAMME {deck.name} --undo",
        )
    if choosing.may_open(deck, person):
        return
    if company:  # what somebody answered alone is not told to two
        alone = dict.fromkeys(name.partition("/")[0] for name, _ in deck.when if "/" in name)
        hint = f"What opens it is asked of one alone, in {', '.join(alone) or 'programme start'}."
        raise DeckError(f"{deck.name} is not open now", hint=hint)
    if deck.pair and not person.pairs & {*deck.pair}:
        asked = deck.pair[0].partition("/")[0]
        raise DeckError(
            f"{deck.name} needs two answers to one question, two days apart",
            hint=f"That question is asked here: voicereflect reflect {asked}",
        )
    raise DeckError(
        f"{deck.name} does not fit what was said about you",
        hint="To change that: voicereflect programme start PROGRAMME --know NAME=VALUE",
    )


def _quotable(deck: Deck) -> frozenset[str]:
    """Prompts whose earlier answers the deck would let be heard."""
    steps = (step for prompt in deck.prompts for step in (prompt, *prompt.steps))
    return frozenset(name for step in steps for name in step.earlier)


def _opening(deck: Deck, person: Person, before: _Before, *, company: bool) -> tuple[str, ...]:
    coming, opening = choosing.openings(deck, person)
    return rotation.opening(
        rotation.wording(opening, before.of_deck),
        rotation.wording(coming, before.of_deck),
        depth=deck.depth,
        number=before.sittings,
        company=company,
    )


def _entry(deck: Deck, *, language: str, speaker: str, now: datetime, dice: Dice) -> Entry:
    entry = Entry(
        id=new_id(now, dice),
        started_at=now.replace(microsecond=0),
        deck=deck.name,
        edition=deck.edition,
        title=deck.title,
        language=language,
        speakers=(speaker,),
    )
    return undecided(entry) if deck.at_end == "ask" else entry


def _waits(entry: Entry) -> str:
    """What was left open is asked the next time."""
    day, name = day_in_words(day_of(entry.started_at)), entry.id.rpartition("-")[2]
    return (
        f"{entry.title}, {day}, still waits for your choice: "
        f"`voicereflect keep {name}`, with --closed, or `delete {name} --for-good`."
    )


def _readable(vault: Vault) -> list[Entry]:
    found: list[Entry] = []
    for entry_id in vault.ids():
        try:
            found.append(vault.load(entry_id))
        except EntryUnreadable:
            continue  # `list` reports it; a wording that returns early harms nobody
    return found
