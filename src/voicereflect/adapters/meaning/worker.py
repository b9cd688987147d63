"""The worker's side of the pipe: texts in, vectors out, in order, until the input ends.

Whether a text speaks of danger is told as a yes or a no; its vectors stay here.
"""

import json
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from voicereflect.adapters.child import frames
from voicereflect.adapters.meaning.engine import INNER, EmbeddingEngine
from voicereflect.core.search.float16 import to_half

if TYPE_CHECKING:
    from voicereflect.core.words.attention import Attention


def serve(requests: BinaryIO, out: BinaryIO) -> None:
    """Answer each request with one message; leave when there are no more."""
    first = frames.read(requests)
    if first is None:
        return
    folder = Path(first[0]["folder"])
    quick = bool(first[0].get("quick", True))
    danger = cache(partial(EmbeddingEngine, folder, quick_start=quick, inner=INNER))
    engine = danger() if first[0].get("danger") else EmbeddingEngine(folder, quick_start=quick)
    while message := frames.read(requests):
        if message[0]["is"] == "danger":
            out.write(frames.encode({"is": "danger"}, _danger(danger(), message[1].decode())))
            out.flush()
            continue
        texts = json.loads(message[1])
        # the two engines differ in the last bits, and vectors that are kept must all be alike
        if quick and not message[0].get("quick", False):
            engine, quick = EmbeddingEngine(folder), False
        out.write(
            frames.encode({"is": "vectors", "count": len(texts)}, to_half(engine.embed(texts)))
        )
        out.flush()


def _danger(engine: EmbeddingEngine, text: str) -> bytes:
    """One byte: 1 where a sentence speaks of danger."""
    from voicereflect.core.safety import calm, danger  # noqa: PLC0415 - only a session asks for it

    sentences = calm.sentences(text)
    return bytes(
        [bool(sentences) and danger.notices(_numbers(), sentences, engine.states(sentences))]
    )


@cache
def _numbers() -> "Attention":
    from voicereflect.core.words import attention  # noqa: PLC0415

    return attention.parse(files("voicereflect").joinpath("calm.weights").read_bytes())
