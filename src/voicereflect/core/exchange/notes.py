"""Entries as notes: plain text, a day's note for Obsidian, and what jrnl reads."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from voicereflect.core.entry.days import day_and_time
from voicereflect.core.entry.page import front_matter
from voicereflect.core.entry.page.entry_text import canonical
from voicereflect.core.exchange.values import Leaving
from voicereflect.model import Answer

_OF_LINKS: Final = frozenset('[]|#^\\/:*"<>?')


def plain(leaving: Leaving) -> str:
    """Write an entry with nothing but its words, its questions and its date."""
    entry = leaving.entry
    parts = [f"{_in_one_line(entry.title)}\n{day_and_time(entry.started_at)}", entry.note]
    parts += [_asked_and_said(each) for each in entry.answers]
    return "\n\n".join(filter(None, parts)) + "\n"


def day_note(day: date, of_day: Sequence[Leaving]) -> str:
    """Write one day as Obsidian reads it: properties, a heading an entry, its sounds."""
    tags = dict.fromkeys(tag for each in of_day for tag in each.entry.tags)
    named = dict.fromkeys(theme for each in of_day for theme in each.themes)
    themes = [f"[[{name}]]" for name in filter(None, map(_linked, named))]
    properties = front_matter.dump(
        {
            "date": day.isoformat(),
            "tags": list(map(_in_one_word, tags)),
            "decks": list(dict.fromkeys(each.entry.deck for each in of_day)),
            **({"themes": themes} if themes else {}),
            "entries": [each.entry.id for each in of_day],
        }
    )
    return "\n".join((f"---\n{properties}---", *map(_below_heading, of_day)))


def jrnl(leaving: Leaving) -> str:
    """Write one entry of the text that jrnl keeps and imports: minutes, no zone, `@tags`."""
    entry = leaving.entry
    tags = "".join(f" @{_in_one_word(tag)}" for tag in entry.tags)
    head = f"[{entry.started_at:%Y-%m-%d %H:%M}] {_in_one_line(entry.title)}{tags}"
    body = filter(None, (entry.note, *map(_asked_and_said, entry.answers)))
    lines = canonical("\n\n".join(body)).split("\n")
    # a line that begins like an entry would be one
    return "\n".join(
        (head, *(f" {each}" if each.startswith("[") else each for each in lines), "\n")
    )


def _linked(name: str) -> str:
    """Give a name as the note of it can be called: some signs mean something in a link."""
    return _in_one_line("".join(" " if sign in _OF_LINKS else sign for sign in name))


def _in_one_line(text: str) -> str:
    """Give a text as a heading can hold it: what follows a line's end would be something else."""
    return " ".join(text.split())


def _in_one_word(tag: str) -> str:
    return "-".join(tag.split())


def _below_heading(leaving: Leaving) -> str:
    entry = leaving.entry
    parts = [f"\n## {_in_one_line(entry.title)} {entry.started_at:%H:%M}", entry.note]
    for answer in entry.answers:
        parts.append(f"### {_in_one_line(answer.asked)}" if answer.asked else "")
        parts.append(answer.text)
        if sound := leaving.sounds.get(answer.number):
            parts.append(f"![[{sound}]]")
    parts += [f"![[{file}]]" for file in leaving.files.values()]
    return "\n\n".join(filter(None, parts)) + "\n"


def _asked_and_said(answer: Answer) -> str:
    return "\n".join(filter(None, (_in_one_line(answer.asked), answer.text)))
