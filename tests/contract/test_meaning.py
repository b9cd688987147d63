"""Claims about the process that knows what sentences mean."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.support.diaries import WordMeaning
from tests.support.libraries import StubMeaning
from tests.support.waiting import PATIENCE_S
from voicereflect.adapters.meaning.client import MeaningWorker
from voicereflect.adapters.meaning.engine import INNER, EmbeddingEngine
from voicereflect.adapters.meaning.outputs import with_outputs
from voicereflect.core.search.filters import BYTES_PER_VECTOR, WIDTH
from voicereflect.core.search.float16 import from_half
from voicereflect.core.search.neighbours import VectorTable
from voicereflect.errors import MeaningFailed, ModelMissing
from voicereflect.ports.index import Meaning

slow = pytest.mark.slow
PAIRS = (
    ("I planted tulips behind the house", "gardening"),
    ("My boss shouted at me again", "trouble at work"),
    ("We drove to the sea with the children", "a family holiday"),
)


@pytest.fixture
def folder(models_dir: Path) -> Path:
    if not (models_dir / "minilm/model.onnx").exists():
        reason = f"the embedding model is not in {models_dir}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return models_dir / "minilm"


def real(request: pytest.FixtureRequest) -> Meaning:
    folder = request.getfixturevalue("folder")
    worker = MeaningWorker(lambda: folder)
    request.addfinalizer(worker.close)
    return worker


Make = Callable[[pytest.FixtureRequest], Meaning]


@pytest.fixture(
    params=[lambda _: StubMeaning(), lambda _: WordMeaning(), pytest.param(real, marks=slow)],
    ids=["stub", "stub of themes", "real"],
)
def meaning(request: pytest.FixtureRequest) -> Meaning:
    make: Make = request.param
    return make(request)


def test_each_text_has_a_vector_of_its_own_and_of_length_one(meaning: Meaning) -> None:
    texts = [text for text, _ in PAIRS]
    vectors = from_half(meaning.embed([*texts, texts[0]]), WIDTH)
    assert len(vectors) == len(texts) + 1
    assert (vectors[0] == vectors[-1]).all()
    assert len({row.tobytes() for row in vectors}) == len(texts)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(vectors)), abs=0.01)


def test_no_text_has_no_vector(meaning: Meaning) -> None:
    assert meaning.embed([]) == b""


@pytest.mark.slow
def test_what_means_alike_is_near(folder: Path) -> None:
    with MeaningWorker(lambda: folder) as worker:
        vectors = worker.embed([text for text, _ in PAIRS])
        meanings = VectorTable([(1, vectors)])
        for number, (_, meant) in enumerate(PAIRS):
            (nearest,) = meanings.nearest(worker.embed([meant]), 1)
            assert nearest == (1 << 16) + number


@pytest.mark.slow
def test_few_texts_and_many_get_the_same_vectors(folder: Path) -> None:
    texts = [text for text, _ in PAIRS]
    with MeaningWorker(lambda: folder) as worker:
        few = worker.embed(texts)
        many = worker.embed(texts * 8)
    near = VectorTable([(1, many)]).nearest(few[:BYTES_PER_VECTOR], 8)
    assert len(many) == 8 * len(few)
    assert all(score > 0.98 for score in near.values())


@pytest.mark.slow
def test_a_vector_does_not_depend_on_its_neighbours(folder: Path) -> None:
    """Bit for bit: among any others, long or short, and at any place in a batch."""
    texts = [text for pair in PAIRS for text in pair]
    company = [*texts, *(" and ".join(texts[:count]) for count in range(1, 7))]
    engine = EmbeddingEngine(folder)
    together = engine.embed(company)
    for number, text in enumerate(company):
        assert (engine.embed([text])[0] == together[number]).all()
    assert (engine.embed(company[::-1])[::-1] == together).all()


@pytest.mark.slow
def test_what_lies_inside_is_given_and_the_vectors_stay(folder: Path) -> None:
    texts = [text for pair in PAIRS for text in pair]
    engine = EmbeddingEngine(folder, inner=INNER)
    assert engine.embed(texts) == pytest.approx(EmbeddingEngine(folder).embed(texts), abs=1e-5)
    states = engine.states(texts)
    alone = [engine.states([text]).layers for text in texts]
    assert states.lengths.tolist() == [each.shape[1] for each in alone]
    assert states.layers == pytest.approx(np.concatenate(alone, axis=1), abs=0.02)
    assert (states.layers[0] != states.layers[1]).any()


def test_further_outputs_stand_behind_a_model_file(tmp_path: Path) -> None:
    file = tmp_path / "model.onnx"
    file.write_bytes(b"model")
    assert with_outputs(file, ["a", "b"]) == b"model\x3a\x0a\x62\x03\x0a\x01a\x62\x03\x0a\x01b"
    long = with_outputs(file, ["n" * 300])
    assert long == b"model\x3a\xb2\x02\x62\xaf\x02\x0a\xac\x02" + b"n" * 300


@pytest.mark.slow
def test_what_is_read_ahead_is_kept_until_it_is_asked_for(folder: Path) -> None:
    with MeaningWorker(lambda: folder) as worker:
        quick_one = worker.embed(["one"], quick=True)
        one, two = worker.embed(["one"]), worker.embed(["two"])
    with MeaningWorker(lambda: folder) as worker:
        worker.start(["one"])
        assert worker.embed(["two"]) == two
        assert worker.embed(["one"], quick=True) == quick_one
        assert worker.embed(["one"]) == one


@pytest.mark.slow
def test_a_killed_worker_is_started_again_once(folder: Path) -> None:
    with MeaningWorker(lambda: folder) as worker:
        before = worker.embed(["one"])
        child = worker._child
        assert child is not None
        os.kill(child.pid, signal.SIGKILL)
        child.wait(PATIENCE_S)
        assert worker.embed(["one"]) == before


@pytest.mark.parametrize(
    "program",
    ["raise SystemExit(1)", "import sys; sys.stdout.write('garbage' * 999)", "import time"],
)
def test_a_worker_that_gives_no_vectors_is_an_error(tmp_path: Path, program: str) -> None:
    command = (sys.executable, "-c", program)
    with (
        MeaningWorker(lambda: tmp_path, command=command) as worker,
        pytest.raises(MeaningFailed) as caught,
    ):
        worker.embed(["The canary sang."])
    assert "canary" not in caught.value.what + caught.value.hint


def test_a_missing_model_is_told_before_anything_starts() -> None:
    def missing() -> Path:
        raise ModelMissing("It is not installed.", hint="Fetch it.")

    with MeaningWorker(missing) as worker, pytest.raises(ModelMissing):
        worker.start()


@pytest.mark.slow
@pytest.mark.parametrize("danger", [True, False])
def test_danger_is_told_as_a_yes_or_a_no_and_vectors_come_as_before(
    folder: Path, *, danger: bool
) -> None:
    with MeaningWorker(lambda: folder, danger=danger) as worker:
        assert worker.notices("We had tea. I am going to end my life. Then she left.")
        assert not worker.notices("We had tea. At fifteen I wanted to die. Then she left.")
        assert not worker.notices("")
        assert len(worker.embed(["one"])) == BYTES_PER_VECTOR
        assert worker.notices("I am going to end my life.")


def test_a_process_that_cannot_tell_of_danger_is_given_up() -> None:
    command = [sys.executable, "-c", "pass"]
    with (
        MeaningWorker(lambda: Path("nowhere"), command=command) as worker,
        pytest.raises(MeaningFailed, match="notices danger"),
    ):
        worker.notices("We had tea.")
