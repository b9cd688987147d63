"""How a recording of a prompt is named: for people, and by the very words that are said."""

import hashlib
import re
import unicodedata
from typing import Final

DIGITS: Final = 16
"""Of the SHA-256 in hexadecimal: enough to tell any two sentences apart."""
_NAME: Final = re.compile(rf"(?:.*\.)?([0-9a-f]{{{DIGITS}}})\.flac", re.DOTALL)


def digest_of(text: str) -> str:
    """Give what a text is found by; runs of spaces are one, and letters are composed."""
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(plain.encode()).hexdigest()[:DIGITS]


def digest_in(name: str) -> str | None:
    """Give the digest in a file name; None where it is no recording's."""
    found = _NAME.fullmatch(name)
    return found[1] if found else None
