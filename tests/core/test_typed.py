"""Claims about typing: what a terminal sends, a text with a cursor, and its rows."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicereflect.core.typed.cells import columns, laid
from voicereflect.core.typed.editor import Editor
from voicereflect.core.typed.strokes import Decoder, EditKey, Stroke

SENT = st.text(
    alphabet=st.sampled_from(
        ["a", "é", "語", " ", "\r", "\n", "\x1b", "[", "O", "A", "2", "0", "1"]
    )
    | st.sampled_from(["~", "\x7f", "\x04"])
)


def strokes(*pieces: str) -> tuple[Stroke, ...]:
    decoder, found = Decoder(), list[Stroke]()
    for piece in pieces:
        decoder, more = decoder.fed(piece)
        found += more
    return (*found, *decoder.fed("", last=True)[1])


def typed(*given_strokes: Stroke) -> Editor:
    editor = Editor()
    for stroke in given_strokes:
        editor = editor.typed(stroke)
    return editor


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("aé語", ("a", "é", "語")),
        ("\r", ("\n",)),
        ("\x1b[A\x1bOB", (EditKey.UP, EditKey.DOWN)),
        ("\x1b", (EditKey.ESCAPE,)),
        ("\x1b\x1b", (EditKey.ESCAPE, EditKey.ESCAPE)),
        ("\x1b[200~one\r\ntwo\x04\x1b[201~x", ("one\ntwo", "x")),
        ("\x1b[24~\x07", ()),
        ("\x04", (EditKey.DONE,)),
        ("\t", ("    ",)),
    ],
)
def test_what_a_terminal_sends_is_read_as_text_and_keys(
    sent: str, read: tuple[Stroke, ...]
) -> None:
    assert strokes(sent) == read


@given(SENT, st.lists(st.integers(0, 30)))
def test_it_does_not_matter_where_a_paste_is_cut(text: str, cuts: list[int]) -> None:
    whole = "\x1b[200~" + text.replace("\x1b", "") + "\x1b[201~"
    at = [0, *sorted(min(each, len(whole)) for each in cuts), len(whole)]
    pieces = [whole[a:b] for a, b in pairwise(at)]
    assert "".join(map(str, strokes(*pieces))) == "".join(map(str, strokes(whole)))


@given(SENT)
def test_nothing_that_is_sent_puts_a_control_character_into_a_text(sent: str) -> None:
    text = typed(*strokes(sent)).text
    assert not [each for each in text if each < " " and each != "\n"]


def test_letters_are_put_in_where_the_cursor_stands() -> None:
    assert typed("beans", EditKey.HOME, "The ", EditKey.END, ".").text == "The beans."


def test_a_key_up_keeps_to_its_line_where_that_is_shorter() -> None:
    assert typed("ab\nlonger", EditKey.UP, "!").text == "ab!\nlonger"
    assert typed("longer\nab", EditKey.UP, EditKey.DOWN, "!").text == "longer\nab!"


@pytest.mark.parametrize("letter", ["é", "e\u0301", "語", "👩\u200d👧", "☀\ufe0f"])
def test_backspace_takes_a_whole_letter(letter: str) -> None:
    assert typed("a" + letter, EditKey.BACKSPACE).text == "a"
    assert typed(letter + "a", EditKey.HOME, EditKey.RIGHT, "|").text == letter + "|a"


def test_a_word_and_a_line_can_be_deleted() -> None:
    assert typed("one two ", EditKey.DELETE_WORD).text == "one "
    assert typed("one\ntwo three", EditKey.DELETE_LINE).text == "one\n"
    assert typed("one two", EditKey.WORD_LEFT, EditKey.DELETE).text == "one wo"


@given(st.text(alphabet=st.sampled_from("ab é語\n")), st.integers(2, 9), st.data())
def test_rows_hold_the_whole_text_and_fit(text: str, width: int, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    found = laid(text, at, width)
    assert "".join(found.rows) == text.replace("\n", "")
    assert all(columns(row) <= width for row in found.rows)
    assert 0 <= found.column < width
    assert found.row < len(found.rows)


def test_rows_break_between_words() -> None:
    assert laid("The beans came up.", 0, 10).rows == ("The beans ", "came up.")
