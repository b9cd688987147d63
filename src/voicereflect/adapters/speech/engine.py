"""Whisper: takes 16 kHz float samples, gives words. Knows no take, no queue, no process."""

from collections.abc import Iterator, Sequence
from enum import Enum, auto
from pathlib import Path
from typing import Any

import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.audio import pad_or_trim
from faster_whisper.tokenizer import Tokenizer
from faster_whisper.transcribe import get_compression_ratio

from voicereflect.adapters.speech.detecting import (
    NOTHING_DBFS,
    level_dbfs,
    raised,
)
from voicereflect.adapters.speech.readings import (
    DetectedLanguage,
    LiveReading,
    WholeSegment,
    moved,
)
from voicereflect.adapters.speech.sound import MODEL_RATE_HZ, Samples
from voicereflect.core.entry.languages import are_kin
from voicereflect.core.sound.stretches import LOOP_COMPRESSION, LOW_LOGPROB, is_looped
from voicereflect.model import ANY_LANGUAGE, Segment, Span, Word

FRAMES_PER_S = 100
WHOLE_S = 30.0

# The gate of evidence.md §4: on noise it removes all that is left after the
# voice detector, on 194 real segments nothing; the library's own removes none.
OTHER_OVER = 0.5
WANTED_UNDER = 0.05
"""On real speech the language that was spoken never had less than 0.87, in pieces of two
seconds not either; of the others it had less than 0.001, in such pieces up to 0.09."""
NO_SPEECH_OVER = 0.4
LOGPROB_UNDER = -0.5

# Short-padded decoding, evidence.md §3: under 10 s of padding segments loop.
SHORT_PAD_S = 10.0
SPARE_S = 3.0
TOKENS_PER_S = 8
TOKENS_SPARE = 24
LIVE_BEAM = 2
"""A beam of two takes a tenth longer than one, and has a tenth fewer wrong words."""
WORDS_PER_S = 6.0
LEFT_S = 0.5
"""Sound after the last word that is shorter than this holds no further word."""

TEMPERATURES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
"""The library's own: a decode that loops or doubts is tried again, less strictly."""


class LiveDoubt(Enum):
    """Why a live segment's text is not shown."""

    NO_SPEECH = auto()
    LOOPED = auto()


