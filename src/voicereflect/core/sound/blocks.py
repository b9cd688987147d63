"""Sound in blocks of one size; knows bytes and samples."""

from collections.abc import Iterator

from voicereflect.model import BYTES_PER_SAMPLE


def equal_blocks(pieces: Iterator[bytes], size: int) -> Iterator[bytes]:
    """Cut the same samples into blocks of `size` bytes, the last one shorter.

    Half a sample at the end is left out.
    """
    waiting = bytearray()
    for piece in pieces:
        waiting += piece
        while len(waiting) >= size:
            yield bytes(waiting[:size])
            del waiting[:size]
    if whole := len(waiting) // BYTES_PER_SAMPLE * BYTES_PER_SAMPLE:
        yield bytes(waiting[:whole])
