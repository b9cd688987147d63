"""The worker's side of the pipe: texts in, vectors out, in order, until the input ends."""

import json
from pathlib import Path
from typing import BinaryIO

from voicereflect.adapters.child import frames
from voicereflect.adapters.meaning.engine import EmbeddingEngine
from voicereflect.core.search.float16 import to_half


def serve(requests: BinaryIO, out: BinaryIO) -> None:
    """Answer each request with one message; leave when there are no more."""
    first = frames.read(requests)
    if first is None:
        return
    folder = Path(first[0]["folder"])
    quick = bool(first[0].get("quick", True))
    engine = EmbeddingEngine(folder, quick_start=quick)
    while message := frames.read(requests):
        texts = json.loads(message[1])
        # the two engines differ in the last bits, and vectors that are kept must all be alike
        if quick and not message[0].get("quick", False):
            engine, quick = EmbeddingEngine(folder), False
        out.write(
            frames.encode({"is": "vectors", "count": len(texts)}, to_half(engine.embed(texts)))
        )
        out.flush()
