"""What any file may hold: text that can be written, numbers and dates within reason.

Every reader checks here, so that a bad file is a reported problem and never a crash. Knows
no file and no key; what is wrong is a ValueError without a word of the file.
"""

import json
import math
import re
import tomllib
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, Final

LARGEST_NUMBER: Final = 999_999
"""The number of the last answer that an entry can have."""
LONGEST_S: Final = 1e9
"""More seconds than anybody speaks in a life."""
MOST_SAMPLES: Final = 10**12
FASTEST_HZ: Final = 655_350
"""The highest rate that FLAC can keep."""
FIRST_YEAR: Final = 1000
LAST_YEAR: Final = 9998
"""Another zone's offset, or the day before, must still be a date."""
_DEEPEST: Final = 64
_DEEPEST_LINE: Final = 400
_BRACKETS: Final = re.compile(r"[\[\]{}]")
_MOST_VALUES: Final = 1_000_000
"""With aliases a short YAML text can stand for more values than fit into memory."""
_GROUPS: Final = (list, tuple, set, frozenset)
_LARGEST: Final = 10**300
_HALVES: Final = re.compile(r"[\ud800-\udfff]+")
_ESCAPED_HALF: Final = re.compile(r"\\u[dD][89a-fA-F]")
_PLACE: Final = re.compile(r"\s*\(at line (\d+), column \d+\)")
_END: Final = " (at end of document)"
_RAW_BYTES: Final = range(0xDC80, 0xDD00)


def toml(text: str) -> dict[str, Any]:
    """Read TOML, all of whose values are within bounds.

    Raises:
        ValueError: what is wrong; a `TOMLDecodeError` where it is not TOML at all.
    """
    try:
        table = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError:
        raise
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    except (ValueError, OverflowError) as error:
        raise ValueError("it holds a number beyond reason") from error
    check(table)
    return table


def toml_problem(text: str, error: ValueError) -> tuple[int, str]:
    """Give the line (1 if unknown) and the problem of an error that `toml` raised."""
    said = str(error)
    if not isinstance(error, tomllib.TOMLDecodeError):
        return 1, said
    place = _PLACE.search(said)
    line = int(place[1]) if place else text.rstrip().count("\n") + 1
    return line, f"this is not TOML: {_PLACE.sub('', said).removesuffix(_END)}"


def is_deep(lines: Sequence[str]) -> bool:
    """Tell, before a YAML parser reads it, whether a text is nested too deeply to be parsed."""
    whole = "".join(lines)
    brackets = whole.count("[") + whole.count("{")
    if max(map(len, lines), default=0) <= _DEEPEST_LINE and brackets <= _DEEPEST_LINE:
        return False
    depth = 0
    for line in lines:
        if len(line) - len(line.lstrip(" \t-?:")) > _DEEPEST_LINE:
            return True
        for bracket in _BRACKETS.findall(line):
            depth += 1 if bracket in "[{" else -1
            if depth > _DEEPEST_LINE:
                return True
    return False


def json_value(text: str | bytes) -> Any:
    """Read JSON whose texts can be written; its numbers are for the caller to check.

    Raises:
        ValueError: it is not JSON, nested too deeply, or holds half a character.
    """
    plain = text if isinstance(text, str) else text.decode()
    try:
        value = json.loads(plain)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    # Without such an escape there can be no half, and looking at every value takes long.
    if _ESCAPED_HALF.search(plain):
        check(value)
    return value


def check(value: object) -> None:
    """Check that a value and everything in it can be written and is within bounds.

    Raises:
        ValueError: it cannot.
    """
    left: list[tuple[Collection[object], int]] = [((value,), 0)]
    seen = 0
    while left:
        group, depth = left.pop()
        seen += len(group)
        if group and (depth > _DEEPEST or seen > _MOST_VALUES):
            raise ValueError("it is nested too deeply")
        for each in group:
            if isinstance(each, str):
                if not each.isascii() and _HALVES.search(each):
                    raise ValueError("it holds half a character")
            elif isinstance(each, dict):
                left += [(each.keys(), depth + 1), (each.values(), depth + 1)]
            elif isinstance(each, _GROUPS):
                left.append((each, depth + 1))
            else:
                _check_one(each)


def _check_one(value: object) -> None:
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError("it holds a number that is not finite")
    elif isinstance(value, int):
        if abs(value) > _LARGEST:
            raise ValueError("it holds a number beyond reason")
    elif isinstance(value, date) and not in_calendar(value):
        raise ValueError("it holds a date beyond reason")


def in_calendar(day: date) -> bool:
    """Tell whether a day or moment stays a date in every zone and on the day before it."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def moment(text: object) -> datetime:
    """Read a moment.

    Raises:
        ValueError: it is none, or beyond reason.
    """
    if not isinstance(text, str):
        raise ValueError("it is no moment")  # noqa: TRY004 - one error for every reader
    found = datetime.fromisoformat(text.strip())
    if not in_calendar(found):
        raise ValueError("it is beyond reason")
    return found


def whole(value: object, least: int, most: int) -> int:
    """Take a whole number of that range; true and false are none.

    Raises:
        ValueError: it is none.
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ValueError("it is no such whole number")
    return value


def amount(value: object, least: float, most: float) -> float:
    """Take a number of that range, which is finite; true and false are none.

    Raises:
        ValueError: it is none.
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise ValueError("it is no such number")
    return float(value)


def readable(name: str) -> str:
    """Give a name from the system as text that can be written and read.

    A file's name may be any bytes: those that are not UTF-8 are read as Windows and
    Latin-1 have them, which is what they nearly always are. Any other text stays as it is.
    """
    return _HALVES.sub(_letters, name)


def _letters(found: re.Match[str]) -> str:
    return "".join(
        bytes([ord(half) - 0xDC00]).decode("cp1252", "replace")
        if ord(half) in _RAW_BYTES
        else "\ufffd"
        for half in found[0]
    )
