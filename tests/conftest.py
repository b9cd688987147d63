"""What every test stands on: a home of its own, and the real things some tests need."""

import os
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import coverage
import platformdirs
import pytest
from hypothesis import settings

REPO = Path(__file__).resolve().parents[1]
PREFIX = "VOICEREFLECT_"
HOMES = count()
GIVE_WAY = 5
"""A third of the processor where it is short; workers of ours that give way do so by more."""
COUNTED = "COVERAGE_PROCESS_CONFIG"
"""By this a child of a test learns that its lines are counted."""

settings.register_profile("fast", max_examples=10, deadline=None)
settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile("ci", max_examples=50, deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "dev")

# before any test is isolated: the store a person or a build has filled
MODELS_DIR = Path(
    os.environ.get(f"{PREFIX}MODELS_DIR") or platformdirs.user_data_path("voicereflect") / "models"
).absolute()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Let whoever follows sound in real time go first, where others are tested beside it."""
    is_paced = any(mark.args == ("paced",) for mark in item.iter_markers("xdist_group"))
    if "PYTEST_XDIST_WORKER" in os.environ and not is_paced and sys.platform != "win32":
        os.nice(max(0, GIVE_WAY - os.nice(0)))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Count no lines beside real models, whole processes and paced sound: they would take twice."""
    counter = coverage.Coverage.current()
    if counter is None or item.get_closest_marker("slow") is None:
        return (yield)
    counter.stop()
    for_children = os.environ.pop(COUNTED, None)
    try:
        return (yield)
    finally:
        if for_children is not None:
            os.environ[COUNTED] = for_children
        counter.start()


@pytest.fixture(autouse=True)
def isolated(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test, and no child of one, sees the settings, cache or vault of whoever runs it."""
    # made by whatever writes there: thousands of folders, most of them empty, take long to remove
    home = tmp_path_factory.getbasetemp() / f"home-{next(HOMES)}"
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)
    for kind in ("CONFIG", "DATA", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
    monkeypatch.setenv(f"{PREFIX}VAULT", str(home / "vault"))
    monkeypatch.setenv(f"{PREFIX}MODELS_DIR", str(MODELS_DIR))


@pytest.fixture(scope="session")
def models_dir() -> Path:
    """The model store, with at least the base speech model in it."""
    if not (MODELS_DIR / "base" / "model.bin").exists():
        reason = f"the base speech model is not in {MODELS_DIR}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return MODELS_DIR


@pytest.fixture(scope="session")
def shared() -> Path:
    """Recordings of real people; they do not come with the project, so even a build may skip."""
    folder = REPO.parent / "shared" / "speech"
    if not folder.is_dir():
        pytest.skip(f"there are no recordings of real people in {folder}")
    return folder
