"""How fitted numbers lie in a file: one line of JSON, then all of them in half precision.

Knows nothing of what they are for.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from voicereflect.errors import SettingsError

Numbers = NDArray[np.float32]
Made = TypeVar("Made")


def dumped(head: Mapping[str, Any], numbers: Iterable[Numbers]) -> bytes:
    """Write them, one after the other, row by row."""
    rows = b"".join(each.astype("<f2").tobytes() for each in numbers)
    return json.dumps({**head, "sha256": hashlib.sha256(rows).hexdigest()}).encode() + b"\n" + rows


def parsed(content: bytes, form: int, make: Callable[[dict[str, Any], Numbers], Made]) -> Made:
    """Read them; `make` gets what else the first line says, and the numbers in one row.

    Raises:
        SettingsError: they are of another format than `form`, or damaged.
    """
    try:
        line, rows = content.split(b"\n", 1)
        return make(_head(line, rows, form), np.frombuffer(rows, dtype="<f2").astype("f4"))
    except (ValueError, KeyError, TypeError) as error:
        raise SettingsError(
            f"Numbers that come with the program cannot be read: {error}.",
            hint="Install voicereflect again.",
        ) from error


def _head(line: bytes, rows: bytes, form: int) -> dict[str, Any]:
    head: dict[str, Any] = json.loads(line)
    if head.pop("format") != form or head.pop("sha256") != hashlib.sha256(rows).hexdigest():
        raise ValueError("another format, or damaged")
    return head
