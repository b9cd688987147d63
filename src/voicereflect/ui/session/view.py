"""What a moving screen shows at one moment, and which rows that makes; writes nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rich.console import Console
from rich.text import Text

from voicereflect.core.session.offers import ShownKey
from voicereflect.ui.session.rows import Section, fitted, last_words, wrapped
from voicereflect.ui.session.words import key_rows, legend

LIVE_LINES = 6
"""How much of the live text stays in view; all of it is kept."""
NOTHING = Text()


@dataclass(frozen=True, slots=True)
class Pinned:
    """What somebody is asked, and what can be picked."""

    label: str = ""
    words: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """Something that stays: words, how they look, and how far from the left."""

    words: str
    style: str = ""
    indent: int = 0
    key: str = ""
    """What it can be taken away by."""


@dataclass(slots=True, kw_only=True)
class View:
    """From the top: what stays, the answer before, the question, its answer, the keys."""

    history: list[Line] = field(default_factory=list)
    before: tuple[str, str] = ("", "")
    """Of the answer that has just ended the question's label, and what is heard of it so far."""
    asked: Pinned = Pinned()
    meter: Text | None = None
    """While an answer is recorded."""
    text: str = ""
    """What is heard of it so far."""
    awaiting_texts: Sequence[Text] = ()
    warning: str = ""
    did: str = ""
    keys: Sequence[ShownKey] = ()

    def rows(self, console: Console, width: int, height: int) -> list[Text]:
        """Give as much as there is room for; the question is the last thing to go."""
        options = (f"{number}  {say}" for number, say in enumerate(self.asked.options, start=1))
        keys = key_rows(legend(self.keys), width) if self.keys else []

        def broken(words: str, style: str = "", indent: int = 0) -> Sequence[Text]:
            return wrapped(console, words, width, style=style, indent=indent) if words else ()

        folded = self._folded(width)
        blank = Section(rows=[NOTHING], rank=1)
        sections = [
            Section(rows=self._above(console, width, height), rank=0, tail=True),
            blank,
            Section(rows=folded, rank=3),
            *([blank] if folded else []),
            Section(rows=broken(self.asked.label, "dim"), rank=4),
            Section(rows=broken(self.asked.words, "bold", 2), rank=10),
            Section(rows=[row for each in options for row in broken(each, indent=4)], rank=8),
            *self._answer(broken(self.text, "dim", 2)[-LIVE_LINES:]),
            Section(rows=self.awaiting_texts, rank=9),
            Section(rows=broken(self.warning, "yellow"), rank=7),
            Section(rows=broken(self.did, "yellow"), rank=7),
            blank,
            Section(rows=[Text.assemble((row, "dim")) for row in keys], rank=5, least=1),
        ]
        return fitted(sections, height)

    def _answer(self, live: Sequence[Text]) -> Iterator[Section]:
        if self.meter is not None:
            yield Section(rows=[NOTHING], rank=1)
            yield Section(rows=[Text.assemble("  ", self.meter)], rank=9)
            yield Section(rows=live, rank=6, tail=True)
            yield Section(rows=[NOTHING] * (LIVE_LINES - len(live)), rank=0)

    def _above(self, console: Console, width: int, height: int) -> list[Text]:
        """As much of what stays as the window could hold."""
        rows: list[Text] = []
        for line in reversed(self.history):
            rows[:0] = wrapped(console, line.words, width, style=line.style, indent=line.indent)
            if len(rows) >= height:
                break
        return rows

    def _folded(self, width: int) -> list[Text]:
        """The answer before on one row, with the number of its question."""
        label, words = self.before
        if not words:
            return []
        lead = f"{label} · " if label else ""
        room = max(1, width - len(lead))
        return [Text.assemble((lead, "dim"), (last_words(words, room), "dim italic"))]
