"""Another speaker's words: listed, copied, destroyed for good; killed anywhere and finished.

The vault, its trash, themes.toml, the index and the cache of themes are all real.
"""

import multiprocessing
import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.libraries import MODEL, Library, StubMeaning
from tests.support.models import Steps
from tests.support.vaults import ID, NOW, made_entry, make_entry, make_vault, noise, recorded
from tests.support.waiting import PATIENCE_S
from voicereflect.adapters.caches.themes import FolderThemeCache
from voicereflect.adapters.exchange.copies import CopyFolder
from voicereflect.adapters.index.index import Index
from voicereflect.adapters.vault.answers.flac import Flac
from voicereflect.adapters.vault.curated.curations import CurationFile
from voicereflect.adapters.vault.files import Files
from voicereflect.core.entry.entries import with_answer, with_transcript
from voicereflect.core.entry.page import entry_text
from voicereflect.core.safety.consent import answers_by, consent_of, with_consent
from voicereflect.core.themes.curation import CuratedQuote, CuratedTheme, Curation, Move
from voicereflect.errors import EntryNotFound, ThemesUnreadable, VaultBusy, VaultUnwritable
from voicereflect.flows.library.destroying import Destroying
from voicereflect.flows.library.finding.indexing import refresh_meaning
from voicereflect.flows.two.consents import Consents
from voicereflect.model import Answer, AnswerState, Consent, Entry, Segment, Transcript, Word

HERS = "The quince tree stood behind Ostend."
OWN = "I planted marigolds in Ghent."
TRACES = (b"quince", b"ostend", b"zeppelin")
RATE = 16_000


def read(text: str) -> Transcript:
    words = tuple(
        Word(text=f" {each}", start_s=n * 0.3, end_s=n * 0.3 + 0.2, probability=0.9)
        for n, each in enumerate(text.split())
    )
    segment = Segment(words=words, avg_logprob=-0.2, no_speech=0.01)
    return Transcript(model="base", language="en", made_at=NOW, segments=(segment,))


