"""A walk through a real vault, a key at a time: where one stands, what is changed, taken back."""

import io
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from tests.flows.test_themes import Rig, garden, train
from voicereflect.adapters.vault.curated.sheet_file import SheetFile
from voicereflect.core.decks.laying import laid_out
from voicereflect.core.entry.refs import Reference
from voicereflect.core.review.places import (
    ON_A_KEY,
    MonthRow,
    NameRow,
    PlaceInReview,
    Pointed,
    ThemeRow,
    sentences_of,
    with_words,
)
from voicereflect.core.review.values import DatedQuote
from voicereflect.core.safety.consent import counting
from voicereflect.core.search.filters import EVERYTHING, EntryLine
from voicereflect.flows.library.entry_admin import tag_change
from voicereflect.flows.library.finding.listing import Browsing
from voicereflect.flows.review.late_themes import LateThemes
from voicereflect.flows.review.parts import WalkParts
from voicereflect.flows.review.sheet import Sheet
from voicereflect.flows.review.walking import Walk
from voicereflect.flows.themes.curating import Curator
from voicereflect.flows.themes.listing import Themes
from voicereflect.model import Deck, Entry
from voicereflect.ports.screen import Typist
from voicereflect.ui.progress import Leavable, NoProgress, ToldProgress
from voicereflect.ui.review import full, layout, transcript
from voicereflect.ui.review.still import StillReview, line_of


class Steps:
    """A person who presses these keys, and leaves."""

    def __init__(self, keys: str) -> None:
        self._keys = [*keys.split(), "q"]
        self.listens = False

    @contextmanager
    def listen(self, pressed: Callable[[str], None]) -> Iterator[None]:
        assert not self.listens
        self.listens = True
        while self._keys:
            pressed(self._keys.pop(0).replace("click:", "click ").replace(",", " "))
        yield
        self.listens = False


class Seen:
    """A screen that remembers."""

    def __init__(self) -> None:
        self.places: list[PlaceInReview] = []
        self.lines: list[str] = []
        self.line = ""
        """The line that stands there now."""

    def shown(self) -> AbstractContextManager[None]:
        return nullcontext()

    def place(self, place: PlaceInReview, *, opened: bool) -> None:
        assert opened in (True, False)
        self.places.append(place)
        self.line = ""
        if place.row is not None:
            assert line_of(place.row)

    def told(self, line: str) -> None:
        self.lines.append(line)
        self.line = line

    def keys(self) -> None:
        self.lines.append("keys")

    def under(self, column: int, line: int) -> Pointed | None:
        lines = layout.screen(self.places[-1], self.line, 80, 24)
        return layout.under(lines, column, line)


class Walked:
    """A vault that is walked through."""

    def __init__(self, rig: Rig) -> None:
        self.rig, self.seen = rig, Seen()
        self.played: list[str] = []
        self.stopped: Reference | None = None
        """Where somebody stops whatever plays."""
        self.steps = Steps("")
        self.typist: Typist | None = None
        self.opened = 0
        self.left: list[str] = []
        self.deck: Deck | None = None
        self.beside = False
        self.sheet = Sheet(vault=rig.vault, picks=SheetFile(rig.files))

    def press(self, keys: str, *typed: str) -> PlaceInReview:
        """Walk from the newest entry on; give where it ended."""
        lines = iter(typed)
        rig = self.rig
        self.steps = Steps(keys)
        browsing = Browsing(
            index=rig.index,
            pages=rig.vault,
            depth=lambda deck: "heavy" if deck in rig.heavy else "light",
            progress=NoProgress(),
        )
        parts = WalkParts(
            vault=rig.vault,
            lines=lambda: browsing.listing(EVERYTHING).lines,
            search=self._search,
            begun=self._search,
            said=self._search,
            laid=lambda entry: laid_out(counting(entry), self.deck),
            themes=LateThemes(self._open, rig.vault.load, self.seen.told),
            sheet=self.sheet,
            tag=lambda entry, changes: rig.vault.update(entry, tag_change(changes)),
            play=self._play,
            keyboard=self.steps,
            leaving=lambda: self.left.append(self.seen.line),
            typed_line=lambda _: next(lines, None),
            typist=self.typist,
            screen=self.seen,
            beside=self.beside,
        )
        Walk(parts).run()
        return self.seen.places[-1]

    def _play(self, reference: str) -> Reference | None:
        assert not self.steps.listens
        self.played.append(reference)
        return self.stopped

    def _open(self) -> tuple[Themes, Curator]:
        self.opened += 1
        return self.rig.themes, self.rig.curator

    def _search(self, words: str) -> Sequence[DatedQuote]:
        entries = [each for each in self.rig.vault.load_all() if isinstance(each, Entry)]
        said = [quote for entry in entries for quote in sentences_of(entry)]
        return [each for each in said if words in each.text]


