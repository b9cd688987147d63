"""A word in the review: the cursor on it, a click on it, what plays from it on, what is unsure."""

import io
import re
from dataclasses import replace

import pytest
from rich.console import Console

from tests.flows.test_themes import garden
from tests.flows.test_walking import Walked, drawn, lit, quote, walked
from voicereflect.core.entry.refs import Reference
from voicereflect.core.review.places import PlaceInReview, ThemeRow
from voicereflect.core.search.filters import EntryLine
from voicereflect.core.words.comparing.alignment import TimedWord
from voicereflect.flows.review.walking import PAGE, WHEEL
from voicereflect.model import Entry
from voicereflect.ui.library.playing import StillPlaying
from voicereflect.ui.review import layout, transcript
from voicereflect.ui.review.full import FullReview
from voicereflect.ui.review.still import StillReview

__all__ = ["walked"]


def where(place: PlaceInReview) -> tuple[int, int]:
    return place.at, place.word


def entry_of(place: PlaceInReview) -> Entry:
    assert place.entry is not None
    return place.entry


def test_the_cursor_goes_word_by_word_and_on_into_the_next_sentence(walked: Walked) -> None:
    first, second = (len(garden(each).split()) for each in (19, 119))
    assert where(walked.press("enter l l h")) == (0, 1)
    assert where(walked.press(f"enter {'l ' * first}")) == (1, 0)
    assert where(walked.press("enter j h")) == (0, first - 1)
    assert where(walked.press("enter l j")) == (1, 0)
    assert where(walked.press("enter h")) == (0, 0)
    last = walked.press(f"enter end {'l ' * 99}")
    assert where(last) == (len(last.rows) - 1, quote(last).words - 1)
    assert second


def test_words_are_for_sentences_alone(walked: Walked) -> None:
    assert walked.press("l").word == 0
    assert "Nothing to do with that here" in walked.seen.line


def test_space_plays_from_the_word_on_and_where_it_was_stopped_one_stands(walked: Walked) -> None:
    place = walked.press("enter j l l")
    said = quote(place)
    walked.stopped = Reference(entry=said.entry, answer=said.answer, word=2)
    place = walked.press("enter j l l space")
    assert walked.played == [f"{said.entry}/{said.answer}:{said.word + 2}"]
    assert where(place) == (0, 1)
    walked.stopped = None
    assert where(walked.press("enter j l l space")) == (1, 2)


def test_the_word_and_its_entry_in_the_list_are_lit(walked: Walked) -> None:
    marked = lit(walked.press("enter j l"))
    assert garden(119).split()[1] in marked
    assert "Her biography" in marked[-1]


def spot(place: PlaceInReview, words: str) -> str:
    """The click on the first line in which these words stand."""
    for number, line in enumerate(drawn(place).splitlines()):
        if (column := line.find(words)) >= 0:
            return f"click:{column},{number}"
    raise AssertionError(words)


def test_a_click_goes_to_an_entry_a_second_one_opens_it(walked: Walked) -> None:
    walked.beside = True
    place = walked.press("")
    row = place.rows[place.at - 2]
    assert isinstance(row, EntryLine)
    click = spot(place, f"{row.day.day:>2}   0")
    there = walked.press(click)
    assert there.row == row
    assert entry_of(walked.press(f"{click} {click}")).id == row.id
    inside = walked.press("enter")
    back = walked.press(f"enter {spot(inside, f'{row.day.day:>2}   0')}")
    assert (back.title, back.row) == ("Entries", row)


def test_a_click_on_a_word_goes_there_from_the_list_and_from_a_sentence(walked: Walked) -> None:
    walked.beside = True
    word = garden(119).split()[-1]
    for keys in ("", "enter "):
        place = walked.press(f"{keys}{spot(walked.press(keys), word)}")
        assert quote(place).text.split()[place.word] == word


def test_a_click_in_the_year_goes_to_its_week(walked: Walked) -> None:
    place = walked.press("")
    first = place.rows[0]
    assert isinstance(first, EntryLine)
    week = (first.day.timetuple().tm_yday - 1) // 7
    assert walked.press(f"click:{5 + week},1").at == 0
    assert walked.press(f"enter click:{5 + week},1").at == 0
    assert walked.press("click:0,0 click:300,300").at == place.at


