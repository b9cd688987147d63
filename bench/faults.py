"""Kills sessions, destruction and sealing at many moments: `python -m bench.faults`.

Of sessions it counts what was lost, of destruction what was left. Knows neither from within:
it starts the installed command, types, speaks and kills.
"""

import argparse
import collections
import itertools
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.support.destruction import EMPTIED, FOR_GOOD, Homes
from tests.support.kills import killed_and_recovered
from tests.support.sealed_vaults import killed_and_done_again, made_vault

KILLS = 200
INPUTS = 3_000
SEALS = 334
"""Each is killed while it seals, changes the passphrase and unseals."""
READERS = ("tests/core/test_bounds.py", "tests/contract/test_bad_files.py")


def main() -> int:
    """Kill as often as asked; 1 if anything was lost, or left of what was destroyed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kills", type=int, default=KILLS)
    options.add_argument("--seed", type=int, default=1, help="of the first kill")
    options.add_argument("--every", type=int, default=1, help="destruction dies at each n-th call")
    options.add_argument("--seals", type=int, default=SEALS, help="each is killed three times")
    options.add_argument("--inputs", type=int, default=INPUTS, help="mangled, for each reader")
    wanted = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="voicereflect-faults-") as folder:
        _isolate(Path(folder))
        lost = _kill_all(range(wanted.seed, wanted.seed + wanted.kills), Path(folder))
        lost |= _kill_destruction(Path(folder) / "destruction", wanted.every)
        lost |= _kill_seals(Path(folder) / "seals", wanted.seals)
        return lost | _mangle(wanted.inputs)


def _mangle(inputs: int) -> int:
    """Give every reader so many mangled files; 1 if one crashed, hung or took them for sound."""
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", *READERS]
    environment = {**os.environ, "FUZZ_INPUTS": str(inputs)}
    root = Path(__file__).resolve().parents[1]
    return int(subprocess.run(command, env=environment, cwd=root, check=False).returncode != 0)


def _isolate(folder: Path) -> None:
    """Keep away from the vault and the settings of whoever runs this."""
    for kind in ("CONFIG", "CACHE", "STATE"):
        os.environ[f"XDG_{kind}_HOME"] = str(folder / kind.lower())
    os.environ["VOICEREFLECT_VAULT"] = str(folder / "vault")
    os.environ["VOICEREFLECT_MODEL"] = "tiny.en"


def _kill_all(seeds: range, folder: Path) -> int:
    begun_s = time.monotonic()
    phases: collections.Counter[str] = collections.Counter()
    bad = 0
    for count, seed in enumerate(seeds, start=1):
        killed = killed_and_recovered(seed, folder / f"kill-{seed}")
        phases[killed.phase] += 1
        bad += bool(killed.problems)
        for problem in killed.problems:
            print(f"seed {seed}, killed {killed.at_s:.2f} s in ({killed.phase}): {problem}")
        if count % 10 == 0 or count == len(seeds):
            print(f"{count} of {len(seeds)} kills, {bad} with a loss", file=sys.stderr)
    where = ", ".join(f"{phase} {times}" for phase, times in phases.most_common())
    print(f"{len(seeds)} kills in {time.monotonic() - begun_s:.0f} s ({where}).")
    print(f"Sessions that lost something: {bad}.")
    return 1 if bad else 0


def _kill_destruction(folder: Path, every: int) -> int:
    """Die at every system call of what destroys; 1 if a file or a word was left afterwards."""
    homes, bad, kills = Homes(folder), 0, 0
    for what in (FOR_GOOD, EMPTIED):
        for nth in itertools.count(1, every):
            left = homes.killed(what, nth, same_command=nth % 2 == 0)
            if left is None:
                break
            kills += 1
            bad += bool(left)
            for path in left:
                print(f"{what.name}, killed at call {nth}: {path}")
    print(f"{kills} kills of destruction; {bad} left something.")
    return 1 if bad else 0


def _kill_seals(folder: Path, count: int) -> int:
    """Die while a vault is sealed and unsealed; 1 if something was lost, or lay plain."""
    made_vault(folder / "template" / "vault")
    bad = 0
    for seed in range(count):
        problems = killed_and_done_again(folder / "template" / "vault", folder / "vault", seed)
        bad += bool(problems)
        for problem in problems:
            print(problem)
    print(f"{3 * count} kills of sealing; {bad} vaults lost something or kept it plain.")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
