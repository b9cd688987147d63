"""What a seal costs: the same commands over a plain and a sealed vault, and what unlocking takes.

    python -m bench sealing

Entries are random words, the same in both vaults; times are seconds of processor time of whole
commands, in turn, so that what else the machine does weighs on both. The bar is 1.5 for
`list`, `search` and `show`; unlocking may take what one scrypt takes and .3 s more.
"""

import hashlib
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench import diary_vault
from voicereflect.adapters.portaudio.microphone import BLOCK_S
from voicereflect.adapters.seal.age import AgeCipher, new_identity, recipient_of
from voicereflect.adapters.seal.client import HeldKey
from voicereflect.adapters.seal.wrapping import COST, ScryptWrapping, unwrap, wrap
from voicereflect.adapters.vault.condition import label
from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.sealed_files import SealedFiles
from voicereflect.adapters.vault.sealing.key_files import KeyFiles
from voicereflect.adapters.vault.sealing.walk import VaultWalk
from voicereflect.core.sealing.states import SealState
from voicereflect.model import Answer, AnswerState, Entry

ENTRIES = int(os.environ.get("VOICEREFLECT_BENCH_ENTRIES", "10000"))
ROUNDS = 5
TAKE_RATE_HZ, TAKE_S = 48_000, 60
WORD = "sunday"
"""Stands in one entry of a hundred."""
COMMANDS = (("list",), ("search", f'"{WORD}"'), ("show", "last"))
PROGRAM = (sys.executable, "-P", "-m", "voicereflect")
PASSPHRASE = "four words of mine"


class QuickFiles(Files):
    """Files that are not synced: what is measured is how they are read."""

    def _fsync(self, descriptor: int) -> None:
        """Leave it to the system."""


def main() -> None:
    """Make both vaults and print what each command takes."""
    with tempfile.TemporaryDirectory(prefix="vr-seal-") as folder:
        plain, sealed = Path(folder, "plain"), Path(folder, "sealed")
        for root in (plain, sealed):
            diary_vault.keep(root / "vault", entries(ENTRIES))
        seconds = _sealed(sealed)
        print(f"{ENTRIES} entries sealed in {seconds:.0f} s, not synced.")
        with _held(sealed):
            for command in COMMANDS:
                _compare(command, plain, sealed)
    _unlocking()
    with tempfile.TemporaryDirectory(prefix="vr-take-") as folder:
        _takes(Path(folder))


def entries(count: int) -> Iterator[Entry]:
    """Make entries of random words, one every nine hours."""
    rng = random.Random(22)
    words = [
        "".join(rng.choice("bdkmr") + rng.choice("aeio") for _ in range(3)) for _ in range(900)
    ]
    for number in range(count):
        at = datetime(2016, 1, 1, tzinfo=UTC) + timedelta(hours=9 * number)
        letters = "".join(chr(97 + number // 26**place % 26) for place in range(4))
        rare = f"{WORD}. ".capitalize() if number % 100 == 0 else ""
        sentences = (" ".join(rng.choices(words, k=9)).capitalize() for _ in range(8))
        text = f"{rare}{'. '.join(sentences)}."
        yield Entry(
            id=f"{at:%Y%m%dT%H%M%SZ}-{letters}",
            started_at=at,
            deck="everyday",
            edition=1,
            title="Everyday",
            language="en",
            answers=(
                Answer(
                    number=1,
                    speaker="me",
                    prompt="everyday/now",
                    asked="How is it now?",
                    state=AnswerState.DONE,
                    text=text,
                ),
            ),
        )


def _sealed(home: Path) -> float:
    identity = new_identity()
    files = QuickFiles(home / "vault")
    KeyFiles(files, ScryptWrapping(2)).make(identity, PASSPHRASE, PASSPHRASE)
    recipient = recipient_of(identity)
    walk = VaultWalk(files, AgeCipher(recipient, lambda: identity), recipient, patience_s=1)
    begun_s = time.monotonic()
    with walk.held():
        walk.mark(SealState.SEALING)
        walk.turn(lambda *_: None)
        walk.mark(SealState.SEALED)
    return time.monotonic() - begun_s


@contextmanager
def _held(home: Path) -> Iterator[None]:
    files = Files(home / "vault")
    identity = KeyFiles(files, ScryptWrapping()).open(PASSPHRASE)
    key = HeldKey(home / "run" / "voicereflect", label.identity(files))
    key.hold(identity, 3600)
    try:
        yield
    finally:
        key.forget()


def _compare(command: tuple[str, ...], plain: Path, sealed: Path) -> None:
    for home in (plain, sealed):
        _cpu_s(command, home)  # makes the index
    taken = {home: [_cpu_s(command, home) for _ in range(ROUNDS)] for home in (plain, sealed)}
    one, other = (statistics.median(taken[home]) for home in (plain, sealed))
    print(f"{command[0]:7} plain {one:.2f} s, sealed {other:.2f} s, {other / one:.2f} times")


def _cpu_s(command: tuple[str, ...], home: Path) -> float:
    kinds = ("CACHE", "CONFIG", "DATA", "STATE")
    env = os.environ | {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in kinds}
    env |= {"XDG_RUNTIME_DIR": str(home / "run"), "VOICEREFLECT_VAULT": str(home / "vault")}
    (home / "run").mkdir(mode=0o700, exist_ok=True)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([*PROGRAM, *command], env=env, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _takes(folder: Path) -> None:
    """Print what a block of a running take costs at 48 kHz, plain and sealed in turn."""
    cipher = AgeCipher(recipient_of(new_identity()), new_identity)
    kinds = {"plain": Files(folder), "sealed": SealedFiles(folder, cipher)}
    block = random.Random(5).randbytes(round(TAKE_RATE_HZ * BLOCK_S) * 2)
    taken: dict[str, list[float]] = {name: [] for name in kinds}
    for _ in range(round(TAKE_S / BLOCK_S)):
        for name, files in kinds.items():
            begun_s = time.thread_time()
            files.append(folder / f"{name}.blocks", block)
            taken[name].append(time.thread_time() - begun_s)
    for name, each in taken.items():
        median, most = statistics.median(each) * 1e3, max(each) * 1e3
        share = sum(each) / TAKE_S
        print(
            f"take    {name}: {median:.2f} ms a block of {BLOCK_S * 1e3:.0f} ms,"
            f" at most {most:.1f}; {share:.2%} of a processor"
        )


def _unlocking() -> None:
    wrapped = wrap(new_identity(), PASSPHRASE)
    begun_s = time.process_time()
    hashlib.scrypt(b"x", salt=bytes(16), n=1 << COST, r=8, p=1, maxmem=1 << 30, dklen=32)
    one_s = time.process_time() - begun_s
    begun_s = time.process_time()
    unwrap(wrapped, PASSPHRASE)
    print(f"unlock  {time.process_time() - begun_s:.2f} s, one scrypt {one_s:.2f} s")


if __name__ == "__main__":
    main()