class Rig:
    """One vault with an entry that two spoke, and all that is made from it."""

    def __init__(self, folder: Path, files: type[Files] = Files) -> None:
        self.folder = folder
        root = folder / "vault"
        self.library = Library(folder)
        self.library.vault = make_vault(files(root))
        self.vault = self.library.vault
        self.curations = CurationFile(files(root))
        self.cache = FolderThemeCache(folder / "cache" / "themes")
        self.consents = Consents(
            vault=self.vault,
            eraser=self.vault.eraser,
            curations=self.curations,
            destroying=Destroying(
                doom=self.vault.doom,
                pages=self.vault,
                cache=self.cache,
                index=self.library.index,
                progress=Steps(),
            ),
            now=lambda: NOW,
        )

    def fill(self) -> None:
        """Two answers of hers, two of the owner's; one take of each is set aside."""
        entry = replace(make_entry(answers=0), speakers=("me", "Ruth"))
        made_entry(self.vault, with_consent(entry, "Ruth", Consent(kept=True, themes=True)))
        for number in (1, 2, 3, 4):
            self.say(number)
        self.vault.update(ID, confirmed)
        for number in (5, 6):
            self.say(number)
            self.vault.discard_answer(ID, number, "set aside during the session")
        kept = self.vault.load(ID).answers[:4]
        self.vault.update(ID, lambda now: replace(now, answers=kept))
        self.curations.change(lambda _: Curation(records=(GARDEN,)))
        self.curations.change(lambda _: Curation(records=(GARDEN, TREES), moves=MOVES))
        self.cache.keep_vectors("0" * 32, b"\1" * 8)
        self.cache.keep_clusterer(b"quince")
        self.library.refresh()
        refresh_meaning(self.library.index, StubMeaning(), MODEL, Steps())

    def say(self, number: int) -> None:
        speaker, text = ("Ruth", HERS) if number % 2 else ("me", OWN)
        answer = Answer(number=number, speaker=speaker, prompt="d/p", asked="What was it like?")
        self.vault.update(ID, lambda now: with_answer(now, answer))
        recorded(self.vault, [noise(RATE // 2, seed=number)], number=number)
        self.vault.add_transcript(ID, number, read(f"{text} Zeppelin." if number % 2 else text))
        self.vault.update(ID, lambda now: with_transcript(now, number, text, silent=False))

    def traces(self) -> list[str]:
        """Files in which any word of hers can still be read."""
        return sorted(
            str(path.relative_to(self.folder))
            for path in self.folder.rglob("*")
            if path.is_file() and any(word in path.read_bytes().lower() for word in TRACES)
        )

    def sounds(self) -> list[str]:
        return sorted(
            str(p.relative_to(self.folder / "vault")) for p in self.folder.rglob("*.flac")
        )

    def is_clean(self) -> bool:
        entry = self.vault.load(ID)
        return (
            self.traces() == []
            and [Path(each).name for each in self.sounds()] == ["2.flac", "4.flac", "6.flac"]
            and [a.text for a in entry.answers] == ["", OWN, "", OWN]
            and [a.state for a in answers_by(entry, ["Ruth"])] == [AnswerState.WITHDRAWN] * 2
            and bool(consent_of(entry, "Ruth").withdrawn)
        )


CONFIRMED = {1: ("0.3 quince",), 2: ("0.3 planted",)}
GARDEN = CuratedTheme(
    name="the garden",
    quotes=(
        CuratedQuote(entry=ID, answer=1, words=HERS),
        CuratedQuote(entry=ID, answer=2, words=OWN),
    ),
)
TREES = CuratedTheme(name="trees", examples=(HERS, OWN))
MOVES = (
    Move(quote=CuratedQuote(entry=ID, answer=3, words=HERS), to="trees"),
    Move(quote=CuratedQuote(entry=ID, answer=4, words=OWN), to=""),
)


def confirmed(entry: Entry) -> Entry:
    answers = (replace(a, confirmed=CONFIRMED.get(a.number, ())) for a in entry.answers)
    return replace(entry, answers=tuple(answers))


@pytest.fixture
def rig(tmp_path: Path) -> Rig:
    rig = Rig(tmp_path)
    rig.fill()
    return rig


def test_what_she_takes_back_is_nowhere_any_more_and_the_owners_answers_stay(rig: Rig) -> None:
    assert len(rig.traces()) >= 7
    before = {number: b"".join(rig.vault.sound(ID, number)) for number in (2, 4)}
    gone = rig.consents.withdraw(rig.consents.meant("last"))
    assert (gone.speaker, gone.answers) == ("Ruth", 2)
    assert rig.is_clean()
    assert {number: b"".join(rig.vault.sound(ID, number)) for number in (2, 4)} == before
    assert [a.confirmed for a in rig.vault.load(ID).answers[:2]] == [(), CONFIRMED[2]]
    curation = rig.curations.read()
    assert [each.quotes for each in curation.records] == [GARDEN.quotes[1:], ()]
    assert curation.records[1].examples == (OWN,)
    assert curation.moves == MOVES[1:]
    assert rig.cache.clusterer() == b""


def test_taking_back_twice_changes_nothing(rig: Rig) -> None:
    rig.consents.withdraw(rig.consents.meant("last"))
    page = rig.library.page(rig.vault.load(ID)).read_bytes()
    rig.consents.withdraw(rig.consents.meant("last", "Ruth"))
    assert rig.library.page(rig.vault.load(ID)).read_bytes() == page
    (row,) = rig.consents.rows()
    assert row.finished


def test_an_entry_in_the_trash_is_reached_as_well(rig: Rig) -> None:
    name = rig.vault.discard(ID, "deleted by you").name
    rig.library.refresh()
    row = rig.consents.meant(ID)
    assert row.in_trash
    rig.consents.withdraw(row)
    assert rig.traces() == []
    (again,) = rig.consents.rows()
    assert (again.in_trash, again.finished) == (True, True)
    rig.vault.trash.restore(name)
    assert rig.is_clean()


def test_a_damaged_index_is_made_again_without_her_words(rig: Rig) -> None:
    file = rig.folder / "cache/index.sqlite"
    for path in file.parent.glob("index.sqlite*"):
        path.write_bytes(b"quince" * 4000)
    rig.consents.withdraw(rig.consents.meant("last"))
    assert rig.is_clean()


def test_a_session_that_holds_the_entry_keeps_everything_as_it_is(rig: Rig) -> None:
    with rig.vault.adopt(ID), pytest.raises(VaultBusy):
        rig.consents.withdraw(rig.consents.meant("last"))
    assert not consent_of(rig.vault.load(ID), "Ruth").withdrawn


def test_mangled_themes_are_told_before_anything_is_destroyed(rig: Rig) -> None:
    (rig.folder / "vault/themes.toml").write_text("theme = [")
    with pytest.raises(ThemesUnreadable):
        rig.consents.withdraw(rig.consents.meant("last"))
    assert rig.vault.load(ID).answers[0].text == HERS
    assert consent_of(rig.vault.load(ID), "Ruth").withdrawn


def test_a_transcript_that_comes_late_brings_nothing_back(rig: Rig) -> None:
    rig.consents.withdraw(rig.consents.meant("last"))
    entry = rig.vault.load(ID)
    assert with_transcript(entry, 1, HERS, silent=False) == entry


@pytest.mark.parametrize(
    ("change", "speaker", "told"),
    [
        (
            lambda entry: replace(entry, speakers=("me",), consent={}, answers=()),
            "",
            "nobody speaks",
        ),
        (lambda entry: replace(entry, speakers=("me", "Ruth", "Ida")), "", "several speak"),
        (lambda entry: entry, "me", "belongs to me"),
        (lambda entry: entry, "Ida", "does not speak"),
    ],
)
def test_who_is_meant_must_be_plain(
    tmp_path: Path, change: object, speaker: str, told: str
) -> None:
    rig = Rig(tmp_path)
    entry = replace(make_entry(), speakers=("me", "Ruth"))
    assert callable(change)
    made_entry(rig.vault, change(entry))
    with pytest.raises(EntryNotFound, match=told):
        rig.consents.meant("last", speaker)


# A copy to take along


def test_her_copy_holds_her_answers_and_nothing_of_the_owners(rig: Rig, tmp_path: Path) -> None:
    target = tmp_path / "for Ruth"
    rig.vault.update(ID, lambda now: replace(now, tags=("secret",)))
    where = Path(rig.consents.copy(rig.consents.meant("last"), CopyFolder(target, Flac().encode)))
    assert sorted(path.name for path in where.iterdir()) == ["1.flac", "3.flac", "entry.md"]
    text = (where / "entry.md").read_text("utf-8")
    assert "marigolds" not in text
    assert "secret" not in text
    copied = entry_text.parse(text, "entry.md")
    assert [each.text for each in copied.answers] == [HERS, HERS]
    with (where / "1.flac").open("rb") as source:
        assert b"".join(Flac().decode(source)) == b"".join(rig.vault.sound(ID, 1))
    with pytest.raises(VaultUnwritable, match="there already"):
        rig.consents.copy(rig.consents.meant("last"), CopyFolder(target, Flac().encode))


# Killed anywhere

_LEFT = multiprocessing.get_context("fork").Value("i", 0)


def _die_in_turn() -> None:
    _LEFT.value -= 1
    if _LEFT.value == 0:
        os.kill(os.getpid(), signal.SIGKILL)


class DyingFiles(Files):
    """Is killed before the n-th thing it is asked to make durable."""

    def save(self, path: Path, data: bytes) -> None:
        _die_in_turn()
        super().save(path, data)

    def remove(self, path: Path) -> None:
        _die_in_turn()
        super().remove(path)


class DyingIndex(Index):
    """Is killed before it writes, or before it has forgotten."""

    def put(self, records: object) -> None:
        _die_in_turn()
        super().put(records)  # type: ignore[arg-type]

    def vacuum(self) -> None:
        _die_in_turn()
        super().vacuum()


def _withdraw_and_die(folder: Path) -> None:
    rig = Rig(folder, DyingFiles)
    index = DyingIndex(folder / "cache" / "index.sqlite")
    consents = replace(rig.consents, destroying=replace(rig.consents.destroying, index=index))
    consents.withdraw(consents.meant("last"))


def test_killed_before_any_of_its_steps_it_is_finished_by_doing_it_again(tmp_path: Path) -> None:
    kills = 0
    for step in range(1, 60):
        folder = tmp_path / str(step)
        Rig(folder).fill()
        _LEFT.value = step
        child = multiprocessing.get_context("fork").Process(
            target=_withdraw_and_die, args=(folder,)
        )
        child.start()
        child.join(PATIENCE_S)
        assert child.exitcode in (0, -signal.SIGKILL)
        if child.exitcode == 0:
            break
        kills += 1
        rig = Rig(folder)
        rig.consents.withdraw(rig.consents.meant("last"))
        assert rig.is_clean(), step
    assert kills >= 10
    assert Rig(folder).is_clean()


def test_an_entry_of_one_is_nobodys_to_withdraw(rig: Rig) -> None:
    alone: Entry = make_entry("20261123T083012Z-abcd", text=OWN)
    made_entry(rig.vault, alone)
    assert [row.entry.id for row in rig.consents.rows()] == [ID]