class WhisperEngine:
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
        self.live(np.zeros(MODEL_RATE_HZ, dtype=np.float32), "en")

    def language_for(self, wanted: str) -> str:
        """The language to write where that is wanted: an English model knows no other."""
        return wanted if self._whisper.model.is_multilingual else "en"

    def detect(self, samples: Samples, wanted: str) -> DetectedLanguage:
        """The language to write: the wanted one, or the one that is heard if any will do."""
        code = self.language_for(wanted)
        if code != ANY_LANGUAGE:
            return DetectedLanguage(code=code, other=self.other_language(samples, code))
        code, probability, _ = self._whisper.detect_language(raised(samples), vad_filter=True)
        return DetectedLanguage(code=code, probability=round(float(probability), 3))

    def other_language(self, samples: Samples, wanted: str) -> str:
        """Give the code of a language that is clearly spoken instead; empty where none is.

        Asks the encoder alone. An English model cannot tell.
        """
        if wanted == ANY_LANGUAGE or not self._whisper.model.is_multilingual:
            return ""
        code, probability, every = self._whisper.detect_language(samples)
        of_wanted = dict(every or ()).get(wanted, 0.0)
        clear = probability > OTHER_OVER and of_wanted < WANTED_UNDER
        return code if clear and not are_kin(code, wanted) else ""

    def alone(self, samples: Samples, language: str, begins_s: float) -> list[Segment]:
        """Read a short stretch of voice by itself, whose sound was raised already."""
        found, _ = self._whisper.transcribe(
            samples,
            language=None if language == ANY_LANGUAGE else language,
            beam_size=5,
            vad_filter=False,
            condition_on_previous_text=False,
            without_timestamps=True,
            word_timestamps=True,
        )
        return [moved(_segment(each), begins_s) for each in found if not _is_no_speech(each)]

    def live(self, samples: Samples, language: str) -> LiveReading:
        """Decode one short segment quickly; decode it again in full if it looks looped."""
        seconds = len(samples) / MODEL_RATE_HZ
        tokenizer = self._tokenizer(language)
        short_s = min(WHOLE_S, max(SHORT_PAD_S, seconds + SPARE_S))
        text, doubt = self._decode(samples, short_s, tokenizer)
        guess = text
        if doubt is LiveDoubt.LOOPED:
            text, doubt = self._decode(samples, WHOLE_S, tokenizer)
        return LiveReading(text="" if doubt else text, guess=guess)

    def window(
        self, samples: Samples, language: str, voice: Sequence[Span]
    ) -> Iterator[WholeSegment]:
        """Read a window of the whole-answer pass, segment by segment as they are found.

        Where the detector has heard no `voice` at all, this does without it, and what
        is found is unsure. Behind the last voice nothing is read: from the silence
        there the model makes a "Bye" or a "Thank you".
        """
        heard = bool(voice)
        loud = raised(samples)
        if not heard and level_dbfs(samples) < NOTHING_DBFS:
            return
        found, _ = self._whisper.transcribe(
            loud,
            language=None if language == ANY_LANGUAGE else language,
            beam_size=5,
            vad_filter=heard,
            # noise is not worth six tries, each hotter than the one before
            temperature=TEMPERATURES if heard else TEMPERATURES[0],
            condition_on_previous_text=False,
            # a window fits into one decode: marks of time inside it only cost words
            without_timestamps=True,
            word_timestamps=True,
        )
        for segment in found:
            if _is_no_speech(segment):
                continue
            words = _segment(segment)
            read = WholeSegment(segment=words, sure=heard and not is_looped(words))
            yield read
            if voice and read.ends_s > voice[-1].end / MODEL_RATE_HZ - LEFT_S:
                return

    def _tokenizer(self, language: str) -> Tokenizer:
        if language not in self._tokenizers:
            multilingual = self._whisper.model.is_multilingual
            self._tokenizers[language] = Tokenizer(
                self._whisper.hf_tokenizer, multilingual, task="transcribe", language=language
            )
        return self._tokenizers[language]

    def _decode(
        self, samples: Samples, padded_s: float, tokenizer: Tokenizer
    ) -> "tuple[str, LiveDoubt | None]":
        seconds = len(samples) / MODEL_RATE_HZ
        features = self._whisper.feature_extractor(samples)
        encoded = self._whisper.encode(pad_or_trim(features, int(padded_s * FRAMES_PER_S)))
        prompt = [*tokenizer.sot_sequence, tokenizer.no_timestamps]
        result: Any = self._whisper.model.generate(
            encoded,
            [prompt],
            beam_size=LIVE_BEAM,
            max_length=len(prompt) + int(seconds * TOKENS_PER_S) + TOKENS_SPARE,
            return_scores=True,
            return_no_speech_prob=True,
        )[0]
        tokens = result.sequences_ids[0]
        logprob = result.scores[0] * len(tokens) / (len(tokens) + 1)
        text: str = tokenizer.decode(tokens)
        if result.no_speech_prob > NO_SPEECH_OVER and logprob < LOGPROB_UNDER:
            return text, LiveDoubt.NO_SPEECH
        looped = (
            get_compression_ratio(text) > LOOP_COMPRESSION
            or logprob < LOW_LOGPROB
            or len(text.split()) > WORDS_PER_S * seconds
        )
        return text, LiveDoubt.LOOPED if looped else None


def _is_no_speech(found: Any) -> bool:
    return bool(found.no_speech_prob > NO_SPEECH_OVER and found.avg_logprob < LOGPROB_UNDER)


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
