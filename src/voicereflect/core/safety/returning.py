"""What may come back to a person who did not ask for it: one rule for all that returns.

Entries of a day, quotes in questions and sentences of themes all ask here.
`docs/formats.md` says the same to whoever reads a vault without us.
"""

from collections.abc import Iterable
from typing import Final

from voicereflect.core.safety.calm import speaks_of_danger
from voicereflect.deck_model import HEAVY

OF_NO_DECK: Final = ("", "imported", "talk")
"""Names under which entries are kept that no deck asked for."""


def may_return(*, deck: str, depth: str | None, closed: bool, texts: Iterable[str] = ()) -> bool:
    """Tell whether an entry may come back unasked.

    It may not if its deck is heavy, if a person closed it or still has to choose, or if one of
    `texts` plainly speaks of danger. `depth` is that of its deck, and None where no deck of that
    name can be read: such a deck may have been heavy.
    """
    is_heavy = deck not in OF_NO_DECK if depth is None else depth == HEAVY
    return not (is_heavy or closed or any(map(speaks_of_danger, texts)))
