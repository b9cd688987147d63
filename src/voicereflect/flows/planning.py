"""What a session will ask: a deck, its wordings chosen so that none returns too soon."""

from collections.abc import Sequence
from datetime import datetime

from voicereflect.core import choosing
from voicereflect.core.choosing import Person
from voicereflect.core.deciding import undecided
from voicereflect.core.deck import CLOSING
from voicereflect.core.ids import Dice, new_id
from voicereflect.errors import DeckError, EntryUnreadable
from voicereflect.flows.parts import Plan, Question
from voicereflect.model import Answer, Deck, Entry
from voicereflect.ports import Vault

LOOK_BACK_ENTRIES = 30
"""How far back wordings are remembered: four sessions of a deck are in there."""


def plan(  # noqa: PLR0913
    deck: Deck,
    vault: Vault,
    *,
    language: str,
    speaker: str,
    now: datetime,
    dice: Dice,
    person: Person | None = None,
) -> Plan:
    """Choose the prompts that fit the person, and their words; the closing is the last of them.

    What depends on a choice made in the sitting is not in it: `core.choosing.questions`
    gives that once the choice is known.

    Raises:
        DeckError: the deck takes two, or is closed to this person.
    """
    who = person or Person()
    if person is not None:
        _refuse_closed(deck, person)
    past = _recent_answers(vault)
    asked = [answer.asked for answer in past]
    # an earlier answer cannot be played inside a session yet, so nothing is asked as if it were
    known = [answer.prompt for answer in past if answer.prompt not in _quoted(deck)]
    closings = choosing.closings(deck, who)
    closing = least_recent(closings, asked)
    questions = [
        Question(
            prompt=f"{deck.name}/{chosen.prompt.id}",
            words=least_recent(chosen.words, asked),
            gentler=chosen.gentler,
        )
        for chosen in choosing.questions(deck, who, answered=known)
    ]
    questions.append(Question(prompt=f"{deck.name}/{CLOSING}", words=closing))
    # openings leave no trace in an entry; they take turns with the closings
    opening = _opening(deck, who, closings.index(closing))
    entry = _entry(deck, language=language, speaker=speaker, now=now, dice=dice)
    return Plan(deck=deck, opening=opening, questions=tuple(questions), entry=entry)


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


def _refuse_closed(deck: Deck, person: Person) -> None:
    if deck.voices:
        raise DeckError(
            f"{deck.name} is for two voices", hint="It cannot be asked of one; choose another deck."
        )
    if deck.at_end == "ask":
        raise DeckError(
            f"{deck.name} ends with a choice to keep, close or delete, which cannot be asked yet",
            hint="What is said there must not be kept without that choice; choose another deck.",
        )
    if deck.name in person.never:
        raise DeckError(
            f"{deck.name} was put aside for good",
            hint=f"To open it again: voicereflect programme skip PROGRAMME {deck.name} --undo",
        )
    if not choosing.may_open(deck, person):
        raise DeckError(
            f"{deck.name} does not fit what was said about you",
            hint="To change that: voicereflect programme start PROGRAMME --know NAME=VALUE",
        )


def _quoted(deck: Deck) -> frozenset[str]:
    """Prompts whose earlier answers the deck would let be heard."""
    steps = (step for prompt in deck.prompts for step in (prompt, *prompt.steps))
    return frozenset(name for step in steps for name in step.earlier)


def _opening(deck: Deck, person: Person, turn: int) -> str:
    """What is coming, where that has to be said, and then the opening."""
    coming, opening = choosing.openings(deck, person)
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


def _recent_answers(vault: Vault) -> list[Answer]:
    found: list[Answer] = []
    for entry_id in vault.ids()[-LOOK_BACK_ENTRIES:]:
        try:
            found.extend(vault.load(entry_id).answers)
        except EntryUnreadable:
            continue  # `list` reports it; a wording that returns early harms nobody
    return found
