"""Claims about a session in which something breaks: what was said is on disk all the same."""

import errno
import os
import shutil
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.failing_files import FailingFiles
from tests.support.fakes import Said, StubLoudspeaker, StubRecorder, StubVoice, digest_of
from tests.support.sittings import ID, Sitting, blocks
from tests.support.vaults import make_vault
from tests.support.waiting import comes_true
from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.refusals import translated
from voicereflect.core.entry.entries import without_answer
from voicereflect.core.safety.consent import counting
from voicereflect.errors import EntryUnreadable, ReflectError, VaultUnwritable
from voicereflect.flows.library.recovering import recover
from voicereflect.flows.session.loop import KEPT_FOR_LATER
from voicereflect.model import AnswerState, Span, TakeInfo
from voicereflect.ui.wording import recovery

FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class FullDisk(Files):
    """Full from the n-th block on; with `for_good`, for everything that is written then."""

    def __init__(self, root: Path, *, blocks: int, for_good: bool = False) -> None:
        super().__init__(root)
        self.left = blocks
        self.for_good = for_good
        self.synced_by: list[threading.Thread] = []

    def append(self, path: Path, record: bytes) -> None:
        with translated(path):
            self.left -= 1
            if self.left < 0:
                raise FULL
        super().append(path, record)

    def save(self, path: Path, data: bytes) -> None:
        with translated(path):
            if self.for_good and self.left < 0:
                raise FULL
        super().save(path, data)

    def sync(self, path: Path) -> None:
        self.synced_by.append(threading.current_thread())
        super().sync(path)


class BrokenFiles(Files):
    """Has a bug: not an error anybody foresaw."""

    def save(self, path: Path, data: bytes) -> None:
        if path.name.endswith(".jsonl"):
            raise ZeroDivisionError
        super().save(path, data)


class MangledFiles(Files):
    """Something else writes the page anew at the very moment it is made."""

    def save(self, path: Path, data: bytes) -> None:
        if path.name == "entry.md":
            data = f"---\nid: {ID}\n[not yaml\n---\n".encode()
        super().save(path, data)


@pytest.fixture
def sitting(tmp_path: Path) -> Sitting:
    return Sitting(root=tmp_path / "vault")


def said(seed: int, count: int = 5) -> bytes:
    return b"".join(blocks(seed)[:count])


def check_kept(sitting: Sitting, blocks_left: int) -> None:
    whole, part = divmod(blocks_left, 5)
    assert len(sitting.vault.load(ID).answers) == whole + 1
    assert [sitting.sound(n + 1) for n in range(whole)] == [said(n) for n in range(whole)]
    assert sitting.sound(whole + 1) == said(whole, part)
    assert sitting.texts[:whole] == [digest_of(said(n)) for n in range(whole)]


@pytest.mark.parametrize("blocks_left", [0, 1, 4, 5, 7, 14])
def test_a_disk_that_fills_up_ends_the_session_and_all_before_stands(
    sitting: Sitting, blocks_left: int
) -> None:
    full_at, _ = divmod(blocks_left, 5)
    sitting.recorder = StubRecorder([Said(blocks(n), ends=n < full_at) for n in range(3)])
    sitting.on(FullDisk(sitting.root, blocks=blocks_left))
    with pytest.raises(VaultUnwritable, match="full"):
        sitting.run()
    check_kept(sitting, blocks_left)


@pytest.mark.parametrize("blocks_left", [0, 1, 4, 5, 7, 14])
def test_a_disk_that_fills_up_is_told_also_when_the_end_of_the_answer_is_heard_already(
    sitting: Sitting, blocks_left: int
) -> None:
    sitting.on(FullDisk(sitting.root, blocks=blocks_left))
    with pytest.raises(VaultUnwritable, match="full"):
        sitting.run()
    check_kept(sitting, blocks_left)


@pytest.mark.parametrize("blocks_left", [0, 3, 8])
def test_a_disk_without_room_for_anything_keeps_the_blocks_it_has(
    sitting: Sitting, blocks_left: int
) -> None:
    sitting.on(FullDisk(sitting.root, blocks=blocks_left, for_good=True))
    with pytest.raises(VaultUnwritable, match="full"):
        sitting.run()
    kept = make_vault(Files(sitting.root))
    whole, part = divmod(blocks_left, 5)
    assert [b"".join(kept.sound(ID, n + 1)) for n in range(whole)] == [
        said(n) for n in range(whole)
    ]
    assert b"".join(kept.sound(ID, whole + 1)) == said(whole, part)
    assert ID in kept.left_behind()


def test_a_full_disk_does_not_keep_what_was_said_from_being_synced(sitting: Sitting) -> None:
    """By the session itself; whether `finish`, in another thread, comes to it is open."""
    files = FullDisk(sitting.root, blocks=3, for_good=True)
    sitting.on(files)
    sitting.tick_s = 0.0
    with pytest.raises(VaultUnwritable):
        sitting.run()
    assert threading.main_thread() in files.synced_by


