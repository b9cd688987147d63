"""The installed command as a person runs it: in a process, at a terminal, with a vault.

Everything a run finds comes from the environment, which tests/conftest.py isolates.
"""

import os
import pty
import re
import shutil
import subprocess
import sysconfig
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import pexpect
import soundfile
from pexpect import fdpexpect

from tests.support.rigs import CARD_RATE_HZ, required
from tests.support.waiting import PATIENCE_S
from voicereflect.adapters.portaudio.resample import resampled
from voicereflect.adapters.vault.answers.flac import Flac
from voicereflect.adapters.vault.curated.curations import CurationFile
from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.folder import FolderVault
from voicereflect.model import Clip, Entry

COMMAND = str(Path(sysconfig.get_path("scripts")) / "voicereflect")
SAMPLES = Path(__file__).resolve().parents[2] / "examples" / "answers"
ON_SAMPLES = ("--answers", str(SAMPLES))
"""Keeps the sample answers in the chosen vault, as one's own recordings."""
NO_DEVICES = 'pcm.!default { type pulse server "unix:/nowhere" }\n'
TEMPORARY = re.compile(r"\.(blocks|take\.json|tmp|lock)$")

Environment = Mapping[str, str]


def run(
    *arguments: str,
    env: Environment | None = None,
    before: Sequence[str] = (),
    timeout_s: float = 240.0,
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, with nobody at the keyboard."""
    return subprocess.run(
        [*before, COMMAND, *arguments],
        env=os.environ | dict(env or {}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=timeout_s,
        check=False,
    )


def on_few_samples(folder: Path, deck: str, *prompts: str) -> tuple[str, str]:
    """The same for a claim that needs no more answers than these."""
    few = folder / "few" / deck
    few.mkdir(parents=True, exist_ok=True)
    for prompt in prompts:
        shutil.copy(SAMPLES / deck / f"{prompt}.flac", few)
    return "--answers", str(few.parent)


def without_devices(folder: Path) -> dict[str, str]:
    """Variables with which no sound card is found, whatever the machine has."""
    conf = folder / "no-devices.conf"
    conf.write_text(NO_DEVICES)
    pulse = dict.fromkeys(("PULSE_RUNTIME_PATH", "PULSE_STATE_PATH"), str(folder))
    return pulse | {"ALSA_CONFIG_PATH": str(conf)}


def vault_folder() -> Path:
    """The vault of this test."""
    return Path(os.environ["VOICEREFLECT_VAULT"])


def vault() -> FolderVault:
    """The same, to look into."""
    files = Files(vault_folder())
    return FolderVault(
        files, codec=Flac, now=lambda: datetime.now(UTC), scrub=CurationFile(files).scrub
    )


def entries() -> list[Entry]:
    """Every entry, oldest first; one that cannot be read is an error."""
    kept = vault()
    return [kept.load(entry_id) for entry_id in kept.ids()]


def entry_folders() -> list[Path]:
    """Every entry's folder."""
    return sorted(vault_folder().glob("entries/*/*/*"))


def leftovers() -> list[str]:
    """What an unfinished session leaves in the entries' folders."""
    names = (path.name for folder in entry_folders() for path in folder.iterdir())
    return [name for name in names if TEMPORARY.search(name)]


def flac(folder: Path, number: int) -> bytes:
    """An answer's samples, read past the product."""
    samples, _ = soundfile.read(folder / f"{number}.flac", dtype="int16")
    return bytes(samples.tobytes())


def card_sound(path: Path, seconds: float | None = None) -> bytes:
    """A recording as the cards take it: mono, 16 bits, `CARD_RATE_HZ`."""
    samples, rate_hz = soundfile.read(path, dtype="int16")
    pcm = samples.tobytes() if seconds is None else samples[: round(seconds * rate_hz)].tobytes()
    return resampled(Clip(pcm=pcm, rate_hz=rate_hz), CARD_RATE_HZ).pcm


class Person:
    """Sits at a terminal of their own: sees what is shown and presses keys."""

    def __init__(
        self,
        *arguments: str,
        env: Environment | None = None,
        before: Sequence[str] = (),
        still: bool = True,
    ) -> None:
        """Start a command; `still` asks for lines instead of a moving screen."""
        environment = os.environ | dict(env or {}) | {"TERM": "xterm-256color", "COLUMNS": "100"}
        if still:
            environment["TERM"] = "dumb"
        required("setsid")
        ours, theirs = pty.openpty()
        self.process = subprocess.Popen(
            # makes the terminal the one that Ctrl-C and hanging up come from
            ["setsid", "--ctty", *before, COMMAND, *arguments],
            env=environment,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
        )
        os.close(theirs)
        self._fd = ours
        self.screen = fdpexpect.fdspawn(ours, encoding="utf-8", timeout=PATIENCE_S)
        self.shown = ""
        """Everything up to what was last waited for."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        with suppress(OSError):
            os.close(self._fd)

    def sees(self, pattern: str, timeout_s: float = PATIENCE_S) -> str:
        """Wait until something new on the screen matches."""
        found = self.screen.expect([pattern, pexpect.EOF, pexpect.TIMEOUT], timeout=timeout_s)
        self.shown += str(self.screen.before or "")
        assert found == 0, f"waited for {pattern!r} and saw {self.shown}"
        self.shown += str(self.screen.after)
        return str(self.screen.after)

    def glance(self, wait_s: float) -> str:
        """What is new on the screen, waiting no longer than that for it."""
        try:
            return str(self.screen.read_nonblocking(4096, wait_s))
        except pexpect.TIMEOUT:
            return ""
        except (pexpect.EOF, OSError):
            time.sleep(wait_s)
            return ""

    def presses(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            os.write(self._fd, key.encode())
            time.sleep(0.05)

    def leaves(self, timeout_s: float = PATIENCE_S) -> int:
        """Wait for the end; the exit code."""
        with suppress(OSError):  # on Linux the end of a terminal is an error
            self.screen.expect(pexpect.EOF, timeout=timeout_s)
            self.shown += str(self.screen.before or "")
        return self.process.wait(timeout_s)


ENTER, SPACE, CTRL_C = "\r", " ", "\x03"
