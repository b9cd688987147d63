"""How fast it starts and asks: help beside a bare typer, years of entries, first and next prompt.

Prompts are timed at the loudspeaker, by what a paced sound server's monitor heard;
what years of entries cost is counted in CPU seconds. `python -m bench startup`.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pexpect
import psutil
from tests.support.rigs import Heard, PulseRig

from bench import diary_vault

RUNS = 11
LOUD = 500
FIRST_PROMPT_S = 1.5
NEXT_PROMPT_S = 0.150
ENTRIES = (0, 1_000, 10_000)
ENTRIES_RUNS = 5
MORE_S = 0.15
"""What ten thousand entries may cost a command that starts."""
COMMANDS = (
    "",
    "decks list",
    "programme status mother-daughter",
    "show last",
    "reflect everyday",
    "talk",
    "two interview",
)
"""Without a microphone the last two end where they would begin: everything before is counted."""
SETTLE = """
from voicereflect import wiring
from voicereflect.__main__ import collect_seldom
from voicereflect.wiring import library
collect_seldom()
library.index_after_session(wiring.vault(wiring.settings()))
"""
"""What the end of every session does."""


def main() -> None:
    """Print the figures, each beside what is promised."""
    help_s = _seconds([sys.executable, "-m", "voicereflect", "--help"])
    typer_s = _seconds([sys.executable, "-c", "import typer"])
    print(f"--help {help_s:.3f} s, import typer {typer_s:.3f} s (medians of {RUNS}, in turn)")
    print(f"ratio {help_s / typer_s:.2f}, promised at most 2")
    _entries()
    first, following = _prompts(sessions=5)
    print(f"first prompt after {statistics.median(first):.2f} s, promised {FIRST_PROMPT_S} s")
    print(
        f"next prompt {statistics.median(following) * 1000:.0f} ms after ENTER "
        f"(worst of {len(following)}: {max(following) * 1000:.0f} ms), "
        f"promised {NEXT_PROMPT_S * 1000:.0f} ms"
    )


def _entries() -> None:
    """Print what each command costs over vaults of several sizes, taken in turn."""
    with tempfile.TemporaryDirectory() as folder:
        homes = {count: _home(Path(folder) / str(count), count) for count in ENTRIES}
        for command in COMMANDS:
            taken: dict[int, list[float]] = {count: [] for count in ENTRIES}
            for _ in range(ENTRIES_RUNS):
                for count, env in homes.items():
                    taken[count].append(_cpu_s(command, env))
            medians = [statistics.median(taken[count]) for count in ENTRIES]
            more = medians[-1] - medians[0]
            figures = ", ".join(f"{each:.2f}" for each in medians)
            print(f"voicereflect {command}: {figures} CPU s, {more:+.2f} s; promised {MORE_S} s")


def _home(folder: Path, count: int) -> dict[str, str]:
    """Make a vault of so many entries with its index; give the environment of its person."""
    env = {
        **os.environ,
        "VOICEREFLECT_VAULT": str(folder / "vault"),
        "VOICEREFLECT_VOICE": "none",
        "XDG_CACHE_HOME": str(folder / "cache"),
        "XDG_CONFIG_HOME": str(folder / "config"),
    }
    if count:
        diary_vault.write(folder / "vault", count)
    begun = psutil.Process().cpu_times()
    subprocess.run([sys.executable, "-c", SETTLE], env=env, stderr=subprocess.DEVNULL, check=True)
    ended = psutil.Process().cpu_times()
    indexed_s = sum(ended[2:4]) - sum(begun[2:4])
    print(f"first index of {count:,} entries: {indexed_s:.1f} CPU s")
    return env


def _cpu_s(command: str, env: dict[str, str]) -> float:
    """CPU seconds of the command's own process, to its end or to its first prompt."""
    process = subprocess.Popen(
        [sys.executable, "-m", "voicereflect", *command.split()],
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    for line in process.stdout or ():
        if "1 of " in line:
            process.kill()
    used = os.wait4(process.pid, 0)[2]
    process.returncode = 0  # it was waited for above
    return used.ru_utime + used.ru_stime


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
