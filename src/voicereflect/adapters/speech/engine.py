"""Whisper and its voice detector; the only importer of faster-whisper.

Takes 16 kHz float samples, gives words. Knows no take, no queue, no process.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.audio import pad_or_trim
from faster_whisper.tokenizer import Tokenizer
from faster_whisper.transcribe import get_compression_ratio
from faster_whisper.vad import VadOptions, get_speech_timestamps
from numpy.typing import NDArray

from voicereflect.core.endpoint import SEGMENT_MAX_S, SEGMENT_SILENCE_S
from voicereflect.model import Segment, Span, Word

RATE_HZ = 16_000
FRAMES_PER_S = 100
WHOLE_S = 30.0

# The gate of evidence.md §4: on noise it removes all that is left after the
# voice detector, on 194 real segments nothing; the library's own removes none.
NO_SPEECH_OVER = 0.4
LOGPROB_UNDER = -0.5

# Short-padded decoding, evidence.md §3: under 10 s of padding segments loop.
SHORT_PAD_S = 10.0
SPARE_S = 3.0
TOKENS_PER_S = 8
TOKENS_SPARE = 24
LOOP_COMPRESSION = 2.4
LOW_LOGPROB = -1.0
WORDS_PER_S = 6.0

FRAME = RATE_HZ * 30 // 1000
RAISED_DBFS = -20.0
RAISED_BY_DB = 45.0
NOTHING_DBFS = -90.0
"""Below this there are only zeros, and the odd flipped bit."""

TEMPERATURES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
"""The library's own: a decode that loops or doubts is tried again, less strictly."""

Samples = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A segment of the whole-answer pass."""

    segment: Segment
    sure: bool
    """False: found without the voice detector, or going in circles; never shown as said."""


class Engine:
    """One loaded speech model."""

    def __init__(self, folder: Path, *, threads: int) -> None:
        """Load and warm the model; takes a second or two."""
        self._whisper = WhisperModel(
            str(folder),
            device="cpu",
            compute_type="int8",
            cpu_threads=threads,
            local_files_only=True,
        )
        self.model = folder.name
        self._tokenizers: dict[str, Tokenizer] = {}
        self.live(np.zeros(RATE_HZ, dtype=np.float32), "en")

    def language(self, wanted: str) -> str:
        """The language the model will write: an English model knows no other."""
        return wanted if self._whisper.model.is_multilingual else "en"

    def speech(self, samples: Samples) -> tuple[Span, ...]:
        """Where a voice is heard; spans lie `SEGMENT_SILENCE_S` apart."""
        options = VadOptions(
            min_silence_duration_ms=int(SEGMENT_SILENCE_S * 1000),
            max_speech_duration_s=SEGMENT_MAX_S,
            speech_pad_ms=0,
        )
        found = get_speech_timestamps(raised(samples), options)
        return tuple(Span(each["start"], each["end"]) for each in found)

    def live(self, samples: Samples, language: str) -> str:
        """Decode one short segment quickly; decode it again in full if it looks looped."""
        seconds = len(samples) / RATE_HZ
        tokenizer = self._tokenizer(language)
        short_s = min(WHOLE_S, max(SHORT_PAD_S, seconds + SPARE_S))
        text, doubtful = self._decode(samples, short_s, tokenizer)
        if doubtful:
            text, doubtful = self._decode(samples, WHOLE_S, tokenizer)
        return "" if doubtful else text

    def window(self, samples: Samples, language: str) -> Iterator[Read]:
        """Read a window of the whole-answer pass, segment by segment as they are found.

        Between two segments other work may be done. Where the detector hears no
        voice at all, a second try does without it; what that finds is unsure.
        """
        loud = raised(samples)
        heard = bool(self.speech(samples))
        if not heard and level_dbfs(samples) < NOTHING_DBFS:
            return
        found, _ = self._whisper.transcribe(
            loud,
            language=self.language(language),
            beam_size=5,
            vad_filter=heard,
            # noise is not worth six tries, each hotter than the one before
            temperature=TEMPERATURES if heard else TEMPERATURES[0],
            condition_on_previous_text=False,
            word_timestamps=True,
        )
        for segment in found:
            if segment.no_speech_prob > NO_SPEECH_OVER and segment.avg_logprob < LOGPROB_UNDER:
                continue
            looped = segment.compression_ratio > LOOP_COMPRESSION
            yield Read(segment=_segment(segment), sure=heard and not looped)

    def _tokenizer(self, language: str) -> Tokenizer:
        language = self.language(language)
        if language not in self._tokenizers:
            multilingual = self._whisper.model.is_multilingual
            self._tokenizers[language] = Tokenizer(
                self._whisper.hf_tokenizer, multilingual, task="transcribe", language=language
            )
        return self._tokenizers[language]

    def _decode(self, samples: Samples, padded_s: float, tokenizer: Tokenizer) -> tuple[str, bool]:
        seconds = len(samples) / RATE_HZ
        features = self._whisper.feature_extractor(samples)
        encoded = self._whisper.encode(pad_or_trim(features, int(padded_s * FRAMES_PER_S)))
        prompt = [*tokenizer.sot_sequence, tokenizer.no_timestamps]
        result: Any = self._whisper.model.generate(
            encoded,
            [prompt],
            beam_size=1,
            max_length=len(prompt) + int(seconds * TOKENS_PER_S) + TOKENS_SPARE,
            return_scores=True,
            return_no_speech_prob=True,
        )[0]
        tokens = result.sequences_ids[0]
        logprob = result.scores[0] * len(tokens) / (len(tokens) + 1)
        text: str = tokenizer.decode(tokens)
        if result.no_speech_prob > NO_SPEECH_OVER and logprob < LOGPROB_UNDER:
            return "", False
        looped = (
            get_compression_ratio(text) > LOOP_COMPRESSION
            or logprob < LOW_LOGPROB
            or len(text.split()) > WORDS_PER_S * seconds
        )
        return text, looped


def level_dbfs(samples: Samples) -> float:
    """How loud the louder parts are: the 95th percentile of 30 ms frames."""
    frames = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME)
    if not len(frames):
        return NOTHING_DBFS - 1
    power = (frames**2).mean(axis=1) + 1e-12
    return float(10 * np.log10(np.percentile(power, 95)))


def raised(samples: Samples) -> Samples:
    """Quiet speech raised to an ordinary level; everything else as it is.

    The detector hears levels, the model hardly does. At -30 dB it lost 89 of
    1129 words, raised 11, without any detector 9; on the noise set both give none.
    """
    level = level_dbfs(samples)
    if level < NOTHING_DBFS or level >= RAISED_DBFS:
        return samples
    gain = 10 ** (min(RAISED_DBFS - level, RAISED_BY_DB) / 20)
    louder: Samples = np.clip(samples * gain, -1.0, 1.0).astype(np.float32)
    return louder


def _segment(found: Any) -> Segment:
    words = tuple(
        Word(
            text=word.word,
            start_s=float(word.start),
            end_s=float(word.end),
            probability=float(word.probability),
        )
        for word in found.words
    )
    return Segment(
        words=words,
        avg_logprob=float(found.avg_logprob),
        no_speech=float(found.no_speech_prob),
        compression=float(found.compression_ratio),
    )
