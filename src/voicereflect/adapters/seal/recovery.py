"""The recovery key in words: twelve of the list of BIP 39, the last of which also checks them.

The only user of mnemonic.
"""

import re
from typing import Final

from mnemonic import Mnemonic

from voicereflect.errors import WrongPassphrase

COUNT: Final = 12
_BITS: Final = 128
_ENOUGH: Final = 4
"""Letters by which every word of the list is known."""


def new_words() -> str:
    """Make a new key: twelve words with one space between two, which is what opens the file."""
    return _list().generate(_BITS)


def understood(typed: str) -> str:
    """Give the key as it was made, from what somebody typed: any case, four letters of a word.

    Raises:
        WrongPassphrase: these are not twelve words of the list, or two were mixed up.
            It says where, and not what was typed.
    """
    known = _list()
    words = []
    for number, part in enumerate(re.findall(r"[^\W\d_]+", typed.lower()), 1):
        found = [each for each in known.wordlist if each == part]
        if not found and len(part) >= _ENOUGH:
            found = [each for each in known.wordlist if each.startswith(part[:_ENOUGH])]
        if not found or not found[0].startswith(part):
            raise _wrong(f"Word {number} is not in the list of recovery words.")
        words.append(found[0])
    if len(words) != COUNT:
        raise _wrong(f"A recovery key has {COUNT} words; these are {len(words)}.")
    if not known.check(" ".join(words)):
        raise _wrong("These words do not belong together; one of them is another, or two swapped.")
    return " ".join(words)


def _list() -> Mnemonic:
    return Mnemonic("english")


def _wrong(what: str) -> WrongPassphrase:
    return WrongPassphrase(what, hint="Compare them with what you wrote down, then try again.")
