"""Letters as they are compared: without marks, strokes and case; knows no language."""

import unicodedata
from typing import Final

_OTHER_LETTERS: Final = str.maketrans("øđðłħŧŋ\u0131ØĐÐŁĦŦŊ", "oddlhtniODDLHTN") | {
    ord(letter): plain
    for letter, plain in zip("æœþÆŒÞ", ("ae", "oe", "th", "AE", "OE", "TH"), strict=True)
}
"""Letters of their own that people type as others; what Unicode calls a mark is not among them."""


def without_strokes(text: str) -> str:
    """Write ø and its kin as they are typed elsewhere: Søren as Soren, Łódź as Lódź."""
    return text.translate(_OTHER_LETTERS)


def folded(text: str) -> str:
    """Give a text in the one form that it shares with all that differ in case or marks alone."""
    parts = unicodedata.normalize("NFKD", without_strokes(text).casefold())
    return "".join(each for each in parts if not unicodedata.combining(each))
