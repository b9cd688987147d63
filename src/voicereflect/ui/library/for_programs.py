"""Unsure words and differences as programs read them, and as pages take them; loads no rich."""

from typing import Any

from voicereflect.core.words.comparing.comparison import TextComparison
from voicereflect.core.words.mending import UnsureWord


def doubt_json(doubt: UnsureWord) -> dict[str, Any]:
    """An unsure word for programs."""
    return {
        "reference": f"{doubt.entry.id}/{doubt.answer.number}:{doubt.position}",
        "entry": doubt.entry.id,
        "answer": doubt.answer.number,
        "word": doubt.position,
        "text": doubt.word.text,
        "start_s": doubt.word.start_s,
        "end_s": doubt.word.end_s,
        "probability": doubt.word.probability,
        "vocabulary": list(doubt.known),
    }


def comparison_json(each: TextComparison) -> dict[str, Any]:
    """A comparison for programs."""
    return {
        "entry": each.entry,
        "answer": each.answer,
        "old": each.old,
        "new": each.new,
        "pieces": [{"old": piece.old, "new": piece.new} for piece in each.pieces],
    }
