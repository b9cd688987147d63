"""What a session will ask: a deck, its wordings chosen so that none returns too soon."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from voicereflect.core.decks import choosing
from voicereflect.core.decks.choosing import Chosen, Person, Resolved
from voicereflect.core.decks.reading import CLOSING
from voicereflect.core.entry.days import day_in_words
from voicereflect.core.entry.decisions import undecided
from voicereflect.core.entry.ids import Dice, day_of, new_id
from voicereflect.errors import DeckError, EntryUnreadable
from voicereflect.flows.session.parts import SETTLING, Plan, Question, Quote
from voicereflect.flows.session.quoting import answered_before, quote_of
from voicereflect.model import Deck, Entry
from voicereflect.ports.vault import Vault

LOOK_BACK_ENTRIES = 30
"""How far back wordings are remembered: four sessions of a deck are in there."""


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
    for_two: bool = False


def plan(request: PlanRequest, vault: Vault, dice: Dice) -> Plan:
    """Choose the prompts that fit the person, and their words; the closing is the last of them.

    Raises:
        DeckError: the deck takes two, or is closed to this person.
    """
    resolved = choosing.resolve(request.deck, request.person)
    refuse_closed(resolved, for_two=request.for_two)
    before = _Before(vault, request)
    last, turn = _closing(resolved, before.asked)

    def again(picks: Mapping[str, str]) -> tuple[Question, ...]:
        chosen = resolved.questions(answered=before.answered, here=picks)
        return (*(before.question(each) for each in chosen), last)

    return Plan(
        deck=request.deck,
        # openings leave no trace in an entry; they take turns with the closings
        opening=_opening(resolved, turn),
        questions=again({}),
        entry=_entry(
            request.deck,
            language=request.language,
            speaker=request.speaker,
            now=request.now,
            dice=dice,
        ),
        silence_s=choosing.silence_s(request.deck),
        offers=resolved.offers,
        again=again,
        waiting=() if request.for_two else before.waiting,
    )


class _Before:
    """What was asked and answered in earlier sittings, as far as this one must know."""

    def __init__(self, vault: Vault, request: PlanRequest) -> None:
        self._vault = vault
        self._deck = request.deck
        entries = _recent(vault)
        past = [answer for entry in entries for answer in entry.answers]
        self.asked = [answer.asked for answer in past]
        self.waiting = tuple(_waits(entry) for entry in entries if entry.undecided)
        quotable = _quotable(request.deck)
        told_before = answered_before(entries, request.may_return, quotable) if quotable else ()
        self._told = [
            (entry, answer)
            for entry, answer in told_before
            if f"{entry.id}/{answer.number}" not in request.settled
        ]
        told = {answer.prompt for _, answer in self._told}
        self.answered = [
            answer.prompt
            for answer in past
            if answer.prompt not in quotable or answer.prompt in told
        ]

    def question(self, chosen: Chosen) -> Question:
        """A prompt in the words that were not asked for the longest time."""
        return Question(
            prompt=f"{self._deck.name}/{chosen.prompt.id}",
            words=least_recent(chosen.words, self.asked),
            gentler=chosen.gentler,
            menu=chosen.menu,
            quote=self._quote(chosen) if chosen.quotes else None,
            mirror=chosen.mirror,
        )

    def _quote(self, chosen: Chosen) -> Quote | None:
        prompt = chosen.prompt
        found = [told for told in self._told if told[1].prompt in prompt.earlier]
        if not found:
            return None
        told = found[0 if prompt.earlier_from == "first" else -1]
        is_step = {choice for choice, _ in prompt.menu} >= SETTLING
        return quote_of(self._vault, told, step=is_step)


def _closing(resolved: Resolved, asked: Sequence[str]) -> tuple[Question, int]:
    """The closing in the words not asked for the longest time, and the number of the wording."""
    closings = resolved.filled(resolved.deck.closing)
    words = least_recent(closings, asked)
    return Question(prompt=f"{resolved.deck.name}/{CLOSING}", words=words), closings.index(words)


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
    return Plan(deck=deck, opening="", questions=(question,), entry=entry)


def refuse_closed(resolved: Resolved, *, for_two: bool) -> None:
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
        alone = dict.fromkeys(name.partition("/")[0] for name, _ in deck.when if "/" in name)
        hint = f"What opens it is asked of one alone, in {', '.join(alone) or 'programme start'}."
        raise DeckError(f"{deck.name} is not open now", hint=hint)
    raise DeckError(
        f"{deck.name} does not fit what was said about you",
        hint="To change that: voicereflect programme start PROGRAMME --know NAME=VALUE",
    )


def _quotable(deck: Deck) -> frozenset[str]:
    """Prompts whose earlier answers the deck would let be heard."""
    return frozenset(name for prompt in deck.every_prompt for name in prompt.earlier)


def _opening(resolved: Resolved, turn: int) -> str:
    """What is coming, where that has to be said, and then the opening."""
    coming, opening = (
        resolved.filled(words) for words in (resolved.deck.coming, resolved.deck.opening)
    )
    parts = (coming[turn % len(coming)] if coming else "", opening[turn % len(opening)])
    return " ".join(part for part in parts if part)


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


def least_recent(words: Sequence[str], asked: Sequence[str]) -> str:
    """The wording not asked for the longest time; `asked` is oldest first."""
    last = {text: when for when, text in enumerate(asked)}
    return min(words, key=lambda text: last.get(text, -1))


def _waits(entry: Entry) -> str:
    """What was left open is asked the next time."""
    day, name = day_in_words(day_of(entry.started_at)), entry.id.rpartition("-")[2]
    return (
        f"{entry.title}, {day}, still waits for your choice: "
        f"`voicereflect keep {name}`, with --closed, or `delete {name} --for-good`."
    )


def _recent(vault: Vault) -> list[Entry]:
    found: list[Entry] = []
    for entry_id in vault.newest(LOOK_BACK_ENTRIES):
        try:
            found.append(vault.load(entry_id))
        except EntryUnreadable:
            continue  # `list` reports it; a wording that returns early harms nobody
    return found
