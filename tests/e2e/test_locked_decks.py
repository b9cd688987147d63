"""Claims about decks in a locked vault: which begin without the passphrase, and what that keeps."""

import tomllib
from pathlib import Path

import pytest

from tests.support.product import (
    CTRL_C,
    ENTER,
    SAMPLES,
    Person,
    entry_folders,
    on_few_samples,
    run,
    vault_folder,
)
from tests.support.sealed_vaults import PASSPHRASE, Owner, flow, opened, plain_left
from tests.support.vaults import make_vault
from voicereflect.adapters.programme_file import NAME, ProgrammeFile
from voicereflect.adapters.vault.files import Files
from voicereflect.model import AnswerState

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("no_model")]
QUESTION = "Passphrase of the vault"
LOCKED = "The vault is locked"


@pytest.fixture
def sealed() -> Path:
    """A sealed vault of somebody whose mother died."""
    root = vault_folder()
    vault = make_vault(Files(root))
    vault.begin()
    ProgrammeFile(vault).know("her", "died")
    flow(root, Owner()).seal()
    return root


def typed(deck: str, env: dict[str, str]) -> Person:
    return Person("reflect", deck, "--typed", env=env, still=False)


def test_only_a_deck_that_asks_everybody_the_same_begins_without_the_passphrase(
    sealed: Path, tmp_path: Path, no_devices: dict[str, str]
) -> None:
    answers = on_few_samples(tmp_path, "everyday", "free")
    spoken = run("reflect", "everyday", *answers, env=no_devices)
    assert spoken.returncode == 0, spoken.stderr
    assert LOCKED in spoken.stderr
    (folder,) = entry_folders()
    assert plain_left(sealed) == []
    vault = make_vault(opened(sealed))
    (answer, *_) = vault.load(vault.ids()[0]).answers
    assert (folder / "1.flac").read_bytes().startswith(b"age-encryption.org/v1\n")
    assert (answer.prompt, answer.state) == ("everyday/free", AnswerState.PENDING)
    # the facts are shut away, and she may not be asked as if nothing were known of her
    for deck in ("her-side", "small-steps", "life-story"):
        refused = run("reflect", deck, "--answers", str(SAMPLES), env=no_devices)
        assert (refused.returncode, LOCKED in refused.stderr) == (57, False), deck
    (sealed / "decks").mkdir(exist_ok=True)
    (sealed / "decks" / "0123456789abcdef.toml").write_bytes(b"age-encryption.org/v1\n")
    assert run("reflect", "everyday", *answers, env=no_devices).returncode == 57, "it may be own"
    assert len(entry_folders()) == 1


def test_what_was_refused_for_good_in_a_locked_vault_is_kept_or_said_to_be_lost(
    sealed: Path, no_devices: dict[str, str]
) -> None:
    for key, code in ((CTRL_C, 57), (PASSPHRASE + ENTER, 0)):
        with typed("everyday", no_devices) as person:
            if code == 0:
                person.sees(QUESTION)
                person.presses(PASSPHRASE, ENTER)
            person.sees("ENTER begins")
            person.presses(ENTER)
            person.sees("1 of 5")
            person.presses("\x1b")
            person.sees("finish here, keep all")
            person.presses("x")
            person.sees("2 of 5")
            person.presses("\x1b")
            person.sees("finish here, keep all")
            person.presses("q")
            if code:
                person.sees(QUESTION)
                person.presses(key)
            assert person.leaves() == code, person.shown
        assert (LOCKED in person.shown) == bool(code)
        label = tomllib.loads((sealed / "vault.toml").read_text())
        assert label["asks_first"] is True, "from now on no deck begins without what was said"
    assert "Later: voicereflect programme skip" not in person.shown
    assert "everyday/free" in make_vault(opened(sealed)).page(NAME)
