"""A vault that is exported as JSON and imported again is the same vault, sound included."""

import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.flows.test_exporting import Exporter
from tests.flows.test_journal_import import Importer
from tests.support.libraries import entry_id, spoken
from tests.support.vaults import noise
from voicereflect.adapters.vault.beside import BesideEntries
from voicereflect.adapters.vault.files import Files
from voicereflect.core.exchange.values import ExportFormat, ToExport
from voicereflect.core.journals.values import Program
from voicereflect.model import AnswerState, Segment, Span, TakeInfo, Transcript, Word

RATES = st.sampled_from([8_000, 16_000, 44_100])
SOUNDS = st.none() | st.tuples(RATES, st.integers(1, 400))


def kept(library: Exporter, number: int, text: str, sound: tuple[int, int] | None) -> None:
    """Give an answer its sound, a transcript, and what is known of the take."""
    if sound is None:
        return
    rate_hz, samples = sound
    entry = entry_id(1)
    with library.vault.adopt(entry, finishing=True):
        info = TakeInfo(rate_hz=rate_hz, overflows=2, aside=(Span(0, 1),))
        take = library.vault.open_take(entry, number, info)
        take.append(noise(samples, seed=number))
        take.finish()
    word = Word(text=f" {text}", start_s=0.0, end_s=0.1, probability=0.5)
    segment = Segment(words=(word,), avg_logprob=float("nan"), no_speech=0.1, language="de")
    library.vault.add_transcript(
        entry,
        number,
        Transcript(
            model="base",
            language="en",
            made_at=spoken(1, "").started_at,
            segments=(segment,),
            unsure=(segment,),
        ),
    )


def tree(library: Exporter | Importer) -> dict[str, bytes]:
    """Give every file of the entries, by its path."""
    root = library.vault.root / "entries"
    return {
        str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


@settings(max_examples=6, deadline=None)
@given(texts=st.lists(st.text(max_size=20), min_size=1, max_size=2), sounds=st.data())
def test_a_vault_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], sounds: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("trip")
    old, new = Exporter(folder / "old"), Importer(folder / "new")
    entry = replace(spoken(1, *texts), tags=("a b",), note="By hand.", extra={"mood": 3})
    old.keep(
        replace(entry, answers=tuple(replace(a, state=AnswerState.DONE) for a in entry.answers))
    )
    old.keep(replace(spoken(2, "A second day."), undecided=False))
    for number, text in enumerate(texts, start=1):
        kept(old, number, text, sounds.draw(SOUNDS))
    BesideEntries(Files(old.vault.root)).keep(entry.id, "a.jpeg", io.BytesIO(b"picture"))
    what = ToExport(into=ExportFormat.JSON, with_sound=True)
    old.export.to_folder(what, "copy", old.copies)
    told = new.bring(old.folder / "outside/copy/entries.json", Program.JSON)
    assert told.problems == {}
    assert tree(new) == tree(old)
    again = new.plan(old.folder / "outside/copy/entries.json", Program.JSON)
    assert (len(again.new), again.doubles) == (0, 2)
    old.index.close()
    new.index.close()
