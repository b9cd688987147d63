"""Claims about the two readers of front matter: the quick ones change no value."""

import math
import warnings
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.test_entry_text import GOOD, JUNK
from voicereflect.core.entry.page import plain_lines, plain_yaml
from voicereflect.core.entry.page.front_matter import load, load_any, value
from voicereflect.errors import EntryUnreadable

HEAD = GOOD.split("---\n")[1]
SCALARS = [
    *("12:30", "0123", "1_000", "=", "yes", "no", "on", "off", "y", "n", "true", "True", "FALSE"),
    *("0o17", "0x1F", "0b101", "09", "-0", "+1", "1.", ".5", "-.5e+3", "1e3", "1e400", "_", "1__0"),
    *(".inf", "-.INF", ".nan", "~", "null", "NULL", "nil", "<<", "''", '""', '"\\/"', "'it''s'"),
    *("2026-11-22", "2026-11-22T09:30:12+01:00", "12:30:45", "1:2.5", "-", "--", "---", "...", "?"),
    *("[]", "{}", "[a, b]", "[12:30, 0123, ~]", "[a,, b]", "{a: 1}", "{a}", "[a:b]", "[http://x]"),
    *("&a b", "*a", "!!str 1", "!!int '1'", "!!binary aGk=", "! 1", "|", ">-", "a #b", "a#b", "#b"),
    *(
        "a: b",
        "a:b",
        "a\tb",
        "a\u2028b",
        "a\x85b",
        "\ufeff",
        "%a",
        "@a",
        "`a`",
        "a\n  b",
        "'a\n  b'",
    ),
    *(
        '"\\uD800"',
        '"\\U0001F600"',
        "😀",
        "caf\u00e9",
        "\x7f",
        "- a",
        "? a",
        "1 2",
        *("12e5", "1e5a", "1a", "1x", "1b1", "1o7", "9_9e9", "1:a", "falsey", "false", "NULLS"),
        "é: [é]",
        "0.0",
    ),
]
PIECES = [*SCALARS, *"ab0: -,[]{}'\"#&*!|>?%@\n\t", "\n  ", "\n- ", "k: ", "\nk: ", "  k: "]


Reader = Callable[[str, Callable[[str], Any]], Any]
QUICK: tuple[Reader, ...] = (plain_lines.load, plain_yaml.load)


def same(one: Any, other: Any) -> bool:
    """Tell whether two values are equal, of the same kinds and in the same order."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return same(list(one.items()), list(other.items()))
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other) or (isinstance(one, float) and math.isnan(one) and math.isnan(other))


def agree(text: str) -> set[Reader]:
    """Give the quick readers that take a text, each of which reads it as ruamel does."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # ruamel warns of anchors that are used twice
        return {each for each in QUICK if _takes(each, text)}


def _takes(reader: Reader, text: str) -> bool:
    try:
        quick = reader(text, value)
    except plain_yaml.NotPlainError:
        return False
    assert same(quick, load_any(text))
    return True


@pytest.mark.parametrize("scalar", SCALARS)
@pytest.mark.parametrize("place", ["{}", "k: {}", "- {}", "{}: k", "k:\n- a: {}\n  b: 1\n", "[{}]"])
def test_a_scalar_means_the_same_to_all_readers(scalar: str, place: str) -> None:
    agree(place.replace("{}", scalar))


@given(
    st.one_of(
        st.text(),
        st.from_regex(
            r"[-+.0-9_xobeEinfa:T~=<]{1,9}|[0-9]{1,3}[0-9a-fA-FoxT_.:+-]{0,6}", fullmatch=True
        ),
    )
)
def test_any_scalar_means_the_same_to_all_readers(scalar: str) -> None:
    agree(f"k: {scalar}\n")
    agree(f"{scalar}: k\n")


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_any_text_means_the_same_to_all_readers(text: str) -> None:
    agree(text)


@given(st.lists(st.sampled_from(JUNK), max_size=8), st.integers(0, len(HEAD)), st.integers(0, 20))
def test_any_hand_edit_means_the_same_to_all_readers(junk: list[str], at: int, cut: int) -> None:
    agree(HEAD[:at] + "".join(junk) + HEAD[at + cut :])


LINE = st.tuples(
    st.sampled_from(["", "", "  ", "    ", " "]),
    st.sampled_from(["", "", "- ", "-"]),
    st.sampled_from(["", "a:", "b: ", "c_d: ", "true: ", "e:  "]),
    st.sampled_from(["", "", *SCALARS]),
)


@given(st.lists(LINE.map("".join), max_size=8).map("\n".join))
def test_lines_in_any_order_mean_the_same_to_all_readers(text: str) -> None:
    agree(text)


def test_what_we_write_and_what_hands_write_plainly_is_read_quickly() -> None:
    more = "picked:\n  id: a\n  words: it's\nseen:\n- 'a: b'\n- - c\n"
    assert plain_lines.load in agree(HEAD)
    assert plain_lines.load in agree(HEAD + more.replace("- - c\n", ""))
    assert agree(HEAD + more)
    assert agree(HEAD.replace("tags: []", "tags: [garden, 'my own']").replace("'me'", "me"))
    assert agree(HEAD + "mood: good  # today\nclosed: true\nseen: 2026-01-02\n")


@pytest.mark.parametrize(
    ("scalar", "meant"),
    [("12:30", "12:30"), ("0123", 123), ("1_000", 1000), ("yes", "yes"), ("0o17", 15), ("~", None)],
)
def test_scalars_keep_the_meaning_they_have(scalar: str, meant: str | float | None) -> None:
    assert load(f"k: {scalar}", where="e", first_line=2) == {"k": meant}


@pytest.mark.parametrize("text", ["k: 1\nk: 2", "k: [", "k: =", "k: 'a", "k: *a", "\tk: 1"])
def test_what_is_refused_is_told_by_its_line(text: str) -> None:
    with pytest.raises(EntryUnreadable, match=r"e, line \d+: the front matter is not valid YAML"):
        load(text, where="e", first_line=2)


def test_merge_keys_and_anchors_are_read_as_ever() -> None:
    text = "a: &x\n  b: 1\nc:\n  <<: *x\n  d: 2\n"
    assert load(text, where="e", first_line=2) == {"a": {"b": 1}, "c": {"b": 1, "d": 2}}
