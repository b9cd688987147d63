"""What a walk changes, and takes back: words, tags, themes and the sheet.

Knows ports and core, and no key. Each gives the line that is to be said of it.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from voicereflect.core.entry.entries import answer_of
from voicereflect.core.review.places import ThemeRow, with_words
from voicereflect.core.review.values import DatedQuote
from voicereflect.flows.review.parts import WalkParts
from voicereflect.model import Entry

NO_THEME: Final = "-"
LEFT_OUT: Final = "It belongs to no theme now. U takes it back."


class Changes:
    """The changes of one walk, the last of them on top."""

    def __init__(self, parts: WalkParts) -> None:
        self._parts = parts
        self._undo: list[tuple[str, Callable[[], object]]] = []

    def mend(self, said: DatedQuote, words: str) -> str:
        """Put other words in a sentence's place."""
        before = answer_of(self._parts.vault.load(said.entry), said.answer).text
        after = with_words(before, said, words)
        if after is None:
            return "It was changed elsewhere meanwhile; nothing was done."
        self._write(said, after)
        self._undo.append(("The words are as before.", partial(self._write, said, before)))
        return "Mended. U takes it back."

    def tag(self, entry: str, changes: list[str]) -> str:
        """Put tags on an entry and take others off."""
        flipped = [f"{'-' if each[0] == '+' else '+'}{each[1:]}" for each in changes]
        tags = self._parts.tag(entry, changes).tags
        self._undo.append(("The tags are as before.", partial(self._parts.tag, entry, flipped)))
        return f"Tags: {', '.join(tags) or 'none'}."

    def move(self, said: DatedQuote, where: str) -> str:
        """Put a sentence into another theme, or into none."""
        to = None if where == NO_THEME else where
        themes = self._parts.themes
        if themes.move(said, to):
            self._undo.append(("It is in the theme it was in.", themes.undo))
        name = themes.name(themes.of(said)) if to else ""
        return f"It belongs to {name} now. U takes it back." if name else LEFT_OUT

    def keep_apart(self, theme: ThemeRow) -> str:
        """Offer a theme and its twin as one no more."""
        if not theme.twin:
            return "Nothing is offered as one with this."
        self._parts.themes.keep_apart(theme)
        self._undo.append(("They may be offered as one again.", self._parts.themes.undo))
        return f"Kept apart from {theme.twin}. U takes it back."

    def pick(self, said: DatedQuote) -> str:
        """Put a quote on the sheet."""
        before = len(self._parts.sheet.lines())
        self._parts.sheet.add(said.reference)
        lines = self._parts.sheet.lines()
        if len(lines) > before:
            self._undo.append(("Off the sheet.", partial(self._parts.sheet.remove, len(lines))))
        return f"On the sheet: {len(lines)}. U takes it off."

    def take_back(self) -> str:
        """Undo the last of them."""
        if not self._undo:
            return "There is nothing to take back."
        what, undo = self._undo.pop()
        undo()
        return what

    def _write(self, said: DatedQuote, text: str) -> None:
        def change(entry: Entry) -> Entry:
            answers = tuple(
                replace(each, text=text) if each.number == said.answer else each
                for each in entry.answers
            )
            return replace(entry, answers=answers)

        self._parts.vault.update(said.entry, change)