@pytest.fixture
def walked(tmp_path: Path) -> Walked:
    rig = Rig(tmp_path)
    rig.fill()
    return Walked(rig)


def quote(place: PlaceInReview) -> DatedQuote:
    assert isinstance(place.row, DatedQuote)
    return place.row


def test_it_begins_at_the_newest_entry_and_opens_no_theme(walked: Walked) -> None:
    place = walked.press("k k j")
    assert isinstance(place.row, EntryLine)
    assert place.at == len(place.rows) - 2
    assert walked.opened == 0


def test_from_an_entry_to_a_sentence_its_theme_the_earliest_and_its_entry(walked: Walked) -> None:
    theme = walked.press("enter enter")
    assert theme.theme
    assert theme.title.endswith("the garden")
    assert quote(theme).text == garden(19)
    assert len(theme.rows) == 40
    earliest = walked.press("enter enter 0")
    assert quote(earliest).text == garden(0)
    there = walked.press("enter enter 0 enter")
    assert {each.entry for each in there.rows if isinstance(each, DatedQuote)} == {
        quote(earliest).entry
    }
    back = walked.press("enter enter 0 enter left left left left")
    assert back.title == "Entries"


def test_a_year_before_in_the_same_theme(walked: Walked) -> None:
    walked.rig.say(500, garden(77))
    place = walked.press("enter enter a")
    assert quote(place).text == garden(119)
    walked.press("enter enter a a")
    assert walked.seen.line == "Nothing a year before this."


def test_what_is_closed_opens_on_its_own_key_alone(walked: Walked) -> None:
    walked.rig.say(60, garden(5), change=lambda e: replace(e, closed=True))
    place = walked.press("enter space")
    assert isinstance(place.row, EntryLine)
    assert walked.seen.lines == [ON_A_KEY, ON_A_KEY]
    assert walked.played == []
    assert quote(walked.press("o")).text == garden(5)


def test_space_plays_from_the_sentence_on(walked: Walked) -> None:
    place = walked.press("enter j space")
    assert walked.played == [quote(place).reference]


def test_a_sentence_is_mended_in_place_and_taken_back(walked: Walked) -> None:
    place = walked.press("enter j e", "The garden is mine.")
    assert [quote(place).text, len(place.rows)] == ["The garden is mine.", 3]
    entry = walked.rig.vault.load(quote(place).entry)
    assert entry.answers[0].text == f"{garden(19)} The garden is mine."
    place = walked.press("enter j e u", "Another.")
    assert quote(place).text == "The garden is mine."


def test_only_enter_mends_nothing(walked: Walked) -> None:
    assert quote(walked.press("enter e", "")).text == garden(19)


def test_a_tag_and_what_is_picked_are_taken_back_one_after_the_other(walked: Walked) -> None:
    entry = quote(walked.press("enter g b", "+seen")).entry
    assert walked.rig.vault.load(entry).tags == ("seen",)
    assert len(walked.sheet.lines()) == 1
    walked.press("enter j g b u u u", "+more")
    assert walked.rig.vault.load(entry).tags == ("seen",)
    assert len(walked.sheet.lines()) == 1
    assert walked.seen.lines[-1] == "There is nothing to take back."
    walked.press("enter j b u")
    assert walked.seen.line == "Off the sheet."


def test_a_sentence_goes_to_another_theme_or_to_none_and_comes_back(walked: Walked) -> None:
    def of_garden() -> int:
        themes = walked.rig.themes.overview().themes
        return next(len(each.sentences) for each in themes if each.name == "the garden")

    assert of_garden() == 40
    walked.press("enter j j m", "the garden")
    assert walked.seen.lines[-1] == "It belongs to the garden now. U takes it back."
    walked.press("enter j j m", "")
    assert of_garden() == 41
    walked.press("enter j j m", "no such theme")
    assert "No theme has this name." in walked.seen.lines[-1]
    walked.press("enter j j m", "-")
    assert of_garden() == 40
    walked.press("enter j j m u", "the garden")
    assert of_garden() == 40


