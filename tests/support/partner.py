"""Somebody with closed eyes: hears the loudspeaker, and speaks after the tone that says so."""

import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from tests.support.product import card_sound
from tests.support.rigs import CARD_RATE_HZ, Heard, PulseRig
from tests.support.waiting import PATIENCE_S
from voicereflect.core.sound.tones import Tone

LOUD = 300
"""Peak above which the loudspeaker is not silent."""
SILENT_S = 0.8
"""Longer than there is between an example of a tone and the words behind it."""
_LOOK_BYTES = 2 * CARD_RATE_HZ // 20
_PURE = 0.6
"""The share of the power at one frequency; no voice has that."""

Turn = bytes | Callable[[], None] | None


class Partner:
    """Takes one turn after each tone that gives it; None is saying nothing when time runs out."""

    def __init__(self, rig: PulseRig, overheard: Heard, says: Sequence[Turn]) -> None:
        """Speaks, or does something else, from within `with`."""
        self._rig = rig
        self._overheard = overheard
        self._says = says
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._talk, name="partner", daemon=True)
        self.said = 0

    def __enter__(self) -> "Partner":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join(PATIENCE_S)

    def _talk(self) -> None:
        since = 0
        for words in self._says:
            wanted = Tone.MOVING_ON if words is None else Tone.LISTENING
            since = self._wait_for(wanted, since)
            if self._done.is_set():
                return
            if isinstance(words, bytes):
                self._rig.speak(words)
            elif words is not None:
                words()
            self.said += 1

    def _wait_for(self, tone: Tone, since: int) -> int:
        """Wait until the loudspeaker fell silent after a tone; gives how far it listened."""
        last, loud_at = b"", 0.0
        seen = since
        while not self._done.wait(0.05):
            pieces = self._overheard.pieces
            for at, piece in pieces[seen:]:
                if max(map(abs, memoryview(piece).cast("h")), default=0) > LOUD:
                    last, loud_at = (last + piece)[-_LOOK_BYTES:], at
            seen = len(pieces)
            if time.monotonic() - loud_at > SILENT_S and _ends_with(last, tone):
                break
        return seen


def _ends_with(pcm: bytes, tone: Tone) -> bool:
    """Whether the last sound was a tone's last note."""
    if len(pcm) < _LOOK_BYTES:
        return False
    samples = np.frombuffer(pcm, dtype=np.int16).astype(float)
    powers = np.abs(np.fft.rfft(samples * np.hanning(len(samples)))) ** 2
    place = round(tone.value[-1][0] * len(samples) / CARD_RATE_HZ)
    return bool(powers[place - 2 : place + 3].sum() > _PURE * powers.sum())


def spoken(words: str) -> bytes:
    """A word or two in espeak-ng's voice, as the rig takes them."""
    program = shutil.which("espeak-ng")
    assert program, "espeak-ng is missing"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "words.wav"
        subprocess.run([program, "-v", "en-gb", "-s", "140", "-w", file, words], check=True)
        return card_sound(file)


def silence(seconds: float) -> bytes:
    """Nothing, as the rig takes it."""
    return bytes(2 * int(seconds * CARD_RATE_HZ))
