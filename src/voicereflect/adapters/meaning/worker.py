"""The worker's side of the pipe: texts in, vectors out, in order, until the input ends."""

import json
from pathlib import Path
from typing import BinaryIO

from voicereflect.adapters.meaning.engine import Engine
from voicereflect.core import frames
from voicereflect.core.meanings import half

FEW = 12
"""Up to so many texts are read before a model made ready for speed would be loaded."""


def serve(requests: BinaryIO, out: BinaryIO) -> None:
    """Answer each request with one message; leave when there are no more."""
    first = frames.read(requests)
    if first is None:
        return
    folder = Path(first[0]["folder"])
    engine, quick = Engine(folder, quick_start=True), True
    while message := frames.read(requests):
        texts = json.loads(message[1])
        if quick and len(texts) > FEW:
            engine, quick = Engine(folder), False
        out.write(frames.encode({"is": "vectors", "count": len(texts)}, half(engine.embed(texts))))
        out.flush()
