"""What makes bytes unreadable without a key, and readable again with it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import BinaryIO, Protocol

from voicereflect.core.sealing.states import SealState, Turned


class Cipher(Protocol):
    """Seals for one key. Sealing needs no secret; opening asks for it when it is first needed.

    What is opened is complete and as it was sealed: else every method that opens
    raises OSError with `EBADMSG`, and gives nothing of it.
    """

    def is_sealed(self, beginning: bytes) -> bool:
        """Tell by its first bytes whether something is sealed at all; 64 are enough."""

    def seal(self, data: bytes) -> bytes:
        """Make bytes unreadable."""

    def open(self, data: bytes) -> bytes:
        """Give the bytes that were sealed."""

    def keyed(self, data: bytes) -> bytes:
        """Make 32 bytes of these that nobody can make without the key."""

    def sealing(self, target: BinaryIO) -> AbstractContextManager[BinaryIO]:
        """Give a file to write to, sealed into `target` piece by piece.

        Its beginning may be written again at the end, as sound files are.
        """

    def opening(self, source: BinaryIO) -> BinaryIO:
        """Give a seekable file to read from; a piece is checked when it is read."""


class Wrapping(Protocol):
    """Wraps a secret key by a passphrase, at a cost that makes guessing slow."""

    def wrap(self, identity: str, passphrase: str) -> bytes:
        """Make bytes of a key that only the passphrase opens."""

    def unwrap(self, data: bytes, passphrase: str) -> str:
        """Give the key.

        Raises:
            WrongPassphrase: another passphrase opens it.
            OSError: `EBADMSG`, the bytes are damaged.
        """


class WrappedKeys(Protocol):
    """Where a vault's wrapped key lies."""

    def make(self, identity: str, passphrase: str, words: str) -> None:
        """Keep a new key, wrapped by both, and see that each opens it."""

    def change(self, identity: str, passphrase: str) -> None:
        """Replace the passphrase, in one step."""

    def open(self, passphrase: str) -> str:
        """Give the key.

        Raises:
            WrongPassphrase: another passphrase opens it.
            VaultUnwritable: the file is gone or damaged.
        """

    def recover(self, words: str) -> str:
        """Give the key by the recovery words; else like `open`."""

    def remove(self) -> None:
        """Let go of the key."""

    def set_aside(self) -> str:
        """Keep the key under another name; give that."""


class SealWalk(Protocol):
    """All files of a vault, turned one by one; nobody else writes while it is held."""

    def held(self) -> AbstractContextManager[None]:
        """Keep every other process from writing while inside.

        Raises:
            VaultBusy: a session goes on, or somebody saves for too long.
        """

    def state(self) -> SealState:
        """Tell whether the vault is sealed, or on its way."""

    def mark(self, state: SealState) -> None:
        """Write that down; durable on return. From then on it is written in that way."""

    def plain(self) -> tuple[str, ...]:
        """Name the files that are to be sealed and are not, below the vault; no key is needed."""

    def turn(self, progress: Callable[[float, float], None]) -> Turned:
        """Make every file what the state says, each compared before the other one goes.

        May be killed and called again at any moment.
        """


class Secrets(Protocol):
    """Somebody at a terminal, who is asked for what must not be seen."""

    def ask(self, question: str) -> str | None:
        """Ask for a line that is not shown; None where nobody can type one."""

    def show_once(self, words: tuple[str, ...]) -> bool:
        """Show words that leave no trace on the screen; False where nobody wants them."""

    def note(self, line: str) -> None:
        """Say one line."""
