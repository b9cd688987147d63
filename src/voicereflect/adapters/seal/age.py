"""Files in the age format, for one X25519 key; with `stream`, the only user of cryptography.

Written from the specification (C2SP, age.md): the libraries that write it hold a whole
file in memory, and an answer may be an hour of sound.
"""

import hmac
import io
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO, Final, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from voicereflect.adapters.seal.stream import PieceReader, PieceWriter, damaged
from voicereflect.core.sealing import bech32, header
from voicereflect.core.sealing.header import MAGIC, Header, Stanza

RECIPIENT: Final = "age"
SECRET: Final = "AGE-SECRET-KEY-"  # noqa: S105 - how every secret key begins
_KIND: Final = "X25519"
_INFO: Final = b"age-encryption.org/v1/X25519"
_DIGESTS: Final = b"voicereflect/digests"
_FILE_KEY: Final = 16
_NONCE: Final = 16
_NOTHING: Final = bytes(12)
"""The nonce of what is sealed under a key that is used once."""


def new_identity() -> str:
    """Make a new secret key, as age writes it."""
    return bech32.encode(SECRET.lower(), secrets.token_bytes(32)).upper()


def recipient_of(identity: str) -> str:
    """Give the public key that belongs to a secret one.

    Raises:
        ValueError: it is no secret key.
    """
    return bech32.encode(RECIPIENT, _private(identity).public_key().public_bytes_raw())


class AgeCipher:
    """Seals for a public key; opens with its secret key, which is asked for when needed."""

    def __init__(
        self, recipient: str, identity: Callable[[], str], *, remembers: bool = False
    ) -> None:
        """Remember; the secret key is not asked for yet.

        One that `remembers` opens what it sealed itself without the secret key.

        Raises:
            ValueError: it is no public key.
        """
        self._recipient = bech32.decode(RECIPIENT, recipient)
        self._to = X25519PublicKey.from_public_bytes(self._recipient)
        self._identity = identity
        self._secret: X25519PrivateKey | None = None
        self._own = secrets.token_bytes(32) if remembers else b""
        """What the keys of files that are sealed here are made from."""

    def is_sealed(self, beginning: bytes) -> bool:
        return beginning.startswith(MAGIC)

    def seal(self, data: bytes) -> bytes:
        target = io.BytesIO()
        with self.sealing(target) as inner:
            inner.write(data)
        return target.getvalue()

    def open(self, data: bytes) -> bytes:
        return self.opening(io.BytesIO(data)).read()

    def keyed(self, data: bytes) -> bytes:
        secret = bech32.decode(SECRET.lower(), self._identity().strip())
        return hmac.digest(derived(secret, salt=b"", info=_DIGESTS), data, "sha256")

    @contextmanager
    def sealing(self, target: BinaryIO) -> Iterator[BinaryIO]:
        once = X25519PrivateKey.generate()
        share = once.public_key().public_bytes_raw()
        file_key = self._file_key(share)
        stanza = self._wrapped(once, share, file_key)
        inner = PieceWriter(target, write_head(target, file_key, stanza))
        yield cast("BinaryIO", inner)
        inner.finish()

    def opening(self, source: BinaryIO) -> BinaryIO:
        head = head_of(source)
        for stanza in head.stanzas:
            if stanza.words[0] == _KIND and (file_key := self._found_key(head, stanza)):
                return cast("BinaryIO", PieceReader(source, body_key(source, head, file_key)))
        raise damaged()

    def _file_key(self, share: bytes) -> bytes:
        """Make a new file's key; one who remembers makes the same again of the same share."""
        if not self._own:
            return secrets.token_bytes(_FILE_KEY)
        return hmac.digest(self._own, share, "sha256")[:_FILE_KEY]

    def _found_key(self, head: Header, stanza: Stanza) -> bytes:
        """Give a file's key, or nothing where it is wrapped for another."""
        with suppress(ValueError, IndexError):
            own = self._file_key(header.from_text(stanza.words[1]))
            if hmac.compare_digest(_mac(own, head.signed), head.mac):
                return own
        return self._unwrapped(stanza)

    def _wrapped(self, once: X25519PrivateKey, share: bytes, file_key: bytes) -> Stanza:
        key = derived(once.exchange(self._to), salt=share + self._recipient, info=_INFO)
        body = ChaCha20Poly1305(key).encrypt(_NOTHING, file_key, None)
        return Stanza((_KIND, header.to_text(share)), body)

    def _unwrapped(self, stanza: Stanza) -> bytes:
        """Give a file's key; nothing where it is wrapped for another."""
        self._secret = self._secret or _private(self._identity())
        try:
            share = header.from_text(stanza.words[1])
            met = self._secret.exchange(X25519PublicKey.from_public_bytes(share))
            key = derived(met, salt=share + self._recipient, info=_INFO)
            return ChaCha20Poly1305(key).decrypt(_NOTHING, stanza.body, None)
        except (InvalidTag, ValueError, IndexError):
            return b""


def write_head(target: BinaryIO, file_key: bytes, stanza: Stanza) -> bytes:
    """Write the head of a file; give the key of its body."""
    head = header.unsigned([stanza])
    nonce = secrets.token_bytes(_NONCE)
    target.write(header.signed(head, _mac(file_key, head)) + nonce)
    return derived(file_key, salt=nonce, info=b"payload")


def head_of(source: BinaryIO) -> Header:
    """Read the head of a file.

    Raises:
        OSError: `EBADMSG`, it is none.
    """
    try:
        return header.read(source)
    except (ValueError, UnicodeDecodeError) as error:
        raise damaged() from error


def body_key(source: BinaryIO, head: Header, file_key: bytes) -> bytes:
    """Check the head and give the key of the body; the source then stands at its first byte.

    Raises:
        OSError: `EBADMSG`, the head was changed.
    """
    nonce = source.read(_NONCE)
    if len(nonce) < _NONCE or not hmac.compare_digest(_mac(file_key, head.signed), head.mac):
        raise damaged()
    return derived(file_key, salt=nonce, info=b"payload")


def derived(secret: bytes, *, salt: bytes, info: bytes) -> bytes:
    """Make a key of 32 bytes from a secret (HKDF-SHA256, RFC 5869)."""
    extracted = hmac.digest(salt or bytes(32), secret, "sha256")
    return hmac.digest(extracted, info + b"\1", "sha256")


def _mac(file_key: bytes, head: bytes) -> bytes:
    return hmac.digest(derived(file_key, salt=b"", info=b"header"), head, "sha256")


def _private(identity: str) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(bech32.decode(SECRET.lower(), identity.strip()))
