"""Claims about importing: real files into a real vault; only the ear is a stand-in."""

import hashlib
import os
import random
import struct
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.support.fakes import StubKeyboard
from tests.support.memos import RATE_HZ, hum, make_memo
from tests.support.vaults import make_vault
from voicereflect.adapters.recordings import MediaFile
from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.folder import FolderVault
from voicereflect.core.entry.dates.recording_dates import Here, from_person
from voicereflect.core.entry.entries import is_persons
from voicereflect.core.entry.languages import expect_heard
from voicereflect.errors import (
    EntryNotFound,
    EntryUnreadable,
    RecordingUnreadable,
    ReflectError,
    SettingsError,
    VaultUnwritable,
)
from voicereflect.flows.library.importing import Importing
from voicereflect.flows.library.recovering import recover
from voicereflect.flows.library.transcripts.transcribing import (
    UNSEEN_MOST_S,
    Job,
    LanguageTold,
    Transcribing,
)
from voicereflect.model import (
    AnswerState,
    Entry,
    Report,
    Segment,
    Source,
    Span,
    SpeechHeard,
    WindowRead,
    Word,
    WorkerLost,
    WorkerReady,
)

ZONE = timezone(timedelta(hours=2))
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=ZONE)
KINDS = (".aiff", ".flac", ".m4a", ".mov", ".mp3", ".mp4", ".ogg", ".opus", ".wav", ".webm")


class Ear:
    """Looks at sound as it comes, and reads how many samples each window has."""

    def __init__(
        self,
        *,
        missing: bool = False,
        problem: ReflectError | None = None,
        lost_at_window: int = 0,
        gone_at_window: int = 0,
    ) -> None:
        self.missing = missing
        self.problem = problem
        self.lost_at_window = lost_at_window
        self.gone_at_window = gone_at_window
        self.report: Callable[[Report], None] = lambda _report: None
        self.fed: dict[int, int] = {}
        self.looked: dict[int, int] = {}
        self.rate_hz = 0
        self.recordings = 0
        self.windows = 0
        self.most_unseen_s = 0.0
        self.closed = False

    def forget(self, recording: int) -> None:
        raise AssertionError(f"nothing of {recording} goes to the trash here")

    def start(self, report: Callable[[Report], None]) -> None:
        self.report = report
        if self.missing:
            report(
                WorkerLost(
                    what="No model.", hint="Get one.", restarting=False, problem=self.problem
                )
            )
        else:
            report(WorkerReady(model="ear"))

    def open(self, rate_hz: int, language: str, *, told: bool = False) -> int:
        assert not told
        assert language == "en"
        self.recordings += 1
        self.fed[self.recordings] = self.looked[self.recordings] = 0
        self.rate_hz = rate_hz
        return self.recordings

    def feed(self, recording: int, pcm: bytes) -> None:
        self.fed[recording] += len(pcm) // 2
        unseen_s = (self.fed[recording] - self.looked[recording]) / self.rate_hz
        self.most_unseen_s = max(self.most_unseen_s, unseen_s)
        if unseen_s > UNSEEN_MOST_S:  # as late as can be without bringing all to a stop
            self.looked[recording] = self.fed[recording]
            self.report(SpeechHeard(recording=recording, upto=self.fed[recording], spans=()))

    def segment(self, recording: int, span: Span) -> None:
        """There is no live text in an import."""

    def window(self, recording: int, span: Span, *, last: bool) -> None:
        self.windows += 1
        if self.windows in (self.lost_at_window, self.gone_at_window):
            restarting = self.windows == self.lost_at_window
            self.report(WorkerLost(what="It stopped.", hint="Later.", restarting=restarting))
            return
        if not last:  # a silence that closed a window
            read = WindowRead(
                recording=recording, span=span, segments=(), model="ear", language="en"
            )
            self.report(read)
            return
        word = Word(text=f" {self.fed[recording]}", start_s=0, end_s=1, probability=0.9)
        segment = Segment(words=(word,), avg_logprob=-0.1, no_speech=0.0)
        self.report(
            WindowRead(
                recording=recording, span=span, segments=(segment,), model="ear", language="en"
            )
        )

    def close(self) -> None:
        self.closed = True


