"""The embedding model; the only importer of onnxruntime and tokenizers.

Sentences in, unit vectors out, or the states of their words. Knows no entry, no index, no process.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from voicereflect.adapters.meaning.outputs import with_outputs
from voicereflect.core.words.attention import Halves, States

DIMENSIONS = 384
MAX_TOKENS = 256
"""What all-MiniLM-L6-v2 was trained on; a longer sentence is cut."""
INNER = ("layer_norm_4", "layer_norm_6", "layer_norm_8")
"""What the second, third and fourth of its six layers say of every word: who does what to whom
is still apart there, which the last ones leave for what all of it is about."""
BATCH = 8
"""Larger ones fall out of a processor's cache: a quarter more time at 32, for the same vectors."""
SLOWER: tuple[str, ...] = ("SkipLayerNormFusion",)
"""What the runtime puts together at a cost: norms apart from their sums take a tenth less."""

Vectors = NDArray[np.float32]


class EmbeddingEngine:
    """One loaded embedding model."""

    def __init__(
        self,
        folder: Path,
        *,
        threads: int = 1,
        quick_start: bool = False,
        inner: Sequence[str] = (),
    ) -> None:
        """Load model and tokenizer; takes a third of a second.

        `quick_start` is for a few sentences: ready in a tenth of the time, and
        slower at each of them; the vectors are the same but for their last bits.
        `inner` names what lies inside the model's graph and is given by `states`.
        """
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()  # the file's own is as long as its longest sentence may be
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        if quick_start:
            options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        file = folder / "model.onnx"
        self._session = onnxruntime.InferenceSession(
            with_outputs(file, inner) if inner else str(file),
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=SLOWER,
        )
        self._session._model_bytes = None  # noqa: SLF001 - it would hold the whole file once more
        self._inputs = {each.name for each in self._session.get_inputs()}
        self._last, *_ = (each.name for each in self._session.get_outputs())
        self._inner = tuple(inner)

    def embed(self, sentences: Sequence[str]) -> Vectors:
        """One unit vector of `DIMENSIONS` for each sentence, in order."""
        vectors = np.zeros((len(sentences), DIMENSIONS), dtype=np.float32)
        for chosen, encoded in self._batches(sentences):
            vectors[chosen] = self._mean(encoded)
        return vectors

    def states(self, sentences: Sequence[str]) -> States:
        """What each of the `inner` layers says of every word of some sentences, in order."""
        found: dict[int, Halves] = {}
        for chosen, encoded in self._batches(sentences):
            lengths = [len(each.ids) for each in encoded]
            layers = np.stack(self._run(encoded, self._inner)).astype(np.float16)
            for row, (at, length) in enumerate(zip(chosen, lengths, strict=True)):
                found[at] = layers[:, row, :length]
        ends = np.cumsum([found[at].shape[1] for at in range(len(sentences))])
        every = np.concatenate([found[at] for at in range(len(sentences))], axis=1)
        return States(every, np.concatenate([[0], ends[:-1]]))

    def _batches(self, sentences: Sequence[str]) -> Iterator[tuple[list[int], list[Encoding]]]:
        """Which sentences, and their parts of words; the last is the longest."""
        encoded = self._tokenizer.encode_batch(list(sentences))
        # alike lengths together: padding costs as much as words
        order = sorted(range(len(encoded)), key=lambda index: len(encoded[index].ids))
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            yield chosen, [encoded[index] for index in chosen]

    def _mean(self, encoded: Sequence[Encoding]) -> Vectors:
        (hidden,) = self._run(encoded, [self._last])
        mask = np.array([each.attention_mask for each in encoded], dtype=np.int64)
        weight = mask[..., np.newaxis].astype(np.float32)
        mean = (hidden * weight).sum(axis=1) / np.maximum(weight.sum(axis=1), 1.0)
        norm = np.linalg.norm(mean, axis=1, keepdims=True)
        unit: Vectors = (mean / np.maximum(norm, 1e-9)).astype(np.float32)
        return unit

    def _run(self, encoded: Sequence[Encoding], names: Sequence[str]) -> list[Vectors]:
        """Read sentences of which the last is the longest; all become as long."""
        for each in encoded:
            each.pad(len(encoded[-1].ids))
        ids = np.array([each.ids for each in encoded], dtype=np.int64)
        mask = np.array([each.attention_mask for each in encoded], dtype=np.int64)
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        found: list[Vectors] = self._session.run(names, {name: feed[name] for name in self._inputs})
        return found
