"""A folder into which recordings arrive: each is kept once, soon after it is whole.

Texts come later, at the lowest priority; nothing there is moved unless its person said so.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from voicereflect.core.exchange.watching import PATIENCE_S, FolderMemory, settled
from voicereflect.errors import AlreadyKept, RecordingUnreadable, ReflectError, VaultError
from voicereflect.model import Entry
from voicereflect.ports.exchange import LaterTexts, WatchedFolder
from voicereflect.ports.sound import RecordingFile


@dataclass(slots=True, kw_only=True)
class Watching:
    """Watches one folder."""

    folder: WatchedFolder
    keep: Callable[[RecordingFile], Entry | None]
    """Keeps a recording, and tells of it; None where it is in the vault already."""
    later: LaterTexts
    tell: Callable[[str], None]
    then_trash: bool
    now_s: Callable[[], float]
    memory: FolderMemory = field(default_factory=FolderMemory)
    _told: dict[str, str] = field(default_factory=dict)
    _owed: bool = True
    """Whether texts are to be written that nobody was started for."""

    def run(self, wait: Callable[[], bool]) -> None:
        """Look again and again; `wait` rests between, and gives False to end it."""
        try:
            while True:
                self.look()
                if self._owed and self.later.begin():
                    self._owed = False
                if not wait():
                    return
        finally:
            self.later.end()

    def look(self) -> None:
        """Look once, and keep what is ready."""
        try:
            found = self.folder.look()
        except ReflectError as problem:  # a disk that is away may come back
            self._once("", problem.line)
            return
        self._told.pop("", None)
        for name, still_s in settled(self.memory, found, self.now_s()):
            try:
                self._owed |= self._keep(name, patient=still_s < PATIENCE_S)
            except VaultError as problem:  # no room now; the file waits
                self._once(name, problem.line)

    def _keep(self, name: str, *, patient: bool) -> bool:
        file = self.folder.file(name)
        if patient and not file.is_whole():
            return False
        entry = None
        try:
            entry = self.keep(file)
        except AlreadyKept:
            pass
        except RecordingUnreadable as problem:
            self._once(name, problem.line)
            self._done(name)
            return False
        self._done(name)
        if self.then_trash:
            self._discard(name)
        return entry is not None

    def _discard(self, name: str) -> None:
        try:
            self.folder.discard(name)
        except ReflectError as problem:
            self._once(name, problem.line)

    def _done(self, name: str) -> None:
        self.memory.done[name] = self.memory.still[name][0]

    def _once(self, name: str, line: str) -> None:
        """Tell a problem the first time."""
        if self._told.get(name) != line:
            self._told[name] = line
            self.tell(line)
