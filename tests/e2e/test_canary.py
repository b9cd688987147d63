"""Claims about discretion: what is said is in the vault and on the screen, and nowhere else.

One vault from the first word on: spoken, typed, mended, searched, themed, and sealed.
"""

import os
import re
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
import soundfile

from tests.e2e.test_sealing import asked, made_cheap, sealed_by_hand
from tests.support.product import (
    ENTER,
    SAMPLES,
    Person,
    entries,
    on_few_samples,
    run,
    vault_folder,
)
from tests.support.sealed_vaults import CANARY, PASSPHRASE
from tests.support.waiting import PATIENCE_S

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("fast", "at_login")]

SPOKEN = ("behind the shed", "plum jam")
"""Of the sample answers of small-steps, and of no prompt."""
MENDED = "Ostendish"
LATER = "walrus on the landing"
"""Typed once the vault is sealed."""
WORDS = (*SPOKEN, CANARY.casefold().rstrip("."), MENDED.casefold(), LATER)
SOUND_AT_S, SOUND_S = 2.0, 0.02
LARGEST = 1 << 23
"""Bytes: nothing that this test says is longer."""
ESCAPE = "\x1b"
TYPED_ARGUMENTS = (b"\0search\0", b"\0themes\0add\0")
"""Whose own words a person typed into a shell; no child may have them."""


class Watch:
    """Looks everywhere a word or a sound could leak to, for as long as the block lasts."""

    def __init__(self, folders: tuple[Path, ...], known: tuple[Path, ...]) -> None:
        """`known` hold words by their nature, and are said to (docs/privacy.md)."""
        self._folders = folders
        self.known = known
        self.found: set[str] = set()
        self.seen: set[str] = set()
        self.looks = 0
        samples, rate_hz = soundfile.read(SAMPLES / "small-steps" / "own-when.flac", dtype="int16")
        begin = round(SOUND_AT_S * rate_hz)
        self._sound = samples[begin : begin + round(SOUND_S * rate_hz)].tobytes()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, name="watch")

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join(PATIENCE_S)

    def _look(self) -> None:
        while not self._over.wait(0.5):
            self.looks += 1
            with suppress(FileNotFoundError):  # a folder went away while it was looked into
                self.look_at_files()
            self._look_at_processes()

    def look_at_files(self) -> None:
        for folder in self._folders:
            for path in folder.rglob("*"):
                if path.is_file() and not self._is_known(path):
                    self._look_at(path)

    def _look_at_processes(self) -> None:
        """Look at all that belong to this test: the key holder is nobody's child."""
        for process in psutil.process_iter():
            place = Path(f"/proc/{process.pid}")
            with suppress(OSError, psutil.Error):
                if process.pid == os.getpid() or not self._is_ours(place):
                    continue
                self.seen.update(Path(word).name for word in process.cmdline())
                for name in ("cmdline", "comm", "environ"):
                    self._look_at(place / name)
                # a file that has lost its name is found where it is open
                for descriptor in (place / "fd").iterdir():
                    target = descriptor.readlink()
                    if target.is_relative_to("/") and not self._is_known(target):
                        self._look_at(descriptor)

    def _is_ours(self, place: Path) -> bool:
        return os.fsencode(vault_folder().parent) in (place / "environ").read_bytes()

    def _is_known(self, path: Path) -> bool:
        elsewhere = (SAMPLES, Path("/proc"), Path("/dev"), *self.known)
        return str(path).startswith("/memfd:") or any(map(path.is_relative_to, elsewhere))

    def _look_at(self, path: Path) -> None:
        try:
            if path.stat().st_size > LARGEST:
                return  # a model, or a library
            data = path.read_bytes()
        except OSError:
            return  # it went away
        if path.name == "cmdline" and any(each in data for each in TYPED_ARGUMENTS):
            return
        if self._sound in data:
            self.found.add(f"sound in {path}")
        text = re.sub(rb"[\s\0]+", b" ", data).decode(errors="replace").casefold()
        self.found.update(f"{word} in {path}" for word in (*WORDS, PASSPHRASE) if word in text)


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    """Watches the home, the folder for temporary files, and that for sockets."""
    home = vault_folder().parent
    monkeypatch.setenv("HOME", str(home))
    for name, variable in (("tmp", "TMPDIR"), ("here", "PWD")):
        (home / name).mkdir(parents=True)
        monkeypatch.setenv(variable, str(home / name))
    monkeypatch.chdir(home / "here")
    index = home / "cache" / "voicereflect" / "index"
    with Watch((home, Path(os.environ["XDG_RUNTIME_DIR"])), (vault_folder(), index)) as watching:
        yield watching


def test_a_sentence_is_in_no_log_file_title_or_argument_and_once_sealed_in_no_file(
    tmp_path: Path, no_devices: dict[str, str], watch: Watch
) -> None:
    answers = on_few_samples(tmp_path, "small-steps", "own-when", "safe-step")
    typed("everyday", CANARY, no_devices)
    told = [run("reflect", "small-steps", *answers, env=no_devices)]
    assert all(word in " ".join(told[0].stdout.split()).casefold() for word in SPOKEN)
    with Person("fix", "last/1:1", env=no_devices) as person:
        person.sees("> ")
        person.presses(MENDED, ENTER, "q", ENTER)
        person.leaves()
    told += [run("themes", "add", "mine", "--word", MENDED), run("themes")]
    found = [run("search", word) for word in (SPOKEN[0], CANARY)]
    assert all("*" in each.stdout for each in found)
    said = " ".join(a.text for e in entries() for a in e.answers).casefold()
    assert all(word in said for word in WORDS if word != LATER), "nothing was there to leak"

    words = sealed_by_hand()
    watch.known = ()
    made_cheap(vault_folder(), words)
    typed("everyday", LATER, no_devices)
    assert asked("unlock")[0] == 0
    assert "*walrus*" in run("search", LATER).stdout
    run("lock")

    watch.look_at_files()
    assert watch.looks > 10
    assert watch.found == set()
    for each in told + found:
        assert not any(word in each.stderr.casefold() for word in WORDS)
    home = vault_folder().parent
    for empty in ("tmp", "here"):
        assert list((home / empty).iterdir()) == [], "a library keeps something of its own"
    assert {path.name for path in home.rglob("*") if is_a_strangers(path, home)} == set()
    assert "voicereflect" in watch.seen, "nobody was looked at"


def typed(deck: str, words: str, env: dict[str, str]) -> None:
    """Type one answer, and end there."""
    with Person("reflect", deck, "--typed", env=env, still=False) as person:
        person.sees("ENTER begins")
        person.presses(ENTER)
        person.sees("1 of 5")
        person.presses(*words)
        person.sees(words.rsplit(maxsplit=1)[-1].rstrip("."))
        person.presses(ESCAPE)
        person.sees("finish here, keep all")
        person.presses("q")
        assert person.leaves() == 0, person.shown


def is_a_strangers(path: Path, home: Path) -> bool:
    """Whether a file is neither the vault's, its mark's nor our cache's."""
    data = home / "data" / "voicereflect" / "vaults"
    ours = (vault_folder(), home / "cache" / "voicereflect", data)
    return path.is_file() and not any(each in path.parents for each in ours)
