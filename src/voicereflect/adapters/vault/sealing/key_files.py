"""`key/` in the vault: its secret key, wrapped once by passphrase and once by recovery words.

Each is a small age file of its own; knows where they lie, not how they are wrapped.
"""

from typing import Final

from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.refusals import translated
from voicereflect.errors import VaultUnwritable
from voicereflect.ports.sealing import Wrapping

KEY: Final = "key"
PASSPHRASE: Final = "passphrase.age"  # noqa: S105 - a file
RECOVERY: Final = "recovery.age"
NAMES: Final = "names.age"


class KeyFiles:
    """The wrapped key of one vault."""

    def __init__(self, files: Files, wrapping: Wrapping) -> None:
        """`files` are plain ones."""
        self._files = files
        self._wrapping = wrapping
        self._folder = files.root / KEY

    def make(self, identity: str, passphrase: str, words: str) -> None:
        """Write both, and see that each opens again; a key that stood there is set aside.

        Raises:
            VaultUnwritable: one cannot be written, or does not open.
        """
        if self._folder.exists():
            self.set_aside()  # files may be sealed with it, whatever the label says
        self._files.make_folder(self._folder)
        self._put(PASSPHRASE, identity, passphrase)
        self._put(RECOVERY, identity, words)

    def change(self, identity: str, passphrase: str) -> None:
        self._put(PASSPHRASE, identity, passphrase)

    def open(self, passphrase: str) -> str:
        return self._opened(PASSPHRASE, passphrase)

    def recover(self, words: str) -> str:
        return self._opened(RECOVERY, words)

    def lost(self) -> tuple[str, ...]:
        """Name those of the two that are not there; below the vault."""
        names = (PASSPHRASE, RECOVERY)
        return tuple(f"{KEY}/{each}" for each in names if not (self._folder / each).is_file())

    def remove(self) -> None:
        """Let go of the key: call it when nothing is sealed any more."""
        if self._folder.is_dir():
            self._files.remove_tree(self._folder)

    def set_aside(self) -> str:
        place = self._files.free_place(self._files.root, "key-kept")
        self._files.move(self._folder, place)
        return place.name

    def _put(self, name: str, identity: str, passphrase: str) -> None:
        wrapped = self._wrapping.wrap(identity, passphrase)
        if self._wrapping.unwrap(wrapped, passphrase) != identity:
            raise VaultUnwritable(
                "The key could not be wrapped so that it opens again.",
                hint="Nothing was sealed or changed. Look for a fault of this machine's memory.",
            )
        self._files.save_open(self._folder / name, wrapped)

    def _opened(self, name: str, passphrase: str) -> str:
        path = self._folder / name
        try:
            with translated(path):
                return self._wrapping.unwrap(self._files.read_open(path), passphrase)
        except VaultUnwritable as problem:
            other = "twelve recovery words" if name == PASSPHRASE else "passphrase"
            hint = f"Type the {other} instead, or take the file from a backup of this vault."
            raise VaultUnwritable(problem.what, hint=hint) from problem
