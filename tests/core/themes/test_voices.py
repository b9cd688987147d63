"""Claims about the sentences that known themes are counted on."""

from collections import Counter

from bench.noticing.data import runs
from bench.theme_voices import NONE, sentences

SAID = sentences()


def test_there_are_many_sentences_in_several_voices_each_in_one_part() -> None:
    assert len(SAID) >= 2_000
    assert max(Counter(each.text for each in SAID).values()) == 1
    assert len({(each.voice, each.part) for each in SAID}) == len({each.voice for each in SAID})
    assert len({each.voice for each in SAID}) >= 17


def test_every_theme_that_is_counted_may_be_learnt_and_small_talk_is_among_them() -> None:
    parts = {part: {s.theme for s in SAID if s.part == part} for part in ("learn", "held")}
    assert parts["held"] <= parts["learn"]
    assert NONE in parts["held"]


def test_parts_share_no_run_of_words() -> None:
    counted = runs(each.text for each in SAID if each.part == "held")
    assert not counted & runs(each.text for each in SAID if each.part == "learn")
