"""What every loudspeaker keeps; also run in a process of its own, where a real one plays."""

import threading
import time

from tests.support.waiting import PATIENCE_S
from voicereflect.errors import DeviceError
from voicereflect.model import Clip
from voicereflect.ports.sound import Loudspeaker


class Ends:
    """Counts how often a clip was said to be over."""

    def __init__(self) -> None:
        self.problems: list[DeviceError | None] = []
        self.once = threading.Event()

    def __call__(self, problem: DeviceError | None) -> None:
        self.problems.append(problem)
        self.once.set()


def keep_loudspeaker_promises(loudspeaker: Loudspeaker, clip: Clip) -> None:
    """Play one clip over another, stop, and see each of them end once."""
    loudspeaker.stop()  # nothing plays yet
    first, second = Ends(), Ends()
    loudspeaker.play(clip, first)
    loudspeaker.play(clip, second)
    assert first.once.wait(PATIENCE_S), "a clip that was replaced did not end"
    loudspeaker.stop()
    assert second.once.wait(PATIENCE_S), "a clip that was stopped did not end"
    loudspeaker.stop()
    time.sleep(0.1)
    assert first.problems == second.problems == [None]
