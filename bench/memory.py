"""What `talk` weighs at its heaviest, all processes together: `python -m bench memory [MINUTES]`.

Proportional set sizes, summed over the command and its children. A sound card of
files gives real speech at some times real speed; the worker keeps up with it, so
windows close and are let go as they do live.
"""

import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
from tests.support.product import ENTER, Person
from tests.support.rigs import CARD_RATE_HZ, AlsaFileCard

from bench import speech_set
from voicereflect import wiring
from voicereflect.adapters.portaudio.resample import resampled
from voicereflect.model import Clip

MINUTES = (10, 120)
PACE = 2.0
MOST_MB = 900
CHUNK_S = 60


class Scales(threading.Thread):
    """Weighs a process and its children again and again."""

    def __init__(self, pid: int) -> None:
        """Nothing is weighed yet."""
        super().__init__(daemon=True)
        self._process = psutil.Process(pid)
        self.done = threading.Event()
        self.heaviest_mb = 0.0
        self.parts: dict[str, float] = {}

    def run(self) -> None:
        """Weigh until done."""
        while not self.done.wait(0.5):
            try:
                everyone = [self._process, *self._process.children(recursive=True)]
                parts = {_name(each): each.memory_full_info().pss / 2**20 for each in everyone}
            except psutil.Error:
                continue
            if sum(parts.values()) > self.heaviest_mb:
                self.heaviest_mb, self.parts = sum(parts.values()), parts


def main() -> None:
    """Print the peak for each length."""
    clips = speech_set.clips(speech_set.LONG)
    if not clips:
        return
    lengths = [float(each) for each in sys.argv[1:] if each.replace(".", "").isdecimal()]
    peaks = [_peak_mb(clips, minutes) for minutes in lengths or MINUTES]
    print(f"heaviest {max(peaks):.0f} MB (promised {MOST_MB}), lightest {min(peaks):.0f} MB")


def _peak_mb(clips: list[speech_set.Clip], minutes: float) -> float:
    models = str(wiring.settings().models_dir)
    with tempfile.TemporaryDirectory() as folder, AlsaFileCard(Path(folder), pace=PACE) as card:
        env = {**card.env, "VOICEREFLECT_MODELS_DIR": models, "VOICEREFLECT_MODEL": "base"}
        env |= {"VOICEREFLECT_VAULT": f"{folder}/vault", "XDG_CONFIG_HOME": folder}
        with Person("talk", env=env, still=False) as person:
            person.sees("ENTER done")
            scales = Scales(person.process.pid)
            scales.start()
            for chunk in _speech(clips, minutes):
                card.load_mic(chunk)
                _until_given(person, card)
            person.presses(ENTER)
            person.sees("Saved", timeout_s=600)
            scales.done.set()
            person.leaves()
    parts = ", ".join(f"{name} {mb:.0f}" for name, mb in scales.parts.items())
    print(f"{minutes:.0f} minutes of talk: {scales.heaviest_mb:.0f} MB ({parts})", flush=True)
    return scales.heaviest_mb


def _until_given(person: Person, card: AlsaFileCard) -> None:
    """Let the card give its sound, and the terminal show what it shows."""
    given = threading.Event()

    def wait() -> None:
        card.wait_until_said(CHUNK_S * 4)
        given.set()

    threading.Thread(target=wait, daemon=True).start()
    while not given.is_set():
        person.glance(0.2)


def _speech(clips: list[speech_set.Clip], minutes: float) -> Iterator[bytes]:
    """Real speech over and over, a minute at a time."""
    pcm = b"".join(_as_card(clip) for clip in clips)
    size = CHUNK_S * CARD_RATE_HZ * 2
    for minute in range(round(minutes)):
        at = minute * size % (len(pcm) - size) // 2 * 2
        yield pcm[at : at + size]


def _as_card(clip: speech_set.Clip) -> bytes:
    pcm = (clip.samples() * 32767).astype(np.int16).tobytes()
    return resampled(Clip(pcm=pcm, rate_hz=speech_set.RATE_HZ), CARD_RATE_HZ).pcm


def _name(process: psutil.Process) -> str:
    return next(
        (part for part in reversed(process.cmdline()) if "voicereflect" in part), process.name()
    ).rpartition(os.sep)[2]


if __name__ == "__main__":
    main()
