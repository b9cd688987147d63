"""From a sound file to its samples; knows what was left out, not what becomes of the sound."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import av
from av.container import InputContainer

from voicereflect.adapters.recordings import boxes, riff, tracks
from voicereflect.adapters.recordings.containers import opened, translated
from voicereflect.adapters.recordings.mono import ToMono
from voicereflect.adapters.recordings.packets import Packets
from voicereflect.core.sound.blocks import equal_blocks
from voicereflect.core.store.bounds import FASTEST_HZ
from voicereflect.errors import RecordingUnreadable
from voicereflect.model import BYTES_PER_SAMPLE

BLOCK_S = 0.1
SHORTER_S = 2.0
"""A file that gives this much less than it promises is damaged."""
_SLOWEST_HZ = 1_000
"""No recorder is slower; a file that claims a few samples a second would be days of noise."""
_GUESS_THEIR_LENGTH = frozenset({"aac", "amr", "mp2", "mp3"})
"""Containers, and codecs within a WAV file, that tell no length and are read to any end."""


class DecodedFile:
    """One file, decoded to mono at its own rate."""

    def __init__(self, path: Path) -> None:
        """Open it and decode a first piece, so that a file that is no sound shows at once."""
        self.path = path
        self._heard_s = 0.0
        self._number, self._others = tracks.voiced_track(path)
        self._container: InputContainer = opened(path)
        try:
            self._track = self._container.streams.audio[self._number]
            with translated(path):
                self._wav = riff.length(path)
                self._holds_another = boxes.holds_another(path)
            self._packets = Packets(path, self._container, [self._track])
            self._frames = self._packets.frames()
            with translated(path):
                first = next(self._frames, None)
                if first is None:
                    raise ValueError("not one sample in it")
                if not _SLOWEST_HZ <= first[1].sample_rate <= FASTEST_HZ:
                    raise ValueError("a rate beyond reason")
            self._first = first[1]
            self.rate_hz = self._first.sample_rate
            self._to_mono = ToMono(self.rate_hz)
        except RecordingUnreadable:
            self.close()
            raise

    def blocks(self) -> Iterator[bytes]:
        """Give all samples in blocks of a tenth of a second; afterwards `damage` is known."""
        size = round(self.rate_hz * BLOCK_S) * BYTES_PER_SAMPLE
        for block in equal_blocks(self._pieces(), size):
            yield block
            self._heard_s += len(block) / BYTES_PER_SAMPLE / self.rate_hz

    def _pieces(self) -> Iterator[bytes]:
        with translated(self.path):
            yield from self._to_mono.mono(self._first)
            for _, frame in self._frames:
                yield from self._to_mono.mono(frame)
            yield from self._to_mono.rest()

    @property
    def damage(self) -> str:
        """What could not be read, as the end of a sentence; empty where all could."""
        short_s = (self.claimed_s or 0) - self._heard_s if self._claims_exactly else 0.0
        ends_early = short_s - self._packets.gaps_s > SHORTER_S or self._packets.ends_in_damage
        if ends_early and not self._packets.gaps:
            return f"only its first {self._heard_s:.0f} s are kept"
        if not ends_early and not self._packets.gaps:
            return ""
        lost_s = max(short_s, self._packets.gaps_s)
        about = f" (about {lost_s:.1f} s)" if lost_s >= 0.1 else ""
        return f"what can be decoded is kept, {self._heard_s:.0f} s; the rest{about} is left out"

    @property
    def remarks(self) -> tuple[str, ...]:
        found = []
        if self._wav.is_short:
            found.append(f"Its header tells of {self.claimed_s:.0f} s only; all is kept.")
        if self._holds_another:
            found.append("Another recording stands behind it in the file, and is not kept.")
        count = len(self._container.streams.audio)
        if self._number or self._others:
            chosen = f"Of its {count} tracks number {self._number + 1} is kept"
            other = "the others are silent" if not self._others else "others hold sound too"
            found.append(f"{chosen}; {other}.")
        if self._to_mono.left_channels_out:
            found.append("Where its channels cancel each other only the strongest is kept.")
        return tuple(found)

    @property
    def tags(self) -> Mapping[str, str]:
        """What the file says of itself, such as when it was made."""
        return {**self._container.metadata, **self._track.metadata}

    @property
    def claimed_s(self) -> float | None:
        """The length the file claims, if it does."""
        length = self._container.duration
        return self._wav.claimed_s or (None if length is None else length / av.time_base)

    @property
    def _claims_exactly(self) -> bool:
        """Whether that is more than a guess from the file's size."""
        kind = self._container.format.name
        if kind == "wav":
            kind = self._track.codec_context.codec.canonical_name
        return kind not in _GUESS_THEIR_LENGTH

    def close(self) -> None:
        """Close the file."""
        self._container.close()
