"""Copies for other programs: what goes along, what stays, and that each is noted."""

import io
import json
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest
import soundfile

from tests.support.libraries import Library, spoken
from tests.support.vaults import ID, NOW, make_entry, noise, recorded
from voicereflect.adapters.exchange.copies import CopyFolder
from voicereflect.adapters.vault.answers.flac import Flac
from voicereflect.adapters.vault.beside import BesideEntries
from voicereflect.adapters.vault.curated.pages_file import PagesFile
from voicereflect.adapters.vault.files import Files
from voicereflect.core.exchange.values import ExportFormat, ToExport
from voicereflect.core.search.filters import Wanted
from voicereflect.errors import EntryNotFound, ModelMissing, SettingsError, VaultUnwritable
from voicereflect.flows.exchange.exporting import STANDARD_OUTPUT, Export
from voicereflect.flows.themes.listing import Themes

OPEN = spoken(1, "Tulips on the sill.")
CLOSED = replace(spoken(2, "What I told nobody."), closed=True)
UNDECIDED = replace(spoken(3, "Not decided yet."), undecided=True)
TEXTS = ToExport(into=ExportFormat.TEXT)


def no_themes() -> AbstractContextManager[Themes]:
    raise ModelMissing("There is no model.", hint="Fetch it.")


class Exporter(Library):
    """A vault with something in it, and a folder beside it for copies."""

    def __init__(self, folder: Path, files: type[Files] = Files) -> None:
        super().__init__(folder, files)
        self.notes: list[str] = []
        self.made = PagesFile(files(self.vault.root))
        self.export = Export(
            vault=self.vault,
            beside=BesideEntries(files(self.vault.root)),
            index=self.index,
            made=self.made,
            now=lambda: NOW,
            progress=self.progress,
            themes=no_themes,
            note=self.notes.append,
        )
        self.copies = CopyFolder(folder / "outside", Flac().encode)

    def text(self, what: ToExport) -> str:
        texts, _ = self.export.as_texts(what)
        return "\n".join("".join(each.parts) for each in texts)

    def noted(self, entry_id: str) -> Sequence[str]:
        return [each.place for each in self.made.holding(entry_id)]


@pytest.fixture
def kept(tmp_path: Path) -> Exporter:
    made = Exporter(tmp_path)
    made.keep(OPEN, CLOSED, UNDECIDED)
    return made


def test_what_is_closed_or_undecided_stays_unless_it_is_named(kept: Exporter) -> None:
    texts, told = kept.export.as_texts(TEXTS)
    assert ["Tulips" in "".join(each.parts) for each in texts] == [True]
    assert (told.entries, told.closed) == (1, 2)
    named = kept.text(replace(TEXTS, named=(CLOSED.id, UNDECIDED.id)))
    assert "What I told nobody." in named
    assert "Not decided yet." in named
    assert "Tulips" not in named


def test_every_copy_is_noted_with_its_place_and_without_a_word(kept: Exporter) -> None:
    kept.export.to_folder(TEXTS, "copy", kept.copies)
    kept.text(replace(TEXTS, named=(CLOSED.id,)))
    assert kept.noted(OPEN.id) == [str(kept.folder / "outside/copy")]
    assert kept.noted(CLOSED.id) == [STANDARD_OUTPUT]
    assert "Tulips" not in (kept.vault.root / "pages.jsonl").read_text("utf-8")


def test_a_folder_that_is_there_is_left_alone(kept: Exporter) -> None:
    kept.export.to_folder(TEXTS, "copy", kept.copies)
    with pytest.raises(VaultUnwritable, match="there already"):
        kept.export.to_folder(TEXTS, "copy", kept.copies)


def test_nothing_to_export_is_said(kept: Exporter) -> None:
    with pytest.raises(EntryNotFound, match="nothing to export"):
        kept.export.as_texts(replace(TEXTS, wanted=Wanted(tags=("none",))))


def test_an_entry_that_cannot_be_read_hinders_no_other(kept: Exporter) -> None:
    before, since = spoken(4, "Rain."), spoken(5, "Snow.")
    kept.keep(before, since)
    kept.page(before).write_text("mangled")
    texts, told = kept.export.as_texts(TEXTS)
    kept.page(since).write_text("mangled while others are exported")
    assert ["Tulips" in "".join(each.parts) for each in texts] == [True]
    assert (told.entries, len(told.problems)) == (1, 2)


def test_an_entry_that_is_closed_while_others_are_exported_stays(kept: Exporter) -> None:
    kept.keep(spoken(4, "Rain."))
    texts, told = kept.export.as_texts(TEXTS)
    kept.vault.update(OPEN.id, lambda entry: replace(entry, closed=True))
    assert ["Rain." in "".join(each.parts) for each in texts] == [True]
    assert (told.entries, told.closed) == (1, 3)


def test_sound_goes_along_where_there_is_any_and_json_names_it(tmp_path: Path) -> None:
    kept = Exporter(tmp_path)
    kept.keep(replace(make_entry(ID, answers=2), id=ID))
    pcm = noise(16_000)
    recorded(kept.vault, [pcm])
    what = ToExport(into=ExportFormat.JSON, with_sound=True)
    told = kept.export.to_folder(what, "copy", kept.copies)
    folder = tmp_path / "outside/copy"
    (entry,) = json.loads((folder / "entries.json").read_text("utf-8"))["entries"]
    first, second = entry["answers"]
    assert second["sound"] is None
    samples, rate_hz = soundfile.read(folder / first["sound"], dtype="int16")
    assert (samples.tobytes(), rate_hz) == (pcm, 16_000)
    assert told.files == 2


def test_what_lies_beside_an_entry_goes_along_unless_an_answer_stays(kept: Exporter) -> None:
    beside = BesideEntries(Files(kept.vault.root))
    beside.keep(OPEN.id, "tulips.jpeg", io.BytesIO(b"picture"))
    (kept.page(OPEN).parent / "entry.sync-conflict-1.md").write_text("a copy is none")
    (kept.page(OPEN).parent / "link.txt").symlink_to(kept.page(OPEN))
    what = ToExport(into=ExportFormat.OBSIDIAN, with_sound=True)
    assert kept.export.to_folder(what, "copy", kept.copies).files == 2
    (picture,) = (kept.folder / "outside/copy").glob("*-tulips.jpeg")
    assert picture.read_bytes() == b"picture"
    (note,) = (kept.folder / "outside/copy").glob("*.md")
    assert f"![[{picture.name}]]" in note.read_text()
    hers = replace(OPEN.answers[0], number=2, speaker="Ruth")
    kept.vault.update(OPEN.id, lambda one: replace(one, answers=(*one.answers, hers)))
    assert kept.export.to_folder(what, "other", kept.copies).files == 1


def test_several_texts_that_cannot_follow_one_another_need_a_folder(kept: Exporter) -> None:
    kept.keep(spoken(5, "Another day."))
    notes = ToExport(into=ExportFormat.OBSIDIAN)
    with pytest.raises(SettingsError, match="several files"):
        kept.export.as_texts(notes)
    assert kept.text(replace(notes, named=(OPEN.id,))).count("---\n") == 2
    assert kept.export.to_folder(notes, "notes", kept.copies).files == 2


def test_without_a_model_a_note_links_to_no_themes_and_that_is_told(kept: Exporter) -> None:
    assert "themes:" not in kept.text(ToExport(into=ExportFormat.OBSIDIAN))
    assert kept.notes == ["The notes link to no themes. There is no model. Fetch it."]
    kept.text(TEXTS)
    assert len(kept.notes) == 1
