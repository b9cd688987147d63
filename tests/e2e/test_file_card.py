"""Claims about real human speech: through a sound card, a session and a file, to words."""

import csv
from pathlib import Path

import pytest

from tests.support.product import ENTER, SAMPLES, Person, card_sound, entries, entry_folders, flac
from tests.support.rigs import CARD_RATE_HZ, AlsaFileCard
from tests.support.words import word_error
from voicereflect.model import AnswerState

pytestmark = pytest.mark.xdist_group("paced")

MOST_WRONG = 0.15
CLIPS = ("13_pharmacy_pickup", "15_grocery_shopping")
PACE = 3.0
"""Faster than time: what is heard does not depend on it, and the test is over sooner."""


@pytest.fixture
def card(tmp_path: Path) -> AlsaFileCard:
    return AlsaFileCard(tmp_path, pace=PACE)


def said_in(shared: Path) -> dict[str, str]:
    with (shared / "voice_notes" / "refs.tsv").open(encoding="utf-8") as lines:
        return {name.removesuffix(".flac"): text for name, text in csv.reader(lines, "excel-tab")}


@pytest.mark.slow
@pytest.mark.usefixtures("models_dir")
def test_every_sample_and_the_words_of_real_speech_are_kept(
    shared: Path, card: AlsaFileCard
) -> None:
    fed = [card_sound(shared / "voice_notes" / f"{clip}.flac") for clip in CLIPS]
    with card, Person("reflect", "small-steps", env=card.env) as person:
        person.sees("ENTER begins")
        person.presses(ENTER)
        for pcm, key in zip(fed, (ENTER, "q"), strict=True):
            person.sees(r"Recording\.")
            card.load_mic(pcm)
            card.wait_until_said(timeout_s=120)
            person.presses(key)
        person.sees("Saved: 2 answers", timeout_s=180)
        assert person.leaves() == 0
    (folder,) = entry_folders()
    for number, pcm in enumerate(fed, start=1):
        kept = flac(folder, number)
        assert pcm in kept, "samples between two ENTER are missing or changed"
        assert len(kept) - len(pcm) < 2 * CARD_RATE_HZ * 2 * PACE
    (entry,) = entries()
    assert [answer.state for answer in entry.answers] == [AnswerState.DONE] * 2
    references = said_in(shared)
    texts = [answer.text for answer in entry.answers]
    wrong = word_error([references[clip] for clip in CLIPS], texts)
    assert wrong <= MOST_WRONG, f"{wrong:.1%} of the words are wrong"


@pytest.mark.slow
@pytest.mark.usefixtures("fast")
def test_what_is_said_before_enter_has_been_handled_is_kept_as_well(
    tmp_path: Path, sample_words: dict[str, dict[str, str]]
) -> None:
    """The key comes while the last tenths of a second are still on their way from the card."""
    pcm = card_sound(SAMPLES / "everyday" / "ahead.flac")
    with (
        AlsaFileCard(tmp_path, pace=1.0) as card,
        Person("reflect", "everyday", env=card.env) as person,
    ):
        person.sees("ENTER begins")
        person.presses(ENTER)
        person.sees(r"Recording\.")
        card.load_mic(pcm)
        card.wait_until_said()
        person.presses("q")
        person.sees("Saved: 1 answer")
        assert person.leaves() == 0
    assert pcm in flac(entry_folders()[0], 1)
    (answer,) = entries()[0].answers
    assert word_error([sample_words["everyday"]["ahead"]], [answer.text]) <= MOST_WRONG
