"""Nothing invented, nothing swallowed: the engine on real noise and on real, quiet speech."""

from pathlib import Path

import jiwer
import numpy as np
import pytest
from faster_whisper.audio import decode_audio
from whisper_normalizer.english import EnglishTextNormalizer

from voicereflect.adapters.speech.detecting import level_dbfs, raised, speech
from voicereflect.adapters.speech.engine import WhisperEngine
from voicereflect.adapters.speech.sound import Samples

QUIET_CLIPS = ("05_parenting_question.flac",)
MORE_LOST = 0.01
"""Of all words, beside the same speech read without any detector."""


@pytest.fixture(scope="module")
def engine(models_dir: Path) -> WhisperEngine:
    return WhisperEngine(models_dir / "base", threads=2)


def said(engine: WhisperEngine, samples: Samples) -> str:
    found = engine.window(samples, "en", speech(samples))
    return "".join(read.segment.text for read in found if read.sure)


@pytest.mark.slow
def test_no_noise_becomes_a_word(engine: WhisperEngine, shared: Path) -> None:
    clips = sorted((shared / "noise").glob("*.flac"))
    assert len(clips) == 33
    # every third: `python -m bench silence` reads all of them
    heard = {clip.name: said(engine, decode_audio(str(clip))) for clip in clips[::3]}
    assert {name: text for name, text in heard.items() if text.strip()} == {}


@pytest.mark.slow
@pytest.mark.parametrize("quieter_db", [40])
def test_quiet_speech_is_not_swallowed(
    engine: WhisperEngine, shared: Path, quieter_db: int
) -> None:
    normal = EnglishTextNormalizer()
    lost = words = 0
    for row in (shared / "voice_notes" / "refs.tsv").read_text().splitlines():
        name, reference = row.split("\t")
        if name not in QUIET_CLIPS:
            continue
        loud = decode_audio(str(shared / "voice_notes" / name))
        quiet = (np.round(loud * 10 ** (-quieter_db / 20) * 32767) / 32768).astype(np.float32)
        with_detector = jiwer.process_words(normal(reference), normal(said(engine, quiet)))
        plain = jiwer.process_words(normal(reference), normal(undetected(engine, quiet)))
        lost += with_detector.deletions - plain.deletions
        words += len(normal(reference).split())
    assert lost <= MORE_LOST * words


def undetected(engine: WhisperEngine, samples: Samples) -> str:
    found, _ = engine._whisper.transcribe(
        samples, language="en", beam_size=5, condition_on_previous_text=False, word_timestamps=True
    )
    return "".join(segment.text for segment in found)


def test_only_quiet_sound_is_raised_and_silence_stays_silence() -> None:
    rng = np.random.default_rng(1)
    loud = (rng.standard_normal(16_000) * 0.2).astype(np.float32)
    quiet = (loud * 0.01).astype(np.float32)
    assert raised(loud) is loud
    assert level_dbfs(raised(quiet)) == pytest.approx(-20, abs=0.5)
    nothing = np.zeros(16_000, dtype=np.float32)
    assert raised(nothing) is nothing
