"""What whole sessions need: a model for speed, a machine without devices, words of the samples."""

import os
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.product import SAMPLES, run, without_devices


@pytest.fixture
def fast(models_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sessions read with tiny.en: where a claim is not about how well it reads."""
    if not (models_dir / "tiny.en" / "model.bin").exists():
        reason = f"the speech model tiny.en is not in {models_dir}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    monkeypatch.setenv("VOICEREFLECT_MODEL", "tiny.en")


@pytest.fixture
def no_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sessions find no speech model: their answers wait."""
    monkeypatch.setenv("VOICEREFLECT_MODELS_DIR", str(tmp_path / "no-models"))


@pytest.fixture
def no_devices(tmp_path: Path) -> dict[str, str]:
    """Variables for a run without any sound card."""
    return without_devices(tmp_path)


@pytest.fixture(scope="session")
def sample_words() -> dict[str, dict[str, str]]:
    """What the sample answers say, by deck and prompt."""
    return tomllib.loads((SAMPLES.parent / "answers.toml").read_text(encoding="utf-8"))


@pytest.fixture
def at_login(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A folder for sockets, with a path that is short enough for one."""
    with tempfile.TemporaryDirectory() as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        yield
        run("lock")
