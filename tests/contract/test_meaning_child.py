"""The embedding model in its own process: the same vectors as in this one, and plain ends."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from voicereflect import wiring
from voicereflect.adapters.meaning.child import MeaningChild
from voicereflect.errors import ReflectError, TranscriptionFailed

SENTENCES = ["My mother rang.", "I planted\nbeans.", "", "Größe und Stille."]


@pytest.fixture
def child() -> Iterator[MeaningChild]:
    try:
        folder = wiring.model_store(wiring.settings()).folder("minilm")
    except ReflectError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(error.what)
    made = MeaningChild(lambda: folder)
    yield made
    made.close()


def test_the_child_gives_the_engines_vectors(child: MeaningChild) -> None:
    from voicereflect.adapters.meaning.engine import Engine

    folder = wiring.model_store(wiring.settings()).folder("minilm")
    rows = np.frombuffer(child.embed(SENTENCES), dtype="<f2").reshape(len(SENTENCES), -1)
    here = Engine(folder).embed([" ".join(each.split()) for each in SENTENCES])
    assert np.allclose(rows, here, atol=2e-3)


def test_a_sentence_has_the_same_vector_in_any_company(child: MeaningChild) -> None:
    together, alone = child.embed(SENTENCES), child.embed(SENTENCES[:1])
    assert together[: len(alone)] == alone


def test_the_name_tells_one_model_from_another(child: MeaningChild, tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(b"another")
    assert child.name != MeaningChild(lambda: tmp_path).name


def test_nothing_to_read_starts_nothing(tmp_path: Path) -> None:
    assert MeaningChild(lambda: tmp_path, command=["no-such-program"]).embed([]) == b""


@pytest.mark.parametrize(
    "command", [[sys.executable, "-c", "pass"], ["no-such-program"], [sys.executable, "-c", "1/0"]]
)
def test_a_child_that_ends_is_one_plain_error(tmp_path: Path, command: list[str]) -> None:
    with pytest.raises(TranscriptionFailed):
        MeaningChild(lambda: tmp_path, command=command).embed(["a"])
