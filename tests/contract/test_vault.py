"""Claims about the vault, kept over plain files and over files of which no byte is plain."""

import multiprocessing
import os
import stat
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.sealed_files import OpenedFiles
from tests.support.vaults import (
    ID,
    RATE_HZ,
    abandoned,
    folder_of,
    made_entry,
    make_entry,
    make_vault,
    noise,
    problems,
    recorded,
)
from tests.support.waiting import PATIENCE_S
from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.folder import FolderVault
from voicereflect.core.entry.entries import is_persons, with_state, with_transcript
from voicereflect.errors import (
    EntryNotFound,
    EntryUnreadable,
    RecordingUnreadable,
    VaultBusy,
    VaultUnwritable,
)
from voicereflect.model import AnswerState, Entry, Segment, Span, TakeInfo, Transcript, Word
from voicereflect.ports.vault import Vault

CANARY = "The canary sang of Ostend."
OTHER_IDS = ("20251231T233000Z-aaaa", "20261001T050000Z-bbbb", "20261122T235959Z-cccc")


@pytest.fixture(params=[Files, OpenedFiles])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Files:
    made: Files = request.param(tmp_path / "vault")
    return made


@pytest.fixture
def vault(files: Files) -> FolderVault:
    return make_vault(files)


def transcript(said: str, model: str = "base") -> Transcript:
    word = Word(text=f" {said}", start_s=0.1, end_s=1.5, probability=0.9)
    return Transcript(
        model=model,
        language="en",
        made_at=datetime(2026, 11, 22, 8, 31, tzinfo=UTC),
        segments=(Segment(words=(word,), avg_logprob=-0.2, no_speech=0.01),),
    )


def test_the_folder_vault_is_a_vault(vault: FolderVault) -> None:
    fits: Vault = vault
    assert fits.ids() == ()


# Entries


def test_a_created_entry_is_loaded_as_it_was(vault: FolderVault) -> None:
    entry = made_entry(vault, make_entry(text=CANARY, answers=3))
    assert vault.load(ID) == entry


def test_half_a_character_costs_no_save(vault: FolderVault) -> None:
    made_entry(vault, make_entry())
    vault.update(ID, lambda e: with_transcript(e, 1, "caf\udce9", silent=False))
    assert vault.load(ID).answers[0].text == "caf?"
    assert not is_persons(vault.load(ID).answers[0])


def test_its_folder_shows_local_time_and_deck_unless_it_is_sealed(
    vault: FolderVault, files: Files
) -> None:
    made_entry(vault, make_entry())
    folder = folder_of(vault.root)
    deck = "" if files.private else "her-biography-"
    assert folder.relative_to(vault.root).parts == (
        *("entries", "2026", "11"),
        f"2026-11-22T0930-{deck}kzqv",
    )


def test_that_an_entry_came_or_went_shows_beside_a_file(
    files: Files, vault: FolderVault, tmp_path: Path
) -> None:
    file = tmp_path / "written"
    file.write_bytes(b"")
    assert not vault.grew_since(None)
    made_entry(vault, make_entry())
    for each in (path for path in files.root.rglob("*") if path.is_dir()):
        os.utime(each, (100, 100))
    os.utime(file, (200, 200))
    assert vault.grew_since(None)
    assert not vault.grew_since(file)
    os.utime(next(files.root.glob("entries/*/*")), (300, 300))
    assert vault.grew_since(file)


def test_ids_come_oldest_first(vault: FolderVault) -> None:
    for entry_id in (OTHER_IDS[2], ID, OTHER_IDS[0], OTHER_IDS[1]):
        made_entry(vault, make_entry(entry_id))
    assert vault.ids() == (OTHER_IDS[0], OTHER_IDS[1], ID, OTHER_IDS[2])
    assert [e.id for e in vault.load_all() if isinstance(e, Entry)] == list(vault.ids())


def test_an_entry_is_found_at_the_turn_of_a_year(files: Files, vault: FolderVault) -> None:
    made_entry(vault, make_entry(OTHER_IDS[0]))
    assert folder_of(vault.root).parent.parent.name == "2026"
    assert make_vault(files).load(OTHER_IDS[0]).id == OTHER_IDS[0]


