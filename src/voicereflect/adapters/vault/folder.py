"""The vault as a folder: entries, takes and transcripts, saved so that nothing said is lost."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

from voicereflect.adapters.vault import locks
from voicereflect.adapters.vault.answers import answer_files
from voicereflect.adapters.vault.answers.answer_files import AnswerFiles
from voicereflect.adapters.vault.answers.take import FolderTake
from voicereflect.adapters.vault.condition import label, litter, probing, surroundings
from voicereflect.adapters.vault.curated import pages, vocabulary
from voicereflect.adapters.vault.discarded.doomed import DoomedFolder, Scrub
from voicereflect.adapters.vault.discarded.erasing import AnswerEraser
from voicereflect.adapters.vault.discarded.trash import Trash
from voicereflect.adapters.vault.entries import entry_page, unfinished
from voicereflect.adapters.vault.entries.entry_folders import (
    NOTHING_REMEMBERED,
    EntryFolders,
    Remembered,
)
from voicereflect.adapters.vault.entries.places import has_files
from voicereflect.adapters.vault.entries.sources import Sources
from voicereflect.adapters.vault.files import Files
from voicereflect.core.entry.page.transcript_lines import transcript_line
from voicereflect.core.store import bounds
from voicereflect.errors import AlreadyKept, EntryUnreadable, VaultUnwritable
from voicereflect.model import Entry, TakeInfo, Transcript
from voicereflect.ports.sound import Codec


class FolderVault:
    """The folder of truth; keeps every promise of the `Vault` port."""

    def __init__(
        self,
        files: Files,
        *,
        codec: Callable[[], Codec],
        now: Callable[[], datetime],
        patience_s: float = 10.0,
        remembered: Remembered = NOTHING_REMEMBERED,
        scrub: Scrub,
    ) -> None:
        """Remember; nothing is made or read yet.

        `codec` is called when sound is first encoded or decoded: its library loads slowly.
        `remembered` spares reading what is known; `scrub` changes themes.toml, versions too.
        """
        self.root = files.root
        """The folder, for showing to a person."""
        self._files = files
        self._codec = codec
        self._patience_s = patience_s
        self._entries = EntryFolders(files, remembered)
        self._sources = Sources(self._entries)
        self.trash = Trash(files, self._entries, self._saving, now)
        self.doom = DoomedFolder(files, self._entries, self.trash, self._saving, scrub)
        self.around = surroundings.AroundEntries(files.root, self._entries, self.doom)
        self._remembered = remembered
        self.eraser = AnswerEraser(files, self._entries, self.trash, self._saving, self.doom)

    def begin(self) -> None:
        """Make the folder a vault, if it is none; VaultMissing if it was one and is gone."""
        self._remembered.expect()
        self._files.make_folder(self.root)
        with self._saving():
            if label.make(self._files):
                self._remembered.on_new()

    # One sitting

    @contextmanager
    def create(self, entry: Entry) -> Iterator[None]:
        folder = self._entries.place_for(entry)
        with ExitStack() as held:
            self.begin()
            with self._saving():
                self._refuse_twice(entry)
                if folder.exists():
                    raise VaultUnwritable(f"{folder}: there already.", hint="Begin once more.")
                self._files.make_folder(folder)
                lock = folder / locks.LOCK
                held.enter_context(locks.held(lock, timeout_s=self._patience_s, remove=True))
                entry_page.save(self._files, folder, entry)
            yield

    def _refuse_twice(self, entry: Entry) -> None:
        """Look, inside the vault's lock, whether another process keeps the same recording."""
        if entry.source and (kept := self._sources.entry_of(entry.source.sha256)):
            raise AlreadyKept(kept)

    def open_take(self, entry_id: str, number: int, info: TakeInfo) -> FolderTake:
        """Begin the sound of answer `number`; an older one goes to the trash."""
        answer = self._answer(entry_id, number)
        if answer.present():
            with self._saving():
                self.trash.put_answer(answer, "replaced by a new take")
        take = self._take(answer)
        take.begin(info)
        return take

    def update(self, entry_id: str, change: Callable[[Entry], Entry]) -> Entry:
        folder = self._entries.find(entry_id)
        with self._saving():
            before = entry_page.read(self._files, folder)
            after = change(before)
            if after != before:
                entry_page.save(self._files, folder, after)
        return after

    def add_transcript(self, entry_id: str, number: int, transcript: Transcript) -> None:
        answer = self._answer(entry_id, number)
        with self._saving():
            answer_files.add_line(self._files, answer, transcript_line(transcript))

    # Reading

    def load(self, entry_id: str) -> Entry:
        return entry_page.read(self._files, self._entries.find(entry_id))

    def ids(self) -> tuple[str, ...]:
        return self._entries.ids()

    def newest(self, count: int) -> tuple[str, ...]:
        return self._entries.newest(count)

    def unnamed(self, *, newest: int | None = None) -> Iterator[tuple[str, EntryUnreadable]]:
        for folder in self._entries.unnamed(newest):
            found = self._read_or_tell(folder) if has_files(str(folder)) else None
            if isinstance(found, EntryUnreadable):
                yield folder.name, found

    def load_all(self) -> Iterator[Entry | EntryUnreadable]:
        return self._entries.read_all(self._read_or_tell)

    def identity(self, *, by_path: bool = False) -> str:
        """Name this vault, as nothing else is named: its id; where it is if it has none."""
        return label.identity(self._files, by_path=by_path)

    def entries_folder(self) -> str:
        return bounds.readable(str(self._entries.folder("")))

    def stamps(self) -> dict[str, str]:
        return self._entries.stamps()

    def grew_since(self, file: Path | None) -> bool:
        """Tell whether an entry came or went after a file was written; an edit does not show."""
        return self._entries.grew_since(file)

    def entry_page(self, place: str) -> bytes:
        return self._files.read(self._entries.page(place))

    def transcripts(self, entry_id: str, number: int) -> tuple[Transcript, ...]:
        return answer_files.read_lines(self._files, self._answer(entry_id, number)).transcripts

    def take_info(self, entry_id: str, number: int) -> TakeInfo:
        return answer_files.read_info(self._files, self._answer(entry_id, number))

    def sound(self, entry_id: str, number: int, *, start: int = 0) -> Iterator[bytes]:
        return answer_files.read_sound(
            self._files, self._answer(entry_id, number), self._codec, start=start
        )

    def sources(self) -> dict[str, str]:
        """Imported entries by the SHA-256 of the file they came from; no entry is parsed."""
        return self._sources.all()

    # Beside the entries

    def page(self, name: str) -> str:
        return pages.read(self._files, self.root / name)

    def change_page(self, name: str, change: Callable[[str], str]) -> None:
        self.begin()
        with self._saving():
            path = self.root / name
            pages.write(self._files, path, change(pages.read(self._files, path)))

    def vocabulary(self) -> tuple[str, ...]:
        """A person's names and words, as they stand in `vocabulary.txt`."""
        return vocabulary.read(self._files)

    def always(self) -> dict[str, str]:
        return vocabulary.always(self._files)

    def add_to_vocabulary(self, word: str) -> None:
        """Keep one more name or word; the lines that are there stay as they are."""
        with self._saving():
            vocabulary.add(self._files, word)

    def secret(self) -> bytes:
        """What keys digests in caches; VaultError where there is none and none can be kept."""
        return label.secret(self._files) or label.make_secret(self._files, self._saving)

    # Looking after

    def tidy(self) -> None:
        """Remove what killed processes left behind, unless an answer is in it."""
        if self.root.is_dir():
            with self._saving():
                litter.sweep(self._files)

    def left_behind(self) -> tuple[str, ...]:
        return unfinished.ids(self._entries)

    def quiet_folders(self) -> dict[str, str]:
        """Give places and stamps of folders newly found to hold nothing to finish."""
        return unfinished.quiet(self._entries)

    @contextmanager
    def adopt(self, entry_id: str, *, finishing: bool = False) -> Iterator[None]:
        """Hold the lock of an existing entry while inside, and remove halves of saves in it.

        A lock file that a crash left is removed only with `finishing`; and only then does
        an error inside leave one.

        Raises:
            VaultBusy: a sitting still has it.
        """
        folder = self._entries.find(entry_id)
        lock = folder / locks.LOCK
        self._files.refuse_outside(lock)
        remove = finishing or not lock.exists()
        with locks.held(lock, timeout_s=0, remove=remove, marks=finishing):
            with self._saving():
                for leftover in self._files.leftovers(folder):
                    self._files.remove(leftover)
            yield

    def left_sounds(self, entry_id: str) -> dict[int, bool]:
        return answer_files.sounds_in(self._entries.find(entry_id))

    def left_take(self, entry_id: str, number: int) -> FolderTake:
        """Give a take that is on disk already, to finish or discard it.

        Raises:
            EntryNotFound: nothing of it is there.
        """
        answer = self._answer(entry_id, number)
        if not answer.present():
            raise answer_files.no_sound(answer)
        return self._take(answer)

    def discard_answer(self, entry_id: str, number: int, reason: str) -> None:
        """Move an answer's files to the trash, or its words if they were typed."""
        with self._saving():
            self.trash.put_answer(self._answer(entry_id, number), reason)

    def discard(self, entry_id: str, reason: str) -> Path:
        """Move a whole entry to the trash; give the folder it went to."""
        folder = self._entries.find(entry_id)
        with self._saving():
            return self.trash.put([folder], entry_id=entry_id, answer=0, reason=reason)

    def destroy(self, entry_id: str) -> None:
        """Destroy an entry's files for good; `doom` remembers it until the caches drop it too."""
        self.doom.entry(entry_id)
        self.doom.carry_out()

    def expect_writable(self) -> int:
        """Write and remove a file where the vault is or would be; give the free bytes.

        Raises:
            VaultUnwritable: it cannot be written; says why.
        """
        return probing.free_bytes(self.root)

    @contextmanager
    def _saving(self) -> Iterator[None]:
        self._remembered.expect()
        with label.saving(self._files, timeout_s=self._patience_s):
            yield

    def _read_or_tell(self, folder: Path) -> Entry | EntryUnreadable:
        try:
            return entry_page.read(self._files, folder)
        except (EntryUnreadable, VaultUnwritable) as problem:
            return EntryUnreadable(problem.what, hint=problem.hint)

    def _answer(self, entry_id: str, number: int) -> AnswerFiles:
        return AnswerFiles(entry_id=entry_id, folder=self._entries.find(entry_id), number=number)

    def _take(self, answer: AnswerFiles) -> FolderTake:
        return FolderTake(
            self._files,
            answer,
            codec=self._codec,
            saving=self._saving,
            trash=self.trash.put_answer,
        )
