"""A walk through everything that was said: lists, sentences, themes, a key at a time.

Knows ports and core, and no screen. What may not come back unasked opens on a key of its own.
"""

import queue
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Final

from voicereflect.core.entry.refs import Reference
from voicereflect.core.review.places import (
    ON_A_KEY,
    MonthRow,
    NameRow,
    PlaceInReview,
    ThemeRow,
)
from voicereflect.core.review.values import DatedQuote
from voicereflect.core.search.filters import EntryLine
from voicereflect.errors import EntryNotFound, ReflectError
from voicereflect.flows.review import opening
from voicereflect.flows.review.changes import Changes
from voicereflect.flows.review.navigating import NOT_HERE, Navigation
from voicereflect.flows.review.parts import WalkParts
from voicereflect.flows.review.seeking import WHERE_TO, sought, theme_for, typed
from voicereflect.ports.screen import Typist

LEAVE: Final = frozenset({"q", "interrupt"})
PAGE: Final = 20
"""Rows that a page key goes."""
WHEEL: Final = 3
END: Final = 1 << 30


class Walk:
    """One walk, from the newest entry on."""

    def __init__(self, parts: WalkParts) -> None:
        self._parts = parts
        self._events: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._listening = ExitStack()
        self._places = Navigation(parts)
        self._changes = Changes(parts)
        go = self._places
        self._keys: dict[str, Callable[[], None]] = {
            "enter": self._enter,
            "o": partial(self._enter, asked=True),
            "left": go.back,
            "l": partial(go.step, 1),
            "h": partial(go.step, -1),
            "0": partial(go.move, -END),
            "end": partial(go.move, END),
            "pageup": partial(go.move, -PAGE),
            "pagedown": partial(go.move, PAGE),
            "wheelup": lambda: go.move(-1 if self._here.came else -WHEEL),
            "wheeldown": lambda: go.move(1 if self._here.came else WHEEL),
            **dict.fromkeys(("j", "down"), partial(go.move, 1)),
            **dict.fromkeys(("k", "up"), partial(go.move, -1)),
            "a": go.year_before,
            "space": self._play,
            "/": self._search,
            "t": lambda: self._places.open(opening.themes(parts)),
            "n": lambda: self._places.open(opening.names(parts)),
            "c": lambda: self._places.open(opening.months(parts)),
            "e": self._mend,
            "g": self._tag,
            "m": self._move_sentence,
            "b": self._pick,
            "x": self._keep_apart,
            "u": self._take_back,
            "?": parts.screen.keys,
            **dict.fromkeys(("escape", "resized"), partial(go.move, 0)),
        }

    def run(self) -> None:
        """Walk until somebody leaves."""
        lines = self._parts.lines()
        with self._parts.screen.shown(), self._listening:
            self._listen()
            self._places.open(PlaceInReview(title="Entries", rows=lines, at=max(len(lines) - 1, 0)))
            while (key := self._events.get()) not in LEAVE:
                try:
                    self._press(key)
                except ReflectError as error:
                    self._parts.screen.told(error.line)

    def _press(self, key: str) -> None:
        if key in self._keys:
            self._keys[key]()
        elif key.startswith("click "):
            column, line = key.split()[1:]
            self._click(int(column), int(line))

    def _listen(self) -> None:
        self._listening.enter_context(self._parts.keyboard.listen(self._pressed))

    def _pressed(self, key: str) -> None:
        if key in LEAVE:
            self._parts.leaving()
        self._events.put(key)

    @contextmanager
    def _without_keys(self) -> Iterator[None]:
        """Leave the keys to somebody else for a while."""
        self._listening.close()
        try:
            yield
        finally:
            self._listen()

    def _click(self, column: int, line: int) -> None:
        """Go to what was clicked on; into it where one is there already."""
        match self._parts.screen.under(column, line):
            case int() as at:
                self._places.leave_entry()
                if at == self._here.at:
                    self._enter()
                else:
                    self._places.show(replace(self._here, at=at, word=0))
            case Reference() as there:
                if isinstance(self._here.row, EntryLine):
                    self._enter()
                self._places.show(self._here.on(there))
            case date() as day:
                self._places.leave_entry()
                self._places.show(self._here.on_day(day))
            case None:
                pass

    @property
    def _here(self) -> PlaceInReview:
        return self._places.here

    def _enter(self, *, asked: bool = False) -> None:
        match self._here.row:
            case EntryLine() as line if (line.quiet or line.closed) and not asked:
                self._parts.screen.told(ON_A_KEY)
            case EntryLine() as line:
                self._places.open(opening.entry(self._parts, line.id, self._here))
            case DatedQuote() as said:
                self._enter_sentence(said)
            case ThemeRow() as theme:
                self._places.open(opening.theme(self._parts, theme.handle))
            case NameRow(name=name):
                self._places.open(PlaceInReview(title=name, rows=self._parts.said(name)))
            case MonthRow() as month:
                self._places.to_entry(month.at)
            case None:
                self._parts.screen.told(NOT_HERE)

    def _enter_sentence(self, said: DatedQuote) -> None:
        """From an entry to the sentence's theme; from any other list to its entry."""
        if self._here.came is None:
            self._places.open(opening.entry(self._parts, said.entry, self._here, said))
        elif handle := self._parts.themes.of(said):
            self._places.open(opening.theme(self._parts, handle, said))
        else:
            self._parts.screen.told("This sentence is in no theme.")

    def _play(self) -> None:
        match self._here.row:
            case DatedQuote() as said:
                self._hear(f"{said.entry}/{said.answer}:{said.word + self._here.word}")
            case EntryLine() as line if not (line.quiet or line.closed):
                self._hear(line.id)
            case EntryLine():
                self._parts.screen.told(ON_A_KEY)
            case _:
                self._parts.screen.told(NOT_HERE)

    def _hear(self, reference: str) -> None:
        """Play; where somebody stopped it, one stands from then on."""
        with self._without_keys():
            stopped = self._parts.play(reference)
        self._places.show(self._here.on(stopped) if stopped else self._here)

    def _typed(self, words: str, text: str = "") -> str:
        """Have a line typed, or changed where letters are seen as they are typed."""
        told = self._parts.screen.told
        return self._asked(words, partial(typed, lambda _, now: told(f"{words}: {now}"), text))

    def _asked(self, words: str, ask: Callable[[Typist], str]) -> str:
        with self._without_keys():
            if self._parts.typist is None:
                return (self._parts.typed_line(words) or "").strip()
            line = ask(self._parts.typist)
        self._parts.screen.place(self._here, opened=False)
        return line

    def _search(self) -> None:
        if words := self._asked("Search for", partial(sought, self._parts, self._here)):
            seen = self._parts.begun(words) if self._parts.typist else ()
            more = [each for each in self._parts.search(words) if each not in seen]
            self._places.open(opening.found(words, [*seen, *more]))

    def _sentence(self) -> DatedQuote | None:
        row = self._here.row
        if isinstance(row, DatedQuote):
            return row
        self._parts.screen.told(NOT_HERE)
        return None

    def _mend(self) -> None:
        said = self._sentence()
        words = self._typed("Its words now; only ENTER leaves them", said.text) if said else ""
        if said is not None and words not in ("", said.text):
            told = self._changes.mend(said, words)
            self._reload(said)
            self._parts.screen.told(told)

    def _reload(self, said: DatedQuote) -> None:
        if self._here.came is not None:
            self._places.show(opening.again(self._parts, self._here, said.entry))

    def _tag(self) -> None:
        row = self._here.row
        entry = row.id if isinstance(row, EntryLine) else getattr(row, "entry", "")
        if changes := self._typed("Tags, as +garden -work").split() if entry else []:
            self._parts.screen.told(self._changes.tag(entry, changes))

    def _move_sentence(self) -> None:
        said = self._sentence()
        if said is not None and (where := self._asked(WHERE_TO, partial(theme_for, self._parts))):
            self._parts.screen.told(self._changes.move(said, where))

    def _keep_apart(self) -> None:
        row = self._here.row
        if not isinstance(row, ThemeRow):
            self._parts.screen.told(NOT_HERE)
            return
        told = self._changes.keep_apart(row)
        self._places.show(replace(self._here, rows=self._parts.themes.rows()).moved(0))
        self._parts.screen.told(told)

    def _pick(self) -> None:
        if said := self._sentence():
            self._parts.screen.told(self._changes.pick(said))

    def _take_back(self) -> None:
        told = self._changes.take_back()
        said = self._here.row
        if isinstance(said, DatedQuote):
            with suppress(EntryNotFound):  # destroyed meanwhile
                self._reload(said)
        elif isinstance(said, ThemeRow):
            self._places.show(replace(self._here, rows=self._parts.themes.rows()))
        self._parts.screen.told(told)