@dataclass
class Screen:
    """Remembers what was shown."""

    dated: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    steps: list[tuple[str, float]] = field(default_factory=list)

    def step(self, what: str, *, done: float, total: float) -> None:
        assert 0 <= done <= total
        self.steps.append((what, done / total))

    def kept(self, entry: Entry, dated_by: str) -> None:
        self.dated[entry.title] = dated_by

    def note(self, line: str) -> None:
        self.notes.append(line)


@pytest.fixture
def vault(tmp_path: Path) -> FolderVault:
    return make_vault(Files(tmp_path / "vault"))


@pytest.fixture
def memos(tmp_path: Path) -> Path:
    folder = tmp_path / "memos"
    folder.mkdir()
    return folder


def bring(
    vault: FolderVault,
    *paths: Path,
    ear: Ear | None = None,
    screen: Screen | None = None,
    date: str | None = None,
) -> tuple[Entry, ...]:
    """Import files; afterwards the entries as they stand in the vault."""
    flow = importing(vault, ear=ear, screen=screen, date=date)
    kept = flow.run([MediaFile(path) for path in paths])
    return tuple(vault.load(each.id) for each in kept)


def importing(
    vault: FolderVault,
    *,
    ear: Ear | None = None,
    screen: Screen | None = None,
    date: str | None = None,
) -> Importing:
    """What imports into a vault."""
    shown = screen or Screen()
    return Importing(
        vault=vault,
        screen=shown,
        here=lambda: Here(
            now=NOW,
            in_zone=lambda moment: (
                moment.astimezone(ZONE) if moment.tzinfo else moment.replace(tzinfo=ZONE)
            ),
        ),
        dice=random.Random(1),
        transcribing=Transcribing(
            vault, ear or Ear(), StubKeyboard(), shown, now=lambda: NOW, spoken=LanguageTold
        ),
        language="en",
        speaker="me",
        date=from_person(date) if date else None,
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_recording_of_any_kind_becomes_an_entry_with_sound_and_text(
    vault: FolderVault, memos: Path, kind: str
) -> None:
    (entry,) = bring(vault, make_memo(memos / f"On the beach{kind}"))
    (answer,) = entry.answers
    assert (entry.deck, entry.title, answer.prompt) == (
        "imported",
        "On the beach",
        "imported/recording",
    )
    assert answer.state is AnswerState.DONE
    assert answer.duration_s == pytest.approx(0.5, abs=0.1)  # MP3 and AAC pad to whole frames
    samples = sum(map(len, vault.sound(entry.id, 1))) // 2
    assert answer.text == str(samples)
    assert vault.transcripts(entry.id, 1)[0].model == "ear"


def test_a_name_of_several_lines_is_a_title_of_one(vault: FolderVault, memos: Path) -> None:
    (entry,) = bring(vault, make_memo(memos / "On the\nbeach.wav"))
    assert entry.title == "On the beach"
    assert entry.source
    assert entry.source.name == "On the\nbeach.wav"


@pytest.mark.parametrize("kind", [".wav", ".flac", ".aiff"])
def test_a_lossless_recording_keeps_every_sample(
    vault: FolderVault, memos: Path, kind: str
) -> None:
    (entry,) = bring(vault, make_memo(memos / f"a{kind}", 1.3))
    assert b"".join(vault.sound(entry.id, 1)) == hum(1.3)
    assert vault.take_info(entry.id, 1).rate_hz == RATE_HZ


def test_stereo_becomes_mono(vault: FolderVault, memos: Path) -> None:
    (entry,) = bring(vault, make_memo(memos / "a.wav", layout="stereo"))
    assert entry.answers[0].duration_s == 0.5


def test_metadata_is_brought_to_local_time(vault: FolderVault, memos: Path) -> None:
    screen = Screen()
    tags = {"creation_time": "2024-05-03T08:22:33Z"}
    path = make_memo(memos / "New Recording 3.m4a", tags=tags)
    (entry,) = bring(vault, path, screen=screen)
    assert entry.started_at.isoformat() == "2024-05-03T10:22:33+02:00"
    assert entry.id.startswith("20240503T082233Z-")
    assert screen.dated == {"New Recording 3": "metadata"}


@pytest.mark.parametrize(
    ("name", "date", "moment", "by"),
    [
        ("2024-05-03 10.22.wav", None, "2024-05-03T10:22:00+02:00", "file name"),
        ("2024-05-03.wav", "2001-02-03T04:05", "2001-02-03T04:05:00+02:00", "--date"),
        ("memo.wav", None, "2019-07-01T14:00:00+02:00", "last change of the file"),
    ],
)
def test_the_persons_date_goes_before_the_name_and_that_before_the_files_own(
    vault: FolderVault, memos: Path, name: str, date: str | None, moment: str, by: str
) -> None:
    screen = Screen()
    path = make_memo(memos / name)
    changed = datetime(2019, 7, 1, 12, tzinfo=UTC).timestamp()
    os.utime(path, (changed, changed))
    (entry,) = bring(vault, path, screen=screen, date=date)
    assert entry.started_at.isoformat() == moment
    assert list(screen.dated.values()) == [by]
    assert entry.source == Source(
        name=name, sha256=hashlib.sha256(path.read_bytes()).hexdigest(), dated_by=by
    )


def test_the_same_file_is_imported_once_whatever_it_is_called(
    vault: FolderVault, memos: Path
) -> None:
    first = make_memo(memos / "a.flac")
    twin = memos / "b.flac"
    twin.write_bytes(first.read_bytes())
    screen = Screen()
    (entry,) = bring(vault, first, twin, screen=screen)
    assert screen.notes == [f"b.flac is in the vault already, as {entry.id[-4:]}."]
    assert bring(vault, twin, first) == ()
    assert vault.ids() == (entry.id,)


def test_two_recordings_of_one_moment_are_two_entries(vault: FolderVault, memos: Path) -> None:
    one = make_memo(memos / "2024-05-03.wav", seed=1)
    other = make_memo(memos / "PTT-20240503-WA1.wav", seed=2)
    assert len(bring(vault, one, other)) == 2
    assert len(vault.ids()) == 2


def test_bad_files_are_named_at_the_end_and_stop_nothing(vault: FolderVault, memos: Path) -> None:
    text = memos / "notes.txt"
    text.write_text("not a sound", "utf-8")
    cut = make_memo(memos / "cut.m4a", 3.0)
    cut.write_bytes(cut.read_bytes()[:8000])
    good = make_memo(memos / "good.mp3")
    screen = Screen()
    with pytest.raises(RecordingUnreadable) as caught:
        bring(vault, text, cut, memos, memos / "gone.wav", good, screen=screen)
    assert caught.value.what == (
        "4 of 5 could not be imported whole: notes.txt, cut.m4a, memos, gone.wav."
    )
    assert [vault.load(each).title for each in vault.ids()] == ["good"]
    assert vault.load(vault.ids()[0]).answers[0].state is AnswerState.DONE
    assert len(screen.notes) == 4


def cut_in_half(path: Path) -> Path:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return path


@pytest.mark.parametrize("kind", [".flac", ".wav"])
def test_what_a_damaged_recording_still_holds_is_kept_and_said(
    vault: FolderVault, memos: Path, kind: str
) -> None:
    screen = Screen()
    with pytest.raises(RecordingUnreadable, match=r"cut\."):
        bring(vault, cut_in_half(make_memo(memos / f"cut{kind}", 6.0)), screen=screen)
    assert screen.notes == [f"cut{kind} is damaged: only its first 3 s are kept."]
    (answer,) = vault.load(vault.ids()[0]).answers
    assert 2 < answer.duration_s < 4
    assert answer.state is AnswerState.DONE


@pytest.mark.parametrize("unknown", [b"\0" * 4, b"\xff" * 4])
def test_a_wav_whose_writer_could_not_know_its_length_is_whole(
    vault: FolderVault, memos: Path, unknown: bytes
) -> None:
    """A recorder that was switched off, or a pipe: the size in the header was never filled in."""
    memo = make_memo(memos / "piped.wav", 3.0)
    data = memo.read_bytes()
    at = data.index(b"data") + 4
    memo.write_bytes(data[:at] + unknown + data[at + 4 : -1000])
    screen = Screen()
    (entry,) = bring(vault, memo, screen=screen)
    assert 2.5 < entry.answers[0].duration_s <= 3
    assert "damaged" not in "".join(screen.notes)


@pytest.mark.parametrize("kind", [".ogg", ".mp3"])
def test_a_short_file_of_a_kind_that_tells_no_length_is_kept_whole(
    vault: FolderVault, memos: Path, kind: str
) -> None:
    (entry,) = bring(vault, cut_in_half(make_memo(memos / f"cut{kind}", 6.0)))
    assert 1.5 < entry.answers[0].duration_s < 4


def test_an_mp3_inside_a_wav_of_which_only_an_average_is_told_is_whole(
    vault: FolderVault, memos: Path
) -> None:
    memo = make_memo(memos / "recorder.wav", 4.0, codec="libmp3lame")
    data = memo.read_bytes()
    low = struct.pack("<I", 1000)  # a variable rate, told as its least
    memo.write_bytes((data[:28] + low + data[32:]).replace(b"fact", b"junk"))
    screen = Screen()
    (entry,) = bring(vault, memo, screen=screen)
    assert 3.9 < entry.answers[0].duration_s < 4.1
    assert screen.notes == []


def test_what_was_written_down_before_the_worker_was_lost_is_not_counted_as_waiting(
    vault: FolderVault, memos: Path
) -> None:
    screen = Screen()
    paths = [make_memo(memos / f"{n}.wav", seed=n) for n in (1, 2, 3)]
    entries = bring(vault, *paths, ear=Ear(gone_at_window=2), screen=screen)
    states = [each.answers[0].state for each in entries]
    assert states == [AnswerState.DONE, AnswerState.PENDING, AnswerState.PENDING]
    assert "Not written down yet: 2." in screen.notes[-1]


def test_without_a_model_recordings_are_kept_as_pending(vault: FolderVault, memos: Path) -> None:
    screen = Screen()
    paths = [make_memo(memos / f"{n}.wav", seed=n) for n in (1, 2)]
    entries = bring(vault, *paths, ear=Ear(missing=True), screen=screen)
    assert [each.answers[0].state for each in entries] == [AnswerState.PENDING] * 2
    assert screen.notes == [
        "No model. Get one. Not written down yet: 2. `voicereflect transcribe --pending` does it."
    ]


def test_a_worker_that_is_lost_is_given_everything_again(vault: FolderVault, memos: Path) -> None:
    ear = Ear(lost_at_window=1)
    (entry,) = bring(vault, make_memo(memos / "a.wav", 1.5), ear=ear)
    assert entry.answers[0].text == str(round(1.5 * RATE_HZ))
    assert ear.closed


def test_a_long_recording_is_fed_no_faster_than_it_is_taken(
    vault: FolderVault, memos: Path
) -> None:
    path = memos / "long.wav"
    second = hum(1)
    with make_memo(path, 0.1).open("r+b") as file:  # a header whose length counts for nothing
        file.seek(0, os.SEEK_END)
        for _ in range(200):
            file.write(second)
        size = file.tell()
        file.seek(4)
        file.write((size - 8).to_bytes(4, "little"))
        file.seek(74)
        file.write((size - 78).to_bytes(4, "little"))
    ear, screen = Ear(), Screen()
    (entry,) = bring(vault, path, ear=ear, screen=screen)
    assert entry.answers[0].duration_s == pytest.approx(200.1)
    assert entry.answers[0].text == str(round(200.1 * RATE_HZ))
    assert ear.most_unseen_s < UNSEEN_MOST_S + 1
    assert {what for what, _ in screen.steps} == {"Keeping long.wav", "Answer 1 of 1"}
    assert screen.steps[-1] == ("Answer 1 of 1", 1.0)


def test_a_vault_without_room_keeps_nothing_by_halves(memos: Path, tmp_path: Path) -> None:
    class Full(Files):
        def append(self, path: Path, record: bytes) -> None:
            raise VaultUnwritable(f"{path}: full {len(record)}", hint="room")

    vault = make_vault(Full(tmp_path / "vault"))
    path = make_memo(memos / "a.wav")
    with pytest.raises(VaultUnwritable):
        bring(vault, path)
    assert vault.ids() == ()
    assert len(bring(make_vault(Files(tmp_path / "vault")), path)) == 1


def test_a_date_that_is_none_is_refused_before_anything_is_kept(
    vault: FolderVault, memos: Path
) -> None:
    with pytest.raises(SettingsError, match="--date"):
        bring(vault, make_memo(memos / "a.wav"), date="yesterday-ish")
    assert vault.ids() == ()


def test_a_source_is_found_without_reading_entries_as_yaml(vault: FolderVault, memos: Path) -> None:
    (entry,) = bring(vault, make_memo(memos / "a.wav"))
    digest = hashlib.sha256((memos / "a.wav").read_bytes()).hexdigest()
    assert vault.sources() == {digest: entry.id}


def test_a_language_the_model_cannot_hear_goes_on_waiting(vault: FolderVault, memos: Path) -> None:
    kept = bring(vault, make_memo(memos / "one.wav"), make_memo(memos / "two.wav", seed=2))
    german = kept[0].id
    vault.update(german, lambda entry: replace(entry, language="de"))

    def english_only(language: str) -> LanguageTold:
        expect_heard(language, ["en"], "ear")
        return LanguageTold(language)

    flow = Transcribing(
        vault, Ear(), StubKeyboard(), Screen(), now=lambda: NOW, spoken=english_only
    )
    jobs = tuple(Job(entry_id=each.id, number=1) for each in kept)
    assert flow.run(jobs) == jobs[1:]
    assert "ear hears English only" in flow.unheard[0]
    with pytest.raises(SettingsError, match="German"):
        flow.run(jobs[:1])


def test_a_model_that_is_for_something_else_ends_it_at_once(
    vault: FolderVault, memos: Path
) -> None:
    kept = bring(vault, make_memo(memos / "one.wav"), make_memo(memos / "two.wav", seed=2))
    problem = SettingsError("The model minilm is no speech model.", hint="See which are.")
    ear = Ear(missing=True, problem=problem)
    flow = Transcribing(vault, ear, StubKeyboard(), Screen(), now=lambda: NOW, spoken=LanguageTold)
    with pytest.raises(SettingsError, match="no speech model"):
        flow.run(tuple(Job(entry_id=each.id, number=1) for each in kept))
    assert flow.unheard == ()


@pytest.mark.parametrize("gone", [["1.flac"], ["1.flac", "1.jsonl"], []])
def test_an_answer_whose_files_are_gone_or_mangled_holds_up_no_other(
    vault: FolderVault, memos: Path, gone: list[str]
) -> None:
    kept = bring(vault, make_memo(memos / "one.wav"), make_memo(memos / "two.wav", seed=2))
    folder = next(vault.root.glob(f"entries/*/*/*-{kept[0].id[-4:]}"))
    for name in gone:
        (folder / name).unlink()
    if not gone:
        (folder / "1.jsonl").write_text("mangled\n{}\n")
    flow = Transcribing(
        vault, Ear(), StubKeyboard(), Screen(), now=lambda: NOW, spoken=LanguageTold
    )
    jobs = tuple(Job(entry_id=each.id, number=1) for each in kept)
    assert flow.run(jobs) == jobs[1:]
    assert ("holds no sound" if gone else "1.jsonl") in flow.unheard[0]
    assert vault.left_behind() == ()
    with pytest.raises(EntryNotFound if gone else EntryUnreadable):
        flow.run(jobs[:1])


def killed(vault: FolderVault, path: Path, *, after: int) -> str:
    """An import whose process is killed after some appended blocks; the id of what is left."""

    class Killed(BaseException):
        pass

    class Dying(Files):
        blocks = 0

        def append(self, path: Path, record: bytes) -> None:
            self.blocks += 1
            if self.blocks > after:
                raise Killed
            super().append(path, record)

        def save(self, path: Path, content: bytes) -> None:
            if self.blocks > after:
                raise Killed  # the dead save nothing
            super().save(path, content)

    with pytest.raises(Killed):
        bring(make_vault(Dying(vault.root)), path)
    (left,) = vault.ids()
    return left


def test_an_import_that_is_killed_is_no_entry_and_the_file_is_imported_again(
    vault: FolderVault, memos: Path
) -> None:
    path = make_memo(memos / "a.wav", 2.0)
    left = killed(vault, path, after=5)
    (found,) = recover(vault)
    assert (found.entry_id, found.import_of) == (left, "a.wav")
    assert vault.ids() == ()
    assert [each.entry for each in vault.trash.all()] == [left]
    (entry,) = bring(vault, path)
    assert entry.answers[0].duration_s == 2.0
    assert recover(vault) == ()


def test_the_same_import_again_does_not_need_to_be_recovered_first(
    vault: FolderVault, memos: Path
) -> None:
    path = make_memo(memos / "a.wav", 2.0)
    left = killed(vault, path, after=5)
    (entry,) = bring(vault, path)
    assert vault.ids() == (entry.id,)
    assert [each.entry for each in vault.trash.all()] == [left]
    assert entry.answers[0].duration_s == 2.0


def test_two_imports_at_once_make_one_entry(vault: FolderVault, memos: Path) -> None:
    path = make_memo(memos / "a.wav")
    inner = Screen()

    class Meanwhile(Files):
        """Another process imports the same file, just when this one begins to."""

        begun = False

        def make_folder(self, path: Path) -> None:
            if not self.begun:
                Meanwhile.begun = True
                bring(make_vault(Files(vault.root)), memos / "a.wav", screen=inner)
            super().make_folder(path)

    screen = Screen()
    assert bring(make_vault(Meanwhile(vault.root)), path, screen=screen) == ()
    (entry_id,) = vault.ids()
    assert screen.notes == [f"a.wav is in the vault already, as {entry_id[-4:]}."]
    assert list(inner.dated) == ["a"]


def test_what_an_import_leaves_out_stands_in_the_entry(vault: FolderVault, memos: Path) -> None:
    screen = Screen()
    with pytest.raises(RecordingUnreadable, match=r"cut\.wav"):
        bring(vault, cut_in_half(make_memo(memos / "cut.wav", 6.0)), screen=screen)
    (entry_id,) = vault.ids()
    source = vault.load(entry_id).source
    assert source is not None
    assert source.left_out == "It is damaged: only its first 3 s are kept."
    assert vault.sources() == {source.sha256: entry_id}


def test_a_folder_whose_page_is_still_to_come_is_looked_at_again(
    vault: FolderVault, memos: Path
) -> None:
    (entry,) = bring(vault, make_memo(memos / "a.wav"))
    page = next(vault.root.glob("entries/*/*/*/entry.md"))
    words = page.read_bytes()
    page.unlink()
    other = make_vault(Files(vault.root))
    assert other.sources() == {}
    page.write_bytes(words)
    assert list(other.sources().values()) == [entry.id]


def test_a_transcript_beside_a_recording_is_taken_instead_of_made(
    vault: FolderVault, memos: Path
) -> None:
    memo = make_memo(memos / "a.wav", 2.0)
    (memos / "a.srt").write_text("1\n00:00:00,500 --> 00:00:01,500\nKasimir came.\n")
    (memos / "a.txt").write_text("Not this one.")
    (entry,) = bring(vault, memo)
    (answer,) = vault.load(entry.id).answers
    assert (answer.text, answer.state) == ("Kasimir came.", AnswerState.DONE)
    assert not is_persons(answer)
    (transcript,) = vault.transcripts(entry.id, 1)
    assert transcript.model == "file a.srt"
    assert transcript.segments[0].words[0].start_s == 0.5


def test_a_transcript_that_cannot_be_read_keeps_no_sound_out(
    vault: FolderVault, memos: Path
) -> None:
    screen = Screen()
    (memos / "a.vtt").write_bytes(b"\xff\xfe\xfa")
    (entry,) = bring(vault, make_memo(memos / "a.wav"), screen=screen)
    assert vault.load(entry.id).answers[0].text == "24000"
    assert any("a.vtt" in note for note in screen.notes)
