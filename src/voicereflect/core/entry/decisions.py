"""Whether an entry is open, closed, or waits for the choice between them; knows the entry alone.

Until then it is in no index, no theme and no quote: whoever begins an entry
whose deck asks at its end marks it, and only the choice takes the mark away.
"""

from dataclasses import replace

from voicereflect.model import Entry


def is_closed(entry: Entry) -> bool:
    """Tell whether the entry stays out of everything that returns unasked."""
    return entry.closed or entry.undecided


def undecided(entry: Entry) -> Entry:
    """Let an entry wait for the choice."""
    return replace(entry, undecided=True)


def decided(entry: Entry, *, closed: bool) -> Entry:
    """Keep an entry, closed or open."""
    return replace(entry, undecided=False, closed=closed)
