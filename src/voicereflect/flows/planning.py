"""What a session will ask: a deck, its wordings chosen so that none returns too soon."""

from collections.abc import Sequence
from datetime import datetime

from voicereflect.core.deck import CLOSING
from voicereflect.core.ids import Dice, new_id
from voicereflect.errors import EntryUnreadable
from voicereflect.flows.parts import Plan, Question
from voicereflect.model import Deck, Entry
from voicereflect.ports import Vault

LOOK_BACK_ENTRIES = 30
"""How far back wordings are remembered: four sessions of a deck are in there."""


def plan(
    deck: Deck, vault: Vault, *, language: str, speaker: str, now: datetime, dice: Dice
) -> Plan:
    """Choose the words of every prompt; the closing is the last of them."""
    asked = _recently_asked(vault)
    closing = least_recent(deck.closing, asked)
    questions = [
        Question(
            prompt=f"{deck.name}/{prompt.id}",
            words=least_recent(prompt.words, asked),
            gentler=prompt.gentler,
        )
        for prompt in deck.prompts
    ]
    questions.append(Question(prompt=f"{deck.name}/{CLOSING}", words=closing))
    # openings leave no trace in an entry; they take turns with the closings
    opening = deck.opening[deck.closing.index(closing) % len(deck.opening)]
    entry = Entry(
        id=new_id(now, dice),
        started_at=now.replace(microsecond=0),
        deck=deck.name,
        edition=deck.edition,
        title=deck.title,
        language=language,
        speakers=(speaker,),
    )
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
    entry = Entry(
        id=new_id(now, dice),
        started_at=now.replace(microsecond=0),
        deck=deck.name,
        edition=deck.edition,
        title=deck.title,
        language=language,
        speakers=(speaker,),
    )
    question = Question(prompt="talk/free", words="")
    return Plan(deck=deck, opening="", questions=(question,), entry=entry)


def least_recent(words: Sequence[str], asked: Sequence[str]) -> str:
    """The wording not asked for the longest time; `asked` is oldest first."""
    last = {text: when for when, text in enumerate(asked)}
    return min(words, key=lambda text: last.get(text, -1))


def _recently_asked(vault: Vault) -> list[str]:
    asked: list[str] = []
    for entry_id in vault.ids()[-LOOK_BACK_ENTRIES:]:
        try:
            asked.extend(answer.asked for answer in vault.load(entry_id).answers)
        except EntryUnreadable:
            continue  # `list` reports it; a wording that returns early harms nobody
    return asked
