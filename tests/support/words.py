"""How much of what was said a transcript gets wrong."""

import jiwer
from whisper_normalizer.english import EnglishTextNormalizer

_normal = EnglishTextNormalizer()


def word_error(said: list[str], read: list[str]) -> float:
    """Wrong, missing and invented words as a share of all that were said."""
    return float(jiwer.wer([_normal(text) for text in said], [_normal(text) for text in read]))