def test_a_vault_that_cannot_be_made_is_told_and_nothing_hangs(sitting: Sitting) -> None:
    sitting.root.write_text("a file stands where the vault should be")
    with pytest.raises(ReflectError):
        sitting.run()
    assert sitting.recorder.closed


def test_a_missing_model_costs_one_note_and_the_answers_wait(sitting: Sitting) -> None:
    sitting.transcriber.missing = True
    entry = sitting.run()
    assert [answer.state for answer in entry.answers] == [AnswerState.PENDING] * 3
    assert sitting.screen.notes == [f"It stopped. Later. {KEPT_FOR_LATER}"]
    assert [sitting.sound(n + 1) for n in range(3)] == [said(n) for n in range(3)]


def test_a_worker_that_is_lost_for_good_leaves_the_unread_answers_pending(
    sitting: Sitting,
) -> None:
    sitting.transcriber.lose_before = {2: False}
    entry = sitting.run()
    assert [answer.state for answer in entry.answers] == [
        AnswerState.DONE,
        AnswerState.PENDING,
        AnswerState.PENDING,
    ]
    assert sitting.texts == [digest_of(said(0)), "", ""]


def test_a_worker_lost_in_the_middle_of_an_answer_is_given_all_of_it_again(
    sitting: Sitting,
) -> None:
    """The second answer has three blocks when the worker dies, and gets two more."""

    def loses(what: str, _: int) -> None:
        if what == "level" and len(sitting.screen.named("level")) == 8:
            sitting.transcriber.lose(restarting=True)

    sitting.screen.react = loses
    sitting.run()
    assert sitting.texts == [digest_of(said(seed)) for seed in range(3)]
    assert sitting.transcriber.opened == 3 + 1  # the second one twice
    assert [sitting.sound(n + 1) for n in range(3)] == [said(n) for n in range(3)]


def test_a_worker_lost_while_it_reads_is_given_all_unread_answers_again(sitting: Sitting) -> None:
    sitting.transcriber.lose_before = {3: True}
    sitting.run()
    assert sitting.texts == [digest_of(said(seed)) for seed in range(3)]


def test_a_worker_lost_twice_leaves_the_rest_pending(sitting: Sitting) -> None:
    sitting.transcriber.lose_before = {2: True, 3: False}
    entry = sitting.run()
    assert AnswerState.RECORDING not in {answer.state for answer in entry.answers}
    assert entry.answers[0].text == digest_of(said(0))
    assert entry.answers[2].state is AnswerState.PENDING
    assert [sitting.sound(n + 1) for n in range(3)] == [said(n) for n in range(3)]


def test_text_that_arrives_after_the_end_breaks_nothing(sitting: Sitting) -> None:
    """A key ends the waiting in the very moment in which the worker is done."""
    worker = sitting.transcriber
    worker.read = False
    sitting.recorder = StubRecorder([Said(blocks(0))])
    keys = {"said": "enter", "awaiting_texts": "q"}
    sitting.person(lambda what, _: keys.get(what))
    sitting.loudspeaker = None
    worker.last_words = lambda: worker.report(worker.reading(1, Span(0, 8000)))
    (answer,) = sitting.run().answers
    assert answer.duration_s == 0.5


def test_an_error_nobody_foresaw_in_the_saving_thread_ends_the_session(sitting: Sitting) -> None:
    sitting.on(BrokenFiles(sitting.root))
    sitting.recorder = StubRecorder([Said(blocks(0))])
    with pytest.raises(ZeroDivisionError):
        sitting.run()
    assert sitting.recorder.closed
    kept = make_vault(Files(sitting.root))
    assert b"".join(kept.sound(ID, 1)) == said(0)


def test_an_error_nobody_foresaw_on_the_screen_keeps_what_was_said(sitting: Sitting) -> None:
    def breaks(what: str, _: int) -> None:
        if what == "level" and len(sitting.screen.named("level")) == 3:
            raise ZeroDivisionError

    sitting.screen.react = breaks
    with pytest.raises(ZeroDivisionError):
        sitting.run()
    assert sitting.sound(1) == said(0, 3)
    assert sitting.vault.left_behind() == (ID,)
    assert sitting.vault.take_info(ID, 1) == TakeInfo(rate_hz=16_000, samples=3 * 1600)


def test_an_error_nobody_foresaw_in_the_loudspeaker_ends_the_session(sitting: Sitting) -> None:
    sitting.loudspeaker = StubLoudspeaker(cannot=ZeroDivisionError())
    # without the interrupts it would hang here for ever
    threading.Timer(1.0, lambda: [sitting.keyboard.press("interrupt") for _ in range(2)]).start()
    with pytest.raises(ZeroDivisionError):
        sitting.run()


