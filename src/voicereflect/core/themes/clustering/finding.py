"""How a person points at a theme; knows names alone."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from voicereflect.core.search.names import did_you_mean
from voicereflect.errors import ThemeNotFound

if TYPE_CHECKING:
    from voicereflect.core.themes.theme import Theme

NO_MATCH: Final = 3
MOST_TOLD: Final = 6
LIST_THEM: Final = (
    "`voicereflect themes` lists them; a handle or the beginning of a name is enough."
)
WHOLE_NAME: Final = "`voicereflect themes confirm` names those that wait; type the whole name."


def find_to_show(themes: "Sequence[Theme]", name: str) -> "Theme":
    """Find a theme as `find` does, of which something is to be shown.

    Raises:
        ThemeNotFound: none, or several, or one that waits for a yes.
    """
    found = find(themes, name)
    if found.waits_for_yes:
        raise ThemeNotFound(
            "This theme is shown only with your yes.",
            hint="`voicereflect themes confirm NAME` says it.",
        )
    return found


def find(themes: "Sequence[Theme]", name: str) -> "Theme":
    """Find a theme by its handle, its name or the beginning of it, in any case.

    One that waits for a yes is found by its whole name alone: no beginning of
    another word may stumble upon it.

    Raises:
        ThemeNotFound: none, or several.
    """
    low = " ".join(name.casefold().split())
    best = min((_how_far(each, low) for each in themes), default=NO_MATCH)
    if best == NO_MATCH:
        ask = did_you_mean(name, [each.name for each in themes if each.shown])
        raise ThemeNotFound("No theme has this name.", hint=f"{ask} {LIST_THEM}".strip())
    matches = [each for each in themes if _how_far(each, low) == best]
    shown = [each for each in matches if each.shown] or matches
    if len(shown) > 1:
        hint = f"Type more of its name, or its handle: {_handles(shown)}."
        raise ThemeNotFound(f"This means {len(shown)} themes.", hint=hint)
    return shown[0]


def _how_far(theme: "Theme", low: str) -> int:
    """How a name was typed: whole, its beginning, a part of it, or `NO_MATCH`."""
    name = theme.name.casefold()
    if low in (name, theme.handle):
        return 0
    if theme.waits_for_yes or low not in name:
        return NO_MATCH
    return 1 if name.startswith(low) else 2


def _handles(themes: "Sequence[Theme]") -> str:
    """The handles of some themes; a name is made of words that somebody said, and is no error's."""
    known = [each.handle for each in themes if each.handle]
    return ", ".join(known[:MOST_TOLD]) + ("…" if len(known) > MOST_TOLD else "")


def find_to_confirm(themes: "Sequence[Theme]", name: str) -> "Theme":
    """Find a theme by its whole name, in any case; of equals one that waits for a yes.

    Raises:
        ThemeNotFound: none has this name.
    """
    low = " ".join(name.casefold().split())
    matches = [each for each in themes if each.name.casefold() == low]
    if not matches:
        raise ThemeNotFound("No theme has this name.", hint=WHOLE_NAME)
    return min(matches, key=lambda each: not each.waits_for_yes)
