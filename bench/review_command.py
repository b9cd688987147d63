"""What `review` takes to its first screen with ten thousand entries, and what `report` takes.

The composite diary, over and over; `python -m bench review_command`. Its sentences are read for
what they mean first, each once, and that is not counted.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pexpect

from bench import diary_vault
from voicereflect.core.search.filters import BYTES_PER_VECTOR
from voicereflect.flows.library.finding.indexing import refresh, refresh_meaning
from voicereflect.ports.index import Meaning
from voicereflect.wiring import themes

MANY = 10_000
REVIEW_CPU_S = 0.8
REPORT_S = 10.0
PAGE_BYTES = 3_000_000


def main() -> None:
    """Print the figures beside what is promised."""
    with tempfile.TemporaryDirectory() as folder:
        env = _vault(Path(folder), MANY)
        _learn(env)
        _measure_review(env)
        _measure_report(env, Path(folder) / "page.html")


def _vault(folder: Path, entries: int) -> Mapping[str, str]:
    vault = folder / "vault"
    diary_vault.keep(vault, diary_vault.composite(entries, seed=1))
    cache = str(folder / "cache")
    return {**os.environ, "VOICEREFLECT_VAULT": str(vault), "XDG_CACHE_HOME": cache}


class _Remembering:
    """A meaning that reads a sentence once, however often it was said."""

    def __init__(self, meaning: Meaning) -> None:
        self._meaning = meaning
        self.name = meaning.name
        self._known: dict[str, bytes] = {}

    def start(self, ahead: Sequence[str] = ()) -> None:
        self._meaning.start(ahead)

    def embed(self, texts: Sequence[str], *, quick: bool = False) -> bytes:
        fresh = [each for each in dict.fromkeys(texts) if each not in self._known]
        read = self._meaning.embed(fresh, quick=quick) if fresh else b""
        for number, each in enumerate(fresh):
            self._known[each] = read[number * BYTES_PER_VECTOR :][:BYTES_PER_VECTOR]
        return b"".join(self._known[each] for each in texts)


def _learn(env: Mapping[str, str]) -> None:
    os.environ.update(env)
    with themes.parts() as made:
        meaning = _Remembering(made.meaning)
        refresh(made.index, made.pages, made.progress)
        refresh_meaning(made.index, meaning, meaning.name, made.progress)


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