def test_an_error_nobody_foresaw_in_the_voice_ends_the_session(sitting: Sitting) -> None:
    assert sitting.voice
    sitting.voice.problem = ZeroDivisionError()
    with pytest.raises(ZeroDivisionError):
        sitting.run()


def test_a_voice_that_hangs_is_passed_by_with_a_key(sitting: Sitting) -> None:
    voice = sitting.voice = StubVoice(hangs=True)
    sitting.person(lambda what, _: "enter" if what in ("said", "asked") else None)
    try:
        sitting.run()
    finally:
        voice.free.set()
    assert sitting.texts == [digest_of(said(seed)) for seed in range(3)]


@pytest.mark.parametrize(("speakers", "whose"), [("- me\n", "me"), ("- me\n- Ada\n", "unknown")])
def test_an_entry_mangled_while_the_session_runs_costs_its_text_and_not_the_sound(
    sitting: Sitting, speakers: str, whose: str
) -> None:
    page = ""

    def mangles(what: str, number: int) -> None:
        nonlocal page
        if (what, number) == ("asked", 2):
            (folder,) = sitting.entries
            page = (folder / "entry.md").read_text()
            (folder / "entry.md").write_text("---\n[not yaml\n")

    sitting.screen.react = mangles
    sitting.run()
    assert sitting.screen.notes
    assert [sitting.sound(n + 1) for n in range(3)] == [said(n) for n in range(3)]
    (folder,) = sitting.entries
    assert (folder / "entry.md").read_text() == "---\n[not yaml\n"
    mended = page.replace("speakers:\n- me\n", f"speakers:\n{speakers}")
    (folder / "entry.md").write_text(mended)  # days later
    assert recover(sitting.vault)[0].problem is None
    answers = sitting.vault.load(ID).answers
    assert [(each.number, each.state) for each in answers] == [
        (number, AnswerState.PENDING) for number in (1, 2, 3)
    ]
    assert {each.speaker for each in answers[1:]} == {whose}
    assert sitting.vault.left_behind() == ()


def test_an_entry_whose_page_never_had_an_answer_is_not_thrown_away(sitting: Sitting) -> None:
    sitting.on(MangledFiles(sitting.root))
    sitting.run()
    assert [sitting.sound(n + 1) for n in range(3)] == [said(n) for n in range(3)]
    assert not (sitting.root / "trash").exists()
    assert not sitting.screen.named("saved")
    assert sitting.vault.left_behind() == (ID,)


def test_lost_blocks_are_counted_in_the_take_that_lost_them(sitting: Sitting) -> None:
    sitting.recorder = StubRecorder(
        [Said([bytes(2)] * 1210, ends=False), Said(blocks(1), ends=False)]
    )
    keys = {("said", 0): "enter", ("listening", 1): "d", ("listening", 2): "u"}
    keys |= {("restored", 1): "q"}
    sitting.tick_s = 0.0
    sitting.person(lambda what, number: keys.get((what, number)))
    sitting.run()
    assert sitting.vault.take_info(ID, 1).overflows == 10


def test_a_disk_that_fills_up_in_a_repeated_question_ends_the_session_in_order(
    sitting: Sitting,
) -> None:
    sitting.on(FullDisk(sitting.root, blocks=3, for_good=True))
    sitting.recorder = StubRecorder([Said(blocks(0), ends=False)])
    keys = {("said", 0): "enter", ("listening", 1): "r"}
    sitting.person(lambda what, number: keys.get((what, number)))
    with pytest.raises(VaultUnwritable):
        sitting.run()
    assert [shown[0] for shown in sitting.screen.shown[-2:]] == ["saved", "closed"]
    assert make_vault(Files(sitting.root)).left_behind() == (ID,)


def test_a_take_that_lost_its_rate_takes_that_of_the_others(sitting: Sitting) -> None:
    sitting.run()
    (folder,) = sitting.entries
    left(sitting, 4, seed=7)
    (folder / "4.take.json").unlink()
    (found,) = recover(sitting.vault)
    assert (found.problem, found.answers, found.sound_s) == (None, 1, 0.5)
    assert (sitting.vault.load(ID).answers[-1].state) is AnswerState.PENDING
    assert sitting.vault.take_info(ID, 4).rate_hz == sitting.vault.take_info(ID, 1).rate_hz
    assert sitting.sound(4) == said(7)
    assert sitting.vault.left_behind() == ()


