"""Claims about an answer that was typed: its person's own text, without sound, known everywhere."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.vaults import ID, made_entry, make_entry, make_vault
from voicereflect.adapters.index.index import Index
from voicereflect.adapters.vault.condition.modes import FileModes
from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.folder import FolderVault
from voicereflect.core.entry.entries import (
    is_persons,
    with_transcript,
    with_typed,
    without_answer,
)
from voicereflect.core.entry.page.entry_text import parse, render
from voicereflect.errors import VaultUnwritable
from voicereflect.flows.library.checking import Check
from voicereflect.flows.library.recovering import finish
from voicereflect.flows.session.asking.quoting import quote_of
from voicereflect.model import TYPED, Answer, AnswerState, Entry
from voicereflect.ui.progress import NoProgress

WORDS = "The beans came up.\n\nShe would have laughed."
ASKED = Answer(number=1, speaker="me", prompt="her-biography/birth", asked="What came up?")


def typed(state: AnswerState = AnswerState.DONE, words: str = WORDS) -> Entry:
    return with_typed(replace(make_entry(), answers=()), ASKED, words, state)


@pytest.fixture
def vault(tmp_path: Path) -> FolderVault:
    return make_vault(Files(tmp_path / "vault"))


def test_a_typed_answer_is_its_persons_own_text() -> None:
    (answer,) = typed().answers
    assert is_persons(answer)
    assert with_transcript(typed(), 1, "Something else.", silent=False) == typed()


def test_how_it_was_given_stands_in_its_page_and_comes_back() -> None:
    page = render(typed())
    assert "\n  how: typed\n" in page
    assert parse(page, "entry.md") == typed()


def test_a_spoken_answer_says_nothing_of_how() -> None:
    assert "how:" not in render(make_entry(text="Spoken."))


def test_what_was_typed_until_a_kill_is_recovered(vault: FolderVault) -> None:
    made_entry(vault, typed(AnswerState.RECORDING))
    found = finish(vault, ID)
    assert found is not None
    assert found.typed == 1
    (answer,) = vault.load(ID).answers
    assert (answer.text, answer.state) == (WORDS, AnswerState.DONE)


def test_a_discarded_one_is_in_the_trash_with_its_words_and_comes_back(vault: FolderVault) -> None:
    made_entry(vault, typed())
    vault.discard_answer(ID, 1, "set aside")
    vault.update(ID, lambda entry: without_answer(entry, 1))
    (thing,) = vault.trash.all()
    assert (vault.root / "trash" / thing.name / "1.md").read_text() == WORDS
    vault.trash.restore(thing.name)
    assert vault.load(ID).answers == typed().answers
    assert not list((vault.root / "trash").iterdir())


def test_one_in_the_trash_replaces_none_that_was_given_since(vault: FolderVault) -> None:
    made_entry(vault, typed())
    vault.discard_answer(ID, 1, "set aside")
    vault.update(ID, lambda entry: with_typed(entry, ASKED, "Another.", AnswerState.DONE))
    (thing,) = vault.trash.all()
    with pytest.raises(VaultUnwritable):
        vault.trash.restore(thing.name)
    assert vault.load(ID).answers[0].text == "Another."


def test_it_is_quoted_in_its_own_words_as_written(vault: FolderVault) -> None:
    entry = made_entry(vault, typed())
    quote = quote_of(vault, (entry, entry.answers[0]), step=False)
    assert quote is not None
    assert quote.words == "The beans came up. She would have laughed."
    assert quote.certain
    assert quote.typed


def test_a_long_one_is_quoted_up_to_a_sentence_that_fits(vault: FolderVault) -> None:
    entry = made_entry(vault, typed(words="One two three four. " * 20))
    quote = quote_of(vault, (entry, entry.answers[0]), step=False)
    assert quote is not None
    assert quote.words == " ".join(["One two three four."] * 9)


def test_it_lacks_no_sound(vault: FolderVault) -> None:
    (answer,) = made_entry(vault, typed()).answers
    assert answer.how == TYPED
    assert answer.duration_s == 0
    index = Index(vault.root.parent / "index.sqlite")
    check = Check(vault, vault.page, vault.around, FileModes([vault.root]), index, NoProgress())
    assert check.run(whole_sound=True).problems == ()
