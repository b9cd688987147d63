"""What earlier sittings tell the next: how often things were asked, and what may be heard again.

Numbers come from the index. Where it is out of date and cannot be mended at once, they
come from the newest entries, and nothing is quoted.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from voicereflect.core.decks.rotation import Tally
from voicereflect.core.entry.days import day_in_words
from voicereflect.core.entry.ids import day_of, short
from voicereflect.core.search.filters import AnsweredDeck, UndecidedEntry
from voicereflect.errors import EntryNotFound, EntryUnreadable
from voicereflect.flows.library.finding.history import History, ShutHistory
from voicereflect.model import Entry
from voicereflect.ports.vault import Vault

LOOK_BACK_ENTRIES: Final = 30
AT_EACH_END: Final = 8
"""So many of the oldest and of the newest answers to one prompt are looked at to quote one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What one sitting must know of those before it."""

    tally: Tally
    waiting: tuple[str, ...] = ()
    """A line for every entry that waits for its person's choice."""
    quotable: tuple[Entry, ...] = ()
    """Entries, oldest first, in which an answer may be found to quote."""


def earlier(
    history: History | ShutHistory,
    vault: Vault,
    deck: str,
    *,
    prompts: Collection[str],
    quotable: Collection[str],
    settled: Collection[str] = (),
) -> Earlier:
    """Look back before a sitting of a deck.

    `prompts` (`deck/prompt`) are counted; answers to `quotable` ones may be quoted, but for
    the `settled` steps (`entry/answer`).
    """
    found = history.recall(deck, prompts, quotable)
    if found is None:
        return _of_newest(vault, deck)
    open_ones = [each for each in found.quotable if f"{each.entry}/{each.answer}" not in settled]
    return Earlier(
        tally=found.tally,
        waiting=tuple(map(_waits, found.undecided)),
        quotable=tuple(_loaded(vault, _at_the_ends(open_ones))),
    )


def _of_newest(vault: Vault, deck: str) -> Earlier:
    entries = list(_loaded(vault, vault.newest(LOOK_BACK_ENTRIES)))
    asked = [answer.prompt for entry in entries for answer in entry.answers]
    times = Counter(asked)
    last = dict.fromkeys(reversed(asked))
    return Earlier(
        tally=Tally(
            sittings=sum(bool(entry.answers) for entry in entries),
            of_deck=sum(entry.deck == deck for entry in entries if entry.answers),
            asked={prompt: times[prompt] for prompt in reversed(last)},
        ),
        waiting=tuple(
            _waits(UndecidedEntry(entry=entry.id, title=entry.title, day=day_of(entry.started_at)))
            for entry in entries
            if entry.undecided
        ),
    )


def _at_the_ends(places: Sequence[AnsweredDeck]) -> list[str]:
    """The entries with the oldest and the newest answers to each prompt, oldest first."""
    by_prompt = sorted(places, key=lambda each: each.prompt)  # keeps the order of time
    found = set()
    for _, group in groupby(by_prompt, key=lambda each: each.prompt):
        entries = [each.entry for each in group]
        found |= {*entries[:AT_EACH_END], *entries[-AT_EACH_END:]}
    return sorted(found)


def _loaded(vault: Vault, ids: Collection[str]) -> Iterator[Entry]:
    for entry_id in ids:
        try:
            yield vault.load(entry_id)
        except (EntryNotFound, EntryUnreadable):
            continue  # `list` reports it; a wording that returns early harms nobody


def _waits(entry: UndecidedEntry) -> str:
    """What was left open is asked the next time."""
    day, name = day_in_words(entry.day), short(entry.entry)
    return (
        f"{entry.title}, {day}, still waits for your choice: "
        f"`voicereflect keep {name}`, with --closed, or `delete {name} --for-good`."
    )
