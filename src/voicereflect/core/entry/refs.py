"""How a person points at an entry, an answer or a word; knows ids, not what they stand for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from voicereflect.errors import EntryNotFound

_SHAPE = re.compile(
    r"(?P<name>[^/:\s]+)(?:/(?P<answer>[1-9][0-9]{0,8})(?::(?P<word>[1-9][0-9]{0,8}))?)?", re.ASCII
)
_BACK = re.compile(r"-([1-9][0-9]{0,8})", re.ASCII)
_LISTED = 10
_HOW = "Use `last`, `-2`, a day such as yesterday, or the letters that `list` begins with."


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """An entry, and perhaps an answer of it, and perhaps a word of that; counted from 1."""

    entry: str
    answer: int | None = None
    word: int | None = None


def parse(text: str) -> Reference:
    """Take a reference apart; `entry` is still what the person typed.

    Raises:
        EntryNotFound: not of the shape `ENTRY`, `ENTRY/ANSWER` or `ENTRY/ANSWER:WORD`.
    """
    shape = _SHAPE.fullmatch(text.strip())
    if shape is None:
        raise EntryNotFound(
            f"`{text}` is not a reference.",
            hint="Write ENTRY, ENTRY/ANSWER or ENTRY/ANSWER:WORD, as in `last/2:14`.",
        )
    answer, word = shape["answer"], shape["word"]
    return Reference(
        entry=shape["name"],
        answer=int(answer) if answer else None,
        word=int(word) if word else None,
    )


def steps_back(text: str) -> int:
    """Tell how many of the newest entries have to be known: 1 for `last`, 2 for `-2`; 0 is all.

    Raises:
        EntryNotFound: not of a reference's shape.
    """
    name = parse(text).entry
    back = _BACK.fullmatch(name)
    return 1 if name.lower() == "last" else int(back[1]) if back else 0


def resolve(text: str, ids_newest_last: Sequence[str]) -> Reference:
    """Find the entry a reference means; `-1` is the last one, `-2` the one before.

    Raises:
        EntryNotFound: it names no entry, or several, which are listed.
    """
    typed = parse(text)
    return replace(typed, entry=_find(typed.entry, ids_newest_last))


def _find(name: str, ids: Sequence[str]) -> str:
    if not ids:
        raise EntryNotFound(
            "There is no entry yet.", hint="`voicereflect reflect` makes the first."
        )
    if name.lower() == "last":
        return ids[-1]
    if back := _BACK.fullmatch(name):
        if int(back[1]) > len(ids):
            raise EntryNotFound(f"`{name}` is before the first of {len(ids)} entries.", hint=_HOW)
        return ids[-int(back[1])]
    if name in ids:
        return name
    low = name.lower()
    matches = [i for i in ids if i.lower().startswith(low) or i.lower().endswith(low)]
    if len(matches) == 1:
        return matches[0]
    if not matches:
        raise EntryNotFound(f"No entry matches `{name}`.", hint=_HOW)
    raise EntryNotFound(
        f"`{name}` matches {len(matches)} entries: {_listed(matches)}.",
        hint="Type more letters of the one you mean.",
    )


def _listed(matches: Sequence[str]) -> str:
    newest = list(matches[-_LISTED:])
    more = len(matches) - len(newest)
    return ", ".join(newest) + (f" and {more} older" if more else "")
