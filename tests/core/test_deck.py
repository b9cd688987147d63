import pytest

from voicereflect.core.decks.file.reading import parse
from voicereflect.core.decks.file.strings import spoken_strings
from voicereflect.errors import DeckError

GOOD = '''\
format = 1
edition = 3
title = "Walks"
why = """
Said to nobody,
only shown."""
minutes = 5
depth = "middle"
opening = ["Five minutes about walks."]
closing = ["What comes next?",
           "And now?"]

[[prompts]]
id = "last-walk"
words = [
    "Where did you walk last?",
    "Which way did you go?",
]
gentler = "What shoes were they?"

[[prompts]]
id = "next"
words = ["Where to next?"]
'''


def complaint(text: str) -> DeckError:
    with pytest.raises(DeckError) as caught:
        parse(text, "walks")
    return caught.value


def test_a_deck_is_read_as_written() -> None:
    deck = parse(GOOD, "walks")
    assert (deck.name, deck.edition, deck.minutes, deck.depth) == ("walks", 3, 5, "middle")
    assert deck.why == "Said to nobody, only shown."
    assert deck.closing == ("What comes next?", "And now?")
    assert [prompt.id for prompt in deck.prompts] == ["last-walk", "next"]
    assert deck.prompts[0].words == ("Where did you walk last?", "Which way did you go?")
    assert [prompt.gentler for prompt in deck.prompts] == ["What shoes were they?", ""]


def test_spoken_strings_leave_out_what_is_only_shown() -> None:
    assert spoken_strings(parse(GOOD, "walks")) == (
        "Five minutes about walks.",
        "What comes next?",
        "And now?",
        "Where did you walk last?",
        "Which way did you go?",
        "What shoes were they?",
        "Where to next?",
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "said", "instead"),
    [
        ("minutes = 5", 'minutes = "five"', 7, '"minutes" is "five"', "minutes = 1"),
        ("minutes = 5", "minutes = true", 7, '"minutes" is True', "minutes = 1"),
        ("minutes = 5\n", "", 1, '"minutes" is missing', "minutes = 1"),
        ("edition = 3", "edition = 0", 2, '"edition" is 0', "edition = 1"),
        ("format = 1\n", "", 1, '"format" is missing', "format = 1"),
        ("format = 1", "format = -1", 1, '"format" is -1', "format = 1"),
        ('depth = "middle"', 'depth = "deep"', 8, '"depth" is "deep"', '"heavy"'),
        ("depth =", "dept =", 8, '"dept" is not a key of a deck', 'Write "depth"'),
        ("title =", 'color = "red"\ntitle =', 3, '"color" is not a key', "has format, edition"),
        ('"Walks"', '"  "', 3, '"title" is empty', "Write title ="),
        ('"Walks"', '"a\\u001Bb"', 3, "control character", "Remove it"),
        (
            '["Five minutes about walks."]',
            '"Five"',
            9,
            '"opening" is not a list',
            'opening = ["…"]',
        ),
        ('["Five minutes about walks."]', "[]", 9, '"opening" is not a list', 'opening = ["…"]'),
        ('"And now?"', "2", 11, 'a wording of "closing" is not a text', 'closing = ["…"]'),
        ('"Which way did you go?"', '""', 17, 'a wording of "words" is empty', 'words = ["…"]'),
        ("gentler =", "gentle =", 19, '"gentle" is not a key of a prompt', 'Write "gentler"'),
        ('id = "next"', 'id = "last-walk"', 22, "a second prompt", "an id of its own"),
        ('id = "next"', 'id = "Next one"', 22, '"Next one" cannot be an id', "hyphens"),
        ('id = "next"', 'id = "../next"', 22, '"../next" cannot be an id', "hyphens"),
        ('id = "next"', 'id = "closing"', 22, '"closing" cannot be a prompt\'s id', "another id"),
        ('words = ["Where to next?"]', "", 21, '"words" is missing', 'words = ["…"]'),
    ],
)
def test_a_mistake_is_named_with_its_line_and_what_to_write(
    old: str, new: str, line: int, said: str, instead: str
) -> None:
    error = complaint(GOOD.replace(old, new, 1))
    assert error.what.startswith(f"walks.toml, line {line}: ")
    assert said in error.what
    assert "\n" not in error.what
    assert instead in error.hint


def test_every_mistake_is_found_at_one_look() -> None:
    text = GOOD.replace("minutes = 5", "minutes = 0").replace("depth", "deph")
    error = complaint(text.replace('words = ["Where to next?"]', "words = 1"))
    assert [line.split(":")[0] for line in error.what.splitlines()] == [
        "walks.toml, line 7",
        "walks.toml, line 8",
        "walks.toml, line 23",
    ]
    assert [line.split(":")[0] for line in error.hint.splitlines()] == [
        "Line 7",
        "Line 8",
        "Line 23",
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (GOOD.replace('"Walks"', '"Walks'), 3),
        (GOOD.replace("minutes = 5", "minutes = 5\nminutes = 6"), 8),
        (GOOD + 'why = ["open', 24),
        (GOOD + "why = [", 24),
    ],
)
def test_what_is_not_toml_is_one_line_with_its_place(text: str, line: int) -> None:
    error = complaint(text)
    assert error.what.startswith(f"walks.toml, line {line}: this is not TOML: ")
    assert "(at" not in error.what
    assert "\n" not in error.what


@pytest.mark.parametrize(
    "prompts", ["", "prompts = []\n", 'prompts = "a"\n', '[prompts]\nid = "a"\n']
)
def test_a_deck_needs_prompts_in_tables(prompts: str) -> None:
    text = GOOD[: GOOD.index("\n[[prompts]]")] + "\n" + prompts
    error = complaint(text)
    assert "prompts" in error.what
    assert "\n" not in error.what
    assert "[[prompts]]" in error.hint


def test_misspelt_prompts_are_reported_once() -> None:
    error = complaint(GOOD.replace("[[prompts]]", "[[promps]]"))
    assert error.what == 'walks.toml, line 13: "promps" is not a key of a deck'


def test_a_newer_format_is_one_line_whatever_else_is_in_it() -> None:
    error = complaint(GOOD.replace("format = 1", "format = 2\nvoices = 2"))
    assert error.what == "walks.toml, line 1: made for a newer voicereflect (format 2)"
    assert "Update" in error.hint
