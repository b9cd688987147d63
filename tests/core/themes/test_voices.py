"""Claims about the sentences that known themes are counted on."""

from collections import Counter

from bench.noticing.data import runs
from bench.theme_voices import blind, digest, sentences

from tests.support.shipped import ROOT
from voicereflect.core.themes.clustering.placing import NONE
from voicereflect.core.themes.known import PREFIX, parse
from voicereflect.core.words import kinds

CONTENT = (ROOT / "src/voicereflect/themes.weights").read_bytes()
KNOWN = parse((ROOT / "src/voicereflect/themes.toml").read_text("utf-8"))
SAID = sentences()


def test_there_are_many_sentences_in_several_voices_each_in_one_part() -> None:
    assert len(SAID) >= 4_500
    assert max(Counter(each.text for each in (*SAID, *blind())).values()) == 1
    assert len({(each.voice, each.part) for each in SAID}) == len({each.voice for each in SAID})
    assert len({each.voice for each in SAID}) >= 40


def test_every_theme_that_is_counted_may_be_learnt_and_small_talk_is_among_them() -> None:
    parts = {part: {s.theme for s in SAID if s.part == part} for part in ("learn", "held")}
    assert parts["held"] <= parts["learn"]
    assert NONE in parts["held"]


def test_parts_share_no_run_of_words() -> None:
    counted = runs(each.text for each in SAID if each.part == "held")
    assert not counted & runs(each.text for each in SAID if each.part == "learn")
    assert not runs(each.text for each in blind()) & runs(each.text for each in SAID)


def test_the_shipped_numbers_were_fitted_to_these_sentences_and_know_these_themes() -> None:
    """`python tools/themes.py` fits them again, which takes a minute."""
    layer = kinds.parse(CONTENT)
    assert layer.facts["data"] == digest()
    assert layer.facts["bounds"].keys() == set(layer.kinds)
    assert layer.dump() == CONTENT
    assert {NONE, *(each.key.removeprefix(PREFIX) for each in KNOWN)} == set(layer.kinds)


def test_a_theme_is_counted_on_enough_sentences_to_claim_anything_of_it() -> None:
    counted = Counter(each.theme for each in SAID)
    assert min(counted.values()) >= 25
    assert len({each.theme for each in SAID} - {NONE}) - 26 <= 20
