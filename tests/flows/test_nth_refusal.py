"""Claims about a disk that refuses the n-th thing it is asked, for many n: nothing is lost.

A sitting of four takes, one of them redone, on real files; then recovery on a disk that is well.
"""

import errno
import random
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import soundfile

from tests.support.failing_files import FailingFiles
from tests.support.fakes import Said, StubRecorder
from tests.support.sittings import ID, Sitting, blocks
from tests.support.vaults import make_vault
from voicereflect.adapters.vault.files import Files
from voicereflect.core.entry.entries import answer_of
from voicereflect.errors import EntryUnreadable, VaultError
from voicereflect.flows.library.recovering import recover
from voicereflect.model import Answer, AnswerState, TakeInfo

TAKES = 4
KEYS = {("said", 0): "enter", ("listening", 2): "d"}
KEYS |= {("listening", take): "enter" for take in (1, 3, TAKES)}
ROUNDS = 12
"""How many n are tried of each kind; each lies in a stretch of its own."""
SEED = 20261122


class Refused:
    """A sitting on a disk that refuses something, and what a person was told."""

    def __init__(self, root: Path, files: FailingFiles) -> None:
        self.files = files
        self.sitting = Sitting(root=root)
        self.sitting.on(files)
        self.sitting.recorder = StubRecorder([Said(blocks(n, 3), ends=False) for n in range(TAKES)])
        self.sitting.person(lambda what, number: KEYS.get((what, number)))
        problem = ""
        try:
            self.sitting.run()
        except VaultError as error:  # anything else would be a traceback
            problem = error.line
        self.told = [*self.sitting.screen.notes, *filter(None, [problem])]

    @property
    def said(self) -> dict[int, bytes]:
        """Of each answer, the blocks the disk took."""
        return {
            int(name.partition(".")[0]): b"".join(kept)
            for name, kept in self.files.appended.items()
        }

    @property
    def read(self) -> dict[int, str]:
        """Texts that were shown as settled."""
        shown: list[Answer] = [answer for _, answer in self.sitting.screen.named("read")]
        return {answer.number: answer.text for answer in shown if answer.text}

    @property
    def saved(self) -> set[int]:
        """Answers that were said to be saved."""
        return {
            answer.number
            for _, entry, _ in self.sitting.screen.named("saved")
            for answer in entry.answers
            if answer.state is not AnswerState.SKIPPED
        }


def calls_of(folder: Path, number: int) -> int:
    """How often a whole sitting asks the disk for what may be refused so."""
    files = FailingFiles(folder / "well", nth=0, number=number)
    assert Refused(folder / "well", files).told == []
    return files.calls


def spread(most: int, seed: int) -> Iterator[int]:
    dice = random.Random(seed)
    for stretch in range(ROUNDS):
        low, high = (1 + most * each // ROUNDS for each in (stretch, stretch + 1))
        yield dice.randrange(low, high)


@pytest.mark.parametrize("for_good", [False, True], ids=["once", "for good"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES], ids=["no room", "no permission"])
def test_whatever_the_disk_refuses_is_told_and_the_next_start_has_all_that_was_taken(
    tmp_path: Path, number: int, *, for_good: bool
) -> None:
    for nth in spread(calls_of(tmp_path, number), SEED + number + for_good):
        root = tmp_path / f"refuses-{nth}"
        files = FailingFiles(root, nth=nth, number=number, for_good=for_good)
        at = Refused(root, files)
        where = f"call {nth}: {files.failed}"
        assert files.failed, where
        assert_told(at, where)
        assert_recovered(root, at, where)


@pytest.mark.parametrize("finished", [True, False])
def test_an_answer_taken_back_is_whole_the_next_time_wherever_it_broke_off(
    tmp_path: Path, *, finished: bool
) -> None:
    well = tmp_path / "well"
    Refused(well, FailingFiles(well, nth=0, number=errno.ENOSPC))
    vault = make_vault(Files(well))
    if not finished:
        take = vault.open_take(ID, TAKES + 1, TakeInfo(rate_hz=16_000))
        take.append(bytes(3200))
        take.discard("as a crash leaves it")
    (*_, thing) = vault.trash.all()
    for nth in range(1, 60):
        shutil.copytree(well, root := tmp_path / f"refuses-{nth}")
        files = FailingFiles(root, nth=nth, number=errno.ENOSPC, for_good=True)
        with suppress(VaultError):
            make_vault(files).trash.restore(thing.name)
        later = make_vault(Files(root))
        recover(later)
        if [each for each in later.trash.all() if each.name == thing.name]:
            later.trash.restore(thing.name)
            recover(later)
        where = f"call {nth}: {files.failed}"
        back = answer_of(later.load(ID), thing.answer)
        assert back.state is AnswerState.PENDING, where
        sound = b"".join(later.sound(ID, thing.answer))
        assert sound == (b"".join(blocks(1, 3)) if finished else bytes(3200)), where
        assert later.left_behind() == (), where
        if not files.failed:
            return
    pytest.fail("it was never asked so little that all went well")


def assert_told(at: Refused, where: str) -> None:
    """By a line or two, each of them once."""
    assert len(at.told) in (1, 2, 3), f"{where}: {at.told}"
    assert len(at.told) == len(set(at.told)), f"{where}: {at.told}"
    assert not [line for line in at.told if "\n" in line], where


def assert_recovered(root: Path, at: Refused, where: str) -> None:
    vault = make_vault(Files(root))
    assert not [each.problem for each in recover(vault) if each.problem], where
    assert vault.left_behind() == (), where
    entries = list(vault.load_all())
    assert not [entry for entry in entries if isinstance(entry, EntryUnreadable)], where
    answers = {
        answer.number: answer
        for entry in entries
        if not isinstance(entry, EntryUnreadable)
        for answer in entry.answers
    }
    assert AnswerState.RECORDING not in {answer.state for answer in answers.values()}, where
    assert {number: text for number, text in at.read.items() if answers[number].text != text} == {}
    sounds = dict(sounds_in(root))
    for number, pcm in at.said.items():
        assert sounds.get(number) == pcm, f"{where}: answer {number}"
    assert at.saved <= set(sounds), where
    for folder in (root / "entries").glob("*/*/*"):
        left = {path.suffix for path in folder.iterdir()} - {".md", ".flac", ".jsonl"}
        assert not left or not (folder / "entry.md").exists(), f"{where}: {left}"


def sounds_in(root: Path) -> Iterator[tuple[int, bytes]]:
    """Every answer's samples, from the entry or, as it was put there, from the trash."""
    for blocks_file in root.glob("trash/**/*.blocks"):
        yield int(blocks_file.stem), b"".join(Files(root).records(blocks_file))
    for file in root.glob("**/*.flac"):
        yield int(file.stem), soundfile.read(file, dtype="int16")[0].tobytes()
