"""Unsure words marked by their look; every other letter of the page stays as it is."""

import re
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.text import Text

from voicereflect.model import Answer
from voicereflect.ui.reading import words_of

UNSURE = "dim underline"
_WORD = re.compile(r"\S+")


def show(
    page: str,
    answers: Sequence[Answer],
    unsure: Mapping[int, frozenset[int]],
    console: Console | None = None,
) -> None:
    """Print a page with the unsure words of its answers marked."""
    shown = Text(page)
    cursor = 0
    for answer in answers:
        body = words_of(answer)
        begin = page.find(body, cursor)
        words = list(_WORD.finditer(body))
        if begin < 0 or len(words) != len(answer.text.split()):
            continue  # a word too long for the page was cut in two
        cursor = begin + len(body)
        for position in unsure.get(answer.number, ()):
            word = words[position - 1]
            shown.stylize(UNSURE, begin + word.start(), begin + word.end())
    (console or Console(highlight=False)).print(shown, soft_wrap=True)