def test_a_renamed_folder_is_still_found(files: Files, vault: FolderVault) -> None:
    entry = made_entry(vault, make_entry())
    folder = folder_of(vault.root)
    folder.rename(folder.with_name("the day I began"))
    assert vault.load(ID) == entry
    assert make_vault(files).load(ID) == entry


def test_an_unknown_entry_is_not_found(vault: FolderVault) -> None:
    made_entry(vault, make_entry())
    with pytest.raises(EntryNotFound):
        vault.load("20261122T083012Z-zzzz")
    with pytest.raises(EntryNotFound):
        vault.update("last", lambda entry: entry)


def test_an_entry_is_never_created_over_another(vault: FolderVault) -> None:
    entry = made_entry(vault, make_entry(text=CANARY))
    with pytest.raises(VaultUnwritable), vault.create(make_entry(text="other")):
        pass
    assert vault.load(ID) == entry


def test_an_update_sees_what_a_person_wrote_meanwhile(files: Files, vault: FolderVault) -> None:
    made_entry(vault, make_entry())
    vault.update(ID, lambda e: with_transcript(e, 1, "I sad.", silent=False))
    path = folder_of(vault.root) / "entry.md"
    files.save(path, files.read(path).replace(b"I sad.", b"I said."))
    made = vault.update(ID, lambda e: with_transcript(e, 1, "Machine.", silent=False))
    assert made.answers[0].text == "I said."
    assert vault.load(ID) == made


def test_an_update_that_changes_nothing_leaves_the_file_as_it_is(
    files: Files, vault: FolderVault
) -> None:
    made_entry(vault, make_entry(text="said"))
    path = folder_of(vault.root) / "entry.md"
    by_hand = files.read(path).replace(b"deck:", b"# a comment of mine\ndeck:")
    files.save(path, by_hand)
    vault.update(ID, lambda entry: entry)
    assert files.read(path) == by_hand


def test_a_mangled_entry_is_told_and_left_alone_and_the_rest_works(
    files: Files, vault: FolderVault
) -> None:
    made_entry(vault, make_entry())
    whole = made_entry(vault, make_entry(OTHER_IDS[2]))
    path = next((vault.root / "entries").glob("*/*/*kzqv")) / "entry.md"
    mangled = files.read(path).replace(b"state: pending", b"state: odd")
    files.save(path, mangled)
    with pytest.raises(EntryUnreadable, match=r"entry\.md, line 18"):
        vault.update(ID, lambda e: with_state(e, 1, AnswerState.DONE))
    assert files.read(path) == mangled
    assert vault.ids() == (ID, OTHER_IDS[2])
    assert vault.load(OTHER_IDS[2]) == whole
    (problem,) = problems(vault)
    assert "line 18" in problem.what
    assert whole in list(vault.load_all())


def test_bytes_that_are_no_text_are_a_mangled_entry(files: Files, vault: FolderVault) -> None:
    made_entry(vault, make_entry())
    files.save(folder_of(vault.root) / "entry.md", b"---\n\xff\xfe\n---\n")
    assert len(problems(vault)) == 1


def test_a_lost_entry_file_is_told_while_sound_is_there(vault: FolderVault) -> None:
    made_entry(vault, make_entry())
    recorded(vault, [noise(100)])
    (folder_of(vault.root) / "entry.md").unlink()
    (problem,) = problems(vault)
    assert "no such file" in problem.what


def test_a_copied_folder_is_told(vault: FolderVault) -> None:
    made_entry(vault, make_entry())
    folder = folder_of(vault.root)
    copy = folder.with_name("copy")
    copy.mkdir()
    (copy / "entry.md").write_bytes((folder / "entry.md").read_bytes())
    assert vault.ids() == (ID,)
    (problem,) = problems(vault)
    assert "same id" in problem.what


def _discard_and_restore(folder: Path, times: int) -> None:
    aside = folder.with_name(f".{folder.name}")
    for _ in range(times):
        folder.rename(aside)
        aside.rename(folder)


