"""`.doomed/`: what will be destroyed is moved here in one step, then deleted, crash or not.

A folder here is a promise that outlives a crash. Its files go first; the folder itself
goes when index and caches have dropped them too, which callers see to. Every step may
be done again.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from voicereflect.adapters.vault.condition import label
from voicereflect.adapters.vault.discarded.trash import FOR_GOOD, TRASH, Trash
from voicereflect.adapters.vault.entries.entry_folders import EntryFolders
from voicereflect.adapters.vault.entries.entry_page import ENTRY
from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.locks import Saving
from voicereflect.core.entry.ids import ID_PATTERN
from voicereflect.core.entry.page import transcript_lines
from voicereflect.core.safety.scrubbing import Lost, Said, scrubbed
from voicereflect.core.store.backups import DESTROYED, digest_of
from voicereflect.core.themes.curation import Curation
from voicereflect.errors import EntryNotFound, EntryUnreadable, VaultUnwritable

DOOMED: Final = ".doomed"
WITHDRAWAL: Final = "withdrawal.json"
_ENTRY: Final = "entry-"
_OTHERS: Final = "things"

Scrub = Callable[[Callable[[Curation], Curation]], None]
"""Changes themes.toml and every version of it before."""


class DoomedFolder:
    """The vault's `.doomed/`."""

    def __init__(
        self,
        files: Files,
        entries: EntryFolders,
        trash: Trash,
        saving: Saving,
        scrub: Scrub,
    ) -> None:
        """`saving` holds the vault's lock."""
        self._files = files
        self._entries = entries
        self._trash = trash
        self._saving = saving
        self._scrub = scrub
        self._root = files.root / DOOMED

    def waits(self) -> bool:
        return self._root.is_dir() or any(self._doomed_by_reason())

    def names(self) -> tuple[str, ...]:
        return tuple(folder.name for folder in self._folders())

    def entries(self) -> tuple[str, ...]:
        named = (ID_PATTERN.search(name) for name in self.names() if name.startswith(_ENTRY))
        return tuple(sorted({found[0] for found in named if found}))

    def entry(self, entry_id: str) -> None:
        """Promise to destroy an entry, with all of it that lies in the trash.

        Raises:
            EntryNotFound: there is none.
            VaultUnwritable: its folder is a link, and what it names is not ours.
        """
        folder = self._entries.find(entry_id)
        if folder.is_symlink():
            raise VaultUnwritable(
                f"{folder}: a link, and what it points to would stay.",
                hint="Put the folder itself in its place, then try again.",
            )
        if not ID_PATTERN.fullmatch(entry_id):
            raise EntryUnreadable(
                f"{folder / ENTRY}: its id is not of the form that ids have.",
                hint="Mend it as docs/formats.md tells.",
            )
        with self._saving():
            self.take_in(folder, f"{_ENTRY}{entry_id}")
            self._gather()

    def trash(self) -> None:
        if self._files.listed(self._trash.root):
            with self._saving():
                self.take_in(self._trash.root, TRASH)

    def take_in(self, path: Path, name: str = _OTHERS) -> None:
        """Move a file or folder here; call it inside the vault's lock."""
        self._files.make_folder(self._root)
        self._files.move(path, self._files.free_place(self._root, name))

    def withdrawal(self, entry_id: str, speaker: str) -> None:
        if (entry_id, speaker) in self.withdrawals():
            return
        told = json.dumps({"format": 1, "entry": entry_id, "speaker": speaker})
        with self._saving():
            self._files.make_folder(folder := self._files.free_place(self._root, "consent"))
            self._files.save(folder / WITHDRAWAL, told.encode())

    def withdrawals(self) -> tuple[tuple[str, str], ...]:
        return tuple((entry, speaker) for _, entry, speaker in self._withdrawals())

    def withdrawn(self, entry_id: str, speaker: str) -> None:
        with self._saving():
            for path, entry, who in self._withdrawals():
                if (entry, who) == (entry_id, speaker):
                    self._files.remove(path)

    def carry_out(self) -> None:
        """Destroy what is here, and its sentences in themes.toml before.

        Raises:
            ThemesUnreadable: themes.toml is mangled; nothing was destroyed yet.
        """
        if not self.waits():
            return
        with self._saving():
            self._gather()
        if lost := self._lost():
            self._scrub(scrubbed(lost))
            self._note_destroyed(entry_id for entry_id, each in lost.items() if each.stays is None)
        with self._saving():
            pending = {path for path, _, _ in self._withdrawals()}
            for path in (each for folder in self._folders() for each in self._files.listed(folder)):
                if path not in pending:
                    self._files.remove_tree(path)

    def _note_destroyed(self, entries: Iterable[str]) -> None:
        """Keep what stands for each, so that no backup brings it back unasked."""
        secret = label.secret(self._files) or label.make_secret(self._files, self._saving)
        new = [digest_of(each, secret) for each in entries if ID_PATTERN.fullmatch(each)]
        path = self._files.root / DESTROYED
        with self._saving():
            known = self._files.read(path).decode("ascii", "replace") if path.exists() else ""
            more = [each for each in new if each not in known]
            if more:
                self._files.save(path, "\n".join((*known.split(), *more, "")).encode())

    def close(self) -> None:
        """Remove emptied folders; call it when index and caches have dropped what was in them."""
        if not self._root.is_dir():
            return
        with self._saving():
            # entries last: until then their reference means them
            for folder in sorted(self._folders(), key=lambda each: each.name.startswith(_ENTRY)):
                if not any(self._files.listed(folder)):
                    self._files.remove_tree(folder)
            if not any(self._files.listed(self._root)):
                self._files.remove_tree(self._root)

    def _gather(self) -> None:
        """Take in what lies in the trash of entries that are here."""
        for folder in self._doomed_by_reason():
            self.take_in(folder, f"{_ENTRY}{folder.name}")
        doomed = self.entries()
        for thing in self._trash.all():
            if thing.entry in doomed:
                self.take_in(self._trash.root / thing.name)

    def _doomed_by_reason(self) -> Iterator[Path]:
        """Give what versions before this one left in the trash to be destroyed."""
        for thing in self._trash.all():
            if thing.reason == FOR_GOOD:
                yield self._trash.root / thing.name

    def _lost(self) -> dict[str, Lost]:
        """Read what was said in all that is here, by entry."""
        texts: dict[str, list[str]] = {}
        for page in sorted(self._root.rglob("*.md")):  # and answers that were typed
            texts.setdefault(self._id_of(page), []).append(self._text(page))
        for lines in sorted(self._root.rglob("*.jsonl")):
            texts.setdefault(self._id_of(lines), []).extend(self._transcripts(lines))
        return {
            entry_id: Lost(gone=Said(said), stays=self._staying(entry_id))
            for entry_id, said in texts.items()
        }

    def _staying(self, entry_id: str) -> Said | None:
        if not ID_PATTERN.fullmatch(entry_id):
            return None
        pages = sorted(self._trash.root.glob(f"{entry_id}*/*/{ENTRY}"))
        with suppress(EntryNotFound):
            pages.append(self._entries.find(entry_id) / ENTRY)
        return Said(map(self._text, pages)) if pages else None

    def _id_of(self, path: Path) -> str:
        """Read the id from the names above; from the entry's own page where none tells it."""
        named = ID_PATTERN.search(str(path.relative_to(self._root)))
        page = path.with_name(ENTRY)
        return named[0] if named else self._entries.id_in(page.parent)

    def _text(self, path: Path) -> str:
        return self._files.read(path).decode("utf-8", "replace") if path.is_file() else ""

    def _transcripts(self, path: Path) -> list[str]:
        try:
            read = transcript_lines.read(self._text(path), str(path))
        except EntryUnreadable:
            return []  # its page tells what was made of it
        return [each.text for each in read.transcripts]

    def _withdrawals(self) -> Iterator[tuple[Path, str, str]]:
        for folder in self._folders():
            if (path := folder / WITHDRAWAL).is_file():
                with suppress(ValueError, KeyError, TypeError):  # then it promises nothing
                    told = json.loads(self._files.read(path))
                    yield path, str(told["entry"]), str(told["speaker"])

    def _folders(self) -> list[Path]:
        return self._files.listed(self._root)
