"""The sheet: picked quotes, line by line, with dates; on a page, in Markdown, in a terminal."""

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from voicereflect.core.entry.days import day_in_words
from voicereflect.core.entry.ids import short
from voicereflect.ui.review.markup import document
from voicereflect.ui.review.page import new_page, quoted
from voicereflect.ui.wording import WIDTH

if TYPE_CHECKING:
    from voicereflect.core.review.values import DatedQuote, SheetLine

TITLE = "In my own words"
GONE = "(no longer there as it was picked)"


def html(quotes: "Sequence[DatedQuote]") -> str:
    """The sheet as a page."""
    root, body = new_page(TITLE)
    for each in quotes:
        quoted(body, each, {})
    return document(root)


def markdown(quotes: "Sequence[DatedQuote]") -> str:
    """The sheet as Markdown; words are no marks."""
    lines = [f"# {TITLE}"]
    for each in quotes:
        who = f", {each.speaker}" if each.speaker else ""
        lines += ["", f"> {_unmarked(each.text)}", ">", f"> {day_in_words(each.day)}{who}"]
    return "\n".join(lines) + "\n"


def listed(lines: "Sequence[SheetLine]") -> str:
    """The sheet in a terminal, with the numbers by which a line is taken off it."""
    return "\n".join(_listed(number, each) for number, each in enumerate(lines, start=1))


def as_json(lines: "Sequence[SheetLine]") -> list[dict[str, Any]]:
    """The same as JSON."""
    return [
        {
            "line": number,
            "reference": each.reference,
            "day": each.quote.day.isoformat() if each.quote else None,
            "speaker": (each.quote.speaker or "me") if each.quote else None,
            "text": each.quote.text if each.quote else None,
        }
        for number, each in enumerate(lines, start=1)
    ]


def _listed(number: int, line: "SheetLine") -> str:
    said = line.quote
    who = f" ({said.speaker})" if said and said.speaker else ""
    text = (
        GONE
        if said is None
        else f"“{said.text}”{who} {day_in_words(said.day)}, {short(line.reference)}"
    )
    return textwrap.fill(
        f"{number:>3}  {text}",
        WIDTH,
        subsequent_indent="     ",
        break_on_hyphens=False,
        break_long_words=False,
    )


def _unmarked(text: str) -> str:
    marks = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>#|~"})
    return text.translate(marks)
