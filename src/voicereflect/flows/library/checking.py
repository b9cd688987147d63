"""Whether everything in the vault can be read, and whether the index says the same."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from voicereflect.core.entry.page import entry_text
from voicereflect.core.store.strays import PAGES, Stray
from voicereflect.errors import EntryNotFound, IndexDamaged, ReflectError, VaultBusy
from voicereflect.flows.library.finding.indexing import refresh
from voicereflect.model import Answer, AnswerState, Entry, samples_in
from voicereflect.ports.index import EntryIndex
from voicereflect.ports.screen import Progress
from voicereflect.ports.vault import Modes, Surroundings, Vault

_WITH_SOUND = (
    AnswerState.DONE,
    AnswerState.PENDING,
    AnswerState.SILENT,
    AnswerState.UNSURE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultFault:
    """Something that is not as it should be."""

    what: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a check found."""

    entries: int
    sounds: int
    seconds: float
    index: str
    """What was found of the index; it was made again if that was needed."""
    problems: tuple[VaultFault, ...]
    others: tuple[Stray, ...]
    """Things of the person's own that nothing reads; they may stay."""


class Check:
    """One look at everything."""

    def __init__(
        self,
        vault: Vault,
        page: Callable[[str], str],
        around: Surroundings,
        modes: Modes,
        index: EntryIndex,
        progress: Progress,
    ) -> None:
        self._vault = vault
        self._page = page
        self._around = around
        self._modes = modes
        self._index = index
        self._progress = progress
        self._problems: list[VaultFault] = []
        self._entries = 0
        self._sounds = 0
        self._seconds = 0.0

    def run(self, *, whole_sound: bool, mend: bool = False) -> Report:
        """Read every entry, and of every sound the beginning or all; `mend` closes open modes."""
        stamps = self._vault.stamps()
        digests: dict[str, str] = {}
        seen: dict[str, str] = {}
        numbers: dict[str, frozenset[int] | None] = {}
        for done, place in enumerate(stamps, start=1):
            entry = self._entry(place, digests)
            numbers[place] = frozenset(a.number for a in entry.answers) if entry else None
            if entry is not None:
                self._same_id(entry, place, seen)
                self._sounds_of(entry, whole=whole_sound)
            self._progress.step("Reading the vault", done=done, total=len(stamps))
        self._pages()
        self._unfinished()
        strays = self._around.strays(numbers)
        for each in (stray for stray in strays if stray.holds_words):
            self._add(each.what, each.hint)
        self._open_to_others(self._modes.close() if mend else self._modes.loose(), mend=mend)
        return Report(
            entries=self._entries,
            sounds=self._sounds,
            seconds=self._seconds,
            index=self._index_line(digests),
            problems=tuple(self._problems),
            others=tuple(each for each in strays if not each.holds_words),
        )

    def _pages(self) -> None:
        """Read what stands beside the entries: themes, programme, names and words."""
        for name in PAGES:
            try:
                self._page(name)
            except ReflectError as error:
                self._add(error.what, error.hint)

    def _entry(self, place: str, digests: dict[str, str]) -> Entry | None:
        where = f"{self._vault.entries_folder()}/{place}/entry.md"
        try:
            data = self._vault.entry_page(place)
            digests[place] = hashlib.sha256(data).hexdigest()
            entry = entry_text.parse(entry_text.decode(data, where), where)
        except ReflectError as error:
            self._add(error.what, error.hint)
            return None
        self._entries += 1
        return entry

    def _same_id(self, entry: Entry, place: str, seen: dict[str, str]) -> None:
        first = seen.setdefault(entry.id, place)
        if first != place:
            hint = "Keep one of the two folders and move the other out of the vault."
            self._add(f"{place} has the same id as {first}.", hint)

    def _sounds_of(self, entry: Entry, *, whole: bool) -> None:
        gone = []
        for answer in entry.answers:
            if answer.state not in _WITH_SOUND:
                continue
            try:
                self._sound(entry, answer, whole=whole)
            except EntryNotFound:
                if answer.duration_s:
                    gone.append(str(answer.number))
            except ReflectError as error:
                self._add(error.what, error.hint)
        if gone:
            which = f"/{gone[0]}" if len(gone) == 1 else f" (answers {', '.join(gone)})"
            what = f"{entry.id}{which} has no sound any more."
            self._add(what, "The words are kept. A backup may have the sound.")

    def _sound(self, entry: Entry, answer: Answer, *, whole: bool) -> None:
        info = self._vault.take_info(entry.id, answer.number)
        heard = 0
        for block in self._vault.sound(entry.id, answer.number):
            heard += samples_in(block)
            if not whole:
                break
        if whole and heard < info.samples:
            what = f"{entry.id}/{answer.number} has {heard} of {info.samples} samples."
            self._add(what, "What is there can be heard. A backup may have all of it.")
        self._sounds += 1
        self._seconds += answer.duration_s

    def _unfinished(self) -> None:
        for entry_id in self._vault.left_behind():
            try:
                with suppress(VaultBusy), self._vault.adopt(entry_id):
                    what = f"{entry_id} was left open when a session broke off."
                    self._add(what, "What is there is kept; `voicereflect recover` takes it up.")
            except ReflectError as error:
                self._add(error.what, error.hint)
        if count := self._around.doomed():
            things = "1 thing is" if count == 1 else f"{count} things are"
            self._add(
                f"{things} not wholly destroyed yet.", "`voicereflect recover` finishes that."
            )

    def _open_to_others(self, loose: Sequence[str], *, mend: bool) -> None:
        if not loose:
            return
        more = f" and {len(loose) - 1} more of what is kept" if len(loose) > 1 else ""
        hint = (
            "They could not be closed: move the vault to a disk that keeps modes."
            if mend
            else "`voicereflect vault check --mend` closes what is open to all but you."
        )
        self._add(f"Open to others: {loose[0]}{more}.", hint)

    def _index_line(self, digests: Mapping[str, str]) -> str:
        try:
            faults = self._index.faults()  # first, since whatever else is asked begins it anew
            changed = refresh(self._index, self._vault, self._progress)
            said = {place: digest for place, (_, digest) in self._index.state().items()}
        except IndexDamaged:
            faults = ["unreadable"]
        if not faults and {place: said.get(place, "") for place in digests} == digests:
            return f"sound, {'now' if changed else 'and'} up to date"
        self._index.begin_again()
        refresh(self._index, self._vault, self._progress)
        return f"made again: it was {'damaged' if faults else 'not what the files say'}"

    def _add(self, what: str, hint: str) -> None:
        self._problems.append(VaultFault(what=what, hint=hint))
