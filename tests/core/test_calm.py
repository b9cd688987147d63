"""How often the calm line comes when it should; docs/safety.md publishes these numbers."""

import re
from collections import Counter

import pytest

from tests.support.halves import halves, whole
from tests.support.shipped import ROOT
from voicereflect.core.safety.calm import LINE, speaks_of_danger
from voicereflect.core.words.speakable import spoken_problems

DANGER = ("present", "hurt-now", "meaning-to-hurt", "child")
LOOKED_AT, HELD_OUT = halves("calm_sentences.toml")
MORE, FRESH, LAST = (whole(f"calm_{name}.toml") for name in ("more", "fresh", "last"))
SETS = [
    ("tuned on", LOOKED_AT),
    ("held out", HELD_OUT),
    ("more, tuned on", MORE),
    ("fresh", FRESH),
    ("last", LAST),
]
PAGE = (ROOT / "docs/safety.md").read_text("utf-8")


def rates(sentences: list[tuple[str, str]]) -> dict[str, tuple[int, int]]:
    """How many of each kind brought the line, and of how many."""
    heard = Counter(kind for kind, text in sentences if speaks_of_danger(text))
    return {kind: (heard[kind], n) for kind, n in Counter(k for k, _ in sentences).items()}


def share(found: dict[str, tuple[int, int]], *, danger: bool) -> float:
    kinds = [kind for kind in found if (kind in DANGER) == danger]
    return sum(found[kind][0] for kind in kinds) / sum(found[kind][1] for kind in kinds)


def test_there_are_two_hundred_sentences_and_no_kind_is_missing() -> None:
    every = [*LOOKED_AT, *HELD_OUT]
    assert len({text for _, text in every}) == 200
    assert {kind for kind, _ in LOOKED_AT} == {kind for kind, _ in HELD_OUT}


def test_of_sentences_never_tuned_on_plain_danger_is_noticed() -> None:
    found = rates(HELD_OUT)
    noticed, of = found["present"]
    assert noticed / of >= 0.95
    assert share(found, danger=True) >= 0.95
    assert share(found, danger=False) <= 0.05


def test_no_sentence_stands_in_two_sets() -> None:
    every = [text for _, sentences in SETS for _, text in sentences]
    assert len(every) == len(set(every))
    assert len(FRESH) == 100


@pytest.mark.parametrize("sentences", [FRESH, LAST], ids=["fresh", "last"])
def test_harmless_sentences_written_apart_bring_the_line_to_one_in_twenty(
    sentences: list[tuple[str, str]],
) -> None:
    assert share(rates(sentences), danger=False) <= 0.05


@pytest.mark.parametrize(("half", "sentences"), SETS)
def test_the_page_publishes_what_was_reached(half: str, sentences: list[tuple[str, str]]) -> None:
    written = {
        kind: (int(heard), int(of))
        for kind, heard, of in re.findall(
            rf"^\| {half} \| ([a-z-]+) \| (\d+) of (\d+) \|$", PAGE, re.MULTILINE
        )
    }
    assert written == rates(sentences)


def test_the_line_can_be_followed_by_ear() -> None:
    assert spoken_problems(LINE) == []


def test_one_plain_sentence_among_others_is_enough_and_marks_do_not_matter() -> None:
    assert speaks_of_danger("We had tea. I don\u2019t want to live anymore! Then she left.")
    assert not speaks_of_danger("We had tea. I want to live. Then she left.")
    assert not speaks_of_danger("")


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("Tonight I thought it would be easier for everybody if I just was not here.", True),
        ("It would be better for everybody if I were gone.", True),
        ("I think it'd be better for the kids if I wasn't around.", True),
        ("It would be easier for everybody if I were there on Sunday.", False),
        ("It is better for her if I was not late.", False),
    ],
)
def test_who_thinks_others_better_off_without_her_brings_the_line(
    text: str, *, danger: bool
) -> None:
    assert speaks_of_danger(text) == danger