def test_wheel_and_page_keys_scroll(walked: Walked) -> None:
    for number in range(80, 110):
        walked.rig.say(number, garden(number))
    newest = walked.press("").at
    assert walked.press("wheelup").at == newest - WHEEL
    assert walked.press("wheelup wheeldown").at == newest
    assert walked.press("pageup").at == newest - PAGE
    assert walked.press("0 pagedown").at == PAGE
    assert walked.press("0 end").at == newest


def test_a_narrow_screen_shows_the_whole_sentence_that_is_looked_at(walked: Walked) -> None:
    lines = [line.text.plain for line in layout.screen(walked.press("enter j"), "", 40, 20)]
    assert garden(119) in re.sub(r"\s+", " ", " ".join(lines))
    assert "? keys" in lines[-1]
    assert "Q leave" in lines[-1]


def test_what_the_machine_was_unsure_of_is_marked_and_the_question_stands_above(
    walked: Walked,
) -> None:
    place = replace(walked.press("enter"), unsure=frozenset({(1, 2)}))
    lines = layout.screen(place, "", 80, 24)
    doubts = [
        line.text.plain[span.start : span.end]
        for line in lines
        for span in line.text.spans
        if span.style == transcript.UNSURE
    ]
    assert doubts == [garden(19).split()[1]]
    asked = entry_of(place).answers[0].asked
    assert asked
    assert asked in drawn(place)


def test_steps_by_word_are_told_in_still_lines(
    walked: Walked, capsys: pytest.CaptureFixture[str]
) -> None:
    still = StillReview()
    for name in ("place", "told"):
        setattr(walked.seen, name, getattr(still, name))
    walked.seen.places.append(PlaceInReview(title="", rows=()))
    walked.press("enter l h j")
    words = garden(19).split()
    told = capsys.readouterr().out.splitlines()
    assert f"{words[1]}, word 2 of {len(words)}" in told
    assert f"{words[0]}, word 1 of {len(words)}" in told
    assert told[-1].startswith("2 of ")


def timed_words(text: str) -> tuple[TimedWord, ...]:
    return tuple(
        TimedWord(text=word, start_s=number, end_s=number + 0.5, probability=1.0)
        for number, word in enumerate(text.split())
    )


def test_the_words_are_lit_in_the_review_as_they_are_spoken(walked: Walked) -> None:
    out = io.StringIO()
    screen = FullReview(Console(file=out, force_terminal=True, width=80, height=24))
    place = walked.press("enter")
    entry = entry_of(place)
    words = timed_words(entry.answers[0].text)
    with screen.shown():
        screen.place(place, opened=True)
        screen.opened(entry)
        screen.answer(entry.answers[0], words)
        screen.at(2.2, speed=1.0, paused=False)
        assert f"\x1b[1;7m{words[2].text}" in out.getvalue()
        assert "0:02 of" in out.getvalue()
        screen.at(3.2, speed=1.0, paused=False)
        assert f"\x1b[1;7m{words[3].text}" in out.getvalue()
        screen.close()
        assert "▶" not in out.getvalue().rpartition("\x1b[H")[2]
        assert screen.under(40, 3) is not None
    assert out.getvalue().count("\x1b[?1006h") == out.getvalue().count("\x1b[?1006l") == 1


def test_in_still_lines_the_cursor_stands_on_what_is_spoken(walked: Walked) -> None:
    import pyte

    entry = entry_of(walked.press("enter"))
    terminal = pyte.Screen(80, 10)
    stream = pyte.Stream(terminal)
    out = io.StringIO()
    playing = StillPlaying(attended=False, heading=False, follow=True, out=out)
    words = timed_words(entry.answers[0].text)
    playing.opened(entry)
    playing.answer(entry.answers[0], words)
    told = 0
    for number, word in enumerate(words):
        playing.at(number + 0.1, speed=1.0, paused=False)
        stream.feed(out.getvalue()[told:].replace("\n", "\r\n"))
        told = len(out.getvalue())
        line = terminal.display[terminal.cursor.y][terminal.cursor.x :]
        assert line.split()[0] == word.text
    playing.close()
    stream.feed(out.getvalue()[told:])
    assert not terminal.display[terminal.cursor.y].strip()


def test_two_themes_are_kept_apart_on_a_key(walked: Walked) -> None:
    themes = walked.press("t x")
    assert walked.seen.line == "Nothing is offered as one with this."
    assert all(isinstance(each, ThemeRow) and not each.twin for each in themes.rows)
    walked.press("x")
    assert "Nothing to do with that here" in walked.seen.line
