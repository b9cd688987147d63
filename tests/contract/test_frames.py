"""Claims about messages between processes."""

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicereflect.adapters.child import frames

HEADERS = st.dictionaries(
    st.text(), st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.integers())
)
MESSAGES = st.lists(st.tuples(HEADERS, st.binary(max_size=300)), max_size=6)


@given(messages=MESSAGES)
def test_a_blocking_reader_gets_every_message_and_then_none(
    messages: list[tuple[dict[str, Any], bytes]],
) -> None:
    stream = io.BytesIO(b"".join(frames.encode(*message) for message in messages))
    assert [frames.read(stream) for _ in messages] == messages
    assert frames.read(stream) is None


def test_a_reader_waits_for_pieces_that_come_late() -> None:
    class OneByteAtATime(io.RawIOBase):
        def __init__(self, data: bytes) -> None:
            self._rest = io.BytesIO(data)

        def read(self, size: int = -1, /) -> bytes:
            return self._rest.read(min(size, 1))

    assert frames.read(OneByteAtATime(frames.encode({"a": 1}, b"xyz"))) == ({"a": 1}, b"xyz")


@pytest.mark.parametrize("missing", [1, 3, 9, 12])
def test_an_end_inside_a_message_is_an_error(missing: int) -> None:
    message = frames.encode({"a": 1}, b"xyz")
    with pytest.raises(ValueError, match="ended inside"):
        frames.read(io.BytesIO(message[:-missing]))


@pytest.mark.parametrize(
    "garbage",
    [
        b"\xff" * 64,
        b"\x03\x00\x00\x00\x00\x00\x00\x00{{{",
        b"\x02\x00\x00\x00\x00\x00\x00\x00[]",
        b"\x02\x00\x00\x00\x00\x00\x00\x00\xff\xfe",
        b"Traceback (most recent call last):\n",
    ],
)
def test_garbage_is_refused(garbage: bytes) -> None:
    with pytest.raises(ValueError, match="message"):
        frames.read(io.BytesIO(garbage))


def test_a_header_that_is_no_json_is_refused_before_it_is_sent() -> None:
    with pytest.raises(ValueError, match="no JSON"):
        frames.encode({"when": object()})
    with pytest.raises(ValueError, match="JSON"):
        frames.encode({"loudness": float("nan")})


def test_an_oversized_payload_is_refused_before_it_is_sent() -> None:
    with pytest.raises(ValueError, match="too large"):
        frames.encode({}, bytes(frames.MAX_PAYLOAD_BYTES + 1))
