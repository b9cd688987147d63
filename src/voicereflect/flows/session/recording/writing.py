"""Saving an entry while the session goes on: one thread, in order, each step durable.

Nothing here decides; it carries what was said to the vault and says when it is there.
"""

import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from functools import partial

from voicereflect.core.entry.decisions import decided
from voicereflect.core.entry.entries import (
    find_answer,
    picked_in,
    with_answer,
    with_begun,
    with_read,
    with_set_aside,
    with_state,
    with_typed,
    without_answer,
)
from voicereflect.core.entry.ids import short
from voicereflect.core.entry.languages import detected
from voicereflect.core.session.state import Fate
from voicereflect.errors import (
    EntryUnreadable,
    VaultBusy,
    VaultError,
    VaultMissing,
)
from voicereflect.flows.library.recovering import WAS_SET_ASIDE
from voicereflect.flows.session.parts import FirstTake
from voicereflect.flows.session.queue import Inbox, Note, Saved
from voicereflect.flows.session.recording.writer_thread import WriterThread
from voicereflect.model import Answer, AnswerState, Entry, Picked, TakeInfo, Transcript
from voicereflect.ports.vault import Take, Vault


class EntryWriter:
    """Keeps one entry; makes its folder with the first take, not before."""

    def __init__(self, vault: Vault, entry: Entry, inbox: Inbox) -> None:
        self.entry = entry
        self._vault = vault
        self._inbox = inbox
        self._thread = WriterThread(inbox)
        self._held = ExitStack()
        self.has_begun = False
        """Whether anything is on disk."""
        self._answers: dict[int, Answer] = {}
        """As they began, for a page that could not be written then."""
        self._wordless: set[int] = set()
        """Answers that are a choice and nothing else: there is no take of them."""
        self._refused: dict[int, Answer] = {}
        """Questions that stay unanswered."""
        self._writing = threading.Lock()

    @property
    def is_page_behind(self) -> bool:
        """Whether there may be sound on disk that the page does not tell of."""
        return self._thread.unfinished is not None and bool(self._answers)

    def expect(self) -> None:
        """See that a vault that went away is there again; VaultMissing where it is not."""
        if isinstance(self._thread.unfinished, VaultMissing):
            self._vault.load(self.entry.id)

    def keeps(self, number: int) -> bool:
        """Whether an answer of that number is kept, or was."""
        return number in self._answers

    def begin(self, answer: Answer, info: TakeInfo) -> Take:
        """Open a take; its answer stands in the entry, synced, before the first block.

        Raises:
            VaultUnwritable: no room, no permission, or no such folder.
        """
        self._create()
        try:
            take = self._opened(answer, info)
        except VaultError as error:
            self._thread.unfinished = error
            self._take_back(answer.number)
            raise
        self._answers[answer.number] = answer
        return take

    def keep(self, said: FirstTake) -> None:
        """Keep what was said before, as a take of its own; on disk and synced on return.

        Raises:
            VaultUnwritable: no room, no permission, or no such folder.
        """
        number = said.answer.number
        take = self.begin(said.answer, said.info)
        for pcm in said.blocks:
            take.append(pcm)
        take.sync()
        take.note(said.info)
        self.finish(number, take)
        if said.transcript is not None:
            self.transcript(number, said.transcript)
        else:
            self.pending(number)

    def begin_typed(self, answer: Answer) -> None:
        """Make room for an answer that is typed; its first words stand in the entry with it.

        Raises:
            VaultUnwritable: no room, no permission, or no such folder.
        """
        self._create()
        self._answers[answer.number] = answer

    def typed(self, number: int, text: str, *, done: bool) -> None:
        """Keep what was typed so far; where it is done, report `Saved` too."""
        state = AnswerState.DONE if done else AnswerState.RECORDING
        begun = self._answers[number]
        typed = partial(with_typed, answer=begun, text=text, state=state)
        self._thread.later(self._update, typed)
        if done:
            self._thread.later(self._report, number)

    def untyped(self, number: int) -> None:
        """Let go of an answer whose words were all taken away again, and report it."""
        self._answers.pop(number, None)
        if self.has_begun:
            self._thread.later(self._update, partial(without_answer, number=number))
        self._thread.later(self._report, number)

    def picked(self, answer: Answer, picked: Picked) -> None:
        """Keep a choice in its answer; one that was made without a word is an answer by itself.

        Raises:
            VaultUnwritable: no room, no permission, or no such folder.
        """
        number = answer.number
        if number not in self._answers:
            self._create()
            self._wordless.add(number)
            self._answers[number] = replace(answer, state=AnswerState.SILENT)
        self._thread.later(self._change, number, partial(picked_in, number=number, picked=picked))

    def unpicked(self, number: int) -> None:
        """Take a choice back, and with it an answer that was nothing else."""
        if number in self._wordless:
            self._wordless.remove(number)
            self._thread.later(self._update, partial(without_answer, number=number))
        elif number in self._answers:
            gone = partial(picked_in, number=number, picked=None)
            self._thread.later(self._change, number, gone)

    def finish(self, number: int, take: Take, *, empty: bool = False) -> None:
        """Turn a take into FLAC and mark its answer as waiting for text.

        `empty`: it was cut off before the first block; that is no silence but no answer at all.
        """
        self._thread.later(self._finish, number, take, empty=empty)

    def transcript(self, number: int, transcript: Transcript) -> None:
        """Keep a transcript, put its text into the entry, and report `Saved`."""
        self._thread.later(self._transcript, number, transcript)
        self._thread.later(self._report, number)

    def pending(self, number: int) -> None:
        """Report `Saved` for an answer that stays without text for now."""
        self._thread.later(self._report, number)

    def set_aside(self, number: int, *, aside: bool = True) -> None:
        """Note at once what is thrown away, so that it is gone after a crash too."""
        if number in self._answers:
            noted = partial(with_set_aside, number=number, aside=aside)
            self._thread.later(self._change, number, noted)

    def refused(self, skipped: Sequence[Answer]) -> None:
        """Note what stays unanswered; before anything was said that waits for the first take."""
        for answer in skipped:
            self._refused[answer.number] = answer
            if self.has_begun:
                self._thread.later(self._update, partial(with_answer, answer=answer))

    def allowed(self, number: int) -> None:
        """Take a refusal back."""
        if self._refused.pop(number, None) and self.has_begun:
            self._thread.later(self._update, partial(without_answer, number=number))

    def tidy(self, thrown: Sequence[int]) -> int:
        """Move takes that were set aside to the trash, and count them: not all hold anything."""
        held = [number for number in thrown if number in self._answers]
        for number in held:
            self._thread.later(self._discard, number)
        return len(held)

    def decide(self, fate: Fate) -> None:
        """Note what becomes of the entry.

        Before it is deleted, which is for the session to do, all answers are set aside:
        a sudden end between the two leaves nothing of it in the entry.
        """
        if fate is Fate.DELETE:
            for number in tuple(self._answers):
                self.set_aside(number)
        elif self.has_begun:
            self._thread.later(self._update, partial(decided, closed=fate is Fate.CLOSE))

    def close(self) -> None:
        """Wait until all is written and let go of the entry."""
        self._thread.close()
        with suppress(VaultError), self._held:
            if self._thread.unfinished is not None:
                raise self._thread.unfinished  # let go of so, the entry counts as left behind

    def _create(self) -> None:
        if not self.has_begun:
            self._held.enter_context(self._vault.create(self.entry))
            self.has_begun = True
            self.refused(tuple(self._refused.values()))

    def _finish(self, number: int, take: Take, *, empty: bool) -> None:
        if empty:  # also where the disk refuses whatever follows
            with self._writing:
                begun = with_begun(self.entry, self._answers[number])
                self.entry = with_state(begun, number, AnswerState.SKIPPED)
        info = take.finish()
        duration_s = round(info.duration_s, 3)
        state = AnswerState.SKIPPED if empty and not info.samples else AnswerState.PENDING
        self._change(number, lambda entry: with_state(entry, number, state, duration_s=duration_s))

    def _transcript(self, number: int, transcript: Transcript) -> None:
        if self._holds_nothing(number):
            return
        self._vault.add_transcript(self.entry.id, number, transcript)
        self._change(number, lambda entry: with_read(entry, number, transcript))
        if line := detected(transcript, f"{short(self.entry.id)}/{number}"):
            self._inbox.post(Note(line))

    def _discard(self, number: int) -> None:
        self._vault.discard_answer(self.entry.id, number, WAS_SET_ASIDE)
        self._update(partial(without_answer, number=number))

    def _report(self, number: int) -> None:
        """Post `Saved`, also after a failed save: nobody must wait for an answer in vain."""
        self._inbox.post(Saved(number, find_answer(self.entry, number)))

    def _opened(self, answer: Answer, info: TakeInfo) -> Take:
        try:
            self._update(partial(with_answer, answer=answer))
        except (EntryUnreadable, VaultBusy) as error:
            self._thread.tell(error)  # the sound matters more than the page
        return self._vault.open_take(self.entry.id, answer.number, info)

    def _holds_nothing(self, number: int) -> bool:
        """Whether not one block of it could be kept."""
        answer = find_answer(self.entry, number)
        return answer is not None and answer.state is AnswerState.SKIPPED

    def _take_back(self, number: int) -> None:
        """Remove an answer whose take cannot be opened."""
        try:
            self._update(partial(without_answer, number=number))
        except VaultError:
            self.entry = without_answer(self.entry, number)

    def _change(self, number: int, change: Callable[[Entry], Entry]) -> None:
        """Change an answer; where its begin could not be written, write that too."""
        begun = self._answers[number]
        self._update(lambda entry: change(with_begun(entry, begun)))

    def _update(self, change: Callable[[Entry], Entry]) -> None:
        with self._writing:  # the session's thread begins answers, this one ends them
            self.entry = self._vault.update(self.entry.id, change)
