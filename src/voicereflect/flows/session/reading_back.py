"""The answer just given, heard once more: its words where all are certain, else the recording.

While we speak nothing is understood, so that no more than a minute is read.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from voicereflect.core.entry.entries import find_answer
from voicereflect.core.session.speech.phrases import END_OF_IT, NOTHING_TO_READ
from voicereflect.core.session.state import State
from voicereflect.core.sound.aside import silenced
from voicereflect.core.sound.cutting import without_silence_around
from voicereflect.core.words import mending
from voicereflect.core.words.comparing.alignment import TimedWord
from voicereflect.core.words.marks import ends_sentence
from voicereflect.errors import ReflectError
from voicereflect.flows.library.playing import stretch
from voicereflect.flows.library.transcripts.word_times import timed
from voicereflect.flows.session.asking.quoting import WORDS_A_SECOND
from voicereflect.flows.session.asking.speaker import Private
from voicereflect.flows.session.parts import Parts, Plan
from voicereflect.flows.session.recording.capture import Capture
from voicereflect.flows.session.recording.writing import EntryWriter
from voicereflect.model import Answer, AnswerState, Clip, Entry, Span, TakeInfo
from voicereflect.ports.vault import Vault

LONGEST_S: Final = 60.0
MARGIN_S: Final = 0.5
_LONGEST_WORDS: Final = int(LONGEST_S * WORDS_A_SECOND)

Said = tuple[str | Private | Clip, ...]


class BackReader:
    """Finds what somebody wishes to hear."""

    def __init__(self, parts: Parts, plan: Plan, writer: EntryWriter, capture: Capture) -> None:
        self._vault = parts.vault
        self._screen = parts.screen
        self._silence_s = plan.silence_s
        self._writer = writer
        self._capture = capture

    def said(self, state: State, *, running: bool) -> Said:
        """Give what is to be said: of the `running` take what it holds so far, or of the last."""
        entry, number = self._writer.entry, state.answering.number
        take = self._capture.running(number)
        try:
            if running and take is not None:
                upto_s = said_upto_s(take.info, self._silence_s)
                return play_back(self._vault, entry.id, number, upto_s)
            return read_back(self._vault, entry, last_answer(entry, number, state.thrown))
        except ReflectError as error:
            self._screen.note(error.line)
            return (NOTHING_TO_READ,)

    def show(self, number: int) -> None:
        """Show an answer that stands again, as far as it is written down.

        The entry may still tell that it was set aside.
        """
        self._screen.restored(number)
        if answer := find_answer(self._writer.entry, number):
            self._screen.read(replace(answer, set_aside=False))


def read_back(vault: Vault, entry: Entry, answer: Answer | None) -> Said:
    """Give what is said of an answer that is saved; None: there is none.

    Raises:
        ReflectError: neither words nor sound can be read.
    """
    if answer is None:
        return (NOTHING_TO_READ,)
    words = _certain(vault, entry, answer)
    if not words:
        return play_back(vault, entry.id, answer.number)
    kept = _that_fit(words)
    begin = () if len(kept) == len(words) else (END_OF_IT,)
    return (*begin, *map(Private, _sentences(kept)))


def play_back(vault: Vault, entry_id: str, number: int, end_s: float | None = None) -> Said:
    """Give the sound of an answer, up to a moment where it is still being recorded."""
    info = vault.take_info(entry_id, number)
    end_s = info.duration_s if end_s is None else end_s
    begin_s = max(0.0, end_s - LONGEST_S)
    sound = stretch(vault, entry_id, number, begin_s, end_s)
    begin = round(begin_s * info.rate_hz)
    ours = tuple(Span(span.start - begin, span.end - begin) for span in info.aside)
    own = Clip(pcm=b"".join(silenced([sound.pcm], ours)), rate_hz=sound.rate_hz)
    said = without_silence_around(own)
    return (END_OF_IT, said) if begin_s else (said,)


def said_upto_s(info: TakeInfo, silence_s: float | None) -> float:
    """When somebody had said what they then wished to hear: before that wish, and our tone."""
    asked, *before = reversed(info.aside)
    if silence_s is None or not before:
        return asked.start / info.rate_hz
    return max(0.0, before[0].start / info.rate_hz - silence_s + MARGIN_S)


def last_answer(entry: Entry, before: int, thrown: frozenset[int]) -> Answer | None:
    """Give the newest answer below a number in which something was said and kept."""
    said = (AnswerState.DONE, AnswerState.PENDING)
    kept = [
        each
        for each in entry.answers
        if each.number < before and each.number not in thrown and each.state in said
    ]
    return kept[-1] if kept else None


def _certain(vault: Vault, entry: Entry, answer: Answer) -> tuple[str, ...]:
    """The words of an answer, if the machine doubts none of them."""
    if answer.state is not AnswerState.DONE:
        return ()
    words: Sequence[TimedWord] = timed(vault, entry, answer)
    doubtful = mending.unsure_words(entry, answer.number, words)
    return () if doubtful else tuple(word.text for word in words)


def _that_fit(words: Sequence[str]) -> Sequence[str]:
    """The last sentences that can be said in the time."""
    if len(words) <= _LONGEST_WORDS:
        return words
    fitting = words[-_LONGEST_WORDS:]
    ends = [n for n, word in enumerate(fitting, start=1) if ends_sentence(word)]
    return fitting[ends[0] :] if ends and ends[0] < len(fitting) else fitting


def _sentences(words: Sequence[str]) -> list[str]:
    said: list[list[str]] = [[]]
    for word in words:
        said[-1].append(word)
        if ends_sentence(word):
            said.append([])
    return [" ".join(each) for each in said if each]