def test_an_entry_that_goes_while_others_are_read_hinders_no_reader(tmp_path: Path) -> None:
    vault = make_vault(Files(tmp_path))
    stays, goes = "20261122T083012Z-aaaa", "20261122T083013Z-bbbb"
    for each in (stays, goes):
        made_entry(vault, make_entry(each))
    (folder,) = tmp_path.glob("entries/*/*/*-bbbb")
    context = multiprocessing.get_context("spawn")
    other = context.Process(target=_discard_and_restore, args=(folder, 10_000))
    other.start()
    while other.is_alive():
        assert stays in vault.ids()
        assert vault.sources() == {}
        vault.stamps()
        list(vault.load_all())
    assert other.exitcode == 0


def test_strange_files_in_the_vault_disturb_nothing(vault: FolderVault) -> None:
    made_entry(vault, make_entry())
    for place in ("", "entries", "entries/2026", "entries/2026/11"):
        (vault.root / place / ".DS_Store").write_bytes(b"\0")
        (vault.root / place / "notes.txt").write_bytes(b"\0")
    (vault.root / "entries/2026/11/empty").mkdir()
    assert vault.ids() == (ID,)
    assert problems(vault) == ()


# Sound


@pytest.mark.parametrize("sizes", [(1,), (1600, 3, 0, 7999), (40_000, 40_000)])
def test_a_finished_take_gives_the_very_samples(vault: FolderVault, sizes: tuple[int, ...]) -> None:
    made_entry(vault, make_entry())
    blocks = [noise(size, seed) for seed, size in enumerate(sizes)]
    info = recorded(vault, blocks)
    assert info == TakeInfo(rate_hz=RATE_HZ, samples=sum(sizes))
    assert b"".join(vault.sound(ID, 1)) == b"".join(blocks)
    assert vault.take_info(ID, 1) == info
    names = {path.name for path in folder_of(vault.root).iterdir()}
    assert names == {"entry.md", "1.flac", "1.jsonl"}


def test_a_take_is_readable_while_it_is_recorded(vault: FolderVault) -> None:
    made_entry(vault, make_entry())
    take = vault.open_take(ID, 1, TakeInfo(rate_hz=RATE_HZ))
    take.append(noise(500))
    take.append(noise(300, 2))
    assert b"".join(vault.sound(ID, 1)) == noise(500) + noise(300, 2)
    assert vault.take_info(ID, 1).samples == 800


def test_an_empty_take_is_no_sound_and_no_error(vault: FolderVault) -> None:
    made_entry(vault, make_entry())
    assert recorded(vault, []).samples == 0
    assert list(vault.sound(ID, 1)) == []
    assert vault.take_info(ID, 1).samples == 0
    assert not (folder_of(vault.root) / "1.flac").exists()
    assert abandoned(vault) == ()


def test_what_is_noted_of_a_take_is_kept(vault: FolderVault) -> None:
    made_entry(vault, make_entry())
    take = vault.open_take(ID, 1, TakeInfo(rate_hz=RATE_HZ))
    take.append(noise(10))
    take.note(TakeInfo(rate_hz=RATE_HZ, samples=99, overflows=2, aside=(Span(1, 5),)))
    expected = TakeInfo(rate_hz=RATE_HZ, samples=10, overflows=2, aside=(Span(1, 5),))
    assert take.finish() == expected
    assert vault.take_info(ID, 1) == expected


def test_an_answer_without_sound_is_told(vault: FolderVault) -> None:
    made_entry(vault, make_entry())
    with pytest.raises(EntryNotFound):
        vault.take_info(ID, 1)
    with pytest.raises(EntryNotFound):
        vault.sound(ID, 1)
    with pytest.raises(EntryNotFound):
        vault.left_take(ID, 1)


def test_a_lost_flac_is_told(vault: FolderVault) -> None:
    made_entry(vault, make_entry())
    recorded(vault, [noise(100)])
    (folder_of(vault.root) / "1.flac").unlink()
    with pytest.raises(EntryNotFound, match="no sound"):
        vault.sound(ID, 1)


