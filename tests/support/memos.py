"""Voice memos as phones, recorders and messengers leave them: real files, made by FFmpeg."""

import random
from array import array
from collections.abc import Mapping
from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.stream import VideoStream

CODECS = {
    ".aiff": "pcm_s16be",
    ".flac": "flac",
    ".m4a": "aac",
    ".mov": "aac",
    ".mp3": "libmp3lame",
    ".mp4": "aac",
    ".ogg": "libopus",
    ".opus": "libopus",
    ".wav": "pcm_s16le",
    ".webm": "libopus",
}
VIDEOS = {".mov": "mpeg4", ".mp4": "mpeg4", ".webm": "libvpx"}
RATE_HZ = 48_000


def hum(duration_s: float, seed: int = 1) -> bytes:
    """Quiet noise, different for each seed."""
    rng = random.Random(seed)
    return array(
        "h", (rng.randrange(-900, 900) for _ in range(round(duration_s * RATE_HZ)))
    ).tobytes()


def make_memo(
    path: Path,
    duration_s: float = 0.5,
    *,
    seed: int = 1,
    tags: Mapping[str, str] | None = None,
    layout: str = "mono",
    codec: str = "",
) -> Path:
    """Write a recording in the format its name says; a video also has pictures."""
    options = {"movflags": "use_metadata_tags"} if path.suffix == ".mov" else {}
    with av.open(str(path), "w", options=options) as container:
        container.metadata.update(tags or {})
        sound = container.add_stream(codec or CODECS[path.suffix], rate=RATE_HZ, layout=layout)
        assert isinstance(sound, AudioStream)
        if path.suffix in VIDEOS:
            _add_pictures(container, VIDEOS[path.suffix])
        _add_sound(container, sound, hum(duration_s, seed))
    return path


def _add_sound(container: OutputContainer, stream: AudioStream, pcm: bytes) -> None:
    frame = av.AudioFrame(format="s16", layout="mono", samples=len(pcm) // 2)
    frame.sample_rate = RATE_HZ
    frame.planes[0].update(pcm.ljust(frame.planes[0].buffer_size, b"\0"))
    if not stream.codec_context.is_open:
        stream.codec_context.open()
    resampler = av.AudioResampler(
        format=stream.format.name,
        layout=stream.layout.name,
        rate=RATE_HZ,
        frame_size=stream.codec_context.frame_size or 0,
    )
    for piece in (*resampler.resample(frame), *resampler.resample(None)):
        container.mux(stream.encode(piece))
    container.mux(stream.encode(None))


def _add_pictures(container: OutputContainer, codec: str) -> None:
    stream = container.add_stream(codec, rate=5)
    assert isinstance(stream, VideoStream)
    stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
    for at in range(3):
        picture = av.VideoFrame(64, 48, "yuv420p")
        picture.pts = at
        container.mux(stream.encode(picture))
    container.mux(stream.encode(None))
