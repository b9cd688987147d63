"""`sheet.txt` in the vault: what was picked to be taken along, a reference a line; no word."""

from collections.abc import Sequence
from typing import Final

from voicereflect.adapters.vault import locks
from voicereflect.adapters.vault.condition import label
from voicereflect.adapters.vault.files import Files

FILE: Final = "sheet.txt"
_PATIENCE_S: Final = 10.0


class SheetFile:
    """The references that a person picked, in their order."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._path = files.root / FILE

    def read(self) -> Sequence[str]:
        if not self._path.exists():
            return ()
        lines = self._files.read(self._path).decode("utf-8", "replace").splitlines()
        return [line.strip() for line in lines if line.strip()]

    def save(self, references: Sequence[str]) -> None:
        with locks.held(self._files.root / locks.LOCK, timeout_s=_PATIENCE_S, remove=False):
            label.check(self._files)
            self._files.save(self._path, "".join(f"{each}\n" for each in references).encode())
