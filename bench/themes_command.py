"""How long `voicereflect themes` takes as it is typed: with nothing new, and with one new entry.

The composite diary, over and over; `python -m bench themes_command`, half an hour.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench import diary_vault

SIZES = (365, 10_000)
RUNS = 5
ONE_MORE_S = 1.0


def main() -> None:
    """Print the figures of each size."""
    for entries in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            _measure(Path(folder), entries)


def _measure(folder: Path, entries: int) -> None:
    vault = folder / "vault"
    env = {**os.environ, "VOICEREFLECT_VAULT": str(vault), "XDG_CACHE_HOME": str(folder / "cache")}
    said = list(diary_vault.composite(entries + RUNS, seed=1))
    diary_vault.keep(vault, said[:entries])
    cold = _taken(env)
    idle = [_taken(env) for _ in range(RUNS)]
    fresh = []
    for entry in said[entries:]:
        diary_vault.keep(vault, [entry])
        fresh.append(_taken(env))
    print(
        f"{entries} entries: nothing new {_told(idle)}; one new entry {_told(fresh)}, "
        f"promised {ONE_MORE_S:.0f} s; all of them new {_told([cold])}"
    )


def _taken(env: Mapping[str, str]) -> tuple[float, float]:
    """Wall and CPU seconds; the embedding model's process is not in the second."""
    begun, before = time.perf_counter(), _cpu_s()
    subprocess.run(
        [sys.executable, "-m", "voicereflect", "themes"],
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - begun, _cpu_s() - before


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _told(taken: Sequence[tuple[float, float]]) -> str:
    wall, cpu = zip(*taken, strict=True)
    most = f", at most {max(wall):.2f}" if len(wall) > 1 else ""
    return f"{statistics.median(wall):.2f} s{most} ({statistics.median(cpu):.2f} CPU s)"


if __name__ == "__main__":
    main()
