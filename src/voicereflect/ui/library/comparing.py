"""Differences between texts: struck and coloured in a terminal, bracketed elsewhere."""

import textwrap
from collections.abc import Sequence

from rich.padding import Padding
from rich.text import Text

from voicereflect.core.words.comparing.comparison import Piece, TextComparison
from voicereflect.ui.console import PlainConsole
from voicereflect.ui.wording import WIDTH

GONE, CAME = "red strike", "green"


def show(found: Sequence[TextComparison], *, styled: bool) -> None:
    """Print every comparison; without styles `[-old-]` and `{+new+}` mark what differs."""
    to = PlainConsole(highlight=False)
    if not found:
        to.print("There is one transcript, and the text is as the machine wrote it.")
    for each in found:
        heading = f"Answer {each.answer} · {each.old} → {each.new}"
        to.print(Text(heading, style="dim" if styled else ""), soft_wrap=True)
        if each.is_same:
            to.print("  Nothing differs.")
        elif styled:
            to.print(Padding(_styled(each.pieces), (0, 2)))
        else:
            to.print(Text(textwrap.indent(_bracketed(each.pieces), "  ")), soft_wrap=True)
        to.print()


def _styled(pieces: Sequence[Piece]) -> Text:
    text = Text()
    for piece in pieces:
        parts = [(piece.new, "")] if piece.is_same else [(piece.old, GONE), (piece.new, CAME)]
        for words, style in parts:
            if words:
                text.append(words, style=style)
                text.append(" ")
    return text


def _bracketed(pieces: Sequence[Piece]) -> str:
    words = []
    for piece in pieces:
        if piece.is_same:
            words.append(piece.new)
            continue
        words += [f"[-{piece.old}-]"] if piece.old else []
        words += [f"{{+{piece.new}+}}"] if piece.new else []
    return textwrap.fill(" ".join(words), WIDTH - 2, break_on_hyphens=False)