def test_a_damaged_flac_is_told(files: Files, vault: FolderVault) -> None:
    made_entry(vault, make_entry())
    recorded(vault, [noise(100)])
    files.save(folder_of(vault.root) / "1.flac", b"no flac at all")
    with pytest.raises(RecordingUnreadable):
        list(vault.sound(ID, 1))


def test_transcripts_are_kept_all_and_in_order(vault: FolderVault) -> None:
    made_entry(vault, make_entry())
    info = recorded(vault, [noise(100)])
    first, second = transcript("One.", "tiny.en"), transcript("Two.")
    vault.add_transcript(ID, 1, first)
    vault.add_transcript(ID, 1, second)
    assert vault.transcripts(ID, 1) == (first, second)
    assert vault.transcripts(ID, 2) == ()
    assert vault.take_info(ID, 1) == info


def test_a_torn_line_of_transcripts_hides_no_other(vault: FolderVault, files: Files) -> None:
    made_entry(vault, make_entry())
    recorded(vault, [noise(100)])
    vault.add_transcript(ID, 1, transcript("Größe."))
    path = folder_of(vault.root) / "1.jsonl"
    torn = files.read(path) + '{"format":1,"text":"ö'.encode()[:-1]
    files.save(path, torn)
    vault.add_transcript(ID, 1, transcript("Two."))
    assert [t.text for t in vault.transcripts(ID, 1)] == ["Größe.", "Two."]


@pytest.mark.slow
def test_ten_minutes_are_finished_in_a_megabyte_of_memory(vault: FolderVault) -> None:
    made_entry(vault, make_entry())
    take = vault.open_take(ID, 1, TakeInfo(rate_hz=48_000))
    second = noise(48_000)
    for _ in range(600):
        take.append(second)
    tracemalloc.start()
    try:
        assert take.finish().samples == 600 * 48_000
        assert tracemalloc.get_traced_memory()[1] < 1_500_000
    finally:
        tracemalloc.stop()


# The trash


def test_a_discarded_take_is_in_the_trash_whole(vault: FolderVault) -> None:
    made_entry(vault, make_entry())
    take = vault.open_take(ID, 1, TakeInfo(rate_hz=RATE_HZ))
    take.append(noise(50))
    take.discard('redone "at once"')
    trash = vault.root / "trash" / f"{ID}-answer-1"
    assert {p.name for p in trash.iterdir()} == {"reason.toml", "1.blocks", "1.take.json"}
    assert {p.name for p in folder_of(vault.root).iterdir()} == {"entry.md"}
    assert abandoned(vault) == ()


def test_a_redone_answer_sends_the_older_take_to_the_trash(vault: FolderVault) -> None:
    made_entry(vault, make_entry())
    recorded(vault, [noise(50)])
    recorded(vault, [noise(60, 2)])
    recorded(vault, [noise(70, 3)])
    assert b"".join(vault.sound(ID, 1)) == noise(70, 3)
    kept = sorted(path.name for path in (vault.root / "trash").iterdir())
    assert kept == [f"{ID}-answer-1", f"{ID}-answer-1-2"]


def test_a_discarded_entry_leaves_the_entries_and_tells_why(tmp_path: Path) -> None:
    vault = make_vault(Files(tmp_path / "vault"))
    made_entry(vault, make_entry(text=CANARY))
    place = vault.discard(ID, "cancelled")
    assert vault.ids() == ()
    with pytest.raises(EntryNotFound):
        vault.load(ID)
    assert 'reason = "cancelled"' in (place / "reason.toml").read_text()
    assert CANARY in next(place.glob("*/entry.md")).read_text()


# Locks


def test_a_sitting_holds_its_entry_and_leaves_no_lock_behind(vault: FolderVault) -> None:
    with vault.create(make_entry()):
        take = vault.open_take(ID, 1, TakeInfo(rate_hz=RATE_HZ))
        take.append(noise(10))
        assert abandoned(vault) == ()
        with pytest.raises(VaultBusy), vault.adopt(ID):
            pass
    assert not (folder_of(vault.root) / ".lock").exists()
    assert abandoned(vault) == (ID,)


