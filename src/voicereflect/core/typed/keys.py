"""Which keys of a session there are where answers are typed: those that need no sound."""

from typing import Final

from voicereflect.core.typed.strokes import EditKey, Stroke

USED: Final = frozenset({"enter", *"snxgvuhqy", *"0123456789"})
"""By the names of `core/session/keys.py`."""


def named(stroke: Stroke) -> str:
    """Name what was typed as a key; empty for what is none, such as a paste."""
    if stroke in {"\n", EditKey.DONE}:
        return "enter"
    return stroke.lower() if isinstance(stroke, str) and len(stroke) == 1 else ""
