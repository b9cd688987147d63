"""Entries as people and programs read them on standard output."""

import textwrap
from typing import Any

from voicereflect.model import Answer, Entry
from voicereflect.ui.wording import clock, day_and_time, text_of

WIDTH = 78
FIRST_WORDS = 40


def line(entry: Entry) -> str:
    """One entry in one line of at most 80 columns: reference, day, title, first words."""
    letters = entry.id.rpartition("-")[2]
    seconds = sum(answer.duration_s for answer in entry.answers)
    tags = "".join(f" #{tag}" for tag in entry.tags)
    head = f"{letters}  {entry.started_at:%Y-%m-%d %H:%M}  {clock(seconds):>6}  {entry.title}{tags}"
    words = next((answer.text for answer in entry.answers if answer.text), "")
    room = WIDTH - len(head) - 3
    if not words or room < FIRST_WORDS // 4:
        return head
    return f"{head} · {textwrap.shorten(words, min(room, FIRST_WORDS), placeholder='…')}"


def page(entry: Entry, answers: tuple[Answer, ...], perhaps: frozenset[int] = frozenset()) -> str:
    """An entry, or some of its answers, to be read in a terminal.

    In those answers where something more may have been said a line tells of it.
    """
    lines = [entry.title, f"{day_and_time(entry.started_at)} · {entry.id}"]
    if entry.tags:
        lines.append(" ".join(f"#{tag}" for tag in entry.tags))
    others = [speaker for speaker in entry.speakers if speaker != "me"]
    if others:
        lines.append(f"Spoken by: {', '.join(entry.speakers)}")
    for answer in answers:
        lines += ["", _wrapped(f"{answer.number}. {answer.asked}", "   "), "", words_of(answer)]
        if answer.number in perhaps:
            reference = f"{entry.id.rpartition('-')[2]}/{answer.number}"
            fix = f"`voicereflect fix {reference}` plays it."
            lines += ["", f"Something may have been said here: {fix}"]
    return "\n".join(lines)


def words_of(answer: Answer) -> str:
    """An answer's words as they stand on the page."""
    return "\n".join(_wrapped(paragraph, "") for paragraph in text_of(answer).split("\n"))


def as_table(entry: Entry) -> dict[str, Any]:
    """An entry as JSON: the front matter's keys, and each answer's text."""
    return {
        "id": entry.id,
        "started": entry.started_at.isoformat(),
        "deck": entry.deck,
        "edition": entry.edition,
        "title": entry.title,
        "language": entry.language,
        "tags": list(entry.tags),
        "speakers": list(entry.speakers),
        "answers": [
            {
                "number": answer.number,
                "speaker": answer.speaker,
                "prompt": answer.prompt,
                "asked": answer.asked,
                "duration_s": answer.duration_s,
                "state": answer.state.value,
                "text": answer.text,
            }
            for answer in entry.answers
        ],
    }


def _wrapped(text: str, hanging: str) -> str:
    return textwrap.fill(text, WIDTH, subsequent_indent=hanging, break_on_hyphens=False)