def test_a_take_that_went_takes_no_block_of_the_next_one(vault: FolderVault, files: Files) -> None:
    made_entry(vault, make_entry())
    for pcm in (noise(100, 3), noise(100, 4)):
        vault.open_take(ID, 1, TakeInfo(rate_hz=RATE_HZ)).append(pcm)
        assert b"".join(vault.sound(ID, 1)) == pcm
        vault.discard_answer(ID, 1, "set aside")
    take = vault.open_take(ID, 1, TakeInfo(rate_hz=RATE_HZ))
    take.append(noise(100, 5))
    files.root.rename(files.root.with_name("moved"))
    take.append(noise(100, 6))
    files.root.with_name("moved").rename(files.root)
    take.finish()
    assert b"".join(vault.sound(ID, 1)) == noise(100, 5) + noise(100, 6)


def test_an_answer_taken_back_leaves_the_mark_of_what_is_unfinished(vault: FolderVault) -> None:
    made_entry(vault, make_entry())
    recorded(vault, [noise(100)])
    vault.discard_answer(ID, 1, "set aside")
    mark = folder_of(vault.root) / ".lock"
    mark.touch()
    (thing,) = vault.trash.all()
    vault.trash.restore(thing.name)
    assert mark.exists()
    assert vault.left_behind() == (ID,)


@pytest.mark.parametrize("marked", [True, False])
def test_a_problem_marks_nothing_where_nothing_was_to_be_finished(
    vault: FolderVault, *, marked: bool
) -> None:
    made_entry(vault, make_entry())
    mark = folder_of(vault.root) / ".lock"
    if marked:
        mark.touch()
    with pytest.raises(VaultUnwritable), vault.adopt(ID):
        raise VaultUnwritable("Full.", hint="Make room.")
    assert mark.exists() == marked


def test_who_stops_what_is_being_finished_leaves_its_mark(vault: FolderVault) -> None:
    made_entry(vault, make_entry())
    with pytest.raises(KeyboardInterrupt), vault.adopt(ID, finishing=True):
        raise KeyboardInterrupt
    assert vault.left_behind() == (ID,)


def test_another_answer_can_be_saved_during_a_sitting(files: Files, vault: FolderVault) -> None:
    with vault.create(make_entry(answers=2)):
        make_vault(files).update(ID, lambda e: with_state(e, 2, AnswerState.SKIPPED))
    assert vault.load(ID).answers[1].state is AnswerState.SKIPPED


def _count(kind: type[Files], root: Path, number: int, times: int) -> None:
    vault = make_vault(kind(root))
    for _ in range(times):
        vault.update(ID, lambda e: _counted(e, number))
        vault.add_transcript(ID, 1, transcript("x"))


def _counted(entry: Entry, number: int) -> Entry:
    length = entry.answers[number - 1].duration_s + 1
    other = str(int(entry.title) + 1)
    return replace(with_state(entry, number, AnswerState.DONE, duration_s=length), title=other)