def test_themes_months_names_and_a_search_are_places_too(walked: Walked) -> None:
    walked.rig.vault.add_to_vocabulary("harbours")
    themes = walked.press("t")
    assert all(isinstance(each, ThemeRow) for each in themes.rows)
    assert walked.press("t enter").theme
    months = walked.press("c")
    assert [each.days for each in months.rows if isinstance(each, MonthRow)] == [16, 4]
    first = walked.press("c 0 enter")
    assert (first.title, first.at) == ("Entries", 0)
    (name,) = walked.press("n").rows
    assert isinstance(name, NameRow)
    assert len(name.days) == 20
    assert quote(walked.press("n enter")).text == train(0)
    assert quote(walked.press("/", "near")).text == garden(0)
    walked.press("/", "nothing of this")
    assert walked.seen.lines[-1] == "Nothing was found: nothing of this"


def test_every_key_answers_in_lines_of_eighty_columns(
    walked: Walked, capsys: pytest.CaptureFixture[str]
) -> None:
    still = StillReview()
    for name in ("place", "told", "keys"):
        setattr(walked.seen, name, getattr(still, name))
    walked.seen.places.append(PlaceInReview(title="", rows=()))
    walked.press("? enter enter t c n j k 0 a left x")
    told = capsys.readouterr().out.splitlines()
    assert len(told) > 15
    assert max(map(len, told)) <= 80


def test_who_leaves_while_something_slow_is_looked_for_is_gone_at_once(walked: Walked) -> None:
    walked.press("t")
    assert walked.left
    told = list[str]()
    progress = Leavable(ToldProgress(told.append), lambda: len(told) > 1)
    for done in range(2):
        progress.step("Looking", done=done, total=4)
    with pytest.raises(KeyboardInterrupt):
        progress.step("Looking", done=2, total=4)
    assert told == ["Looking 0%", "Looking 25%"]


def test_words_that_changed_meanwhile_are_not_overwritten() -> None:
    said = DatedQuote(entry="e", answer=1, word=2, day=date.min, text="b c")
    assert with_words("a  b\nc  d", said, "x") == "a  x  d"
    assert with_words("a b d", said, "x") is None


def drawn(place: PlaceInReview, width: int = 80, height: int = 24) -> str:
    lines = layout.screen(place, "told", width, height)
    return "\n".join(line.fitted(width).plain for line in lines)


def test_the_whole_screen_holds_a_list_what_was_said_and_the_year(walked: Walked) -> None:
    walked.beside = True
    place = walked.press("k k")
    lines = drawn(place).splitlines()
    assert len(lines) == 24
    assert {cell_len(line) for line in lines} == {80}
    assert f"Entries · {place.at + 1} of {len(place.rows)}" in lines[0]
    assert lines[1].split() == ["2026", "▄▃▄▃▄▂"]
    assert "The train to harbours was delayed" in drawn(place)
    months = [line.strip() for line in lines if re.fullmatch(r"[A-Z][a-z]+ 2026 .*", line)]
    assert months
    assert "told" in lines[-2]
    narrow = drawn(place, 40, 12).splitlines()
    assert len(narrow) == 12
    assert max(map(cell_len, narrow)) <= 40


def test_beside_what_stays_closed_nothing_is_shown_until_it_is_opened(walked: Walked) -> None:
    walked.rig.say(60, "A secret word.", change=lambda e: replace(e, closed=True))
    walked.beside = True
    assert "secret" not in drawn(walked.press(""))
    assert "secret" in drawn(walked.press("o"))


def lit(place: PlaceInReview) -> list[str]:
    """What is reversed on the screen, from the top."""
    lines = [line.text for line in layout.screen(place, "", 80, 24)]
    return [t.plain[s.start : s.end] for t in lines for s in t.spans if s.style == transcript.LIT]


def test_of_ten_thousand_entries_only_what_is_seen_is_drawn(walked: Walked) -> None:
    place = walked.press("")
    rows = [place.row] * 10_000
    many = replace(place, rows=rows, at=5000)  # type: ignore[arg-type]
    begun = time.process_time()
    for _ in range(20):
        layout.screen(many, "", 120, 40)
    assert time.process_time() - begun < 2.0


def test_the_screen_is_given_back(walked: Walked) -> None:
    out = io.StringIO()
    console = Console(file=out, force_terminal=True, width=80, height=24)
    review = full.FullReview(console)
    place = walked.press("enter")
    with review.shown():
        review.place(place, opened=True)
        review.told("Tagged.")
        review.keys()
    told = out.getvalue()
    assert told.count("\x1b[?1049h") == told.count("\x1b[?1049l") == 1
    assert "Tagged." in told
