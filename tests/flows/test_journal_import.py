"""An export of another program into a real vault: looked through, kept, resumed, taken back."""

import json
import os
import random
import zipfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.support.libraries import Library
from tests.support.memos import make_memo
from voicereflect.adapters.exchange.exports import opened_export
from voicereflect.adapters.recordings import MediaFile
from voicereflect.adapters.recordings.decoding import DecodedFile
from voicereflect.adapters.vault.beside import BesideEntries
from voicereflect.adapters.vault.files import Files
from voicereflect.core.entry.dates.recording_dates import Here
from voicereflect.core.exchange.imports import Brought, ImportPlan
from voicereflect.core.journals.values import Arrival, Program
from voicereflect.core.search.filters import EVERYTHING
from voicereflect.errors import EntryNotFound, JournalUnreadable, VaultUnwritable
from voicereflect.flows.exchange.journals import JournalImport
from voicereflect.flows.exchange.taking_back import take_back
from voicereflect.flows.library.recovering import recover
from voicereflect.model import AnswerState, Entry

ZONE = timezone(timedelta(hours=2))
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=ZONE)


def open_sound(path: Path) -> AbstractContextManager[DecodedFile]:
    return MediaFile(path).open()


class Importer(Library):
    """A vault, and what takes in exports."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.flow = JournalImport(
            vault=self.vault,
            pages=self.vault,
            beside=BesideEntries(Files(self.vault.root)),
            here=Here(now=NOW, in_zone=datetime.astimezone),
            zones=ZoneInfo,
            dice=random.Random(1),
            language="en",
            speaker="me",
            now=lambda: NOW,
            progress=self.progress,
        )

    def plan(self, path: Path, program: Program) -> ImportPlan:
        return self.flow.plan(opened_export(path, open_sound), program)

    def bring(self, path: Path, program: Program) -> Brought:
        export = opened_export(path, open_sound)
        return self.flow.carry_out(self.flow.plan(export, program), export)

    def entries(self) -> list[Entry]:
        return [each for each in self.vault.load_all() if isinstance(each, Entry)]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Importer]:
    made = Importer(tmp_path)
    yield made
    made.index.close()


def export_of(folder: Path, name: str = "Export.zip") -> Path:
    """Make an archive as Day One writes it: a text with a photo, a recording, a lost one."""
    memo, digest = make_memo(folder / "a.m4a"), "f" * 32
    day = {"creationDate": "2024-04-21T22:45:51Z", "timeZone": "Europe/London"}
    entries = [
        {"uuid": "1" * 32, "text": "Peas.", "photos": [{"md5": "e" * 32}], **day},
        {"uuid": "2" * 32, "text": "", "audios": [{"md5": digest}], **day},
        {"uuid": "3" * 32, "text": "Lost sound.", "audios": [{"md5": "d" * 32}], **day},
        {"uuid": "4" * 32, "text": ["bad"], **day},
    ]
    with zipfile.ZipFile(folder / name, "w") as archive:
        archive.writestr("Journal.json", json.dumps({"entries": entries}))
        archive.write(memo, f"audios/{digest}.m4a")
        archive.writestr(f"photos/{'e' * 32}.jpeg", b"\xff\xd8picture")
        archive.writestr("../outside.json", json.dumps({"entries": []}))
    return folder / name


def test_a_look_changes_nothing_and_tells_all(library: Importer, tmp_path: Path) -> None:
    plan = library.plan(export_of(tmp_path), Program.DAY_ONE)
    assert (len(plan.new), plan.sounds, plan.files, plan.doubles) == (3, 1, 1, 0)
    assert list(plan.left_out.values()) == [1]
    assert not library.vault.root.exists()


def test_texts_and_sounds_are_kept_and_known_again(library: Importer, tmp_path: Path) -> None:
    export = export_of(tmp_path)
    told = library.bring(export, Program.DAY_ONE)
    assert (told.entries, len(told.pending), dict(told.problems)) == (3, 1, {})
    said, heard, lost = sorted(library.entries(), key=lambda each: each.title != "Peas.")
    if heard.title == "Lost sound.":
        heard, lost = lost, heard
    assert [each.started_at.isoformat() for each in (said, heard)] == [
        "2024-04-21T23:45:51+01:00"
    ] * 2
    assert [(a.text, a.how) for a in said.answers] == [("Peas.", "imported")]
    (answer,) = heard.answers
    assert (answer.state, round(answer.duration_s, 1)) == (AnswerState.PENDING, 0.5)
    assert b"".join(library.vault.sound(heard.id, 1))
    assert lost.source is not None
    assert lost.source.left_out == "Not in the export: 1 recording."
    assert BesideEntries(Files(library.vault.root)).names(said.id) == [f"{'e' * 32}.jpeg"]
    again = library.plan(export, Program.DAY_ONE)
    assert (len(again.new), again.doubles) == (0, 3)
    places = dict.fromkeys(library.vault.stamps())
    assert library.vault.around.strays(places) == (), "a picture is no stray"


def test_what_is_imported_is_listed_and_found(library: Importer, tmp_path: Path) -> None:
    library.bring(export_of(tmp_path), Program.DAY_ONE)
    library.refresh()
    assert library.index.has_all(["peas"])
    titles = {each.title for each in library.index.lines(EVERYTHING)}
    assert titles == {"Peas.", "Lost sound.", "Journal"}


def test_one_step_takes_all_of_it_back(library: Importer, tmp_path: Path) -> None:
    (tmp_path / "2024-05-03.txt").write_text("Snow.")
    library.bring(tmp_path / "2024-05-03.txt", Program.TEXT)
    library.bring(export_of(tmp_path), Program.DAY_ONE)
    told = take_back(library.vault, library.vault, library.progress)
    assert (told.made.name, told.entries, told.busy) == ("Export.zip", 3, 0)
    assert [each.title for each in library.entries()] == ["Snow."]
    assert len(library.vault.trash.all()) == 3
    assert take_back(library.vault, library.vault, library.progress).entries == 1
    with pytest.raises(EntryNotFound, match="no import"):
        take_back(library.vault, library.vault, library.progress)


def test_an_import_that_breaks_off_is_gone_on_with_and_taken_back_whole(
    library: Importer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = export_of(tmp_path)
    kept = JournalImport._sounds

    def full(self: JournalImport, arrival: Arrival, *rest: object) -> object:
        if arrival.sounds:
            raise VaultUnwritable("the disk is full", hint="Free some space.")
        return kept(self, arrival, *rest)  # type: ignore[arg-type]

    with monkeypatch.context() as broken:
        broken.setattr(JournalImport, "_sounds", full)
        with pytest.raises(VaultUnwritable):
            library.bring(export, Program.DAY_ONE)
    assert [each.title for each in library.entries()] == ["Peas."]
    again = library.bring(export, Program.DAY_ONE)
    assert (again.entries, len(again.pending)) == (2, 1)
    later = library.bring(export, Program.DAY_ONE)
    assert (later.entries, later.pending) == (0, again.pending), "its text is still to come"
    assert take_back(library.vault, library.vault, library.progress).entries == 3


def test_a_killed_import_is_begun_anew_where_it_stood(library: Importer, tmp_path: Path) -> None:
    export = export_of(tmp_path)
    library.bring(export, Program.DAY_ONE)
    (heard,) = [each for each in library.entries() if each.answers[0].duration_s]
    begun = replace(heard.answers[0], state=AnswerState.RECORDING)
    library.vault.update(heard.id, lambda entry: replace(entry, answers=(begun,)))
    (library.page(heard).parent / ".lock").touch()
    assert len(library.plan(export, Program.DAY_ONE).new) == 1
    assert library.bring(export, Program.DAY_ONE).entries == 1
    assert recover(library.vault) == ()
    assert heard.id not in library.vault.ids()


def test_a_recording_that_cannot_be_decoded_harms_no_text(
    library: Importer, tmp_path: Path
) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "memo.m4a").write_bytes(b"no sound at all")
    (tmp_path / "notes" / "2024-05-03.md").write_text("Peas. ![[memo.m4a]]")
    (tmp_path / "notes" / "2024-05-04.md").write_text("![[memo.m4a]]")
    (tmp_path / "notes" / "Bread.md").write_text("No date.")
    told = library.bring(tmp_path / "notes", Program.OBSIDIAN)
    assert told.entries == 1
    (entry,) = library.entries()
    assert [each.text for each in entry.answers] == ["Peas."]
    assert entry.source is not None
    assert entry.source.left_out == "A recording of it cannot be decoded."
    assert len(told.problems) == 2


def test_a_folder_is_read_without_what_is_hidden_or_elsewhere(
    library: Importer, tmp_path: Path
) -> None:
    notes = tmp_path / "notes"
    (notes / ".trash").mkdir(parents=True)
    (notes / ".trash" / "2020-01-01.md").write_text("Hidden.")
    (tmp_path / "secret.md").write_text("Elsewhere.")
    (notes / "2020-01-02.md").symlink_to(tmp_path / "secret.md")
    os.mkfifo(notes / "2020-01-03.md")
    (notes / "2020-01-04.md").write_bytes("Grüße".encode("cp1252"))
    plan = library.plan(notes, Program.OBSIDIAN)
    assert [each.entry.title for each in plan.new] == ["Grüße"]
    assert list(plan.left_out) == ["2020-01-03.md: it is no plain file."]


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04broken", b"\x00\x01\x02" * 50, b'{"entries": 3}']
)
@pytest.mark.parametrize("program", [Program.DAY_ONE, Program.JRNL, Program.JSON, Program.TEXT])
def test_what_is_no_export_is_one_line(
    library: Importer, tmp_path: Path, content: bytes, program: Program
) -> None:
    (tmp_path / "x.json").write_bytes(content)
    if program is Program.TEXT and content.startswith(b"{"):
        return
    with pytest.raises(JournalUnreadable) as caught:
        library.plan(tmp_path / "x.json", program)
    assert "\n" not in caught.value.line
    assert not library.vault.root.exists()


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_files_of_one_name_in_an_archive_are_all_read_or_told(
    library: Importer, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "twice.zip", "w") as archive:
        for text in ("Peas.", "Beans."):
            archive.writestr("2024-04-21.txt", text)
            archive.writestr("sound.wav", text)
    plan = library.plan(tmp_path / "twice.zip", Program.TEXT)
    assert [each.entry.answers[0].text for each in plan.new] == ["Peas.", "Beans."]
    assert dict(plan.left_out) == {"sound.wav is there more than once: the last one counts.": 1}


def test_an_archive_that_would_fill_the_memory_is_refused(
    library: Importer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voicereflect.adapters.exchange.exports.TEXT_MOST", 1_000)
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Journal.json", b"0" * 100_000)
    with pytest.raises(JournalUnreadable, match="too large"):
        library.plan(tmp_path / "bomb.zip", Program.DAY_ONE)
    with pytest.raises(JournalUnreadable, match="no such file"):
        library.plan(tmp_path / "none.zip", Program.DAY_ONE)
