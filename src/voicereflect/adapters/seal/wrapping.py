"""A secret key in a small age file of its own, wrapped by a passphrase at one fixed cost.

Others choose the cost by how fast the machine happens to be, and then refuse each other's files.
"""

import hashlib
import io
import re
import secrets
from contextlib import suppress
from typing import BinaryIO, Final, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from voicereflect.adapters.seal.age import SECRET, body_key, head_of, write_head
from voicereflect.adapters.seal.stream import PieceReader, PieceWriter, damaged
from voicereflect.core.sealing import header
from voicereflect.core.sealing.header import Stanza
from voicereflect.errors import WrongPassphrase

COST: Final = 18
"""2^18 rounds of scrypt: about a second, and 256 MB while it lasts."""
_DEAREST: Final = 20
_LARGEST: Final = 1 << 30
_KIND: Final = "scrypt"
_SALT: Final = 16
_LABEL: Final = b"age-encryption.org/v1/scrypt"
_IDENTITY: Final = re.compile(rf"^{SECRET}1[0-9A-Z]+$", re.MULTILINE)


class ScryptWrapping:
    """Wraps at one cost, and unwraps what has another."""

    def __init__(self, cost: int = COST) -> None:
        """Remember the cost, as a power of two."""
        self._cost = cost

    def wrap(self, identity: str, passphrase: str) -> bytes:
        return wrap(identity, passphrase, cost=self._cost)

    def unwrap(self, data: bytes, passphrase: str) -> str:
        return unwrap(data, passphrase)


def wrap(identity: str, passphrase: str, *, cost: int = COST) -> bytes:
    """Make an age file of a secret key that `passphrase` opens."""
    file_key, salt = secrets.token_bytes(16), secrets.token_bytes(_SALT)
    body = ChaCha20Poly1305(_stretched(passphrase, salt, cost)).encrypt(bytes(12), file_key, None)
    target = io.BytesIO()
    stanza = Stanza((_KIND, header.to_text(salt), str(cost)), body)
    inner = PieceWriter(target, write_head(target, file_key, stanza))
    inner.write(f"{identity}\n".encode())
    inner.finish()
    return target.getvalue()


def unwrap(data: bytes, passphrase: str) -> str:
    """Give the secret key.

    Raises:
        WrongPassphrase: another one opens it.
        OSError: `EBADMSG`, the file is damaged.
    """
    source = cast("BinaryIO", io.BytesIO(data))
    head = head_of(source)
    key = body_key(source, head, _file_key(head.stanzas, passphrase))
    text = PieceReader(source, key).read().decode()
    found = _IDENTITY.search(text)
    if found is None:
        raise damaged()
    return found[0]


def _file_key(stanzas: tuple[Stanza, ...], passphrase: str) -> bytes:
    match stanzas:
        case (Stanza(words=("scrypt", salt, cost), body=body),) if cost.isdecimal():
            pass
        case _:
            raise damaged()
    if not 0 < int(cost) <= _DEAREST:
        raise damaged()  # it would take minutes, and gigabytes
    try:
        key = _stretched(passphrase, header.from_text(salt), int(cost))
    except ValueError as error:
        raise damaged() from error
    with suppress(InvalidTag):
        return ChaCha20Poly1305(key).decrypt(bytes(12), body, None)
    raise WrongPassphrase("That does not open the vault.", hint="Nothing was changed. Try again.")


def _stretched(passphrase: str, salt: bytes, cost: int) -> bytes:
    salted = _LABEL + salt
    size = {"n": 1 << cost, "r": 8, "p": 1, "maxmem": _LARGEST + (1 << 26), "dklen": 32}
    return hashlib.scrypt(passphrase.encode(), salt=salted, **size)
