"""Texts without what would steer a terminal; colours and bold may stay. Knows no stream."""

import re
from typing import Final

# C0, DEL, C1, and what turns the direction of text round; tabs and line feeds are text
_STEERING: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]"
)
_STYLES: Final = re.compile("(\x1b\\[[0-9;]*m)")
"""Colours and weights, which we print ourselves; they move nothing and write nowhere."""


def plain(text: str) -> str:
    """Leave out of a text what would steer a terminal."""
    return _STEERING.sub("", text)


def cleaned(text: str) -> str:
    """Leave out of what is printed all but text and its styles."""
    return "".join(each if n % 2 else plain(each) for n, each in enumerate(_STYLES.split(text)))
