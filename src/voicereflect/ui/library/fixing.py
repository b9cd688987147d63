"""Unsure words, one at a time, each in its sentence."""

from rich.padding import Padding
from rich.text import Text

from voicereflect.core.entry.days import day_and_time
from voicereflect.core.entry.ids import short
from voicereflect.core.entry.languages import name_of
from voicereflect.core.words.mending import UnsureWord
from voicereflect.core.words.uncertain_segments import UncertainSegment
from voicereflect.model import Entry
from voicereflect.ui.console import PlainConsole
from voicereflect.ui.wording import clock

KEYS = (
    "ENTER: it is right. Or type what it was, then ENTER.\n"
    "R again · N later · - take it out · Q stop, each with ENTER"
)
SEGMENT_KEYS = (
    "ENTER: nothing was said. Or type what was said, then ENTER.\n"
    "Y it was said · R again · N later · Q stop, each with ENTER"
)


class FixPage:
    """Prints; the person types below."""

    def __init__(self, *, still: bool) -> None:
        """`still`: mark a word by brackets and not by its look."""
        self._still = still
        self._console = PlainConsole(highlight=False)

    def opened(self, entry: Entry, total: int) -> None:
        self._console.print(Text(entry.title, style="bold"))
        when = f"{day_and_time(entry.started_at)} · {short(entry.id)}"
        self._console.print(Text(when, style="dim"))
        if not total:
            self._console.print("No word in it is unsure.")
        elif total == 1:
            self._console.print("One word is unsure.")
        else:
            self._console.print(f"{total} words are unsure.")

    def doubt(self, doubt: UnsureWord, number: int, total: int) -> None:
        self._console.print()
        place = f"{number} of {total} · answer {doubt.answer.number}, {clock(doubt.word.start_s)}"
        self._console.print(Text(place, style="dim"))
        first, last = doubt.sentence
        line = Text()
        for position in range(first, last + 1):
            word = doubt.words[position - 1].text
            if position != doubt.position:
                line.append(word)
            elif self._still:
                line.append(f"[{word}]")
            else:
                line.append(word, style="bold reverse")
            line.append(" ")
        self._console.print(Padding(line, (0, 2)))
        if doubt.known:
            listed = " · ".join(f"{number} {word}" for number, word in enumerate(doubt.known, 1))
            told = f"V or a number, from your vocabulary (V! is always): {listed}"
            self._console.print(Text(told))
        self._console.print(Text(KEYS, style="dim"))

    def uncertain_segment(self, number: int, found: UncertainSegment) -> None:
        self._console.print()
        place = f"answer {number}, {clock(found.start_s)}"
        language = f", in {name_of(found.language)}" if found.language else ""
        line = f"Something may have been said here{language}: {place}"
        self._console.print(Text(line, style="dim"))
        self._console.print(Padding(Text(found.text, style="dim italic"), (0, 2)))
        self._console.print(Text(SEGMENT_KEYS, style="dim"))

    def ask(self, question: str = "") -> None:
        self._console.print(Text(f"{question} > " if question else "> "), end="")

    def note(self, line: str) -> None:
        self._console.print(Text(line, style="yellow"))
