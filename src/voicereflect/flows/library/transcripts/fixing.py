"""From one unsure word to the next: hear it, and say whether it is right or how it is spelt.

Every answer of the person is on disk before the next word is shown.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from voicereflect.core.entry.entries import find_answer
from voicereflect.core.entry.ids import short
from voicereflect.core.words import mending, vocabulary
from voicereflect.core.words.comparing import sounds
from voicereflect.core.words.comparing.alignment import TimedWord, bare
from voicereflect.errors import SettingsError
from voicereflect.flows.library.transcripts.asking import LATER, PlayAndAsk
from voicereflect.flows.library.transcripts.segment_check import SegmentCheck
from voicereflect.flows.library.transcripts.word_times import meant, timed, word_of
from voicereflect.model import Answer, Entry
from voicereflect.ports.screen import FixScreen
from voicereflect.ports.sound import Loudspeaker
from voicereflect.ports.vault import Vault

AROUND_S = 1.0
"""Heard before and after the middle of a word."""
TAKE_OUT = "-"
ALWAYS = "!"
"""Typed behind the key of a known word: it is taken unasked from now on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FixParts:
    """The outside world of a mender."""

    vault: Vault
    loudspeaker: Loudspeaker
    screen: FixScreen
    typed_line: Callable[[], str | None]
    attended: bool


