import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicereflect.core.store.toml_lines import KeyPath, line_of, lines_of

TEXT = '''\
# [not.a.table]
title = "a # b ] ["  # words = 1
why = """
words = "inside a text"
[[prompts]]
"""

opening = [  # [
    "first",
    # ", between
    "second", "third",
    ["nested",
     "deep"],
]

[[prompts]]
id = 'one'

[[prompts]]
"id" = "two"
words = ["a", "b"]
inline = { words = ["x",
  "y"], z = 1 }
deep.er = 3

[a.b]
c = 1
[[prompts.kinds]]
n = 1
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("why",), 3),
        (("opening",), 8),
        (("opening", 0), 9),
        (("opening", 1), 11),
        (("opening", 2), 11),
        (("opening", 3), 12),
        (("opening", 3, 1), 13),
        (("prompts",), 16),
        (("prompts", 0), 16),
        (("prompts", 0, "id"), 17),
        (("prompts", 1), 19),
        (("prompts", 1, "id"), 20),
        (("prompts", 1, "words", 1), 21),
        (("prompts", 1, "deep", "er"), 24),
        (("a", "b", "c"), 27),
        (("prompts", 1, "kinds", 0, "n"), 29),
    ],
)
def test_everything_is_found_on_its_line(path: KeyPath, line: int) -> None:
    assert line_of(TEXT, path) == line


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("prompts", 1, "gentler"), 19),
        (("prompts", 1, "inline", "z"), 22),
        (("prompts", 7), 16),
        (("nothing", "of", "it"), 1),
        ((), 1),
    ],
)
def test_what_stands_nowhere_is_looked_for_around_it(path: KeyPath, line: int) -> None:
    assert line_of(TEXT, path) == line


def test_windows_line_ends_change_no_line() -> None:
    assert lines_of(TEXT.replace("\n", "\r\n")) == lines_of(TEXT)


KEYS = st.text("abcdefgh", min_size=1, max_size=4)
NOISE = st.lists(st.sampled_from(["", "# key = [", '# """', "   ", "\t# ]"]), max_size=2)
VALUES = st.sampled_from(
    [
        '"text"',
        "1",
        '"[["',
        "'#'",
        '"""\nx = 1\n[y]\n"""',
        "'''\na\"\n'''",
        "[\n1,\n[2]\n]",
        "{a=1}",
    ]
)
TABLES = st.lists(
    st.tuples(st.booleans(), st.dictionaries(KEYS, st.tuples(NOISE, VALUES), max_size=4)),
    max_size=5,
)


def written(
    tables: list[tuple[bool, dict[str, tuple[list[str], str]]]],
) -> tuple[str, dict[KeyPath, int]]:
    """Write a document and note, while writing, which key lands on which line."""
    lines: list[str] = []
    places: dict[KeyPath, int] = {}
    repeated = 0
    for number, (many, pairs) in enumerate(tables):
        table: KeyPath = ("many", repeated) if many else (f"table{number}",)
        repeated += many
        lines.append("[[ many ]]" if many else f"[table{number}] # [x]")
        places[table] = len(lines)
        for key, (noise, value) in pairs.items():
            lines.extend(noise)
            places[*table, key] = len(lines) + 1
            lines.extend(f"{key} = {value}".split("\n"))
    return "\n".join(lines), places


@given(TABLES)
def test_every_written_key_is_found_where_it_was_written(
    tables: list[tuple[bool, dict[str, tuple[list[str], str]]]],
) -> None:
    text, places = written(tables)
    tomllib.loads(text)
    found = lines_of(text)
    assert {path: found.get(path) for path in places} == places


@given(
    st.text("ab.=[]{}\"'#\\, \n\r", max_size=60),
    st.lists(st.sampled_from(["a", "b", 0]), max_size=3),
)
def test_no_text_is_too_broken_to_name_a_line(text: str, path: list[str | int]) -> None:
    assert 1 <= line_of(text, tuple(path)) <= text.count("\n") + 1
