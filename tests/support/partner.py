"""Somebody with closed eyes: hears the loudspeaker, and speaks when it falls silent."""

import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from tests.support.product import card_sound
from tests.support.rigs import CARD_RATE_HZ, Heard, PulseRig

LOUD = 300
"""Peak above which the loudspeaker is not silent."""
WORDS_S = 1.0
"""Two tones are shorter, and no question; only None, saying nothing, goes after them."""
SILENT_S = 1.2
"""Longer than any pause between two sentences of a prompt, on a busy machine too."""


class Partner:
    """Says one thing after each time the product has spoken; None is saying nothing."""

    def __init__(self, rig: PulseRig, overheard: Heard, says: Sequence[bytes | None]) -> None:
        """Speaks from within `with`."""
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
        self._thread.join(30)

    def _talk(self) -> None:
        since = 0
        for words in self._says:
            since = self._wait_for_turn(since, WORDS_S if words else 0.0)
            if self._done.is_set():
                return
            if words is not None:
                self._rig.speak(words)
            self.said += 1

    def _wait_for_turn(self, since: int, least_s: float) -> int:
        """Wait until the loudspeaker has spoken that long and fallen silent.

        Gives how far it listened.
        """
        loud_at = None
        loud_s = 0.0
        seen = since
        while not self._done.wait(0.05):
            pieces = self._overheard.pieces
            for at, piece in pieces[seen:]:
                if max(map(abs, memoryview(piece).cast("h")), default=0) > LOUD:
                    loud_at = at
                    loud_s += len(piece) / 2 / CARD_RATE_HZ
            seen = len(pieces)
            silent = loud_at is not None and time.monotonic() - loud_at > SILENT_S
            if silent and loud_s >= least_s:
                break
        return seen


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
