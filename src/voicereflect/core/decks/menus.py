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
_TELLING_LETTERS: Final = 4
"""A shorter word alone ("it", "not") names nothing."""
_FILLING: Final = frozenset(
    {
        *("a", "an", "the", "this", "that", "it", "i", "i'm", "we", "you", "my", "me", "us", "of"),
        *("is", "am", "are", "was", "has", "have", "had", "be", "been", "would", "do", "does"),
        *("well", "um", "uh", "oh", "so", "and", "then", "just", "yes", "please", "think", "in"),
        *("to", "for", "at", "one", "say", "pick", "choose", "take", "rather", "there"),
    }
)
"""Words that tell no choice from another."""


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
    return _named(menu, _telling(said))


def _named(menu: Sequence[tuple[str, str]], said: frozenset[str]) -> str | None:
    """Give the one choice whose telling words these are: all of them, or else a part of them."""
    if not any(len(word) >= _TELLING_LETTERS for word in said):
        return None
    told = [
        (id_, _telling(id_.replace("-", " ")), _telling(without_marks(say))) for id_, say in menu
    ]
    whole = [id_ for id_, name, words in told if said in (name, words)]
    some = [id_ for id_, _, words in told if said < words and "not" not in words - said]
    found = whole or some
    return found[0] if len(found) == 1 else None


def _telling(plain: str) -> frozenset[str]:
    words = (word.removesuffix("'s") for word in plain.split())
    return frozenset(_without_ending(word) for word in words if word not in _FILLING)


def _without_ending(word: str) -> str:
    """Take a last d off: "closed" is heard as "close" nine times in ten."""
    return word[:-1] if word.endswith("ed") and len(word) > _TELLING_LETTERS else word


def pick_asked_back(menu: Sequence[tuple[str, str]], pick: str) -> str:
    """Repeat a choice as a question."""
    say = dict(menu).get(pick, "none of these")
    return f"{say[:1].upper()}{say[1:]}, is that it?"
