"""What it gives and costs to tell a speech model names beforehand: `python -m bench hotwords`.

The whole-answer pass over all recordings and noise, by itself and with the library's `hotwords`.
"""

import functools
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import jiwer

from bench import product, speech_set
from voicereflect import wiring
from voicereflect.adapters.speech.detecting import speech
from voicereflect.adapters.speech.engine import WhisperEngine

SAID = (
    "Allah, Azure, Docker, Dov, Emily, GitHub, Hale, Jamieson, John, Liddy, Lincoln, Merneptah, "
    "Mike, Montreal, Moses, Newberg, Nuzhat, OpenAI, Polly, Puttel, Richard, Sarah, Sherburn, "
    "Zaman, Zarathustra, Zigbee"
)
UNSAID = (
    "Agnieszka, Anna, Beatrix, Casimir, Dorothea, Edith, Franz, Gordon, Ingrid, Jonas, Karin, "
    "Leyla, Maria, Nadia, Oskar, Pavel, Rosalind, Theo, Ursula, Wilhelmina"
)
VOCABULARIES = {"none": "", "names that are said": SAID, "others too": f"{SAID}, {UNSAID}"}
NAMES = frozenset(speech_set.plain(f"{SAID}, {UNSAID}").replace(",", " ").split())
LOST = 4
"""So many words dropped in a row are a stretch of text that is lost."""


class Told(WhisperEngine):
    """The product's engine, told words that may be said."""

    def __init__(self, folder: Path, words: str) -> None:
        """Without words it is the product's own."""
        super().__init__(folder, threads=product.THREADS)
        told = functools.partial(self._whisper.transcribe, hotwords=words or None)
        self._whisper.transcribe = told

    def text(self, clip: speech_set.Clip) -> str:
        """What the whole-answer pass is sure of."""
        samples = clip.samples()
        found = self.window(samples, "en", speech(samples))
        return "".join(each.segment.text for each in found if each.sure)


def main() -> None:
    """Print for each vocabulary what came of names, of all other words, and of noise."""
    clips, noise = speech_set.clips(), speech_set.clips(("noise",))
    if not clips:
        return
    said = [speech_set.plain(each.said) for each in clips]
    for label, words in VOCABULARIES.items():
        engine = Told(wiring.settings().models_dir / "base", words)
        read = [speech_set.plain(engine.text(each)) for each in clips]
        made = [speech_set.plain(engine.text(each)) for each in noise]
        print(f"{label}: {_names(said, read)}; {_lost(said, read)}")
        print(f"  all else: {speech_set.errors(map(_rest, said), map(_rest, read))}")
        print(f"  noise: {sum(len(each.split()) for each in made)} words in {len(made)} clips")


def _names(said: Sequence[str], read: Sequence[str]) -> str:
    right = wrong = 0
    wanted = [_counted(each) for each in said]
    for want, found in zip(wanted, map(_counted, read), strict=True):
        right += (want & found).total()
        wrong += (found - want).total()
    return f"{right} of {sum(each.total() for each in wanted)} names right, {wrong} never said"


def _counted(text: str) -> Counter[str]:
    return Counter(word for word in text.split() if word in NAMES)


def _rest(text: str) -> str:
    return " ".join(word for word in text.split() if word not in NAMES)


def _lost(said: Sequence[str], read: Sequence[str]) -> str:
    runs = [
        chunk.ref_end_idx - chunk.ref_start_idx
        for chunks in jiwer.process_words(list(said), list(read)).alignments
        for chunk in chunks
        if chunk.type == "delete"
    ]
    lost = [run for run in runs if run >= LOST]
    return f"{sum(lost)} words lost in {len(lost)} stretches of {LOST} or more"
