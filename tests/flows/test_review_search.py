"""The search of a review as it is typed: what each letter finds, and where ENTER and ESC lead."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread

import pytest

from tests.flows.test_themes import garden
from tests.flows.test_walking import Walked, quote, walked
from voicereflect.core.typed.strokes import EditKey, Stroke
from voicereflect.ui.review import layout

__all__ = ["walked"]


class Typing:
    """Somebody who types these strokes."""

    def __init__(self, *strokes: Stroke) -> None:
        self._strokes = strokes

    @contextmanager
    def listen(self, typed: Callable[[Stroke], None]) -> Iterator[None]:
        for each in self._strokes:
            typed(each)
        yield


@pytest.mark.parametrize("end", ["\n", EditKey.DONE])
def test_enter_opens_what_was_typed(walked: Walked, end: Stroke) -> None:
    walked.typist = Typing("n", "e", "ax", EditKey.BACKSPACE, "r", end)
    place = walked.press("/")
    assert place.title == "Found: near"
    assert quote(place).text == garden(0)


class Patient(Typing):
    """Somebody who types the next stroke when the screen has shown the one before."""

    def __init__(self, walked: Walked, *strokes: Stroke) -> None:
        super().__init__(*strokes)
        self._lines = walked.seen.lines

    @contextmanager
    def listen(self, typed: Callable[[Stroke], None]) -> Iterator[None]:
        def type_all() -> None:
            for number, each in enumerate(self._strokes, start=1):
                while len(self._lines) < number:
                    time.sleep(0.01)
                typed(each)

        person = Thread(target=type_all)
        person.start()
        yield
        person.join()


def test_every_letter_shows_what_is_found_and_esc_leads_back(walked: Walked) -> None:
    before = walked.press("")
    walked.typist = Patient(walked, "ne", "ar", EditKey.ESCAPE)
    assert walked.press("/") == before
    assert [line.partition("▏")[0] for line in walked.seen.lines] == [
        "Search for: ",
        "Search for: ne",
        "Search for: near",
    ]
    found = [place for place in walked.seen.places if place.title == "Found"]
    assert quote(found[-1]).text == garden(0)


def test_a_sentence_is_changed_where_it_stands(walked: Walked) -> None:
    place = walked.press("enter j")
    said = quote(place)
    walked.typist = Patient(walked, EditKey.DELETE_WORD, "mine.", "\n")
    assert quote(walked.press("enter j e")).text == f"{said.text.rpartition(' ')[0]} mine."
    assert walked.seen.lines[0] == f"Its words now; only ENTER leaves them: {said.text}▏"
    assert walked.seen.lines[-1] == "Mended. U takes it back."


def test_a_long_line_that_is_told_takes_the_lines_it_needs(walked: Walked) -> None:
    lines = layout.screen(walked.press(""), "word " * 40, 80, 24)
    assert len(lines) == 24
    assert sum("word word" in line.text.plain for line in lines) == 3