class Fixer:
    """Mends the answers a reference means."""

    def __init__(self, parts: FixParts) -> None:
        self._parts = parts
        self._asking = PlayAndAsk(parts.vault, parts.loudspeaker, parts.screen, parts.typed_line)
        self._shown = 0
        self._total = 0

    def doubts(self, reference: str) -> tuple[mending.UnsureWord, ...]:
        """Every unsure word of what a reference means."""
        found = meant(self._parts.vault, reference)
        return tuple(each for a in found.answers for each in self._doubts(found.entry, a))

    def run(self, reference: str) -> None:
        """Ask about one word after the other, until none is left or the person stops.

        Raises:
            SettingsError: nobody is there to be asked.
            EntryNotFound: no such entry, answer or word.
        """
        parts = self._parts
        if not parts.attended:
            raise SettingsError(
                "`fix` asks about each word, and there is no terminal to ask at.",
                hint="`voicereflect fix --json` lists the unsure words for programs.",
            )
        found = meant(parts.vault, reference)
        if found.word is not None:
            words = timed(parts.vault, found.entry, found.answers[0])
            word_of(words, found.answers[0].number, found.word)
        self._total = sum(1 for a in found.answers for _ in self._doubts(found.entry, a))
        parts.screen.opened(found.entry, self._total)
        try:
            for answer in found.answers:
                if not self._answer(found.entry.id, answer.number, found.word):
                    return
            check = SegmentCheck(parts.vault, parts.screen, self._asking)
            for answer in found.answers:
                if not check.answer(found.entry.id, answer.number):
                    return
        finally:
            self._asking.stop()

    def _doubts(self, entry: Entry, answer: Answer) -> Iterator[mending.UnsureWord]:
        words = timed(self._parts.vault, entry, answer)
        for position in mending.unsure_words(entry, answer.number, words):
            yield self._doubt(entry, answer, position, words)

    def _answer(self, entry_id: str, number: int, word: int | None) -> bool:
        """Go through one answer; False when the person stops."""
        at = word or 1
        while (doubt := self._next(entry_id, number, at, asked_for=word)) is not None:
            known = self._parts.vault.always().get(bare(doubt.word.text).casefold())
            if word is None and known and (after := self._take(doubt, known)):
                at = after
                continue
            word = None
            self._shown += 1
            self._total = max(self._total, self._shown)
            self._parts.screen.doubt(doubt, self._shown, self._total)
            self._play(doubt)
            typed = self._ask(doubt)
            self._asking.stop()
            if typed is None:
                return False
            meant = doubt.meant_by(typed.removesuffix(ALWAYS))
            is_known = meant in doubt.known
            at = self._save(doubt, meant if is_known else typed)
            if is_known and typed.endswith(ALWAYS):
                heard = bare(doubt.word.text).casefold()
                self._parts.vault.add_to_vocabulary(f"{heard} {sounds.ALWAYS} {meant}")
        return True

    def _take(self, doubt: mending.UnsureWord, known: str) -> int:
        """Put in what is always meant by a word; the position after it, or 0 if it is not there."""
        new = mending.spelt(doubt.word.text, known)
        if not self._mend(doubt, new):
            return 0
        place = f"{short(doubt.entry.id)}/{doubt.answer.number}:{doubt.position}"
        told = f"{known}, as always for {bare(doubt.word.text)}."
        self._parts.screen.note(f"{told} `voicereflect fix {place}` changes it.")
        return doubt.position + len(new.split())

    def _next(
        self, entry_id: str, number: int, at: int, *, asked_for: int | None
    ) -> mending.UnsureWord | None:
        """The next word to ask about, from position `at` on; read anew, as hands may edit."""
        entry = self._parts.vault.load(entry_id)
        answer = find_answer(entry, number)
        if answer is None:
            return None
        words = timed(self._parts.vault, entry, answer)
        unsure = mending.unsure_words(entry, number, words)
        wanted = {*unsure, asked_for} if asked_for else set(unsure)
        following = [position for position in sorted(wanted) if at <= position <= len(words)]
        if not following:
            return None
        return self._doubt(entry, answer, following[0], words)

    def _doubt(
        self, entry: Entry, answer: Answer, position: int, words: tuple[TimedWord, ...]
    ) -> mending.UnsureWord:
        known = vocabulary.nearest(words[position - 1].text, self._parts.vault.vocabulary())
        return mending.UnsureWord(
            entry=entry, answer=answer, position=position, words=words, known=known
        )

    def _play(self, doubt: mending.UnsureWord) -> None:
        """Begin to play what surrounds the word; reading and typing need not wait."""
        word, entry_id, number = doubt.word, doubt.entry.id, doubt.answer.number
        middle_s = (word.start_s + word.end_s) / 2
        begin_s = min(middle_s - AROUND_S, word.start_s)
        end_s = max(middle_s + AROUND_S, word.end_s)
        self._asking.play(entry_id, number, begin_s, end_s)

    def _ask(self, doubt: mending.UnsureWord) -> str | None:
        """What the person typed about a word; None for stop."""
        while (typed := self._asking.typed()) is not None:
            if typed.lower().removesuffix(ALWAYS) != mending.FIRST_KNOWN or doubt.known:
                break
            self._parts.screen.note("Nothing in your vocabulary is like it.")
        return typed

    def _save(self, doubt: mending.UnsureWord, typed: str) -> int:
        """Save what the person said of a word; give the position to go on from."""
        if typed.lower() == LATER:
            return doubt.position + 1
        if not typed or typed == doubt.word.text:
            self._parts.vault.update(
                doubt.entry.id,
                lambda entry: mending.with_confirmed(entry, doubt.answer.number, doubt.word),
            )
            return doubt.position + 1
        new = "" if typed == TAKE_OUT else mending.spelt(doubt.word.text, typed)
        if not self._mend(doubt, new):
            self._parts.screen.note("The text was changed meanwhile; it is read anew.")
            return doubt.position
        self._offer_names(doubt, typed)
        return doubt.position + len(new.split())

    def _mend(self, doubt: mending.UnsureWord, new: str) -> bool:
        stands = True

        def change(entry: Entry) -> Entry:
            nonlocal stands
            number, old = doubt.answer.number, doubt.word.text
            mended = mending.with_word(entry, number, doubt.position, old=old, new=new)
            stands = mended is not None
            return mended or entry

        self._parts.vault.update(doubt.entry.id, change)
        return stands

    def _offer_names(self, doubt: mending.UnsureWord, typed: str) -> None:
        """Offer a corrected name to the vocabulary; a sentence's first word need not be one."""
        if doubt.sentence[0] == doubt.position or typed == TAKE_OUT:
            return
        known = {word.casefold() for word in self._parts.vault.vocabulary()}
        for name in mending.names_in(typed):
            if name.casefold() in known:
                continue
            self._parts.screen.ask(f"Add {name} to your vocabulary? Y, or ENTER for no")
            if (self._parts.typed_line() or "").strip().lower() in ("y", "yes"):
                self._parts.vault.add_to_vocabulary(name)
