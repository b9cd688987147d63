"""Claims about earlier answers: which may come back unasked, and how much of them is heard."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.vaults import NOW, made_entry, make_entry, make_vault
from voicereflect.adapters.deck_folder import DeckFolder
from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.folder import FolderVault
from voicereflect.core.entry.decisions import decided, undecided
from voicereflect.flows.session.asking.quoting import (
    LONGEST_S,
    answered_before,
    quote_of,
    returning,
)
from voicereflect.model import AnswerState, Entry, Segment, Transcript, Word

DECK = """
format = 1
edition = 1
title = "T"
why = "W"
minutes = 5
depth = "{depth}"
opening = ["Hello."]
closing = ["Bye."]
[[prompts]]
id = "free"
words = ["What is new?"]
gentler = "What can you see?"
"""


@pytest.fixture
def vault(tmp_path: Path) -> FolderVault:
    return make_vault(Files(tmp_path / "vault"))


@pytest.fixture
def decks(tmp_path: Path) -> DeckFolder:
    for depth in ("light", "heavy"):
        coming = 'coming = ["Stopping is always fine."]\n' if depth == "heavy" else ""
        (tmp_path / f"{depth}.toml").write_text(coming + DECK.format(depth=depth))
    return DeckFolder([tmp_path])


def answered(text: str, *, deck: str = "light") -> Entry:
    (answer,) = make_entry().answers
    told = replace(answer, prompt=f"{deck}/free", state=AnswerState.DONE, text=text)
    return replace(make_entry(), deck=deck, answers=(told,))


def spoken(vault: FolderVault, entry: Entry, *, word_s: float = 0.5, sure: float = 0.9) -> Entry:
    """Keep an entry whose words were spoken at an even pace."""
    made_entry(vault, entry)
    words = tuple(
        Word(text=f" {word}", start_s=n * word_s, end_s=(n + 1) * word_s, probability=sure)
        for n, word in enumerate(entry.answers[0].text.split())
    )
    segment = Segment(words=words, avg_logprob=-0.2, no_speech=0.0)
    transcript = Transcript(model="m", language="en", made_at=NOW, segments=(segment,))
    vault.add_transcript(entry.id, 1, transcript)
    return entry


def test_nothing_of_heavy_closed_or_undecided_entries_comes_back_unasked(
    decks: DeckFolder,
) -> None:
    may_return = returning(decks)
    light, heavy = answered("Tulips."), answered("Tulips.", deck="heavy")
    told = [light, heavy, decided(light, closed=True), undecided(light)]
    found = answered_before(told, may_return, ["light/free", "heavy/free"])
    assert [entry for entry, _ in found] == [light]


def test_what_plainly_speaks_of_danger_is_no_earlier_answer(decks: DeckFolder) -> None:
    told = [answered("Tulips."), answered("Rain again. I do not want to live any more.")]
    found = answered_before(told, returning(decks), ["light/free"])
    assert [entry for entry, _ in found] == told[:1]


def test_of_a_deck_that_is_gone_nothing_comes_back(decks: DeckFolder) -> None:
    assert not returning(decks)(answered("Tulips.", deck="gone"))
    assert returning(decks)(answered("Tulips.", deck="talk"))


def test_a_quote_is_verbatim_and_ends_with_a_sentence_that_fits(vault: FolderVault) -> None:
    text = "I will walk to the sea. " + "And then I go on and on " * 10
    entry = spoken(vault, answered(text.strip()))
    quote = quote_of(vault, (entry, entry.answers[0]), step=False)
    assert quote is not None
    assert quote.words == "I will walk to the sea."
    assert quote.certain
    assert quote.end_s - quote.start_s < LONGEST_S


def test_a_quote_without_an_end_in_sight_is_cut_between_words(vault: FolderVault) -> None:
    entry = spoken(vault, answered("on and " * 40))
    quote = quote_of(vault, (entry, entry.answers[0]), step=False)
    assert quote is not None
    assert (" " + entry.answers[0].text).startswith(" " + quote.words)
    assert quote.end_s - quote.start_s <= LONGEST_S + 0.5


def test_a_doubtful_word_lets_the_recording_speak(vault: FolderVault) -> None:
    entry = spoken(vault, answered("I will walk."), sure=0.2)
    quote = quote_of(vault, (entry, entry.answers[0]), step=False)
    assert quote is not None
    assert not quote.certain
