"""What may come back to a person who did not name it: one rule for all that returns.

Entries of a day, quotes in questions, sentences of themes and the words a list shows come
unasked; a search, an echo and a list for programs are asked for. All of them ask here.
`docs/formats.md` says the same to whoever reads a vault without us.
"""

from collections.abc import Iterable
from typing import Final

from voicereflect.core.safety.calm import speaks_of_danger
from voicereflect.deck_model import HEAVY

OF_NO_DECK: Final = ("", "imported", "talk")
"""Names under which entries are kept that no deck asked for."""


def may_return(
    *,
    deck: str,
    depth: str | None,
    closed: bool,
    texts: Iterable[str] = (),
    asked: bool = False,
) -> bool:
    """Tell whether an entry may come back without being named.

    Unasked it may not if its deck is heavy, if a person closed it or still has to choose, or if
    one of `texts` plainly speaks of danger. `depth` is that of its deck, and None where no deck
    of that name can be read: such a deck may have been heavy. Where a person `asked` by words or
    by prompt, only what they closed or still have to choose about stays away.
    """
    if asked:
        return not closed
    is_heavy = deck not in OF_NO_DECK if depth is None else depth == HEAVY
    return not (is_heavy or closed or any(map(speaks_of_danger, texts)))
