"""Claims about flows over a plain and a sealed vault: they end alike, and nothing lies plain."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.flows.test_consenting import Rig as Spoken
from tests.flows.test_entry_admin import browsing, entry_admin
from tests.flows.test_exporting import TEXTS, Exporter
from tests.flows.test_importing import bring
from tests.flows.test_looking_back import gathered
from tests.flows.test_programmes import NOW, Home
from tests.flows.test_search import Desk
from tests.flows.test_themes import Rig
from tests.flows.test_typed_sitting import Typing, words
from tests.support.libraries import Library, spoken
from tests.support.memos import make_memo
from tests.support.sealed_files import OpenedFiles
from tests.support.shipped import DECKS
from tests.support.sittings import Sitting
from tests.support.vaults import ID, make_vault
from voicereflect.adapters.vault.files import Files
from voicereflect.core.search.filters import EntryLine
from voicereflect.model import Answer, Entry

Kind = type[Files]
TELLING = (b"Tulips", b"garden", b"quince", b"her-biography", b"who-holds-me", b"fLaC\0\0\0\x22")
"""Words, sounds and names that the flows below put into a vault."""


def said(entry: Entry) -> list[Answer]:
    return [replace(each, stood={}) for each in entry.answers]


def sitting(folder: Path, files: Kind) -> object:
    held = Sitting(root=folder / "vault")
    held.on(files(held.root))
    entry = held.run()
    sounds = [b"".join(held.vault.sound(ID, each.number)) for each in entry.answers]
    return said(entry), sounds


def typed(folder: Path, files: Kind) -> object:
    held = Sitting(root=folder / "vault")
    held.on(files(held.root))
    return said(Typing(held, words("Tulips.", "語", "q s x")).run())


def imported(folder: Path, files: Kind) -> object:
    vault = make_vault(files(folder / "vault"))
    (entry,) = bring(vault, make_memo(folder / "Tulips.wav"))
    return said(entry), entry.title, b"".join(vault.sound(entry.id, 1))


def searched(folder: Path, files: Kind) -> object:
    desk = Desk(folder, spoken(1, "Tulips."), spoken(2, "Roses."), files=files)
    return desk.find("tulips").hits, desk.library.vault.load(spoken(1).id).answers


def without_places(lines: Iterable[EntryLine]) -> tuple[EntryLine, ...]:
    """Give the lines as they are alike in both: a sealed folder's name tells no deck."""
    return tuple(replace(each, place="") for each in lines)


def listed(folder: Path, files: Kind) -> object:
    library = Library(folder, files)
    library.keep(spoken(1, "Tulips."), spoken(2, "Roses."))
    entry_admin(library).tag(spoken(1).id, ("+garden",))
    return without_places(browsing(library).listing().lines)


def thrown(folder: Path, files: Kind) -> object:
    library = Library(folder, files)
    library.keep(spoken(1, "Tulips."), spoken(2, "Roses."), spoken(3, "Asters."))
    tends = entry_admin(library)
    for number in (1, 2):
        tends.delete(spoken(number).id)
    tends.restore(spoken(2).id)
    tends.destroy(spoken(3).id)
    tends.empty()
    return library.vault.ids(), library.vault.trash.all()


def themed(folder: Path, files: Kind) -> object:
    rig = Rig(folder, files)
    rig.fill()
    rig.curator.rename(rig.names()[0], "beds")
    return rig.names(), [theme.days for theme in rig.themes.overview().shown]


def looked_back(folder: Path, files: Kind) -> object:
    rig = Rig(folder, files)
    rig.fill()
    review = gathered(rig)
    return replace(review, sittings=without_places(review.sittings))


def in_a_programme(folder: Path, files: Kind) -> object:
    home = Home(folder, files)
    home.store.know("her", "died")
    home.programmes.start("mother-daughter", NOW)
    home.answer("who-holds-me", NOW)
    home.programmes.skip("everyday", NOW, for_good=True)
    echoed = home.book.echo("who-holds-me/" + DECKS["who-holds-me"].prompts[0].id)
    return (
        home.store.read(),
        echoed,
        home.programmes.status("mother-daughter", NOW + timedelta(days=1)),
    )


def exported(folder: Path, files: Kind) -> object:
    kept = Exporter(folder, files)
    kept.keep(spoken(1, "Tulips."), spoken(2, "Roses."))
    return kept.text(TEXTS), kept.noted(spoken(1).id)


def withdrawn(folder: Path, files: Kind) -> object:
    rig = Spoken(folder, files)
    rig.fill()
    rig.consents.withdraw(rig.consents.meant(ID, "Ruth"))
    return said(rig.vault.load(ID)), rig.is_clean(), rig.curations.read()


@pytest.mark.parametrize(
    "flow",
    [
        *(sitting, typed, imported, searched, listed, thrown, themed, looked_back),
        *(in_a_programme, exported, withdrawn),
    ],
)
def test_a_flow_ends_alike_over_a_plain_and_a_sealed_vault(
    tmp_path: Path, flow: Callable[[Path, Kind], object]
) -> None:
    ends = {}
    for name, files in (("plain", Files), ("sealed", OpenedFiles)):
        (tmp_path / name).mkdir()
        ends[name] = flow(tmp_path / name, files)
    assert ends["plain"] == ends["sealed"]
    kept = [path for path in (tmp_path / "sealed" / "vault").rglob("*") if path.is_file()]
    assert kept
    for path in kept:
        told = path.relative_to(tmp_path).as_posix().encode() + path.read_bytes()
        assert not [each for each in TELLING if each in told], path
