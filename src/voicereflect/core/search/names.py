"""Names as people type them, found among those there are; knows nothing of what is named."""

import difflib
import re
from collections.abc import Collection, Mapping
from typing import Final

from voicereflect.core.words.folding import folded

_BETWEEN: Final = re.compile(r"[\s_-]+")
_ALIKE: Final = 0.6
_SUGGESTED: Final = 3


def plain(name: str) -> str:
    """Give a name without case, marks, the `#` of a tag, and what stands between its words."""
    return _BETWEEN.sub("-", folded(name).strip().lstrip("#"))


def known(typed: str, names: Collection[str]) -> str | None:
    """Find the name that is meant, however it is written; None if there is none, or several."""
    if typed in names:
        return typed
    meant = [each for each in names if plain(each) == plain(typed)]
    return meant[0] if len(meant) == 1 else None


def near(typed: str, names: Collection[str]) -> tuple[str, ...]:
    """Give the names that are spelt most alike, the nearest first."""
    spelt: Mapping[str, str] = {plain(each): each for each in sorted(names)}
    found = difflib.get_close_matches(plain(typed), spelt, _SUGGESTED, cutoff=_ALIKE)
    begun = [each for each in spelt if typed and each.startswith(plain(typed))]
    return tuple(spelt[each] for each in dict.fromkeys((*found, *begun)))[:_SUGGESTED]


def did_you_mean(typed: str, names: Collection[str]) -> str:
    """Ask whether something spelt alike was meant; empty where nothing is."""
    found = [f'"{each}"' for each in near(typed, names)]
    return f"Did you mean {' or '.join(found)}?" if found else ""