def test_two_processes_on_one_entry_lose_nothing(files: Files, vault: FolderVault) -> None:
    made_entry(vault, replace(make_entry(answers=2), title="0"))
    spawn = multiprocessing.get_context("spawn")
    workers = [
        spawn.Process(target=_count, args=(type(files), vault.root, number, 15))
        for number in (1, 2)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(PATIENCE_S)
    entry = vault.load(ID)
    assert [worker.exitcode for worker in workers] == [0, 0]
    assert (entry.title, [a.duration_s for a in entry.answers]) == ("30", [15.0, 15.0])
    assert len(vault.transcripts(ID, 1)) == 30


def test_a_lock_held_too_long_is_told_and_costs_nothing(files: Files, vault: FolderVault) -> None:
    made_entry(vault, make_entry())
    hasty = make_vault(files, patience_s=0.1)
    take = hasty.open_take(ID, 1, TakeInfo(rate_hz=RATE_HZ))
    take.append(noise(10))
    attempts: tuple[Callable[[], object], ...] = (
        lambda: hasty.update(ID, lambda e: e),
        lambda: hasty.add_transcript(ID, 1, transcript("x")),
        lambda: hasty.discard(ID, "no"),
        lambda: take.discard("no"),
        take.finish,
    )

    def slow(entry: Entry) -> Entry:
        for attempt in attempts:
            with pytest.raises(VaultBusy):
                attempt()
        return entry

    vault.update(ID, slow)
    assert take.finish().samples == 10
    assert b"".join(vault.sound(ID, 1)) == noise(10)


# Privacy, permissions, versions


def test_only_the_owner_may_look_inside(vault: FolderVault) -> None:
    made_entry(vault, make_entry())
    recorded(vault, [noise(100)])
    vault.open_take(ID, 2, TakeInfo(rate_hz=RATE_HZ)).append(noise(5))
    vault.left_take(ID, 2).discard("no")
    for path in (vault.root, *vault.root.rglob("*")):
        allowed = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == allowed, path


def test_no_plain_byte_is_on_the_disk_when_the_files_are_sealed(tmp_path: Path) -> None:
    vault = make_vault(OpenedFiles(tmp_path / "vault"))
    with vault.create(make_entry(text=CANARY, answers=2)):
        sound = noise(4000)
        take = vault.open_take(ID, 1, TakeInfo(rate_hz=RATE_HZ))
        take.append(sound)
        _expect_sealed(vault.root, sound)
        take.finish()
        vault.add_transcript(ID, 1, transcript(CANARY))
        vault.open_take(ID, 2, TakeInfo(rate_hz=RATE_HZ)).append(sound)
        vault.left_take(ID, 2).discard(CANARY)
        _expect_sealed(vault.root, sound)


def _expect_sealed(root: Path, sound: bytes) -> None:
    found = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    assert len(found) >= 3
    for path, data in found.items():
        assert CANARY.encode() not in data, path
        assert b"fLaC" not in data, path
        assert not any(sound[at : at + 16] in data for at in range(0, len(sound) - 16, 16)), path
    assert b"sealed = true" in found[root / "vault.toml"]


def test_a_vault_has_a_label_with_an_id_of_its_own(tmp_path: Path) -> None:
    labels = set()
    for name in ("one", "two"):
        vault = make_vault(Files(tmp_path / name))
        made_entry(vault, make_entry())
        made_entry(vault, make_entry(OTHER_IDS[0]))
        labels.add((vault.root / "vault.toml").read_text())
    assert len(labels) == 2
    assert all(label.startswith("format = 1\nid = ") for label in labels)


@pytest.mark.parametrize("text", ["format = 3\n", "format = \n", 'format = "x"\n', "\x00"])
def test_a_newer_or_mangled_label_makes_the_vault_read_only(vault: FolderVault, text: str) -> None:
    entry = made_entry(vault, make_entry())
    (vault.root / "vault.toml").write_text(text)
    with pytest.raises(VaultUnwritable, match=r"vault\.toml"):
        vault.update(ID, lambda e: with_state(e, 1, AnswerState.DONE))
    with pytest.raises(VaultUnwritable), vault.create(make_entry(OTHER_IDS[0])):
        pass
    assert vault.load(ID) == entry


def _under_a_file(tmp_path: Path) -> Path:
    (tmp_path / "file").write_text("in the way")
    return tmp_path / "file" / "vault"


def _under_proc(_: Path) -> Path:
    return Path("/proc/vault")


@pytest.mark.parametrize("place", [_under_a_file, _under_proc])
def test_a_folder_that_cannot_be_is_told_with_a_hint(
    tmp_path: Path, place: Callable[[Path], Path]
) -> None:
    vault = make_vault(Files(place(tmp_path)))
    with pytest.raises(VaultUnwritable) as caught, vault.create(make_entry()):
        pass
    assert caught.value.hint
    with pytest.raises(VaultUnwritable):
        vault.expect_writable()


def test_a_writable_place_tells_its_free_bytes_and_stays_empty(tmp_path: Path) -> None:
    vault = make_vault(Files(tmp_path / "documents" / "vault"))
    assert vault.expect_writable() > 0
    assert list(tmp_path.iterdir()) == []
