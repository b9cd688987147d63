"""The two voices side by side, and what the speech model hears of them: `python -m bench voice`.

Prompts of the shipped decks go through each voice and back through base. Fewer of them with
`VOICEREFLECT_BENCH_PROMPTS=5`.
"""

import os
import resource
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from tests.support.shipped import DECKS

from bench import product, speech_set
from voicereflect import wiring
from voicereflect.adapters.portaudio.resample import resampled
from voicereflect.adapters.voice.natural import NaturalVoice, is_installed
from voicereflect.model import Clip
from voicereflect.ports.voice import Voice
from voicereflect.wiring.sound import voices

COUNT = 60
MOST_WRONG_PERCENT = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """What one voice made of all prompts, and what that took."""

    name: str
    clips: tuple[Clip, ...]
    took_s: tuple[float, ...]
    """The first includes whatever has to be started and loaded."""
    cpu_s: float
    resident_mb: float

    def row(self, wrong: speech_set.Errors) -> str:
        """A line of the table."""
        spoken_s = sum(clip.duration_s for clip in self.clips)
        return (
            f"{self.name:8} {wrong}; first after {self.took_s[0]:.2f} s, then"
            f" {statistics.median(self.took_s[1:]):.2f} s (most {max(self.took_s[1:]):.2f});"
            f" {self.cpu_s:.1f} CPU s for {spoken_s:.0f} s of speech; {self.resident_mb:.0f} MB"
        )


def main() -> None:
    """Print a line for each voice."""
    texts = prompts(int(os.environ.get("VOICEREFLECT_BENCH_PROMPTS", COUNT)))
    chosen = wiring.settings()
    # the lighter one first: the system remembers the heaviest child there was
    made = [rendered("pyttsx3", voices.pyttsx3(chosen), texts)]
    if is_installed():
        made.append(rendered("natural", NaturalVoice(chosen.voice_rate, timeout_s=60), texts))
    reader = product.Reader()
    try:
        for each in made:
            heard = [reader.read(_samples(clip)) for clip in each.clips]
            wrong = speech_set.errors(texts, [read.text for read in heard])
            print(each.row(wrong))
    finally:
        reader.close()
    print(f"promised of the natural voice: at most {MOST_WRONG_PERCENT:.0f} % wrong")


def prompts(count: int) -> list[str]:
    """So many wordings of the decks, evenly drawn, none with a place to fill."""
    words = [
        words
        for name in sorted(DECKS)
        for prompt in DECKS[name].every_prompt
        for words in prompt.words
        if "{" not in words
    ]
    return [words[at * len(words) // count] for at in range(count)]


def rendered(name: str, voice: Voice, texts: Sequence[str]) -> Rendered:
    """Render every text, one after the other."""
    before, clips, took_s = os.times(), [], []
    for text in texts:
        began_s = time.monotonic()
        clips.append(voice.render(text))
        took_s.append(time.monotonic() - began_s)
    voice.close()
    after = os.times()
    return Rendered(
        name=name,
        clips=tuple(clips),
        took_s=tuple(took_s),
        cpu_s=after.children_user
        + after.children_system
        - before.children_user
        - before.children_system,
        resident_mb=resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
    )


def _samples(clip: Clip) -> speech_set.Samples:
    pcm = resampled(clip, speech_set.RATE_HZ).pcm
    return np.frombuffer(pcm, np.int16).astype(np.float32) / np.float32(32_768)
