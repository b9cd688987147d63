"""`sheet.txt` in the vault: what was picked to be taken along, a reference a line; no word."""

from collections.abc import Sequence
from typing import Final

from voicereflect.adapters.vault.condition import label
from voicereflect.adapters.vault.files import Files

FILE: Final = "sheet.txt"


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
        with label.saving(self._files):
            self._files.save(self._path, "".join(f"{each}\n" for each in references).encode())
