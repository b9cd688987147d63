"""Messages between our processes: a JSON header and raw bytes, each with its length in front.

Knows bytes and streams of bytes; must not know what any message means.
"""

import json
import struct
from typing import Any, Protocol

MAX_HEADER_BYTES = 1 << 20
MAX_PAYLOAD_BYTES = 1 << 28

_LENGTHS = struct.Struct("<II")
_READ_AT_MOST = 1 << 20

Message = tuple[dict[str, Any], bytes]


class Readable(Protocol):
    """A blocking stream; raw or buffered."""

    def read(self, size: int, /) -> bytes | None:
        """Return up to `size` bytes, none of them at the end of the stream."""


def encode(header: dict[str, Any], payload: bytes = b"") -> bytes:
    """Frame one message.

    Raises:
        ValueError: the header is no JSON, or a part is larger than a reader accepts.
    """
    try:
        head = json.dumps(header, allow_nan=False, separators=(",", ":")).encode()
    except TypeError as error:
        raise ValueError(f"a header that is no JSON: {error}") from error
    _refuse_oversize(len(head), len(payload))
    return _LENGTHS.pack(len(head), len(payload)) + head + payload


def read(stream: Readable) -> Message | None:
    """Read one message from a blocking stream; None at its end.

    Raises:
        ValueError: garbage, an oversized message, or an end inside a message.
    """
    lengths = _read_exactly(stream, _LENGTHS.size)
    if not lengths:
        return None
    if len(lengths) < _LENGTHS.size:
        raise ValueError("the stream ended inside a message")
    head_length, payload_length = _LENGTHS.unpack(lengths)
    _refuse_oversize(head_length, payload_length)
    body = _read_exactly(stream, head_length + payload_length)
    if len(body) < head_length + payload_length:
        raise ValueError("the stream ended inside a message")
    return _header(body[:head_length]), body[head_length:]


def _read_exactly(stream: Readable, size: int) -> bytes:
    pieces = bytearray()
    while len(pieces) < size:
        piece = stream.read(min(size - len(pieces), _READ_AT_MOST))
        if not piece:
            break
        pieces += piece
    return bytes(pieces)


def _refuse_oversize(head_length: int, payload_length: int) -> None:
    if head_length > MAX_HEADER_BYTES or payload_length > MAX_PAYLOAD_BYTES:
        raise ValueError(f"a message of {head_length} + {payload_length} bytes is too large")


def _header(head: bytes) -> dict[str, Any]:
    try:
        header = json.loads(head)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        # the cause is not chained: it would carry the message's own text into a traceback
        raise ValueError("a message whose header is no JSON") from None
    if not isinstance(header, dict):
        raise ValueError("a message whose header is no JSON object")  # noqa: TRY004
    return header
