"""What other speakers agreed to, as people and programs read it."""

from typing import Any

from voicereflect.core.entry.ids import day_of, short
from voicereflect.core.safety.withdrawal import ConsentRow


def line(row: ConsentRow) -> str:
    """One speaker of one entry: reference, day, name, and what was agreed to."""
    head = f"{short(row.entry.id)}  {day_of(row.entry.started_at)}  {row.speaker}"
    return f"{head}  {agreed(row)}{'  (in the trash)' if row.in_trash else ''}"


def agreed(row: ConsentRow) -> str:
    """What a speaker agreed to, in words."""
    consent = row.consent
    if consent.withdrawn:
        rest = "" if row.finished else ", not finished: withdraw once more"
        return f"withdrawn on {consent.withdrawn[:10]}{rest}"
    if not consent.kept:
        return "did not agree to be kept"
    counted = "counts in themes and searches" if consent.themes else "not in themes or searches"
    return f"kept, {counted}"


def as_json(row: ConsentRow) -> dict[str, Any]:
    """One speaker of one entry as JSON."""
    consent = row.consent
    return {
        "entry": row.entry.id,
        "day": day_of(row.entry.started_at).isoformat(),
        "deck": row.entry.deck,
        "title": row.entry.title,
        "speaker": row.speaker,
        "kept": consent.kept,
        "themes": consent.themes,
        "sayback": consent.sayback,
        "withdrawn": consent.withdrawn or None,
        "finished": row.finished,
        "in_trash": row.in_trash,
    }
