"""Changes to whole entries: tags, open or closed, deleting, restoring, destroying."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from voicereflect.core.entry.dates.recording_dates import Here
from voicereflect.core.entry.dates.redating import redated, wished, with_first_date
from voicereflect.core.entry.decisions import decided
from voicereflect.core.entry.discarded import Discarded
from voicereflect.core.entry.tags import tags_in
from voicereflect.errors import EntryNotFound, EntryUnreadable, ReflectError, SettingsError
from voicereflect.flows.library.destroying import Destroying
from voicereflect.flows.library.finding.indexing import refresh
from voicereflect.flows.library.pointing import pointed
from voicereflect.flows.library.recovering import finish
from voicereflect.model import Entry
from voicereflect.ports.index import EntryIndex
from voicereflect.ports.screen import Progress
from voicereflect.ports.trash import TrashBin
from voicereflect.ports.vault import Vault

DELETED = "deleted by you"
LAST = "last"
BROKE_OFF = "its destruction broke off; `trash empty` finishes it"
_CHANGE = re.compile(r"[+-]#*[^\s,#]+")
_HOW_TO_TAG = "For example: voicereflect tag last +garden -work"


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was put back."""

    entry: str
    answer: int | None
    """None: all of it."""
    listed: tuple[int, ...] = ()
    """Other answers that had left the page and stand there again (see `library.recovering`)."""
    problem: ReflectError | None = None
    """Why not all that was left behind there could be finished."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted:
    """What was moved to the trash."""

    name: str
    """To restore it by; its end is enough."""
    entry: Entry | None
    """None: it cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryAdmin:
    """Changes the entries of one vault."""

    vault: Vault
    trash: TrashBin
    index: EntryIndex
    destroying: Destroying
    progress: Progress

    def tag(self, reference: str, changes: Sequence[str]) -> Entry:
        """Add and remove tags; without changes, only give the entry.

        Raises:
            SettingsError: a change is neither `+word` nor `-word`.
            EntryNotFound: the reference names no entry, or several.
        """
        change = tag_change(changes)
        entry_id = pointed(self.vault, reference).entry
        return self.vault.update(entry_id, change)

    def delete(self, reference: str) -> Deleted:
        """Move an entry to the trash; tell which that was.

        Raises:
            EntryNotFound: the reference names no entry, or several, or an answer alone.
            VaultBusy: a session has it.
        """
        found = pointed(self.vault, reference)
        if found.answer is not None:
            raise SettingsError(
                "Only a whole entry can be deleted.",
                hint=f"`voicereflect delete {found.entry}` moves all of it to the trash.",
            )
        with self.vault.adopt(found.entry):
            pass  # nobody else has it, and what a crash left there is swept up
        entry = None
        with suppress(EntryUnreadable):  # it can be thrown away all the same
            entry = self.vault.load(found.entry)
        name = self.vault.discard(found.entry, DELETED).name
        refresh(self.index, self.vault, self.progress)
        return Deleted(name=name, entry=entry)

    def meant(self, reference: str) -> tuple[str, Entry | None]:
        """Tell which entry would be destroyed; an id alone where its page cannot be read.

        An interrupted destruction is meant by the same reference again.

        Raises:
            EntryNotFound: the reference names no entry, or several.
            EntryUnreadable: what it names does not tell its id any more.
        """
        entry_id = pointed(self.vault, reference, self.destroying.doom.entries()).entry
        with suppress(EntryNotFound, EntryUnreadable):
            return entry_id, self.vault.load(entry_id)
        return entry_id, None

    def destroy(self, reference: str) -> str:
        """Destroy an entry with every copy, wherever it lies; give its id.

        Interrupted, the same reference means the same entry again, and finishes it.

        Raises:
            EntryNotFound: the reference names no entry, or several.
            EntryUnreadable: what it names does not tell its id any more.
            VaultBusy: a session has it.
        """
        entry_id, _ = self.meant(reference)
        if entry_id in self.vault.ids():
            with self.vault.adopt(entry_id):
                pass
            self.destroying.doom.entry(entry_id)
        self.destroying.finish()
        return entry_id

    def redate(self, reference: str, when: str, here: Here) -> Entry:
        """Put right when an entry began; empty gives back what stood first.

        Raises:
            SettingsError: that is no date, or there is nothing to give back.
            EntryNotFound: the reference names no entry, or several.
        """
        entry_id = pointed(self.vault, reference).entry

        changed = self.vault.update(
            entry_id,
            lambda entry: (
                redated(entry, wished(when, entry, here)) if when else with_first_date(entry)
            ),
        )
        refresh(self.index, self.vault, self.progress)
        return changed

    def keep(self, reference: str, *, closed: bool) -> Entry:
        """Choose that an entry stays, open or closed.

        Raises:
            EntryNotFound: the reference names no entry, or several.
        """
        entry_id = pointed(self.vault, reference).entry
        kept = self.vault.update(entry_id, lambda entry: decided(entry, closed=closed))
        refresh(self.index, self.vault, self.progress)
        return kept

    def discarded(self) -> tuple[Discarded, ...]:
        """What is in the trash, the last discarded last; then what is being destroyed."""
        doomed = (
            Discarded(name=name, entry="", answer=0, reason=BROKE_OFF, discarded_at=None)
            for name in self.destroying.doom.names()
        )
        return (*self.trash.all(), *doomed)

    def restore(self, name: str) -> Restored:
        """Put something back, named by its name in the trash, the end of it, or `last`.

        Raises:
            EntryNotFound: there is no such thing.
            VaultError: it cannot go back.
        """
        names = [thing.name for thing in self.trash.all()]
        if name.lower() == LAST and names:
            name = names[-1]
        ends = [each for each in names if name and each.endswith(name)]
        back = self.trash.restore(ends[0] if name not in names and len(ends) == 1 else name)
        finished = finish(self.vault, back.entry) if back.answer else None
        listed = finished.listed if finished else ()
        return Restored(
            entry=back.entry,
            answer=back.answer,
            listed=tuple(number for number in listed if number != back.answer),
            problem=finished.problem if finished else None,
        )

    def empty(self) -> int:
        """Destroy what is in the trash, and every trace of it; give how many things that were.

        What broke off before is finished too.
        """
        count = len(self.discarded())
        self.destroying.doom.trash()
        self.destroying.finish()
        return count


def tag_change(changes: Sequence[str]) -> Callable[[Entry], Entry]:
    """Make the change that `+word` and `-word` describe; tags that differ in case are the same.

    Raises:
        SettingsError: one of them is something else.
    """
    for each in changes:
        if not _CHANGE.fullmatch(each):
            raise SettingsError(f"`{each}` is neither +word nor -word.", hint=_HOW_TO_TAG)

    def changed(entry: Entry) -> Entry:
        if not changes:
            return entry
        tags = {tag.casefold(): tag for tag in tags_in(entry.tags)}
        for each in changes:
            word = each[1:].lstrip("#")
            if each[0] == "+":
                tags.setdefault(word.casefold(), word)
            else:
                tags.pop(word.casefold(), None)
        return replace(entry, tags=tuple(tags.values()))

    return changed
