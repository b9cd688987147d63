"""Finishing what a crash, a kill or a power cut left behind; loses nothing, asks nothing."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial

from voicereflect.core.entry.entries import answer_of, with_answer, with_state, without_answer
from voicereflect.errors import EntryNotFound, ReflectError, VaultBusy, VaultError
from voicereflect.model import WRITTEN, Answer, AnswerState, Entry
from voicereflect.ports.vault import Vault

UNKNOWN = "unknown"
"""A speaker's name: nobody knows whose words these are."""
BROKEN_OFF = "the import was broken off"
WAS_SET_ASIDE = "set aside during the session"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """What became of one entry."""

    entry_id: str
    answers: int = 0
    """Takes that were finished; their texts are still to come."""
    sound_s: float = 0.0
    typed: int = 0
    """Answers that were being typed; their words are all there."""
    listed: tuple[int, ...] = ()
    """Answers that had left their page while their sound was there; they stand in it again."""
    import_of: str = ""
    """The file whose import was broken off: the beginning of its sound is in the trash."""
    problem: ReflectError | None = None
    """Why not all could be saved; what is on disk stays there."""


def recover(vault: Vault) -> tuple[Recovered, ...]:
    """Finish every take left behind.

    An entry whose sitting lives is left alone.
    """
    with suppress(VaultError):  # the next start tries again
        vault.tidy()
    found = (finish(vault, entry_id) for entry_id in vault.left_behind())
    return tuple(each for each in found if each is not None)


def finish(vault: Vault, entry_id: str) -> Recovered | None:
    """Finish what was left behind of one entry; None if that is nothing, or its sitting lives."""
    found = Recovered(entry_id=entry_id)
    try:
        with vault.adopt(entry_id, finishing=True):
            broken = broken_import(vault.load(entry_id))
            if broken:
                vault.discard(entry_id, BROKEN_OFF)
                return replace(found, import_of=broken)
            found = _with_takes(vault, found)
            if found.problem is not None:
                raise found.problem  # so that the entry still counts as left behind
            _throw_away(vault, entry_id)
        if not vault.load(entry_id).answers:
            vault.discard(entry_id, "nothing was recorded")
    except VaultBusy:
        return None
    except ReflectError as error:
        return replace(found, problem=error)
    return found if found.answers or found.typed or found.listed else None


def _throw_away(vault: Vault, entry_id: str) -> None:
    """Move to the trash what its person had set aside."""
    for number in [each.number for each in vault.load(entry_id).answers if each.set_aside]:
        vault.discard_answer(entry_id, number, WAS_SET_ASIDE)
        vault.update(entry_id, partial(without_answer, number=number))


@contextmanager
def imported_whole(vault: Vault, entry: Entry) -> Iterator[None]:
    """Make an entry that is imported wholly or not: what is broken off goes to the trash.

    The file is still there to be imported again.
    """
    with vault.create(entry):
        try:
            yield
        except BaseException:
            with suppress(VaultError):
                vault.discard(entry.id, BROKEN_OFF)
            raise


def broken_import(entry: Entry) -> str:
    """Name the file whose import broke off and left this entry; empty if none did.

    The file holds all of it, so that half of it is never an entry.
    """
    unfinished = any(each.state is AnswerState.RECORDING for each in entry.answers)
    return entry.source.name if entry.source is not None and unfinished else ""


def _with_takes(vault: Vault, found: Recovered) -> Recovered:
    sounds = vault.left_sounds(found.entry_id)
    there = {answer.number for answer in vault.load(found.entry_id).answers}
    listed = sorted(number for number in sounds if sounds[number] and number not in there)
    entry = _with_all(vault, found.entry_id, sounds)
    found = replace(found, listed=tuple(listed))
    for answer in entry.answers:
        if answer.state is AnswerState.RECORDING or not sounds.get(answer.number, True):
            found = _tried(vault, entry, answer, found)
    return found


def _tried(vault: Vault, entry: Entry, answer: Answer, found: Recovered) -> Recovered:
    """Finish one take; one that cannot be finished keeps no other from it."""
    try:
        length_s = _finished(vault, entry, answer)
    except VaultBusy:
        raise
    except ReflectError as error:
        return replace(found, problem=found.problem or error)
    if answer.how in WRITTEN and answer.text:
        return replace(found, typed=found.typed + 1)
    if not length_s or answer.set_aside or answer.number in found.listed:
        return found
    return replace(found, answers=found.answers + 1, sound_s=found.sound_s + length_s)


def _with_all(vault: Vault, entry_id: str, sounds: Iterable[int]) -> Entry:
    """Give every sound its answer; where the page lost one, nobody knows what was asked.

    Nor, in company, of whom: another's words must not count as one's own (`core.safety.consent`).
    """

    def change(entry: Entry) -> Entry:
        lost = set(sounds) - {answer.number for answer in entry.answers}
        speaker = entry.speakers[0]
        if lost and len(entry.speakers) > 1:
            speaker = UNKNOWN
            entry = replace(entry, speakers=tuple(dict.fromkeys([*entry.speakers, UNKNOWN])))
        for number in lost:
            entry = with_answer(entry, Answer(number=number, speaker=speaker, prompt="", asked=""))
        return entry

    return vault.update(entry_id, change)


def _finished(vault: Vault, entry: Entry, answer: Answer) -> float:
    """Finish one take; its length in seconds, 0 if the end came before the first block.

    What was typed until then stands in its page.
    """
    try:
        info = vault.left_take(entry.id, answer.number).finish()
        duration_s = round(info.duration_s, 3)
    except EntryNotFound:
        duration_s = 0.0

    def change(now: Entry) -> Entry:
        known = answer_of(now, answer.number)
        state = known.state
        if state in (AnswerState.RECORDING, AnswerState.SKIPPED):
            state = AnswerState.PENDING if duration_s else AnswerState.SKIPPED
        if known.how in WRITTEN and known.text:
            state = AnswerState.DONE
        return with_state(now, answer.number, state, duration_s=duration_s)

    vault.update(entry.id, change)
    return duration_s
