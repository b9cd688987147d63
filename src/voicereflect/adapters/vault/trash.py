"""Where discarded things go: out of sight, with a reason and a date, until asked for."""

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import count
from pathlib import Path

from voicereflect.adapters.vault.answer_files import AnswerFiles
from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.shelves import ENTRY
from voicereflect.core.entry import entry_text
from voicereflect.errors import VaultError
from voicereflect.model import Answer

TRASH = "trash"
REASON = "reason.toml"
THEMES = "themes"
"""Its folder of what themes.toml was before each change."""
FOR_GOOD = "deleted for good"
"""The reason that versions before this one gave to what nobody may bring back."""


class Trash:
    """The vault's `trash/`."""

    def __init__(self, files: Files, now: Callable[[], datetime]) -> None:
        """Remember; nothing is made yet."""
        self._files = files
        self._now = now

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
        folder = self._free_folder(f"{entry_id}-answer-{answer}" if answer else entry_id)
        self._files.make_folder(folder)
        lines = (
            "format = 1",
            f"entry = {_quoted(entry_id)}",
            f"answer = {answer}",
            *(_told(about) if about else ()),
            f"reason = {_quoted(reason)}",
            f"discarded = {self._now().isoformat()}",
        )
        self._files.save(folder / REASON, ("\n".join(lines) + "\n").encode())
        for path in what:
            self._files.move(path, folder / path.name)
        return folder

    def put_answer(self, answer: AnswerFiles, reason: str) -> None:
        """Move an answer's files there, with what its page tells of it."""
        self.put(
            answer.present(),
            entry_id=answer.entry_id,
            answer=answer.number,
            reason=reason,
            about=self._told_of(answer),
        )

    def _told_of(self, answer: AnswerFiles) -> Answer | None:
        page = answer.folder / ENTRY
        with suppress(VaultError):  # what cannot be read tells nothing
            read = entry_text.parse(entry_text.decode(self._files.read(page), str(page)), str(page))
            return next((each for each in read.answers if each.number == answer.number), None)
        return None

    def _free_folder(self, name: str) -> Path:
        trash = self._files.root / TRASH
        names = (name if n == 1 else f"{name}-{n}" for n in count(1))
        return next(trash / each for each in names if not (trash / each).exists())


def _told(answer: Answer) -> tuple[str, ...]:
    return (
        f"speaker = {_quoted(answer.speaker)}",
        f"prompt = {_quoted(answer.prompt)}",
        f"asked = {_quoted(answer.asked)}",
    )


def _quoted(text: str) -> str:
    # JSON's strings are TOML's, but for DEL.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
