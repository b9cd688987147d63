"""The vault's `trash/`: what is put there with a reason and a date, listed, and put back."""

import json
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from voicereflect.adapters.vault import locks
from voicereflect.adapters.vault.answers.answer_files import AnswerFiles, no_sound
from voicereflect.adapters.vault.entries import entry_page
from voicereflect.adapters.vault.entries.entry_folders import EntryFolders
from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.locks import Saving
from voicereflect.adapters.vault.refusals import translated
from voicereflect.core.entry.discarded import Discarded
from voicereflect.core.entry.entries import find_answer, with_answer
from voicereflect.core.entry.ids import second_of
from voicereflect.core.entry.merging import MERGED
from voicereflect.core.entry.page.entry_text import canonical, decode, encode
from voicereflect.core.entry.refs import Reference
from voicereflect.core.store import bounds
from voicereflect.core.store.bounds import readable
from voicereflect.errors import EntryNotFound, EntryUnreadable, VaultError, VaultUnwritable
from voicereflect.model import IMPORTED, IMPORTED_TEXT, TYPED, WRITTEN, Answer, AnswerState

TRASH: Final = "trash"
REASON: Final = "reason.toml"
THEMES: Final = "themes"
"""Its folder of what themes.toml was before each change."""
FOR_GOOD: Final = "deleted for good"
"""The reason that earlier versions wrote for what may not be put back."""
VERSIONS: Final = "themes.toml as it was before each change"
NOT_TOLD: Final = "nobody knows why"
_NOT_TOLD: Final = "What lies beside it is kept, and nobody can tell what it was."
_NUMBER: Final = re.compile(r"[0-9]{1,6}", re.ASCII)


