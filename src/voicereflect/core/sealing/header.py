"""The head of an age file, which says for whom it is; knows its form, and no cryptography."""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

MAGIC: Final = b"age-encryption.org/v1\n"
"""How every age file begins."""
_END: Final = b"---"
_COLUMNS: Final = 64
_LONGEST: Final = 1 << 16
"""Bytes of the longest head that is read; one of ours has two hundred."""
_WORD: Final = re.compile(r"[\x21-\x7e]+")


@dataclass(frozen=True, slots=True)
class Stanza:
    """The key of one file, wrapped for one key or passphrase."""

    words: tuple[str, ...]
    """Its kind, then what that kind needs."""
    body: bytes


@dataclass(frozen=True, slots=True)
class Header:
    """A head, and what proves that nobody changed it."""

    stanzas: tuple[Stanza, ...]
    signed: bytes
    """The bytes that `mac` is made over."""
    mac: bytes


def unsigned(stanzas: Sequence[Stanza]) -> bytes:
    """Write a head up to what is to be signed."""
    lines = [MAGIC.rstrip(b"\n")]
    for stanza in stanzas:
        lines.append(f"-> {' '.join(stanza.words)}".encode())
        text = to_text(stanza.body).encode()
        # a full last line is followed by an empty one
        lines += (text[at : at + _COLUMNS] for at in range(0, len(text) + 1, _COLUMNS))
    return b"\n".join((*lines, _END))


def signed(head: bytes, mac: bytes) -> bytes:
    """Write the whole head."""
    return head + b" " + to_text(mac).encode() + b"\n"


def read(source: BinaryIO) -> Header:
    """Read a head; the source then stands at the first byte after it.

    Raises:
        ValueError: it is none, or of another version.
    """
    if source.read(len(MAGIC)) != MAGIC:
        raise ValueError("it is no age file")
    kept, stanzas = MAGIC, list[Stanza]()
    while True:
        line = _line(source, kept)
        if line.startswith(_END + b" "):
            return Header(tuple(stanzas), kept + _END, from_text(line[len(_END) + 1 :].decode()))
        if not line.startswith(b"-> "):
            raise ValueError("its head is damaged")
        kept += line + b"\n"
        words = tuple(line[3:].decode("ascii").split(" "))
        text = b""
        while True:
            part = _line(source, kept)
            kept += part + b"\n"
            text += part
            if len(part) < _COLUMNS:
                break
        if not all(map(_WORD.fullmatch, words)) or len(part) > _COLUMNS:
            raise ValueError("its head is damaged")
        stanzas.append(Stanza(words, from_text(text.decode("ascii"))))


def to_text(data: bytes) -> str:
    """Write bytes as age does: base64 without what fills it up."""
    return base64.b64encode(data).decode().rstrip("=")


def from_text(text: str) -> bytes:
    """Read what `to_text` wrote.

    Raises:
        ValueError: it is not that, or not in its one spelling.
    """
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except binascii.Error as error:
        raise ValueError("its head is damaged") from error
    if to_text(data) != text:
        raise ValueError("its head is damaged")
    return data


def _line(source: BinaryIO, before: bytes) -> bytes:
    line = source.readline(_LONGEST)
    if not line.endswith(b"\n") or len(before) + len(line) > _LONGEST:
        raise ValueError("its head is damaged")
    return line[:-1]
