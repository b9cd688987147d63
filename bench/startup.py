"""How fast it starts and asks: help beside a bare typer, first prompt, next prompt.

The prompts are timed at the loudspeaker, by what a paced sound server's monitor
heard. `python -m bench startup`.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pexpect
from tests.support.rigs import Heard, PulseRig

RUNS = 11
LOUD = 500
FIRST_PROMPT_S = 1.5
NEXT_PROMPT_S = 0.150


def main() -> None:
    """Print the figures, each beside what is promised."""
    help_s = _seconds([sys.executable, "-m", "voicereflect", "--help"])
    typer_s = _seconds([sys.executable, "-c", "import typer"])
    print(f"--help {help_s:.3f} s, import typer {typer_s:.3f} s (medians of {RUNS}, in turn)")
    print(f"ratio {help_s / typer_s:.2f}, promised at most 2")
    first, following = _prompts(sessions=5)
    print(f"first prompt after {statistics.median(first):.2f} s, promised {FIRST_PROMPT_S} s")
    print(
        f"next prompt {statistics.median(following) * 1000:.0f} ms after ENTER "
        f"(worst of {len(following)}: {max(following) * 1000:.0f} ms), "
        f"promised {NEXT_PROMPT_S * 1000:.0f} ms"
    )


def _seconds(command: Sequence[str]) -> float:
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    taken = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def _prompts(*, sessions: int) -> tuple[list[float], list[float]]:
    first, following = [], []
    with PulseRig() as rig, tempfile.TemporaryDirectory() as folder:
        env = {
            **rig.env,
            "VOICEREFLECT_VAULT": str(Path(folder) / "vault"),
            "XDG_CACHE_HOME": str(Path(folder) / "cache"),
            "TERM": "xterm-256color",
        }
        for _ in range(sessions):  # after four sessions every wording has been rendered once
            asked, answered = _session(rig, env)
            first.append(asked)
            following.extend(answered)
    return first, following


def _session(rig: PulseRig, env: dict[str, str]) -> tuple[float, list[float]]:
    with rig.record_speaker() as heard:
        begun = time.monotonic()
        child = pexpect.spawn(
            sys.executable, ["-m", "voicereflect", "reflect", "everyday"], env=env, timeout=30
        )
        child.expect("ENTER begin")
        opening = _loud_after(heard, begun)
        child.send("\r")
        following = []
        for number in range(2, 5):
            child.expect("ENTER done")
            time.sleep(3)  # an answer
            pressed = time.monotonic()
            child.send("\r")
            child.expect(f"{number} of ")
            following.append(_loud_after(heard, pressed) - pressed)
        child.send("q")
        child.expect("Saved", timeout=60)
        child.expect(pexpect.EOF)
    return opening - begun, following


def _loud_after(heard: Heard, moment: float) -> float:
    """When the loudspeaker first sounds after a moment at which it was silent."""
    deadline = time.monotonic() + 20
    seen = 0
    while time.monotonic() < deadline:
        pieces = heard.pieces[seen:]
        for at, piece in pieces:
            if at > moment and int(np.abs(np.frombuffer(piece, np.int16).astype(int)).max()) > LOUD:
                return at
        seen += len(pieces)
        time.sleep(0.005)
    message = "the loudspeaker stayed silent"
    raise TimeoutError(message)
