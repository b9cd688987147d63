"""Sound, and what was read of it, as values; `model` passes them all on.

Sound is always mono, signed 16-bit little-endian PCM. Positions inside a take
are counted in samples of the take, never on the wall clock.
"""

from dataclasses import dataclass, field
from datetime import datetime

BYTES_PER_SAMPLE = 2


def samples_in(pcm: bytes) -> int:
    """Count the samples of a block."""
    return len(pcm) // BYTES_PER_SAMPLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A stretch of sound, held as bytes so that it compares and hashes."""

    pcm: bytes
    rate_hz: int

    @property
    def samples(self) -> int:
        """Number of samples."""
        return samples_in(self.pcm)

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return self.samples / self.rate_hz


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Samples from `start` up to, not including, `end`."""

    start: int
    end: int

    @property
    def samples(self) -> int:
        """Number of samples."""
        return self.end - self.start


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeInfo:
    """What is known of a take besides its samples."""

    rate_hz: int
    samples: int = 0
    overflows: int = 0
    """Blocks the queue had no room for: sound that was lost."""
    aside: tuple[Span, ...] = ()
    """Our own tones and repeated prompts: kept in the sound, left out of the transcript."""

    @property
    def duration_s(self) -> float:
        """Its length in seconds."""
        return self.samples / self.rate_hz


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One transcribed word, with the leading space the speech model gave it."""

    text: str
    start_s: float
    end_s: float
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of transcript; its text is the words joined with nothing between."""

    words: tuple[Word, ...]
    avg_logprob: float
    no_speech: float
    compression: float = 1.0
    language: str = ""
    """Code of the language it is in, where that is not the transcript's."""

    @property
    def text(self) -> str:
        """The words as the model wrote them, usually with a leading space."""
        return "".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """What one speech model made of one answer."""

    model: str
    language: str
    made_at: datetime
    segments: tuple[Segment, ...]
    unsure: tuple[Segment, ...] = ()
    """Found only without the voice detector: offered, never shown as said."""
    language_probability: float | None = None
    """Where the language was detected: how sure the model was of it."""
    heard: str = ""
    """Code of another language that is clearly spoken; what was read of it is in `unsure`."""
    voiced: bool = field(default=False, compare=False)
    """Whether a voice was heard at all; known only when it is made."""

    @property
    def text(self) -> str:
        """The verbatim text, without outer spaces."""
        return "".join(segment.text for segment in self.segments).strip()
