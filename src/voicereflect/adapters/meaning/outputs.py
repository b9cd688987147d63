"""Has a model file give what it reckons on its way, too; knows the file's format and no model.

ONNX files are Protocol Buffers: what is appended to one is merged into it.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

GRAPH: Final = 7
"""The number of a model's graph, and below of a graph's output and an output's name."""
OUTPUT: Final = 12
NAME: Final = 1


def with_outputs(file: Path, names: Iterable[str]) -> bytes:
    """Read a model file, with values that lie inside its graph as further outputs."""
    more = b"".join(_field(OUTPUT, _field(NAME, name.encode())) for name in names)
    return file.read_bytes() + _field(GRAPH, more)


def _field(number: int, content: bytes) -> bytes:
    return bytes([number << 3 | 2]) + _length(len(content)) + content


def _length(size: int) -> bytes:
    """Seven bits in each byte, the last ones first; a high bit tells that more follow."""
    low, rest = size & 0x7F, size >> 7
    return bytes([low | 0x80]) + _length(rest) if rest else bytes([low])
