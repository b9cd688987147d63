"""Unsure words marked by their look; every other letter of the page stays as it is."""

from collections.abc import Collection, Mapping, Sequence

from rich.text import Text

from voicereflect.model import Answer
from voicereflect.ui.console import PlainConsole
from voicereflect.ui.library.columns import Page

UNSURE = "dim underline"


def show(page: Page, answers: Sequence[Answer], unsure: Mapping[int, Collection[int]]) -> None:
    """Print a page with the unsure words of its answers marked."""
    shown = Text(page.text)
    for answer in answers:
        words = page.words.get(answer.number, ())
        if len(words) != len(answer.text.split()):
            continue  # a word too long for the page was cut in two
        for position in unsure.get(answer.number, ()):
            shown.stylize(UNSURE, *words[position - 1])
    PlainConsole(highlight=False).print(shown, soft_wrap=True)
