"""A process without a network asks one that has: the real child, over its real pipes."""

import os
import sys
from pathlib import Path

import pytest

from tests.support.models import Steps
from voicereflect.adapters.child.process import Child
from voicereflect.adapters.fetching.parent import COMMAND, ChildFetcher
from voicereflect.core.store.installing import voice_advice
from voicereflect.errors import ModelFetchFailed, ModelMissing


@pytest.mark.slow
@pytest.mark.usefixtures("models_dir")
def test_the_child_answers_name_by_name_and_a_refusal_ends_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in [name for name in os.environ if name.startswith("COVERAGE_")]:
        monkeypatch.delenv(name)  # its file would be out of the child's reach
    monkeypatch.setenv("VOICEREFLECT_VAULT", str(tmp_path / "vault"))
    fetcher, said, steps = ChildFetcher(Child(COMMAND)), list[str](), Steps()
    try:
        with pytest.raises(ModelMissing) as caught:
            fetcher.get("huge", said.append, steps)
        assert "base, tiny.en" in caught.value.hint
        assert fetcher.get("minilm", said.append, steps) is False
        assert steps.seen[-1][0] == "Checking minilm"
    finally:
        fetcher.close()
    with pytest.raises(ModelFetchFailed, match="ended before"):
        fetcher.get("minilm", said.append, steps)


@pytest.mark.parametrize("code", ["", "print('no message')"])
def test_a_child_that_ends_or_says_something_else_is_told(code: str) -> None:
    fetcher = ChildFetcher(Child((sys.executable, "-c", code)))
    with pytest.raises(ModelFetchFailed, match="ended before"):
        fetcher.get("base", lambda _: None, Steps())
    fetcher.close()


def test_without_a_child_it_is_told() -> None:
    with pytest.raises(ModelFetchFailed, match="ended before"):
        ChildFetcher().get("base", lambda _: None, Steps())


@pytest.mark.parametrize(
    ("found", "pip", "command"),
    [
        ({"uv-receipt.toml", "bin"}, True, "uv tool install 'voicereflect[voice]' --with pip"),
        ({"pipx_metadata.json"}, True, "pipx inject voicereflect hibari-tts==0.2.1"),
        ({"bin"}, True, "/env/bin/python -m pip install hibari-tts==0.2.1"),
        ({"bin"}, False, "install hibari-tts==0.2.1 beside"),
    ],
)
def test_the_voice_is_added_as_the_program_was_installed(
    found: set[str], *, pip: bool, command: str
) -> None:
    assert command in voice_advice(frozenset(found), pip=pip, python="/env/bin/python")
