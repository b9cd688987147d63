"""What `review` takes to its first screen with ten thousand entries, and what `report` takes.

The composite diary; `python -m bench review_command`. Reading them for themes comes first, which
takes a quarter of an hour and is not counted.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import pexpect

from bench import diary_vault

MANY = 10_000
REVIEW_CPU_S = 0.8
REPORT_S = 10.0
PAGE_BYTES = 3_000_000


def main() -> None:
    """Print the figures beside what is promised."""
    with tempfile.TemporaryDirectory() as folder:
        env = _vault(Path(folder), MANY)
        _measure_review(env)
        _measure_report(env, Path(folder) / "page.html")


def _vault(folder: Path, entries: int) -> Mapping[str, str]:
    vault = folder / "vault"
    diary_vault.keep(vault, diary_vault.composite(entries, seed=1))
    cache = str(folder / "cache")
    return {**os.environ, "VOICEREFLECT_VAULT": str(vault), "XDG_CACHE_HOME": cache}


def _measure_review(env: Mapping[str, str]) -> None:
    _run(env, "list")  # brings the index up to date
    start, begun = _cpu_of(env, "--version"), _cpu_s()
    child = pexpect.spawn(
        sys.executable,
        ["-m", "voicereflect", "review"],
        env={**env, "TERM": "xterm-256color"},
        dimensions=(40, 120),
        timeout=120,
    )
    child.expect("Entries")
    child.send("q")
    child.expect(pexpect.EOF)
    child.close()
    taken = _cpu_s() - begun - start
    print(f"review of {MANY}: {taken:.2f} CPU s after the start, promised {REVIEW_CPU_S}")


def _measure_report(env: Mapping[str, str], page: Path) -> None:
    _run(env, "themes")
    begun = time.perf_counter()
    cpu_s = _cpu_of(env, "report", str(page))
    taken, size = time.perf_counter() - begun, page.stat().st_size
    print(f"report of {MANY}: {taken:.1f} s, promised {REPORT_S} ({cpu_s:.1f} CPU s)")
    print(f"its page: {size} bytes, promised {PAGE_BYTES}")


def _cpu_of(env: Mapping[str, str], *command: str) -> float:
    begun = _cpu_s()
    _run(env, *command)
    return _cpu_s() - begun


def _run(env: Mapping[str, str], *command: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "voicereflect", *command],
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