@pytest.mark.parametrize("gone", [True, False])
def test_a_take_whose_rate_nobody_knows_is_told_until_it_is_known(
    sitting: Sitting, *, gone: bool
) -> None:
    sitting.run()
    (folder,) = sitting.entries
    left(sitting, 4, seed=7)
    left(sitting, 5, seed=8)
    info = folder / ("4.take.json" if gone else "5.take.json")
    kept = info.read_bytes()
    info.write_text("[")
    if gone:
        for path in (*folder.glob("*.jsonl"), *folder.glob("*.flac"), info):
            path.unlink()
        (folder / "5.take.json").unlink()
    (found,) = recover(sitting.vault)
    assert isinstance(found.problem, EntryUnreadable)
    assert info.name in found.problem.line
    assert found.answers == (0 if gone else 1)
    assert sitting.vault.left_behind() == (ID,)
    if gone:
        info.write_bytes(kept)
    else:
        assert "Take that file away" in found.problem.hint
        info.unlink()
    (found,) = recover(sitting.vault)
    assert (found.problem, sitting.vault.left_behind()) == (None, ())
    assert [sitting.sound(4), sitting.sound(5)] == [said(7), said(8)]


def test_an_answer_that_left_its_page_comes_back_and_that_is_said(sitting: Sitting) -> None:
    """Nobody can tell whether a person took it out or a fault lost it."""
    sitting.run()
    (folder,) = sitting.entries
    sitting.vault.update(ID, lambda entry: without_answer(entry, 2))
    assert recover(sitting.vault) == ()
    assert len(sitting.vault.load(ID).answers) == 2
    left(sitting, 4, seed=7)
    (found,) = recover(sitting.vault)
    assert (found.listed, found.answers) == ((2,), 1)
    lines = list(recovery(ID, found.sound_s, found.listed, found.problem))
    assert ["2.flac" in line for line in lines] == [False, True]
    sitting.vault.update(ID, lambda entry: without_answer(entry, 2))
    (folder / "2.flac").unlink()
    (folder / ".lock").touch()
    assert recover(sitting.vault) == ()
    assert [each.number for each in sitting.vault.load(ID).answers] == [1, 3, 4]


def test_an_answer_that_cannot_be_listed_again_is_not_said_to_be(sitting: Sitting) -> None:
    sitting.run()
    (folder,) = sitting.entries
    sitting.vault.update(ID, lambda entry: without_answer(entry, 2))
    (folder / ".lock").touch()
    full = FailingFiles(sitting.root, nth=1, number=errno.ENOSPC, for_good=True)
    (found,) = recover(make_vault(full))
    (line,) = recovery(ID, found.sound_s, found.listed, found.problem)
    assert "could not be finished" in line
    (found,) = recover(sitting.vault)
    assert (found.listed, found.problem) == ((2,), None)


def left(sitting: Sitting, number: int, *, seed: int) -> None:
    """A take that a crash left behind."""
    take = sitting.vault.open_take(ID, number, TakeInfo(rate_hz=16_000))
    take.append(said(seed))
    take.sync()


def test_recovery_makes_nobody_of_somebody_whose_page_is_whole(sitting: Sitting) -> None:
    sitting.run()
    (folder,) = sitting.entries
    page = (folder / "entry.md").read_text()
    (folder / "entry.md").write_text(page.replace("speakers:\n- me\n", "speakers:\n- me\n- Ada\n"))
    (folder / ".lock").touch()
    before = sitting.vault.load(ID)
    recover(sitting.vault)
    assert sitting.vault.load(ID) == before
    assert before.speakers == ("me", "Ada")
    assert sitting.vault.left_behind() == ()


def test_a_take_without_a_sample_needs_no_rate(sitting: Sitting) -> None:
    sitting.run()
    (folder,) = sitting.entries
    for path in folder.glob("*.*l*"):
        path.unlink()
    (folder / "4.blocks").write_bytes(b"\1")
    sitting.vault.update(ID, lambda entry: replace(entry, answers=()))
    assert recover(sitting.vault) == ()
    assert sitting.vault.left_behind() == ()


def test_what_was_set_aside_stays_so_after_a_kill(sitting: Sitting, tmp_path: Path) -> None:
    sitting.recorder = StubRecorder([Said(blocks(seed), ends=False) for seed in range(2)])
    killed = tmp_path / "as a kill leaves it"

    def kill() -> None:
        comes_true(
            lambda: any(each.set_aside for each in sitting.vault.load(ID).answers), look_s=0.001
        )
        shutil.copytree(sitting.root, killed)
        sitting.keyboard.press("q")

    killer = threading.Thread(target=kill)

    def act(what: str, number: int) -> str | None:
        if (what, number) == ("listening", 2):
            killer.start()
        return {("said", 0): "enter", ("listening", 1): "d"}.get((what, number))

    sitting.person(act)
    sitting.run()
    killer.join()
    vault = make_vault(Files(killed))
    assert 1 not in [each.number for each in counting(vault.load(ID))]
    recover(vault)
    assert [each.number for each in vault.load(ID).answers] == [2]
    assert list((killed / "trash").glob("*/1.flac"))
    assert vault.left_behind() == ()
