"""A walk through everything that was said: lists, sentences, themes, a key at a time.

Knows ports and core, and no screen. What may not come back unasked opens on a key of its own.
"""

import queue
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Final

from voicereflect.core.entry.entries import answer_of
from voicereflect.core.review.places import (
    MonthRow,
    NameRow,
    PlaceInReview,
    Row,
    ThemeRow,
    months_of,
    sentences_of,
    with_words,
)
from voicereflect.core.review.values import DatedQuote
from voicereflect.core.search.filters import EntryLine
from voicereflect.errors import EntryNotFound, ReflectError
from voicereflect.flows.review.parts import WalkParts
from voicereflect.model import Entry

LEAVE: Final = frozenset({"q", "interrupt"})
NOT_HERE: Final = "Nothing to do with that here. ? says what the keys do."
NO_THEME: Final = "-"
WHERE_TO: Final = "Into which theme, by handle or name; - for none, only ENTER leaves it"
LEFT_OUT: Final = "It belongs to no theme now. U takes it back."
ON_A_KEY: Final = "This stays closed unless you ask for it: O opens it."


class Walk:
    """One walk, from the newest entry on."""

    def __init__(self, parts: WalkParts) -> None:
        """Nothing is read yet."""
        self._parts = parts
        self._events: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._places: list[PlaceInReview] = []
        self._undo: list[tuple[str, Callable[[], object]]] = []
        self._keys: dict[str, Callable[[], None]] = {
            "enter": self._enter,
            "o": partial(self._enter, asked=True),
            "left": self._back,
            "j": partial(self._move, 1),
            "down": partial(self._move, 1),
            "k": partial(self._move, -1),
            "up": partial(self._move, -1),
            "0": partial(self._move, -(1 << 30)),
            "a": self._year_before,
            "space": self._play,
            "/": self._search,
            "t": self._themes,
            "n": self._names,
            "c": self._calendar,
            "e": self._mend,
            "g": self._tag,
            "m": self._move_sentence,
            "b": self._pick,
            "u": self._take_back,
            "?": parts.screen.keys,
        }

    def run(self) -> None:
        """Walk until somebody leaves."""
        lines = self._parts.lines()
        with self._parts.screen.shown():
            self._open(PlaceInReview(title="Entries", rows=lines, at=max(len(lines) - 1, 0)))
            while (key := self._pressed()) not in LEAVE:
                if key in self._keys:
                    try:
                        self._keys[key]()
                    except ReflectError as error:
                        self._parts.screen.told(error.line)

    def _pressed(self) -> str:
        with self._parts.keyboard.listen(self._events.put):
            return self._events.get()

    @property
    def _here(self) -> PlaceInReview:
        return self._places[-1]

    def _open(self, place: PlaceInReview) -> None:
        if not place.rows:
            self._parts.screen.told(f"{place.title}: nothing yet.")
            if self._places:
                return
        self._places.append(self._with_beside(place))
        self._parts.screen.place(self._here, opened=True)

    def _show(self, place: PlaceInReview) -> None:
        self._places[-1] = self._with_beside(place)
        self._parts.screen.place(self._here, opened=False)

    def _with_beside(self, place: PlaceInReview) -> PlaceInReview:
        """Read what was said in the entry that is looked at, unless it stays closed."""
        line = place.row
        if not self._parts.beside or not isinstance(line, EntryLine):
            return place
        closed = line.quiet or line.closed
        return replace(
            place, beside=() if closed else sentences_of(self._parts.vault.load(line.id))
        )

    def _move(self, by: int) -> None:
        self._show(self._here.moved(by))

    def _back(self) -> None:
        if len(self._places) > 1:
            self._places.pop()
        self._parts.screen.place(self._here, opened=True)

    def _enter(self, *, asked: bool = False) -> None:
        match self._here.row:
            case EntryLine() as line if (line.quiet or line.closed) and not asked:
                self._parts.screen.told(ON_A_KEY)
            case EntryLine() as line:
                entry = self._parts.vault.load(line.id)
                self._open(PlaceInReview(title=line.title, rows=sentences_of(entry)))
            case DatedQuote() as said:
                self._enter_sentence(said)
            case ThemeRow() as theme:
                self._open_theme(theme.handle, None)
            case NameRow() as name:
                self._open(PlaceInReview(title=name.name, rows=self._parts.said(name.name)))
            case MonthRow() as month:
                self._places = self._places[:1]
                self._show(replace(self._here, at=month.at))
            case None:
                self._parts.screen.told(NOT_HERE)

    def _enter_sentence(self, said: DatedQuote) -> None:
        """From an entry to the sentence's theme; from a theme or a search to its entry."""
        if self._here.theme or len({self._entry_of(each) for each in self._here.rows}) > 1:
            rows = sentences_of(self._parts.vault.load(said.entry))
            at = next((n for n, e in enumerate(rows) if e.reference == said.reference), 0)
            self._open(PlaceInReview(title="Said there", rows=rows, at=at))
        elif handle := self._parts.themes.of(said):
            self._open_theme(handle, said)
        else:
            self._parts.screen.told("This sentence is in no theme.")

    @staticmethod
    def _entry_of(row: Row) -> str:
        return row.entry if isinstance(row, DatedQuote) else ""

    def _open_theme(self, handle: str, said: DatedQuote | None) -> None:
        rows = self._parts.themes.sentences(handle)
        wanted = said.reference if said else ""
        at = next((n for n, each in enumerate(rows) if each.reference == wanted), len(rows) - 1)
        title = f"{handle} {self._parts.themes.name(handle)}".strip()
        self._open(PlaceInReview(title=title, rows=rows, at=max(at, 0), theme=handle))

    def _year_before(self) -> None:
        place = self._here.year_before()
        if place is None:
            self._parts.screen.told("Nothing a year before this.")
        else:
            self._show(place)

    def _play(self) -> None:
        match self._here.row:
            case DatedQuote() as said:
                self._hear(said.reference)
            case EntryLine() as line if not (line.quiet or line.closed):
                self._hear(line.id)
            case EntryLine():
                self._parts.screen.told(ON_A_KEY)
            case _:
                self._parts.screen.told(NOT_HERE)

    def _hear(self, reference: str) -> None:
        with self._parts.screen.aside():
            self._parts.play(reference)

    def _typed(self, words: str) -> str:
        with self._parts.screen.aside():
            self._parts.screen.asked(words)
            return (self._parts.typed_line() or "").strip()

    def _search(self) -> None:
        if words := self._typed("Search for"):
            self._open(PlaceInReview(title=f"Found: {words}", rows=self._parts.search(words)))

    def _themes(self) -> None:
        self._open(PlaceInReview(title="Themes", rows=self._parts.themes.rows()))

    def _names(self) -> None:
        found = [(name, self._parts.said(name)) for name in self._parts.vault.vocabulary()]
        rows = [
            NameRow(name=name, days=tuple(sorted({each.day for each in said})))
            for name, said in found
        ]
        self._open(PlaceInReview(title="Names and words of yours", rows=rows))

    def _calendar(self) -> None:
        rows = months_of(self._parts.lines())
        self._open(PlaceInReview(title="Months", rows=rows, at=max(len(rows) - 1, 0)))

    def _sentence(self) -> DatedQuote | None:
        row = self._here.row
        if isinstance(row, DatedQuote):
            return row
        self._parts.screen.told(NOT_HERE)
        return None

    def _mend(self) -> None:
        said = self._sentence()
        words = self._typed("Its words now; only ENTER leaves them") if said else ""
        if said is None or not words:
            return
        before = answer_of(self._parts.vault.load(said.entry), said.answer).text
        after = with_words(before, said, words)
        if after is None:
            self._parts.screen.told("It was changed elsewhere meanwhile; nothing was done.")
            return
        self._write(said, after)
        self._undo.append(("The words are as before.", partial(self._write, said, before)))
        self._reload(said)

    def _write(self, said: DatedQuote, text: str) -> None:
        def change(entry: Entry) -> Entry:
            answers = tuple(
                replace(each, text=text) if each.number == said.answer else each
                for each in entry.answers
            )
            return replace(entry, answers=answers)

        self._parts.vault.update(said.entry, change)

    def _reload(self, said: DatedQuote) -> None:
        if self._here.theme:
            return
        rows = sentences_of(self._parts.vault.load(said.entry))
        self._show(replace(self._here, rows=rows).moved(0))

    def _tag(self) -> None:
        row = self._here.row
        entry = row.id if isinstance(row, EntryLine) else self._entry_of(row) if row else ""
        changes = self._typed("Tags, as +garden -work").split() if entry else []
        if changes:
            flipped = [f"{'-' if each[0] == '+' else '+'}{each[1:]}" for each in changes]
            tags = self._parts.tag(entry, changes).tags
            self._undo.append(("The tags are as before.", partial(self._parts.tag, entry, flipped)))
            self._parts.screen.told(f"Tags: {', '.join(tags) or 'none'}.")

    def _move_sentence(self) -> None:
        said = self._sentence()
        typed = self._typed(WHERE_TO) if said else ""
        if said is None or not typed:
            return
        to = None if typed == NO_THEME else typed
        if self._parts.themes.move(said, to):
            self._undo.append(("It is in the theme it was in.", self._parts.themes.undo))
        where = self._parts.themes.name(self._parts.themes.of(said)) if to else ""
        self._parts.screen.told(
            f"It belongs to {where} now. U takes it back." if where else LEFT_OUT
        )

    def _pick(self) -> None:
        said = self._sentence()
        if said is None:
            return
        before = len(self._parts.sheet.lines())
        self._parts.sheet.add(said.reference)
        lines = self._parts.sheet.lines()
        if len(lines) > before:
            self._undo.append(("Off the sheet.", partial(self._parts.sheet.remove, len(lines))))
        self._parts.screen.told(f"On the sheet: {len(lines)}. U takes it off.")

    def _take_back(self) -> None:
        if not self._undo:
            self._parts.screen.told("There is nothing to take back.")
            return
        what, undo = self._undo.pop()
        undo()
        said = self._here.row
        if isinstance(said, DatedQuote):
            with suppress(EntryNotFound):  # destroyed meanwhile
                self._reload(said)
        self._parts.screen.told(what)
