"""The body of an age file: pieces of 64 KiB, each checked by itself, so that one can seek.

Knows one file's key; must not know for whom it was wrapped.
"""

import errno
import io
import os
from contextlib import suppress
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

PIECE: Final = 1 << 16
_TAG: Final = 16
_SEALED_PIECE: Final = PIECE + _TAG


def damaged() -> OSError:
    """Make the error for what cannot be opened."""
    return OSError(errno.EBADMSG, os.strerror(errno.EBADMSG))


class _InPieces(io.RawIOBase):
    """Text in pieces, with a place in it."""

    _at = 0
    _size = 0

    def seekable(self) -> bool:
        """It is; a writer goes no further than what it holds."""
        return True

    def tell(self) -> int:
        """Where the next byte is."""
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Go to a place."""
        before = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        self._at = max(0, before + offset)
        return self._at


class PieceWriter(_InPieces):
    """Seals what is written; the first piece and the last are held until `finish`.

    No piece is ever sealed twice: one key and number must never meet two texts.
    """

    def __init__(self, target: BinaryIO, key: bytes) -> None:
        """Begin where `target` stands."""
        super().__init__()
        self._target = target
        self._begin = target.tell()
        self._cipher = ChaCha20Poly1305(key)
        self._first = bytearray()
        self._last = bytearray()
        self._last_number = 1

    @property
    def _size(self) -> int:  # type: ignore[override]  # nobody sets it here
        if not self._last:
            return len(self._first) if self._last_number == 1 else self._last_number * PIECE
        return self._last_number * PIECE + len(self._last)

    def writable(self) -> bool:
        """It is there to be written."""
        return True

    def truncate(self, size: int | None = None, /) -> int:
        """Drop what follows a place within the first piece."""
        wanted = self._at if size is None else size
        if self._last_number > 1 or wanted > PIECE:
            raise OSError(errno.ESPIPE, os.strerror(errno.ESPIPE))
        del self._first[wanted:]
        self._last.clear()
        return wanted

    def write(self, data: bytes, /) -> int:  # type: ignore[override]  # of any buffer, bytes do
        """Take bytes at this place.

        Raises:
            OSError: `target` does not take them, or the place is sealed already.
        """
        view = memoryview(data)
        while view:
            count = self._put(view)
            self._at += count
            view = view[count:]
        return len(data)

    def finish(self) -> None:
        """Seal what is held; only then can it be opened."""
        only = self._size <= PIECE
        if not only:
            self._seal(self._last_number, bytes(self._last), last=True)
        self._seal(0, bytes(self._first), last=only)
        self._target.seek(0, os.SEEK_END)

    def _put(self, view: memoryview) -> int:
        number, offset = divmod(self._at, PIECE)
        if number == self._last_number + 1 and offset == 0 and len(self._last) == PIECE:
            self._seal(self._last_number, bytes(self._last), last=False)
            self._last.clear()
            self._last_number = number
        if number not in (0, self._last_number) or self._at > self._size:
            raise OSError(errno.ESPIPE, os.strerror(errno.ESPIPE))
        held = self._first if number == 0 else self._last
        count = min(len(view), PIECE - offset)
        held[offset : offset + count] = view[:count]
        return count

    def _seal(self, number: int, piece: bytes, *, last: bool) -> None:
        self._target.seek(self._begin + number * _SEALED_PIECE)
        self._target.write(self._cipher.encrypt(_nonce(number, last=last), piece, None))


class PieceReader(_InPieces):
    """Opens what is read, a piece at a time."""

    def __init__(self, source: BinaryIO, key: bytes) -> None:
        """Begin where `source` stands; the last piece is checked at once.

        Raises:
            OSError: `EBADMSG`, the end is missing or changed.
        """
        super().__init__()
        self._source = source
        self._begin = source.tell()
        self._cipher = ChaCha20Poly1305(key)
        sealed = source.seek(0, os.SEEK_END) - self._begin
        self._last, rest = divmod(max(0, sealed - 1), _SEALED_PIECE)
        self._size = self._last * PIECE + rest + 1 - _TAG
        self._number, self._piece = -1, b""
        if rest + 1 < _TAG or (rest + 1 == _TAG and self._last):
            raise damaged()
        self._load(self._last)

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def read(self, count: int | None = -1, /) -> bytes:
        """Give that many bytes, or all that are left.

        Raises:
            OSError: `EBADMSG`, a piece is damaged.
        """
        left = max(0, self._size - self._at)
        wanted = left if count is None or count < 0 else min(count, left)
        parts = []
        while wanted:
            number, offset = divmod(self._at, PIECE)
            self._load(number)
            part = self._piece[offset : offset + wanted]
            parts.append(part)
            self._at += len(part)
            wanted -= len(part)
        return b"".join(parts)

    def _load(self, number: int) -> None:
        if number == self._number:
            return
        self._source.seek(self._begin + number * _SEALED_PIECE)
        sealed = self._source.read(_SEALED_PIECE)
        with suppress(InvalidTag):
            nonce = _nonce(number, last=number == self._last)
            self._number, self._piece = number, self._cipher.decrypt(nonce, sealed, None)
            return
        raise damaged()


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
