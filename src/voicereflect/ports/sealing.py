"""What makes bytes unreadable without a key, and readable again with it."""

from contextlib import AbstractContextManager
from typing import BinaryIO, Protocol


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

    def sealing(self, target: BinaryIO) -> AbstractContextManager[BinaryIO]:
        """Give a file to write to, sealed into `target` piece by piece.

        Its beginning may be written again at the end, as sound files are.
        """

    def opening(self, source: BinaryIO) -> BinaryIO:
        """Give a seekable file to read from; a piece is checked when it is read."""
