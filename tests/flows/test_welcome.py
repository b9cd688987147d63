from pathlib import Path

import pytest

from tests.support.fakes import StubScreen
from tests.support.vaults import made_entry, make_entry, make_vault
from voicereflect.adapters.vault.files import Files
from voicereflect.flows.session.welcome import FIRST_USE, greet, tell_english_only


@pytest.mark.parametrize(
    ("entries", "is_locked", "told"), [(0, False, [FIRST_USE]), (0, True, []), (1, False, [])]
)
def test_what_this_is_is_said_before_the_first_entry_alone(
    tmp_path: Path, entries: int, *, is_locked: bool, told: list[str]
) -> None:
    vault, screen = make_vault(Files(tmp_path)), StubScreen()
    if entries:
        made_entry(vault, make_entry())
    greet(vault, screen, is_locked=is_locked)
    assert screen.notes == told


@pytest.mark.parametrize(
    ("language", "calm", "hands_free", "lines"),
    [("en", True, True, 0), ("de", False, False, 0), ("de", True, False, 1), ("de", True, True, 2)],
)
def test_of_what_is_turned_on_it_is_told_what_knows_english_alone(
    language: str, *, calm: bool, hands_free: bool, lines: int
) -> None:
    screen = StubScreen()
    tell_english_only(screen, language, calm=calm, hands_free=hands_free)
    told = screen.notes
    assert len(told) == lines
    assert all("German" in line for line in told)
    assert "help-lines" in "".join(told[:1]) or not calm or language == "en"
