"""What lies in the trash: listed, put back, or destroyed when asked; knows whole folders."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any

from voicereflect.adapters.vault import locks
from voicereflect.adapters.vault.files import Files, translated
from voicereflect.adapters.vault.shelves import ENTRY, Shelves
from voicereflect.adapters.vault.trash import REASON, THEMES, TRASH
from voicereflect.core.entry import entry_text
from voicereflect.core.entry.discarded import Discarded
from voicereflect.core.entry.entries import with_answer
from voicereflect.core.entry.ids import second_of
from voicereflect.core.entry.refs import Reference
from voicereflect.core.store import bounds
from voicereflect.core.store.bounds import readable
from voicereflect.errors import EntryNotFound, VaultUnwritable
from voicereflect.model import Answer, AnswerState, Entry

_NOT_TOLD = "What lies beside it is kept, and nobody can tell what it was."
VERSIONS = "themes.toml as it was before each change"
NOT_TOLD = "nobody knows why"
_NUMBER = re.compile(r"[0-9]{1,6}", re.ASCII)


class TrashCan:
    """The vault's `trash/`, for those who look into it."""

    def __init__(
        self,
        files: Files,
        shelves: Shelves,
        saving: Callable[[], AbstractContextManager[None]],
    ) -> None:
        """Remember; nothing is read yet."""
        self._files = files
        self._shelves = shelves
        self._saving = saving
        self._root = files.root / TRASH

    def all(self) -> tuple[Discarded, ...]:
        """List what is there, the last discarded last."""
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
        folder = self._root / name
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
                self._restore_entry(folder)
            self._files.remove(folder / REASON)
            with translated(folder):
                folder.rmdir()
        return Reference(entry=thing.entry, answer=thing.answer or None)

    def _restore_entry(self, folder: Path) -> None:
        for held in _contents(folder):
            place = self._shelves.place_for(self._page(held))
            target = place.with_name(held.name)
            self._files.make_folder(target.parent)
            self._files.move(held, target)

    def _restore_answer(self, folder: Path, thing: Discarded) -> None:
        entry = self._shelves.find(thing.entry)
        if not locks.is_free(entry / locks.LOCK):
            raise VaultUnwritable(
                f"{thing.entry} is in use by a session.", hint="Try again when that is over."
            )
        held = _contents(folder)
        taken = next((path for path in held if (entry / path.name).exists()), None)
        if taken is not None:
            raise VaultUnwritable(
                f"{thing.entry} has another recording of answer {thing.answer} now.",
                hint="Both are kept; nothing was changed.",
            )
        page = self._page(entry)
        with translated(entry):
            (entry / locks.LOCK).touch(mode=0o600)
        for path in reversed(held):  # what tells of the sound first, then the sound
            self._files.move(path, entry / path.name)
        known = {each.number for each in page.answers if each.state is not AnswerState.SKIPPED}
        if thing.speaker and thing.answer not in known:  # else recovery decides whose it is
            listed = with_answer(page, _begun(thing))
            self._files.save(entry / ENTRY, entry_text.encode(entry_text.render(listed)))

    def _page(self, folder: Path) -> Entry:
        path = folder / ENTRY
        return entry_text.parse(entry_text.decode(self._files.read(path), str(path)), str(path))

    def _folders(self) -> list[Path]:
        if not self._root.is_dir():
            return []
        with translated(self._root):
            return sorted(path for path in self._root.iterdir() if _holds_something(path))

    def _read(self, folder: Path) -> Discarded:
        if folder.parent != self._root or not folder.exists():
            raise EntryNotFound(
                f"Nothing in the trash is called {folder.name}.",
                hint="`voicereflect trash list` shows what is there.",
            )
        told, problem = self._told(folder / REASON) if (folder / REASON).exists() else ({}, "")
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
            problem=problem,
        )

    def _told(self, path: Path) -> tuple[dict[str, Any], str]:
        """Read a reason; of one that cannot be true nothing counts, and why is told."""
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


def _names_an_entry(value: object) -> None:
    if not isinstance(value, str) or second_of(value) is None:
        raise ValueError("it names no entry")


def _begun(thing: Discarded) -> Answer:
    return Answer(
        number=thing.answer, speaker=thing.speaker, prompt=thing.prompt, asked=thing.asked
    )


def _contents(folder: Path) -> list[Path]:
    with translated(folder):
        return sorted(path for path in folder.iterdir() if path.name != REASON)


def _holds_something(path: Path) -> bool:
    """Whatever lies in the trash is shown; an empty folder is what a crash left of a move."""
    return not path.is_dir() or any(each.is_file() for each in path.rglob("*"))


def _when(thing: Discarded) -> float:
    return thing.discarded_at.timestamp() if thing.discarded_at else 0.0
