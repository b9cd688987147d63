"""Claims about a power cut, read off the system calls of a whole session.

A kill proves nothing about power: what counts is what has been fsynced, and when.
"""

import re
from pathlib import Path

import pytest

from tests.support.product import ENTER, SAMPLES, Person, card_sound, entry_folders, vault_folder
from tests.support.rigs import CARD_RATE_HZ, AlsaFileCard, required
from tests.support.straces import FILE_CALLS, Call, seen, strace

pytestmark = [
    pytest.mark.slow,
    pytest.mark.usefixtures("no_model"),
    pytest.mark.xdist_group("paced"),
]

SECOND_BYTES = CARD_RATE_HZ * 2
SYNC = ("fsync", "fdatasync")
RENAME = ("rename", "renameat", "renameat2")
UNLINK = ("unlink", "unlinkat")
ANSWERS = ("own-step", "own-when")


@pytest.fixture
def calls(tmp_path: Path) -> list[Call]:
    """All file calls of a session with two answers."""
    required("strace", "setsid")
    log = tmp_path / "calls"
    with (
        AlsaFileCard(tmp_path, pace=1.0) as card,
        Person("reflect", "small-steps", env=card.env, before=strace(FILE_CALLS, log)) as person,
    ):
        person.sees("ENTER begins")
        person.presses(ENTER)
        for name, key in zip(ANSWERS, (ENTER, "q"), strict=True):
            person.sees(r"Recording\.")
            card.load_mic(card_sound(SAMPLES / "small-steps" / f"{name}.flac", 5.0))
            card.wait_until_said()
            person.presses(key)
        person.sees("Saved: 2 answers")
        assert person.leaves() == 0
    return [call for call in seen(log) if call.result >= 0]


def test_a_power_cut_at_any_moment_costs_at_most_a_second(calls: list[Call]) -> None:
    assert_at_most_a_second_is_unsynced(calls)
    assert_saved_is_said_when_it_is(calls)
    assert_blocks_go_after_the_sound_is_safe(calls)


def assert_at_most_a_second_is_unsynced(calls: list[Call]) -> None:
    """Of each take: bytes appended since the last sync of its file, after every call.

    How long a disk needs for a sync is no claim of ours: a busy one took 1.3 s.
    """
    unsynced: dict[str, int] = {}
    most, written = 0, 0
    for call in calls:
        if not call.file.endswith(".blocks"):
            continue
        if call.name == "write":
            unsynced[call.file] = unsynced.get(call.file, 0) + call.result
            most, written = max(most, unsynced[call.file]), written + call.result
        elif call.name in SYNC:
            unsynced[call.file] = 0
    assert written > 2 * 5 * SECOND_BYTES, "the takes were not seen"
    assert most <= SECOND_BYTES * 1.01, f"{most / SECOND_BYTES:.2f} s of sound were in no sync"
    assert not any(unsynced.values())


def assert_saved_is_said_when_it_is(calls: list[Call]) -> None:
    """Each file was synced under its temporary name, renamed, and its folder synced."""
    said = next(
        index
        for index, call in enumerate(calls)
        if call.name == "write" and any("Saved: 2 answers" in text for text in call.quoted)
    )
    (folder,) = entry_folders()
    for name in ("entry.md", "1.flac", "2.flac", "1.jsonl", "2.jsonl"):
        target = str(folder / name)
        renames = [i for i, call in enumerate(calls) if is_rename_to(call, target)]
        assert renames, f"{name} was not put in place by a rename"
        assert renames[-1] < said, f"{name} was still being saved"
        for index in renames:
            assert_synced_around(calls, index, folder)
            after = calls[index:said]
            assert any(each.name in SYNC and each.file == str(folder) for each in after), name


def is_rename_to(call: Call, target: str) -> bool:
    return call.name in RENAME and call.quoted[-1] == target


def assert_synced_around(calls: list[Call], index: int, folder: Path) -> None:
    temporary = calls[index].quoted[0]
    before = [call for call in calls[:index] if call.file == temporary]
    assert before, f"nothing was written to {temporary}"
    assert before[-1].name in SYNC, f"{temporary} was renamed before it was synced"
    assert Path(temporary).parent == folder


def assert_blocks_go_after_the_sound_is_safe(calls: list[Call]) -> None:
    (folder,) = entry_folders()
    for number in (1, 2):
        gone = next(
            index
            for index, call in enumerate(calls)
            if call.name in UNLINK and call.quoted[-1] == str(folder / f"{number}.blocks")
        )
        for name in (f"{number}.flac", f"{number}.jsonl"):
            placed = next(i for i, c in enumerate(calls) if is_rename_to(c, str(folder / name)))
            between = calls[placed:gone]
            assert any(c.name in SYNC and c.file == str(folder) for c in between), name


def test_nothing_of_the_vault_is_written_in_place(calls: list[Call]) -> None:
    """Only takes grow; every other file is replaced as a whole."""
    root = str(vault_folder())
    in_place = {
        re.sub(r".*/", "", call.file)
        for call in calls
        if call.name in ("write", "pwrite64") and call.file.startswith(root)
        if not call.file.endswith((".tmp", ".blocks"))
    }
    assert in_place <= {".lock"}
