"""Claims about what the calm line notices with the real model; docs/safety.md publishes them."""

import os
import re
import tomllib
from pathlib import Path

import pytest
from bench import calm as counting
from bench.noticing import data, training
from bench.noticing.data import Utterance
from bench.noticing.training import Look

from tests.support.shipped import ROOT
from voicereflect.adapters.meaning.engine import INNER, EmbeddingEngine
from voicereflect.core.words import attention

PAGE = (ROOT / "docs/safety.md").read_text("utf-8")
NUMBERS = attention.parse((ROOT / "src/voicereflect/calm.weights").read_bytes())
ROW = re.compile(r"^\| ([a-z?-]+) \| (\d+) of \d+ \| \d\.\d+ to ", re.MULTILINE)


@pytest.fixture(scope="module")
def look(models_dir: Path) -> Look:
    if not (models_dir / "minilm/model.onnx").exists():
        reason = f"the embedding model is not in {models_dir}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return EmbeddingEngine(models_dir / "minilm", inner=INNER).states


@pytest.mark.slow
def test_the_page_publishes_what_is_reached_on_voices_not_fitted_to(look: Look) -> None:
    made: dict[str, str] = {}
    for before, said in counting.unseen().items():
        noticed = training.read(said, look).noticed(NUMBERS)
        made |= dict(ROW.findall("\n".join(counting.table(said, noticed, before=before))))
    written = dict(ROW.findall(PAGE))
    assert written.keys() == made.keys()
    # the last bits of a vector are another machine's own
    assert all(abs(int(made[name]) - int(written[name])) <= 1 for name in made)


def test_no_sample_answer_brings_the_line(look: Look) -> None:
    decks = tomllib.loads((ROOT / "examples/answers.toml").read_text("utf-8"))
    texts = [text for answers in decks.values() for text in answers.values()]
    said = [Utterance(voice="", part="", kind="", text=text) for text in texts]
    noticed = training.read(said, look).noticed(NUMBERS)
    assert len(texts) > 20
    assert [text for text, came in zip(texts, noticed, strict=True) if came] == []


def test_the_shipped_numbers_were_fitted_to_these_sentences() -> None:
    """`python -m bench calm` fits them again, which takes minutes."""
    assert NUMBERS.facts["data"] == data.digest()
