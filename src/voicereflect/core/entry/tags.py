"""Tags as they are meant, whatever a hand or another program put around them; changes no page."""

from collections.abc import Sequence


def tags_in(written: Sequence[str]) -> tuple[str, ...]:
    """Give each tag once: `#garden, work` is two, without the `#`."""
    parts = (part.strip().lstrip("#") for each in written for part in each.split(","))
    return tuple(dict.fromkeys(filter(None, parts)))
