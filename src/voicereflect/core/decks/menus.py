"""Menus for the ear: how choices are said, understood and asked back; knows no deck."""

from collections.abc import Sequence
from typing import Final

from voicereflect.core.words.marks import without_marks

OWN_WAY: Final = "Or tell it your own way, or say none of these."
NONE: Final = "none"
"""The choice that every menu has."""
MOST: Final = 4

_NUMBERS = (
    ("one", "first", "first one"),
    ("two", "second", "second one"),
    ("three", "third", "third one"),
    ("four", "fourth", "fourth one"),
)


def spoken_menu(menu: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Give a menu as it is said, one short utterance a choice."""
    numbered = [f"{number}: {say}." for number, (_, say) in enumerate(menu, start=1)]
    return (*numbered, OWN_WAY) if menu else ()


def pick_heard(menu: Sequence[tuple[str, str]], heard: str) -> str | None:
    """Give the choice a short utterance or key means; None if it is none of them."""
    said = without_marks(heard)
    for name in ("number ", "the "):
        said = said.removeprefix(name)
    if said in ("none of these", "none"):
        return NONE
    for number, (id_, say) in enumerate(menu, start=1):
        names = (str(number), *_NUMBERS[number - 1], id_.replace("-", " "), without_marks(say))
        if said in names:
            return id_
    return None


def pick_asked_back(menu: Sequence[tuple[str, str]], pick: str) -> str:
    """Repeat a choice as a question."""
    say = dict(menu).get(pick, "none of these")
    return f"{say[:1].upper()}{say[1:]}, is that it?"