class Trash:
    """The vault's `trash/`."""

    def __init__(
        self,
        files: Files,
        entries: EntryFolders,
        saving: Saving,
        now: Callable[[], datetime],
    ) -> None:
        """`saving` holds the vault's lock."""
        self._files = files
        self._entries = entries
        self._saving = saving
        self._now = now
        self.root = files.root / TRASH

    def put(
        self,
        what: Sequence[Path],
        *,
        entry_id: str,
        answer: int,
        reason: str,
        about: Answer | None = None,
    ) -> Path:
        """Move files or folders there; call it inside the vault's lock.

        `answer` is 0 for a whole entry, `about` what its page tells of an answer. The
        reason is written first, so that whatever a crash leaves there can be told.
        """
        name = f"{entry_id}-answer-{answer}" if answer else entry_id
        folder = self._files.free_place(self.root, name)
        self._files.make_folder(folder)
        lines = (
            "format = 1",
            f"entry = {_quoted(entry_id)}",
            f"answer = {answer}",
            *(_lines_about(about) if about else ()),
            f"reason = {_quoted(reason)}",
            f"discarded = {self._now().isoformat()}",
        )
        self._files.save(folder / REASON, ("\n".join(lines) + "\n").encode())
        if about and about.how in WRITTEN:  # its page alone has the words
            self._files.save(folder / _typed_name(answer), encode(about.text))
        for path in what:
            self._files.move(path, folder / path.name)
        return folder

    def put_answer(self, answer: AnswerFiles, reason: str) -> None:
        """Move an answer's files there, with what its page tells of it.

        Raises:
            EntryNotFound: it has no files, and its page has no words that were typed.
        """
        present, listed = answer.present(), self._listed(answer)
        if not present and not (listed and listed.how in WRITTEN):
            raise no_sound(answer)
        self.put(
            present,
            entry_id=answer.entry_id,
            answer=answer.number,
            reason=reason,
            about=listed,
        )

    def put_copy(self, path: Path, entry_id: str) -> None:
        """Move a copy of an entry's page there, after what it held was merged."""
        with self._saving():
            self.put([path], entry_id=entry_id, answer=0, reason=MERGED)

    def all(self) -> tuple[Discarded, ...]:
        found = [self._read(folder) for folder in self._folders()]
        return tuple(sorted(found, key=lambda each: (_when(each), each.name)))

    def restore(self, name: str) -> Reference:
        """Put something back where it was; tell what it is.

        An answer counts as left behind, for recovery to finish.

        Raises:
            EntryNotFound: no such thing is in the trash, or its entry is gone.
            EntryUnreadable: the page of its entry is mangled.
            VaultUnwritable: something else stands there now; nothing is replaced.
        """
        folder = self.root / name
        thing = self._read(folder)
        if second_of(thing.entry) is None:
            raise EntryNotFound(
                f"{name} in the trash is no entry and no answer.",
                hint="`voicereflect themes undo` goes back to a version of themes.toml."
                if name == THEMES
                else f"Look into {folder} yourself.",
            )
        with self._saving():
            if thing.answer:
                self._restore_answer(folder, thing)
            else:
                self._restore_entry(folder, thing)
            self._files.remove(folder / REASON)
            with translated(folder):
                folder.rmdir()
        return Reference(entry=thing.entry, answer=thing.answer or None)

    def _contents(self, folder: Path) -> list[Path]:
        return [path for path in self._files.listed(folder) if path.name != REASON]

    def _restore_entry(self, folder: Path, thing: Discarded) -> None:
        for held in self._contents(folder):
            if held.is_file():  # a copy of its page
                self._files.move(held, self._entries.find(thing.entry) / held.name)
                continue
            place = self._entries.place_for(entry_page.read(self._files, held))
            target = place.with_name(held.name)
            self._files.make_folder(target.parent)
            self._files.move(held, target)

    def _restore_answer(self, folder: Path, thing: Discarded) -> None:
        entry = self._entries.find(thing.entry)
        if not locks.is_free(entry / locks.LOCK):
            raise VaultUnwritable(
                f"{thing.entry} is in use by a session.", hint="Try again when that is over."
            )
        page = entry_page.read(self._files, entry)
        known = {each.number for each in page.answers if each.state is not AnswerState.SKIPPED}
        typed = folder / _typed_name(thing.answer)
        begun = self._begun(thing, typed)
        held = [path for path in self._contents(folder) if path != typed]
        in_page = begun.how in WRITTEN and thing.answer in known
        if in_page or any((entry / path.name).exists() for path in held):
            raise VaultUnwritable(
                f"{thing.entry} has another answer {thing.answer} now.",
                hint="Both are kept; nothing was changed.",
            )
        with translated(entry):
            (entry / locks.LOCK).touch(mode=0o600)
        for path in reversed(held):  # what tells of the sound first, then the sound
            self._files.move(path, entry / path.name)
        if begun.speaker and thing.answer not in known:  # else recovery decides whose it is
            entry_page.save(self._files, entry, with_answer(page, begun))
        self._files.remove(typed)

    def _begun(self, thing: Discarded, typed: Path) -> Answer:
        """Give an answer as it was discarded: with its words, if they were typed."""
        begun = Answer(
            number=thing.answer,
            speaker=thing.speaker,
            prompt=thing.prompt,
            asked=thing.asked,
        )
        if not typed.exists():
            return begun
        words = decode(self._files.read(typed), str(typed))
        how = IMPORTED if begun.prompt == IMPORTED_TEXT else TYPED
        return replace(begun, text=canonical(words), how=how, state=AnswerState.DONE)

    def _listed(self, answer: AnswerFiles) -> Answer | None:
        with suppress(VaultError):  # what cannot be read tells nothing
            return find_answer(entry_page.read(self._files, answer.folder), answer.number)
        return None

    def _folders(self) -> list[Path]:
        with translated(self.root):
            return [path for path in self._files.listed(self.root) if _holds_something(path)]

    def _read(self, folder: Path) -> Discarded:
        if folder.parent != self.root or not folder.exists():
            raise EntryNotFound(
                f"Nothing in the trash is called {folder.name}.",
                hint="`voicereflect trash list` shows what is there.",
            )
        told, problem = self._read_reason(folder / REASON)
        name, _, number = readable(folder.name).partition("-answer-")
        answer, when = told.get("answer"), told.get("discarded")
        if not isinstance(answer, int):
            answer = int(found[0]) if (found := _NUMBER.match(number)) else 0
        return Discarded(
            name=folder.name,
            entry=str(told.get("entry", name)),
            answer=answer,
            reason=str(told.get("reason", VERSIONS if name == THEMES else NOT_TOLD)),
            discarded_at=when if isinstance(when, datetime) else None,
            speaker=str(told.get("speaker", "")),
            prompt=str(told.get("prompt", "")),
            asked=str(told.get("asked", "")),
            title="" if answer else self._title(folder),
            problem=problem,
        )

    def _title(self, folder: Path) -> str:
        """Give the title of the entry that lies there; empty if it cannot be read."""
        for held in self._contents(folder) if folder.is_dir() else ():
            with suppress(EntryUnreadable, VaultUnwritable):
                return entry_page.read(self._files, held).title
        return ""

    def _read_reason(self, path: Path) -> tuple[dict[str, Any], str]:
        """Read a reason, and what is wrong with it; one that cannot be true counts for nothing."""
        if not path.exists():
            return {}, ""
        try:
            text = self._files.read(path).decode("utf-8-sig")
        except (VaultUnwritable, UnicodeDecodeError) as error:
            what = error.what if isinstance(error, VaultUnwritable) else f"{path}: not UTF-8."
            return {}, f"{readable(what)} {_NOT_TOLD}"
        try:
            told = bounds.toml(text)
            bounds.whole(told.get("answer", 0), 0, bounds.LARGEST_NUMBER)
            _names_an_entry(told.get("entry"))
        except ValueError as error:
            line, what = bounds.toml_problem(text, error)
            where = f"{readable(str(path))}, line {line}"
            return {}, f"{where}: {what.partition(':')[0]}. {_NOT_TOLD}"
        return told, ""


def _typed_name(answer: int) -> str:
    """What the words of a discarded answer are called, where they were typed."""
    return f"{answer}.md"


def _names_an_entry(value: object) -> None:
    if not isinstance(value, str) or second_of(value) is None:
        raise ValueError("it names no entry")


def _holds_something(path: Path) -> bool:
    """Whatever lies in the trash is shown; an empty folder is what a crash left of a move."""
    return not path.is_dir() or any(each.is_file() for each in path.rglob("*"))


def _when(thing: Discarded) -> float:
    return thing.discarded_at.timestamp() if thing.discarded_at else 0.0


def _lines_about(answer: Answer) -> tuple[str, ...]:
    return (
        f"speaker = {_quoted(answer.speaker)}",
        f"prompt = {_quoted(answer.prompt)}",
        f"asked = {_quoted(answer.asked)}",
    )


def _quoted(text: str) -> str:
    # JSON's strings are TOML's, but for DEL.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
