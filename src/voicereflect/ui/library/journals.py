"""What an import of another program's export would bring, and what it brought."""

from collections.abc import Iterator, Mapping
from typing import Any

from voicereflect.core.entry.days import day_in_words
from voicereflect.core.entry.ids import day_of
from voicereflect.core.exchange.imports import Brought, ImportPlan, TakenBack
from voicereflect.ui.counting import counted_or_no

_MOST = 10
"""Different reasons that are told one by one."""


def planned(plan: ImportPlan) -> Iterator[str]:
    """Say what would come in, what is there already, and what is left out."""
    yield f"{plan.name}: {counted_or_no(len(plan.new), 'new entry', 'new entries')}{_span(plan)}."
    sounds = counted_or_no(plan.sounds, "recording") if plan.sounds else ""
    files = counted_or_no(plan.files, "other file") if plan.files else ""
    if brings := " and ".join(filter(None, (sounds, files))):
        yield f"  With {brings}."
    if plan.doubles:
        stay = "is there already and stays as it is"
        more = "are there already and stay as they are"
        yield f"  {plan.doubles} {stay if plan.doubles == 1 else more}."
    yield from (f"  {line}" for line in reasons(plan.left_out))


def brought(told: Brought) -> Iterator[str]:
    """Say what came in."""
    yield f"Kept: {counted_or_no(told.entries, 'entry', 'entries')}. " + (
        "`voicereflect import --undo` takes all of it back."
        if told.entries
        else "Nothing was changed."
    )
    yield from reasons(told.problems)


def taken_back(told: TakenBack) -> Iterator[str]:
    """Say what an undone import left."""
    entries = counted_or_no(told.entries, "entry", "entries")
    yield f"Moved to the trash: {entries} from {told.made.name}. See `voicereflect trash list`."
    if told.busy:
        yield f"In use by a session: {told.busy}. The same command takes them back later."


def reasons(found: Mapping[str, int]) -> Iterator[str]:
    """Say why parts were left out, the same reason once."""
    for what, count in list(found.items())[:_MOST]:
        yield what if count == 1 else f"{count} times: {what}"
    if len(found) > _MOST:
        yield f"And {sum(list(found.values())[_MOST:])} more."


def plan_json(plan: ImportPlan, told: Brought | None) -> dict[str, Any]:
    """The same for programs; without `told` nothing was done."""
    return {
        "name": plan.name,
        "program": plan.program.value,
        "new": len(plan.new),
        "recordings": plan.sounds,
        "files": plan.files,
        "doubles": plan.doubles,
        "left_out": [{"why": why, "count": count} for why, count in plan.left_out.items()],
        "kept": told.entries if told else 0,
        "problems": [
            {"why": why, "count": count} for why, count in (told.problems if told else {}).items()
        ],
    }


def _span(plan: ImportPlan) -> str:
    days = sorted(day_of(each.entry.started_at) for each in plan.new)
    if not days:
        return ""
    first, last = day_in_words(days[0]), day_in_words(days[-1])
    return f", {first}" if first == last else f", {first} to {last}"
