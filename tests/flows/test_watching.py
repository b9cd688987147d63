"""A watched folder: each recording is kept once, when it is whole, and nothing there is touched."""

import os
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.flows.test_importing import importing
from tests.support.memos import make_memo
from tests.support.vaults import make_vault
from voicereflect.adapters.recordings import MediaFile
from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.watching import trash_can, unit_file
from voicereflect.adapters.watching.folder import PolledFolder
from voicereflect.core.exchange.units import HEAD, unit
from voicereflect.core.exchange.watching import (
    PATIENCE_S,
    FileLook,
    FolderMemory,
    is_recording,
    settled,
)
from voicereflect.errors import SettingsError, VaultUnwritable
from voicereflect.flows.exchange.watching import Watching
from voicereflect.model import AnswerState, Entry


@dataclass
class Later:
    """Counts how often somebody was to write things down."""

    begun: int = 0
    busy: bool = False
    ended: int = 0

    def begin(self) -> bool:
        self.begun += not self.busy
        return not self.busy

    def end(self) -> None:
        self.ended += 1


@dataclass
class Watcher:
    """A watched folder and its vault, with a clock that is set by hand."""

    base: Path
    then_trash: bool = False
    at_s: float = 0.0
    told: list[str] = field(default_factory=list)
    later: Later = field(default_factory=Later)

    def __post_init__(self) -> None:
        self.folder = self.base / "phone"
        self.folder.mkdir()
        self.vault = make_vault(Files(self.base / "vault"))
        self.flow = importing(self.vault)
        self.watching = Watching(
            folder=PolledFolder(self.folder, MediaFile),
            keep=self.flow.keep,
            later=self.later,
            tell=self.told.append,
            then_trash=self.then_trash,
            now_s=lambda: self.at_s,
        )

    def after(self, seconds: float) -> int:
        """Look once that much later; give how many entries there are."""
        self.at_s += seconds
        self.watching.look()
        return len(self.vault.ids())


@pytest.fixture
def watcher(tmp_path: Path) -> Watcher:
    return Watcher(tmp_path)


def test_a_recording_is_kept_once_soon_after_its_last_write(watcher: Watcher) -> None:
    memo = make_memo(watcher.folder / "a.m4a")
    assert [watcher.after(s) for s in (0, 5, 6, 5, 60)] == [0, 0, 1, 1, 1]
    (entry,) = [each for each in watcher.vault.load_all() if isinstance(each, Entry)]
    assert entry.answers[0].state is AnswerState.PENDING
    assert watcher.told == []
    assert memo.exists()
    os.utime(memo, (1, 1))  # touched, and the same sound
    assert [watcher.after(s) for s in (1, 11)] == [1, 1]


def test_a_half_copied_file_waits_until_it_is_whole(watcher: Watcher) -> None:
    whole = make_memo(watcher.base / "whole.wav", 4.0).read_bytes()
    target = watcher.folder / "a.wav"
    target.write_bytes(whole[: len(whole) // 4])
    assert [watcher.after(s) for s in (0, 11, 30)] == [0, 0, 0]
    target.write_bytes(whole)
    assert [watcher.after(s) for s in (5, 11)] == [0, 1]
    assert watcher.told == []


def test_what_never_becomes_whole_is_told_once(watcher: Watcher) -> None:
    (watcher.folder / "a.m4a").write_bytes(b"no sound at all" * 100)
    assert [watcher.after(s) for s in (0, 11, PATIENCE_S, 5, 5)] == [0] * 5
    assert len(watcher.told) == 1


def test_only_recordings_that_arrived_are_looked_at(watcher: Watcher) -> None:
    memo = make_memo(watcher.base / "a.wav").read_bytes()
    for name in (".syncthing.a.wav.tmp", "a.wav.part", ".a.wav", "notes.txt", "~a.wav"):
        (watcher.folder / name).write_bytes(memo)
    (watcher.folder / "link.wav").symlink_to(watcher.base / "a.wav")
    (watcher.folder / "empty.wav").touch()
    assert [watcher.after(s) for s in (0, 20)] == [0, 0]
    assert is_recording("sub/PTT-20240503.OPUS")


def test_a_folder_that_is_away_is_told_once_and_looked_for_again(watcher: Watcher) -> None:
    make_memo(watcher.folder / "a.wav")
    watcher.folder.rename(watcher.base / "away")
    assert [watcher.after(s) for s in (0, 5)] == [0, 0]
    assert len(watcher.told) == 1
    (watcher.base / "away").rename(watcher.folder)
    assert [watcher.after(s) for s in (5, 11)] == [0, 1]


def test_texts_are_written_for_what_came_while_others_were_written(watcher: Watcher) -> None:
    make_memo(watcher.folder / "a.wav")
    rests: list[tuple[float, bool]] = [(5.0, False), (11.0, True), (5.0, True), (5.0, False)]

    def wait() -> bool:
        if not rests:
            return False
        seconds, watcher.later.busy = rests.pop(0)
        watcher.at_s += seconds
        return True

    watcher.watching.run(wait)
    assert (watcher.later.begun, watcher.later.ended) == (2, 1)


def test_what_is_kept_goes_to_the_trash_only_where_that_was_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    watcher = Watcher(tmp_path, then_trash=True)
    memo = make_memo(watcher.folder / "a b.wav").read_bytes()
    (watcher.folder / "bad.wav").write_bytes(b"no sound at all" * 100)
    assert [watcher.after(s) for s in (0, 11, PATIENCE_S)] == [0, 1, 1]
    assert (tmp_path / "data/Trash/files/a b.wav").read_bytes() == memo
    assert "Path=" in (tmp_path / "data/Trash/info/a b.wav.trashinfo").read_text()
    assert [each.name for each in watcher.folder.iterdir()] == ["bad.wav"]


def test_a_file_stays_where_the_trash_takes_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    (tmp_path / "a.wav").write_text("sound")
    with pytest.raises(VaultUnwritable, match="could not be moved"):
        trash_can.put_away(tmp_path / "a.wav")
    assert (tmp_path / "a.wav").exists()


def test_a_unit_is_written_and_one_of_another_hand_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    text = unit(["/a b/python", "100%$x\"'"], {})
    assert 'ExecStart="/a b/python" "100%%$$x\\"\'"' in text
    path = unit_file.write(text)
    assert path.read_text().startswith(HEAD)
    unit_file.write(text)
    path.write_text("[Unit]\n")
    with pytest.raises(SettingsError, match="not of voicereflect"):
        unit_file.write(text)
    assert path.read_text() == "[Unit]\n"


def test_a_unit_has_our_settings_and_no_secret() -> None:
    names = ("VOICEREFLECT_VAULT", "VOICEREFLECT_PASSPHRASE", "VOICEREFLECT_X_KEY", "PATH")
    lines = unit(["/python"], dict.fromkeys(names, "/v")).splitlines()
    told = [line for line in lines if line.startswith("Environment=")]
    assert told == ['Environment="VOICEREFLECT_VAULT=/v"']


def test_a_file_that_grows_is_never_ready() -> None:
    memory = FolderMemory()
    for at in range(0, 100, 5):
        assert settled(memory, {"a.wav": FileLook(size=at + 1, changed_ns=at)}, at) == []
