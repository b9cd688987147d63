"""Claims about what differs between two texts."""

from hypothesis import given
from hypothesis import strategies as st

from voicereflect.core.words.comparing.comparison import Piece, differences

texts = st.lists(st.sampled_from(["a", "b", "c", "d."]), max_size=20).map(" ".join)


@given(texts, texts)
def test_the_pieces_give_both_texts_again(old: str, new: str) -> None:
    pieces = differences(old, new)
    assert " ".join(piece.old for piece in pieces if piece.old) == old
    assert " ".join(piece.new for piece in pieces if piece.new) == new


@given(texts)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert all(piece.is_same for piece in differences(text, text))


def test_only_the_word_that_differs_is_told() -> None:
    assert differences("she met casimir there", "she met Kasimir there") == (
        Piece(old="she met", new="she met"),
        Piece(old="casimir", new="Kasimir"),
        Piece(old="there", new="there"),
    )
