"""Kills what destroys at a chosen system call, and says what was left; all parts are real."""

import os
import re
import shutil
import signal
from dataclasses import dataclass
from pathlib import Path

from tests.support.product import SAMPLES, run

CALLS = "unlink,unlinkat,rename,renameat,renameat2,rmdir,fsync,fdatasync"
"""Where a process may die: whatever takes away, moves, or makes durable."""
SAID = re.compile(rb"kitchen[ _]tap", re.IGNORECASE)
"""Of the recording that is destroyed, and of no other."""
RECORDINGS = ("free.flac", "ahead.flac")
THEME = "taps"


@dataclass(frozen=True, slots=True, kw_only=True)
class Destruction:
    """A command that destroys one entry, and what goes before it."""

    name: str
    before: tuple[str, ...]
    command: tuple[str, ...]


FOR_GOOD = Destruction(
    name="delete --for-good", before=(), command=("delete", "--for-good", "--yes")
)
EMPTIED = Destruction(
    name="trash empty", before=("delete", "--yes"), command=("trash", "empty", "--yes")
)


class Homes:
    """A vault with two entries and a theme, made once and copied for each kill."""

    def __init__(self, folder: Path) -> None:
        """Make the first; a vault's files, cache and settings lie below `folder`."""
        self._made, self._home = folder / "made", folder / "home"
        self._home.mkdir(parents=True)
        self._entry = ""
        for name in RECORDINGS:
            self._done("import", str(SAMPLES / "everyday" / name))
        pages = (self._home / "vault/entries").rglob("entry.md")
        self._entry = next(p for p in pages if SAID.search(p.read_bytes())).parent.name[-4:]
        self._done("themes", "add", THEME, "--like", f"{self._entry}/1:1")
        self._done("list")
        shutil.copytree(self._home, self._made)

    def killed(self, what: Destruction, nth: int, *, same_command: bool) -> list[str] | None:
        """Die at the n-th call, finish by the same command or the next start; give what is left.

        None where the command ended before it could be killed.
        """
        shutil.rmtree(self._home)
        shutil.copytree(self._made, self._home, symlinks=True)
        if what.before:
            self._done(*self._with_entry(what.before))
        inject: tuple[str, ...] = ("strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={CALLS}")
        inject += ("-e", f"inject={CALLS}:signal=SIGKILL:when={nth}")
        ran = run(*self._with_entry(what.command), env=self._env, before=inject)
        if ran.returncode != -signal.SIGKILL:
            return None
        if not same_command:
            self._done("recover")
            if self._is_untouched() and self._entry_stands():
                return []  # it died before anything was promised
        self._run(*self._with_entry(what.command))
        return self.left()

    def left(self) -> list[str]:
        """Name the files that still hold the sentence, or anything of the entry."""
        files = [path for path in self._home.rglob("*") if path.is_file()]
        return [
            str(path.relative_to(self._home))
            for path in files
            if self._entry in str(path) or SAID.search(path.read_bytes())
        ]

    @property
    def _env(self) -> dict[str, str]:
        kinds = {f"XDG_{kind}_HOME": str(self._home / kind.lower()) for kind in ("CONFIG", "CACHE")}
        return {**kinds, "VOICEREFLECT_VAULT": str(self._home / "vault")}

    def _with_entry(self, words: tuple[str, ...]) -> tuple[str, ...]:
        return (words[0], self._entry, *words[1:]) if words[0] == "delete" else words

    def _is_untouched(self) -> bool:
        return not (self._home / "vault/.doomed").exists()

    def _entry_stands(self) -> bool:
        return any((self._home / "vault").rglob(f"*-{self._entry}/entry.md"))

    def _run(self, *arguments: str) -> int:
        return run(*arguments, env=self._env).returncode

    def _done(self, *arguments: str) -> None:
        ran = run(*arguments, env=self._env)
        if ran.returncode:
            raise RuntimeError(f"{arguments[0]}: {ran.stderr}")
