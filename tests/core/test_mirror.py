"""How often a reproach is told from a report; docs/safety.md publishes these numbers."""

import re
from collections import Counter

import pytest

from tests.support.halves import halves
from tests.support.shipped import ROOT
from voicereflect.core.safety.mirror import ASK, Mirrored, blames, is_own, mirrored
from voicereflect.core.words.speakable import spoken_problems

LOOKED_AT, HELD_OUT = halves("mirror_sentences.toml")
PAGE = (ROOT / "docs/safety.md").read_text("utf-8")


def held_up(sentences: list[tuple[str, str]]) -> dict[str, tuple[int, int]]:
    found = Counter(kind for kind, text in sentences if blames(text))
    return {kind: (found[kind], n) for kind, n in Counter(k for k, _ in sentences).items()}


def test_there_are_a_hundred_and_twenty_sentences() -> None:
    assert len({text for _, text in [*LOOKED_AT, *HELD_OUT]}) == 120


def test_no_report_of_harm_is_ever_held_up() -> None:
    assert [text for kind, text in [*LOOKED_AT, *HELD_OUT] if kind == "harm" and blames(text)] == []


def test_of_sentences_never_tuned_on_reproaches_are_found() -> None:
    found = held_up(HELD_OUT)
    assert found["blame"][0] / found["blame"][1] >= 0.9
    assert found["own"][0] == found["neither"][0] == 0
    own = [is_own(text) for kind, text in HELD_OUT if kind == "own"]
    assert sum(own) / len(own) >= 0.9


@pytest.mark.parametrize(
    ("half", "sentences"), [("mirror, tuned on", LOOKED_AT), ("mirror, held out", HELD_OUT)]
)
def test_the_page_publishes_what_was_reached(half: str, sentences: list[tuple[str, str]]) -> None:
    written = {
        kind: (int(heard), int(of))
        for kind, heard, of in re.findall(
            rf"^\| {half} \| ([a-z-]+) \| (\d+) of (\d+) \|$", PAGE, re.MULTILINE
        )
    }
    assert written == held_up(sentences)


def test_what_is_held_up_is_verbatim_and_stands_beside_ones_own() -> None:
    text = "You never listen to me.  I felt small at that table! You hit me."
    assert mirrored(text) == Mirrored(
        blame="You never listen to me.", own="I felt small at that table!"
    )
    assert mirrored("You hit me. I was afraid.") is None
    assert spoken_problems(ASK) == []


@pytest.mark.parametrize(
    ("text", "blame", "own"),
    [
        ("You hit me.", False, False),
        ("You never came when I cried.", False, False),
        ("I feel that you always leave.", True, False),
        ("You always made me laugh.", False, False),
        ("I felt lonely on Sunday.", False, True),
    ],
)
def test_the_examples_of_the_practice_hold(text: str, blame: bool, own: bool) -> None:  # noqa: FBT001
    assert (blames(text), is_own(text)) == (blame, own)
