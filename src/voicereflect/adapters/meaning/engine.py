"""The embedding model; the only importer of onnxruntime and tokenizers.

Sentences in, unit vectors out. Knows no entry, no index, no process.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

DIMENSIONS = 384
MAX_TOKENS = 256
"""What all-MiniLM-L6-v2 was trained on; a longer sentence is cut."""
BATCH = 8
"""Larger ones fall out of a processor's cache: a quarter more time at 32, for the same vectors."""
SLOWER: tuple[str, ...] = ("SkipLayerNormFusion",)
"""What the runtime puts together at a cost: norms apart from their sums take a tenth less."""

Vectors = NDArray[np.float32]


class EmbeddingEngine:
    """One loaded embedding model."""

    def __init__(self, folder: Path, *, threads: int = 1, quick_start: bool = False) -> None:
        """Load model and tokenizer; takes a third of a second.

        `quick_start` is for a few sentences: ready in a tenth of the time, and
        slower at each of them; the vectors are the same but for their last bits.
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
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"),
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=SLOWER,
        )
        self._inputs = {each.name for each in self._session.get_inputs()}

    def embed(self, sentences: Sequence[str]) -> Vectors:
        """One unit vector of `DIMENSIONS` for each sentence, in order."""
        vectors = np.zeros((len(sentences), DIMENSIONS), dtype=np.float32)
        encoded = self._tokenizer.encode_batch(list(sentences))
        # alike lengths together: padding costs as much as words
        order = sorted(range(len(encoded)), key=lambda index: len(encoded[index].ids))
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            vectors[chosen] = self._batch([encoded[index] for index in chosen])
        return vectors

    def _batch(self, encoded: Sequence[Encoding]) -> Vectors:
        """Read sentences of which the last is the longest."""
        for each in encoded:
            each.pad(len(encoded[-1].ids))
        ids = np.array([each.ids for each in encoded], dtype=np.int64)
        mask = np.array([each.attention_mask for each in encoded], dtype=np.int64)
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        wanted = {name: feed[name] for name in self._inputs}
        hidden: Vectors = self._session.run(None, wanted)[0]
        weight = mask[..., np.newaxis].astype(np.float32)
        mean = (hidden * weight).sum(axis=1) / np.maximum(weight.sum(axis=1), 1.0)
        norm = np.linalg.norm(mean, axis=1, keepdims=True)
        unit: Vectors = (mean / np.maximum(norm, 1e-9)).astype(np.float32)
        return unit
