"""What other speakers agreed to: looked over, taken along as a copy, or taken back for good.

Taking back may be interrupted anywhere; doing it again finishes it.
"""

from collections.abc import Callable, Set
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from voicereflect.core.entry import refs
from voicereflect.core.entry.ids import folder_name
from voicereflect.core.entry.page.entry_text import render
from voicereflect.core.safety import withdrawal
from voicereflect.core.safety.consent import answers_by, consent_of, others_of
from voicereflect.core.safety.scrubbing import Said
from voicereflect.core.safety.withdrawal import ConsentRow
from voicereflect.core.themes.curation import CuratedQuote, without
from voicereflect.errors import EntryNotFound, VaultBusy
from voicereflect.flows.library.destroying import Destroying
from voicereflect.model import Entry, Transcript
from voicereflect.ports.themes import Curations
from voicereflect.ports.trash import Copies, Eraser
from voicereflect.ports.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """What was destroyed."""

    entry: str
    speaker: str
    answers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Consents:
    """What other speakers agreed to, in one vault."""

    vault: Vault
    eraser: Eraser
    curations: Curations
    destroying: Destroying
    now: Callable[[], datetime]

    def rows(self) -> tuple[ConsentRow, ...]:
        """Every other speaker, entry by entry, oldest first; those in the trash last."""
        kept = (each for each in self.vault.load_all() if isinstance(each, Entry))
        places = [*((each, False) for each in kept), *((e, True) for e in self.eraser.in_trash())]
        return tuple(
            ConsentRow(
                entry=entry, speaker=name, consent=consent_of(entry, name), in_trash=in_trash
            )
            for entry, in_trash in places
            for name in others_of(entry)
        )

    def meant(self, reference: str, speaker: str = "") -> ConsentRow:
        """Find whose words a reference means; the trash is looked through too.

        Raises:
            EntryNotFound: no entry, several, or nobody who could be meant.
        """
        ids = self.vault.ids()
        thrown = {each.id: each for each in self.eraser.in_trash()}
        found = refs.resolve(reference, [*sorted(thrown.keys() - set(ids)), *ids]).entry
        in_trash = found not in ids
        entry = thrown[found] if in_trash else self.vault.load(found)
        name = withdrawal.speaker_meant(entry, speaker)
        return ConsentRow(
            entry=entry, speaker=name, consent=consent_of(entry, name), in_trash=in_trash
        )

    def withdraw(self, row: ConsentRow) -> Withdrawn:
        """Destroy a speaker's sound, text and transcripts, at once and wherever they lie.

        Raises:
            VaultBusy: a session has the entry.
            ThemesUnreadable: the vault's themes.toml is mangled; nothing was destroyed yet.
        """
        answers = self._withdraw(row)
        self.destroying.finish()
        return Withdrawn(entry=row.entry.id, speaker=row.speaker, answers=answers)

    def finish(self) -> None:
        """Finish what was taken back, and all else that was to be destroyed, where it broke off.

        What a session holds is left for the next time.

        Raises:
            ThemesUnreadable: the vault's themes.toml is mangled.
            VaultError: something cannot be read, or not be removed.
        """
        for entry_id, speaker in self.destroying.doom.withdrawals():
            try:
                self._withdraw(self.meant(entry_id, speaker))
            except VaultBusy:
                continue
            except EntryNotFound:  # the whole entry was destroyed since
                self.destroying.doom.withdrawn(entry_id, speaker)
        self.destroying.finish()

    def copy(self, row: ConsentRow, copies: Copies) -> str:
        """Write a speaker's own answers into a folder of hers; give where.

        Raises:
            EntryNotFound: the entry lies in the trash.
        """
        entry, speaker = row.entry, row.speaker
        if row.in_trash:
            raise EntryNotFound(
                f"{entry.id} is in the trash.", hint="`voicereflect trash list` tells its name."
            )
        own = withdrawal.own_copy(entry, speaker)
        where = copies.begin(folder_name(entry))
        copies.text("entry.md", render(own))
        for answer in own.answers:
            try:
                info = self.vault.take_info(entry.id, answer.number)
            except EntryNotFound:
                continue  # refused, or nothing was said
            if info.samples:
                blocks = self.vault.sound(entry.id, answer.number)
                copies.sound(f"{answer.number}.flac", blocks, info.rate_hz)
        return where

    def _withdraw(self, row: ConsentRow) -> int:
        """Destroy what the vault itself holds; give how many answers that were."""
        entry, speaker = row.entry, row.speaker
        doom = self.destroying.doom
        hers = frozenset(each.number for each in answers_by(entry, [speaker]))
        if row.in_trash:
            doom.withdrawal(entry.id, speaker)
            self._scrub_themes(entry, speaker)
            self._erase_from_trash(entry.id, speaker)
        else:
            with self.vault.adopt(entry.id):
                doom.withdrawal(entry.id, speaker)
                self._withdraw_here(entry.id, speaker, hers)
        doom.withdrawn(entry.id, speaker)
        return len(hers)

    def _withdraw_here(self, entry_id: str, speaker: str, hers: Set[int]) -> None:
        """The mark first, so that nothing counts her words from now on; the page last.

        Her words are needed until then, to find them where no number tells whose they are.
        """
        moment = self.now().isoformat(timespec="seconds")
        entry = self.vault.update(
            entry_id, lambda before: withdrawal.marked(before, speaker, moment)
        )
        self._scrub_themes(entry, speaker)
        self._erase_from_trash(entry_id, speaker)
        self.eraser.erase_answers(entry_id, hers)
        self.vault.update(entry_id, lambda before: withdrawal.emptied(before, speaker))

    def _erase_from_trash(self, entry_id: str, speaker: str) -> None:
        moment = self.now().isoformat(timespec="seconds")
        self.eraser.erase_from_trash(
            entry_id,
            speaker=speaker,
            change=lambda entry: withdrawal.emptied(
                withdrawal.marked(entry, speaker, moment), speaker
            ),
        )

    def _scrub_themes(self, entry: Entry, speaker: str) -> None:
        copies = [each for each in self.eraser.in_trash() if each.id == entry.id]
        numbers = frozenset(
            answer.number for each in (entry, *copies) for answer in answers_by(each, [speaker])
        )
        texts = [text for each in (entry, *copies) for text in withdrawal.words_of(each, speaker)]
        texts += [t.text for n in sorted(numbers) for t in self._transcripts(entry.id, n)]

        def gone(quote: CuratedQuote) -> bool:
            return quote.entry == entry.id and quote.answer in numbers

        self.curations.scrub(partial(without, gone=gone, said=Said(texts).holds))

    def _transcripts(self, entry_id: str, number: int) -> tuple[Transcript, ...]:
        try:
            return self.vault.transcripts(entry_id, number)
        except EntryNotFound:
            return ()  # the entry is in the trash
