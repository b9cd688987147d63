"""Claims about discretion: what is said is in the vault and on the screen, and nowhere else."""

import os
import re
import subprocess
import time
from pathlib import Path

import psutil
import pytest
import soundfile

from tests.support.product import COMMAND, ON_SAMPLES, SAMPLES, entries, vault_folder

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("fast")]

CANARIES = ("plum jam", "behind the shed", "switch off the lamp")
"""Of the sample answers of small-steps, and of no prompt."""
SOUND_AT_S, SOUND_S = 2.0, 0.02


class Watch:
    """Looks everywhere a word or a sound could leak to, while a session runs."""

    def __init__(self, home: Path, root: int, *, screen: Path, index: Path) -> None:
        self._home = home
        self._root = root
        self._screen = screen
        self.found: set[str] = set()
        self._index = index
        """Holds words by its nature, and is said to (docs/privacy.md)."""
        self.looks = 0
        samples, rate_hz = soundfile.read(SAMPLES / "small-steps" / "own-step.flac", dtype="int16")
        begin = round(SOUND_AT_S * rate_hz)
        self._sound = samples[begin : begin + round(SOUND_S * rate_hz)].tobytes()

    def look(self) -> None:
        self.looks += 1
        self.look_at_files()
        self.look_at_processes()

    def look_at_files(self) -> None:
        for path in self._home.rglob("*"):
            ours = {vault_folder(), self._index}
            known = path == self._screen or not ours.isdisjoint(path.parents)
            if path.is_file() and not known:
                self._look_at(path)

    def look_at_processes(self) -> None:
        for process in self._processes():
            for name in ("cmdline", "comm", "environ"):
                self._look_at(Path(f"/proc/{process.pid}/{name}"))
            # a file that has lost its name is found where it is open
            for descriptor in Path(f"/proc/{process.pid}/fd").glob("*"):
                if self._is_on_disk(descriptor):
                    self._look_at(descriptor)

    def _processes(self) -> list[psutil.Process]:
        root = psutil.Process(self._root)
        return [root, *root.children(recursive=True)]

    def _is_on_disk(self, descriptor: Path) -> bool:
        target = str(descriptor.readlink())
        allowed = tuple(
            map(
                str,
                (vault_folder(), self._index, SAMPLES, self._screen, "/proc", "/dev", "/memfd:"),
            )
        )
        return target.startswith("/") and not target.startswith(allowed)

    def _look_at(self, path: Path) -> None:
        try:
            data = path.read_bytes()
        except OSError:
            return
        if self._sound in data:
            self.found.add(f"sound in {path}")
        text = re.sub(rb"[\s\0]+", b" ", data).decode(errors="replace").casefold()
        self.found.update(f"{word} in {path}" for word in CANARIES if word in text)


def test_a_sentence_that_is_said_is_in_no_log_file_title_or_variable(
    tmp_path: Path, no_devices: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    home, temporary, elsewhere = tmp_path / "home", tmp_path / "home" / "tmp", tmp_path / "here"
    for folder in (temporary, elsewhere):
        folder.mkdir(parents=True)
    for kind in ("CONFIG", "DATA", "CACHE", "STATE", "RUNTIME"):
        name = f"XDG_{kind}_HOME" if kind != "RUNTIME" else "XDG_RUNTIME_DIR"
        monkeypatch.setenv(name, str(home / kind.lower()))
    monkeypatch.setenv("VOICEREFLECT_VAULT", str(home / "vault"))
    monkeypatch.setenv("HOME", str(home))
    out, err = tmp_path / "out", home / "err"
    with out.open("wb") as stdout, err.open("wb") as stderr:
        session = subprocess.Popen(
            [COMMAND, "reflect", "small-steps", *ON_SAMPLES],
            env=os.environ | no_devices | {"TMPDIR": str(temporary)},
            cwd=elsewhere,
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
        )
        watch = Watch(
            tmp_path,
            session.pid,
            screen=out,
            index=home / "cache" / "voicereflect" / "index",
        )
        while session.poll() is None:
            try:
                watch.look()
            except (psutil.NoSuchProcess, FileNotFoundError):
                continue  # a process or a file went away while it was looked at
            finally:
                time.sleep(0.05)
    assert session.returncode == 0, err.read_text()
    said = " ".join(answer.text for answer in entries()[0].answers).casefold()
    assert all(word in said for word in CANARIES), "nothing was there to leak"
    shown = " ".join(out.read_text().split()).casefold()
    assert all(word in shown for word in CANARIES)
    watch.look_at_files()
    assert watch.looks > 10
    assert watch.found == set()
    assert list(elsewhere.iterdir()) == []
    assert list(temporary.iterdir()) == [], "a library keeps something of its own"
    assert {path.name for path in home.rglob("*") if is_a_strangers(path, home)} == set()


def is_a_strangers(path: Path, home: Path) -> bool:
    """Whether a file is neither the vault's, its mark's nor our cache's, nor one of this test."""
    ours = (
        vault_folder(),
        home / "cache" / "voicereflect",
        home / "data" / "voicereflect" / "vaults",
    )
    return path.is_file() and path.name != "err" and not any(each in path.parents for each in ours)
