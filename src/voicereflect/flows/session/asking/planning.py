"""What a session will ask: a deck, its wordings in turn over all sittings there were."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from voicereflect.core.decks import choosing, rotation
from voicereflect.core.decks.choosing import Chosen, Person, Resolved
from voicereflect.core.entry.decisions import undecided
from voicereflect.core.entry.ids import Dice, day_of, new_id
from voicereflect.core.programme.so_far import LIGHT, pair_by_date
from voicereflect.deck_model import CLOSING
from voicereflect.errors import DeckError
from voicereflect.flows.library.finding.history import History, ShutHistory
from voicereflect.flows.session.asking.earlier import earlier
from voicereflect.flows.session.asking.quoting import EarlierAnswer, answered_before, quote_of
from voicereflect.flows.session.parts import SETTLES_STEP, Plan, Question, Quote
from voicereflect.model import Deck, Entry, Prompt
from voicereflect.ports.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRequest:
    """What a session is to be planned for."""

    deck: Deck
    person: Person
    language: str
    speaker: str
    now: datetime
    may_return: Callable[[Entry], bool] = lambda _entry: True
    """Which entries may be quoted."""
    settled: Collection[str] = ()
    """Steps (`entry/answer`) that are done or let go, and are not quoted."""
    steps: tuple[Deck, Prompt] | None = None
    """What asks about an open step, first in a light sitting."""
    for_two: bool = False
    programme: str = ""
    """One that has the deck, and tells why it is closed."""


def plan(request: PlanRequest, vault: Vault, history: History | ShutHistory, dice: Dice) -> Plan:
    """Choose the prompts that fit the person, and their words; the closing is the last of them.

    Raises:
        DeckError: the deck takes two, or is closed to this person.
    """
    resolved = choosing.resolve(request.deck, request.person)
    refuse_closed(resolved, for_two=request.for_two, programme=request.programme)
    before = _Before(vault, history, request)
    first, last = before.step(), _closing(resolved, before.tally)

    def replan(picks: Mapping[str, str]) -> tuple[Question, ...]:
        chosen = resolved.questions(answered=before.answered, here=picks)
        return (*first, *map(before.question, chosen), last)

    return Plan(
        deck=request.deck,
        opening=_opening(resolved, before.tally, for_two=request.for_two),
        questions=replan({}),
        entry=_entry(
            request.deck,
            language=request.language,
            speaker=request.speaker,
            now=request.now,
            dice=dice,
        ),
        silence_s=choosing.silence_s(request.deck),
        offers=resolved.offers,
        replan=replan,
        waiting=() if request.for_two else before.waiting,
    )


class _Before:
    """What was asked and answered in earlier sittings, as far as this one must know."""

    def __init__(self, vault: Vault, history: History | ShutHistory, request: PlanRequest) -> None:
        deck = request.deck
        self._vault = vault
        self._deck = deck
        self._steps = steps = request.steps if deck.depth == LIGHT else None
        quotable = {*_prompts_to_quote(deck), *(steps[1].earlier if steps else ())}
        found = earlier(
            history,
            vault,
            deck.name,
            prompts={*_names(deck), *quotable, *(_names(steps[0]) if steps else ())},
            quotable=quotable,
            settled=request.settled,
        )
        self.tally = found.tally
        self.waiting = found.waiting
        open_ones = [
            (entry, answer)
            for entry, answer in answered_before(found.quotable, request.may_return, quotable)
            if f"{entry.id}/{answer.number}" not in request.settled
        ]
        self._quotable = _pair(deck, open_ones) if deck.pair else open_ones
        can_be_quoted = {answer.prompt for _, answer in self._quotable}
        self.answered = [
            prompt
            for prompt in self.tally.asked
            if prompt not in quotable or prompt in can_be_quoted
        ]

    def question(self, chosen: Chosen, deck: Deck | None = None) -> Question:
        """A prompt in the words whose turn it is."""
        prompt = f"{(deck or self._deck).name}/{chosen.prompt.id}"
        return Question(
            prompt=prompt,
            words=rotation.wording(chosen.words, self.tally.times(prompt)),
            gentler=chosen.gentler,
            menu=chosen.menu,
            quote=self._quote(chosen.prompt) if chosen.quotes else None,
            mirror=chosen.mirror,
            private=chosen.prompt.private,
        )

    def step(self) -> tuple[Question, ...]:
        """The question about an open step, where there is one and the deck itself asks of none."""
        if self._steps is None or self._steps[0].name == self._deck.name:
            return ()
        deck, prompt = self._steps
        alone = replace(deck, prompts=(prompt,), parts=False)
        asked = choosing.questions(alone, Person(), answered=self.answered)
        found = [self.question(each, deck) for each in asked if each.quotes]
        return tuple(question for question in found if question.quote)

    def _quote(self, prompt: Prompt) -> Quote | None:
        found = [each for each in self._quotable if each[1].prompt in prompt.earlier]
        if not found:
            return None
        is_step = {choice for choice, _ in prompt.menu} >= SETTLES_STEP
        if is_step:  # several may be open, and each of them has its turn
            return quote_of(self._vault, found[-1 - self.tally.sittings % len(found)], step=True)
        return quote_of(self._vault, found[0 if prompt.earlier_from == "first" else -1], step=False)


def _pair(deck: Deck, answers: list[EarlierAnswer]) -> list[EarlierAnswer]:
    """The earliest and the latest answer to one question, if they lie far enough apart."""
    for name in deck.pair:
        days = {
            str(place): day_of(entry.started_at)
            for place, (entry, answer) in enumerate(answers)
            if answer.prompt == name
        }
        found = pair_by_date(list(days.items()))
        if found:
            return [answers[int(place)] for place in found]
    return []


def _closing(resolved: Resolved, tally: rotation.Tally) -> Question:
    deck = resolved.deck
    lead = rotation.wording(resolved.filled(deck.closing), tally.of_deck)
    breaths = rotation.closing(lead, deck.depth, tally.sittings)
    return Question(prompt=f"{deck.name}/{CLOSING}", words=" ".join(breaths), breaths=breaths)


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
    return Plan(deck=deck, opening=(), questions=(question,), entry=entry, worded=False)


def refuse_closed(resolved: Resolved, *, for_two: bool, programme: str = "") -> None:
    """Raise where a deck is not for this person now; of two, say nothing of what one said alone.

    Raises:
        DeckError: why it is closed.
    """
    deck, person = resolved.deck, resolved.person
    if deck.voices and not for_two:
        raise DeckError(
            f"{deck.name} is for two voices", hint=f"Both of you: voicereflect two {deck.name}"
        )
    if deck.name in person.never:
        raise DeckError(
            f"{deck.name} was put aside for good",
            hint=f"To open it again: voicereflect programme skip PROGRAMME {deck.name} --undo",
        )
    if resolved.may_open:
        return
    if for_two:  # what somebody answered alone is not told to two
        alone = next((name.partition("/")[0] for name, _ in deck.when if "/" in name), "")
        opens = f"reflect {alone}" if alone else "programme status"
        raise DeckError(
            "Some decks open after a few questions that one of you answers alone, on another day",
            hint=f"For whoever sits alone: voicereflect {opens}",
        )
    if deck.pair and not person.pairs & {*deck.pair}:
        asked = deck.pair[0].partition("/")[0]
        raise DeckError(
            f"{deck.name} needs two answers to one question, two days apart",
            hint=f"That question is asked here: voicereflect reflect {asked}",
        )
    raise DeckError(
        f"{deck.name} does not fit what was said about you",
        hint=f"What, and how to change it: voicereflect programme status {programme}".rstrip(),
    )


def _prompts_to_quote(deck: Deck) -> frozenset[str]:
    """Prompts whose earlier answers the deck would let be heard."""
    return frozenset(name for prompt in deck.every_prompt for name in prompt.earlier)


def _names(deck: Deck) -> frozenset[str]:
    """Every prompt's `deck/prompt`, and those it had before."""
    return frozenset(name for one in deck.every_prompt for name in deck.names_of(one))


def _opening(resolved: Resolved, tally: rotation.Tally, *, for_two: bool) -> tuple[str, ...]:
    deck = resolved.deck
    return rotation.opening(
        rotation.wording(resolved.filled(deck.opening), tally.of_deck),
        rotation.wording(resolved.filled(deck.coming), tally.of_deck),
        depth=deck.depth,
        number=tally.sittings,
        for_two=for_two,
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
