"""A text and its copy, side by side."""

from voicereflect.core.entry.merging import TwoTexts
from voicereflect.ui.library.columns import ColumnLine, page_of, rows, width_of_each, wrapped
from voicereflect.ui.wording import WIDTH


def beside(found: TwoTexts) -> str:
    """Lay both side by side, each under its key."""
    width = width_of_each(WIDTH, 2)
    blocks = [
        [ColumnLine(text=head), ColumnLine(), *wrapped(text or "(nothing)", width)]
        for head, text in (("1  in the entry", found.ours), ("2  in the copy", found.copy))
    ]
    asked = f"{found.number}. {found.asked}" if found.asked else f"Answer {found.number}"
    heading = asked if found.number else "The note above the answers"
    return f"{heading}\n\n{page_of(rows(blocks, width)).text}\n"
