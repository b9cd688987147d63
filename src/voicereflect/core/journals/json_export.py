"""JSON that other programs wrote: opened part by part, so that a bad one harms no other."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from voicereflect.core.journals.values import ForeignText
from voicereflect.core.store import bounds
from voicereflect.errors import JournalUnreadable


def entries(page: ForeignText) -> Iterator[Mapping[str, Any]]:
    """Give what stands under `entries`; what is no table comes as an empty one.

    Raises:
        JournalUnreadable: it is not JSON, or has no such list.
    """
    try:
        whole = json.loads(page.text.removeprefix("\ufeff"))
    except RecursionError as error:
        raise unreadable(page.name, "it is nested too deeply") from error
    except json.JSONDecodeError as error:
        raise unreadable(page.name, f"line {error.lineno} is not JSON") from error
    except ValueError as error:  # such as a number of ten thousand digits
        raise unreadable(page.name, "it is not JSON within reason") from error
    found = whole.get("entries") if isinstance(whole, dict) else None
    if not isinstance(found, list):
        raise unreadable(page.name, "it has no list of entries")
    return (each if isinstance(each, dict) else {} for each in found)


def texts(found: Mapping[str, Any], *keys: str) -> tuple[str, ...]:
    """Give texts that may be missing.

    Raises:
        ValueError: one is something else, or cannot be written.
    """
    given = tuple(found.get(key) or "" for key in keys)
    for key, each in zip(keys, given, strict=True):
        if not isinstance(each, str):
            raise ValueError(f"its `{key}` is no text")  # noqa: TRY004 - as bounds does
    bounds.check(given)
    return given


def words(found: Mapping[str, Any], key: str) -> list[str]:
    """Give a list of words; whatever else stands there is none."""
    given = found.get(key)
    listed = given if isinstance(given, list) else []
    return [each for each in listed if isinstance(each, str) and each.isprintable()]


def tables(found: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    """Give a list of tables; whatever else stands there is none."""
    given = found.get(key)
    return [each for each in given if isinstance(each, dict)] if isinstance(given, list) else []


def unreadable(name: str, problem: str) -> JournalUnreadable:
    """Make the error for a whole file; `problem` must hold no word of it."""
    return JournalUnreadable(
        f"{name}: {problem}.",
        hint="Nothing was taken in. See whether it is whole, and whether --from names its program.",
    )
