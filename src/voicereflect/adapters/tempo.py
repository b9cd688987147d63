"""Faster and slower speech at the same pitch; knows FFmpeg's `atempo`, not what is said."""

from collections.abc import Iterator

import av
from av.filter import Graph

from voicereflect.model import BYTES_PER_SAMPLE, Clip, samples_in

_FRAME_BYTES = 1 << 16


def at_speed(clip: Clip, speed: float) -> Clip:
    """Give the same sound at `speed` (0.5 to 2), its pitch unchanged."""
    if speed == 1 or not clip.samples:
        return clip
    graph = Graph()
    source = graph.add_abuffer(format="s16", layout="mono", sample_rate=clip.rate_hz)
    tempo = graph.add("atempo", f"{speed:.4f}")
    sink = graph.add("abuffersink")
    source.link_to(tempo)
    tempo.link_to(sink)
    graph.configure()
    pieces: list[bytes] = []
    for frame in (*_frames(clip), None):
        graph.push(frame)
        pieces.extend(_ready(graph))
    return Clip(pcm=b"".join(pieces), rate_hz=clip.rate_hz)


def _frames(clip: Clip) -> Iterator[av.AudioFrame]:
    for begin in range(0, len(clip.pcm), _FRAME_BYTES):
        pcm = clip.pcm[begin : begin + _FRAME_BYTES]
        frame = av.AudioFrame(format="s16", layout="mono", samples=samples_in(pcm))
        frame.sample_rate = clip.rate_hz
        frame.pts = begin // BYTES_PER_SAMPLE
        frame.planes[0].update(pcm.ljust(frame.planes[0].buffer_size, b"\0"))
        yield frame


def _ready(graph: Graph) -> Iterator[bytes]:
    """Give what the filter has finished; it says by an error that it waits for more."""
    while True:
        try:
            frame = graph.pull()
        except (av.BlockingIOError, av.EOFError):
            return
        if isinstance(frame, av.AudioFrame):
            yield bytes(frame.planes[0])[: frame.samples * BYTES_PER_SAMPLE]
