"""How a person points at a theme: by its name, or the beginning of it; knows names alone."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from voicereflect.errors import ThemeNotFound

if TYPE_CHECKING:
    from voicereflect.core.themes.theme import Theme

LIST_THEM: Final = "`voicereflect themes` lists them; the beginning of a name is enough."


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
    """Find a theme by its name or the beginning of it, in any case.

    Raises:
        ThemeNotFound: none, or several.
    """
    low = " ".join(name.casefold().split())
    for matches in (
        [each for each in themes if each.name.casefold() == low],
        [each for each in themes if each.name.casefold().startswith(low)],
        [each for each in themes if low in each.name.casefold()],
    ):
        shown = [each for each in matches if each.shown] or matches
        if len(shown) == 1:
            return shown[0]
        if shown:
            raise ThemeNotFound(f"This means {len(shown)} themes.", hint="Type more of its name.")
    raise ThemeNotFound("No theme has this name.", hint=LIST_THEM)
