"""The front door after a crash, and on a machine that has no model yet."""

import os
from pathlib import Path

import pytest

from tests.support.libraries import spoken
from tests.support.product import run
from tests.support.vaults import made_entry, make_vault
from voicereflect.adapters.vault.files import Files


@pytest.mark.slow
def test_what_a_crash_left_is_told_until_it_is_finished() -> None:
    root = Path(os.environ["VOICEREFLECT_VAULT"])
    made_entry(make_vault(Files(root)), spoken(1, "Tulips."))
    (folder,) = root.glob("entries/*/*/*")
    assert "left unfinished" not in run().stdout
    (folder / ".lock").touch()
    assert "voicereflect recover" in run().stdout
    run("recover")
    assert "left unfinished" not in run().stdout


@pytest.mark.slow
def test_where_the_speech_model_is_not_there_setup_comes_first(
    tmp_path: Path, models_dir: Path
) -> None:
    there = run(env={"VOICEREFLECT_MODELS_DIR": str(models_dir)})
    missing = run(env={"VOICEREFLECT_MODELS_DIR": str(tmp_path)})
    assert "voicereflect setup" not in there.stdout
    first, *_, last = missing.stdout.splitlines()
    assert "`voicereflect setup` fetches it" in first
    assert last == there.stdout.splitlines()[-1]
