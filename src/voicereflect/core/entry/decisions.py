"""Whether an entry is open, closed, or waits for the choice between them; knows the entry alone.

Until then it is in no index, no theme and no quote: whoever begins an entry
whose deck asks at its end marks it, and only the choice takes the mark away.
"""

from dataclasses import replace
from typing import Final

from voicereflect.model import Entry

UNDECIDED: Final = "undecided"
"""Front-matter key: true from the beginning of such an entry until the choice."""
CLOSED: Final = "closed"
"""Front-matter key: true where it may return only when asked for."""


def is_undecided(entry: Entry) -> bool:
    """Tell whether the choice has not been made."""
    return entry.extra.get(UNDECIDED) is True


def is_closed(entry: Entry) -> bool:
    """Tell whether the entry stays out of everything that returns unasked."""
    return entry.extra.get(CLOSED) is True or is_undecided(entry)


def undecided(entry: Entry) -> Entry:
    """Let an entry wait for the choice."""
    return replace(entry, extra={**entry.extra, UNDECIDED: True})


def decided(entry: Entry, *, closed: bool) -> Entry:
    """Keep an entry, closed or open."""
    others = {k: v for k, v in entry.extra.items() if k not in (UNDECIDED, CLOSED)}
    return replace(entry, extra={**others, CLOSED: True} if closed else others)
