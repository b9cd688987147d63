"""Keys as letters, the way age writes them (bech32, BIP 173); knows no cryptography."""

from collections.abc import Iterable, Sequence
from typing import Final

_LETTERS: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECK: Final = 6


def encode(prefix: str, data: bytes) -> str:
    """Write bytes as letters, with a checksum at the end."""
    values = _regrouped(data, 8, 5, pad=True)
    polymod = _polymod([*_expanded(prefix), *values, *([0] * _CHECK)]) ^ 1
    check = [(polymod >> 5 * (_CHECK - 1 - place)) & 31 for place in range(_CHECK)]
    return f"{prefix}1{''.join(_LETTERS[each] for each in (*values, *check))}"


def decode(prefix: str, text: str) -> bytes:
    """Read what `encode` wrote, in small or in capital letters.

    Raises:
        ValueError: another prefix stands there, or a letter is wrong.
    """
    if text not in (text.lower(), text.upper()):
        raise ValueError("small and capital letters are mixed")
    given, _, letters = text.lower().rpartition("1")
    if given != prefix.lower() or not set(letters) <= set(_LETTERS):
        raise ValueError("it is no key of this kind")
    values = [_LETTERS.index(each) for each in letters]
    if len(values) < _CHECK or _polymod([*_expanded(given), *values]) != 1:
        raise ValueError("a letter of the key is wrong")
    return bytes(_regrouped(values[:-_CHECK], 5, 8, pad=False))


def _expanded(prefix: str) -> list[int]:
    codes = [ord(each) for each in prefix.lower()]
    return [*(code >> 5 for code in codes), 0, *(code & 31 for code in codes)]


def _polymod(values: Iterable[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, factor in enumerate(_GENERATOR):
            if top >> place & 1:
                check ^= factor
    return check


def _regrouped(values: Sequence[int], width: int, wanted: int, *, pad: bool) -> list[int]:
    """Cut the same bits into groups of another width."""
    held = bits = 0
    groups = []
    for value in values:
        held = held << width | value
        bits += width
        while bits >= wanted:
            bits -= wanted
            groups.append(held >> bits & ((1 << wanted) - 1))
    rest = held & ((1 << bits) - 1)
    if pad and bits:
        groups.append(rest << (wanted - bits))
    elif not pad and (bits >= width or rest):
        raise ValueError("it ends in the middle of a byte")
    return groups
