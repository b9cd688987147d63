"""Destroyed means gone: from every place, and wherever the process died while it destroyed.

After each death the same command finishes it, and so does the next start once it had begun.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest

from tests.support.deaths import OTHER, STAYS, Home, copied, died
from tests.support.vaults import ID
from voicereflect.core.themes.curation import CuratedQuote, CuratedTheme, Curation
from voicereflect.errors import EntryNotFound, ThemesUnreadable, VaultUnwritable

HER_WORDS = (b"quince", b"ostend")
OWN_WORDS = (b"marigold", b"ghent")
FERRIES = CuratedQuote(entry=STAYS, answer=1, words=OTHER)

Deed = Callable[[Home], object]
Check = Callable[[Home], list[str]]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An entry that two spoke, with all that is made of it."""
    folder = tmp_path_factory.mktemp("destroying") / "home"
    Home(folder).fill()
    return folder


@pytest.fixture(scope="session")
def thrown(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, and the entry is in the trash."""
    folder = copied(template, tmp_path_factory.mktemp("destroying") / "home")
    home = Home(folder)
    home.entry_admin.delete(ID)
    home.close()
    return folder


@pytest.fixture
def home(template: Path, tmp_path: Path) -> Home:
    return Home(copied(template, tmp_path / "home"))


def destroy(home: Home) -> None:
    with suppress(EntryNotFound):  # all of it is gone, but nobody was told
        home.entry_admin.destroy(ID)


def empty(home: Home) -> None:
    home.entry_admin.empty()


def withdraw(home: Home) -> None:
    home.consents.withdraw(home.consents.meant(ID, "Ruth"))


def start(home: Home) -> None:
    home.consents.finish()


def all_is_gone(home: Home) -> list[str]:
    """What is left all the same."""
    listed = {thing.name for thing in home.entry_admin.discarded()} - {"themes"}
    names = {each.name for each in home.curations.read().records}
    return [
        *home.traces(*HER_WORDS, *OWN_WORDS),
        *home.sounds(),
        *home.left_to_do(),
        *listed,
        *(set(home.vault.ids()) ^ {STAYS}),
        *(names ^ {"trees", "ferries"}),
    ]


def trash_is_gone(home: Home) -> list[str]:
    """The versions of themes.toml are gone with it."""
    return [*all_is_gone(home), *(thing.name for thing in home.entry_admin.discarded())]


def hers_is_gone(home: Home) -> list[str]:
    sounds, records = home.sounds(), home.curations.read().records
    return [
        *home.traces(*HER_WORDS),
        *(sounds if sounds != ["2.flac", "4.flac"] else ()),
        *home.left_to_do(),
        *(row.speaker for row in home.consents.rows() if not row.finished),
        *(quote.words for quote in records[0].quotes if quote.answer != 2),
    ]


CASES = [
    pytest.param("template", destroy, all_is_gone, id="delete --for-good"),
    pytest.param("thrown", empty, trash_is_gone, id="trash empty"),
    pytest.param("template", withdraw, hers_is_gone, id="consent withdraw"),
]


@pytest.mark.parametrize(("before", "deed", "left"), CASES)
def test_nothing_is_left_of_what_was_destroyed(
    request: pytest.FixtureRequest, tmp_path: Path, before: str, deed: Deed, left: Check
) -> None:
    home = Home(copied(request.getfixturevalue(before), tmp_path / "home"))
    assert len(home.traces(*HER_WORDS)) >= 6
    deed(home)
    assert left(home) == []


@pytest.mark.slow
@pytest.mark.parametrize(("before", "deed", "left"), CASES)
def test_wherever_it_died_the_same_command_and_the_next_start_finish_it(
    request: pytest.FixtureRequest, tmp_path: Path, before: str, deed: Deed, left: Check
) -> None:
    template = request.getfixturevalue(before)
    last = untouched = contents(template)
    unfinished = 0
    for steps in count(1):
        dead = copied(template, tmp_path / "dead")
        if not died(dead, steps, deed):
            break
        if (now := contents(dead)) == last:
            continue  # nothing came of that step
        last = now
        again = Home(copied(dead, tmp_path / "again"))
        deed(again)
        assert left(again) == [], f"{steps}: the same command"
        again.close()
        had_begun = promised(now) != promised(untouched)
        later = Home(dead)
        assert later.entry_admin.discarded() or not hidden(dead), f"{steps}: nothing is listed"
        start(later)
        assert not had_begun or left(later) == [], f"{steps}: the next start"
        unfinished += had_begun
        later.close()
    assert unfinished >= 10
    assert left(Home(dead)) == []


def promised(found: Mapping[str, bytes]) -> set[str]:
    """Names of files, but for those that promise nothing yet."""
    return {name for name, data in found.items() if data and not name.endswith(".tmp")}


def hidden(folder: Path) -> list[Path]:
    """Files that lie where only `trash list` tells of them."""
    vault = folder / "vault"
    return [path for name in ("trash", ".doomed") for path in vault.glob(f"{name}/**/*.*")]


def contents(folder: Path) -> dict[str, bytes]:
    """Every folder and file but the vault's lock, by its name."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b""
        for path in folder.rglob("*")
        if path.name != ".lock"
    }


def test_a_change_of_themes_that_died_leaves_no_sentence_behind(
    template: Path, tmp_path: Path
) -> None:
    def name_it(home: Home) -> None:
        home.curations.change(
            lambda before: Curation(
                records=(*before.records, CuratedTheme(name="q", examples=(OTHER,)))
            )
        )
        home.curations.undo()

    for steps in count(1):
        dead = copied(template, tmp_path / "dead")
        if not died(dead, steps, name_it):
            break
        home = Home(dead)
        assert len(home.curations.read().records) in (3, 4)
        destroy(home)
        assert home.traces(*HER_WORDS, *OWN_WORDS) == [], steps
        assert home.left_to_do() == [], steps
        home.close()
    assert steps > 10


def test_the_same_reference_means_the_same_entry_until_it_is_gone(
    template: Path, tmp_path: Path
) -> None:
    """`last` must never reach for the entry before."""
    for steps in count(1):
        home_folder = copied(template, tmp_path / "home")
        if not died(home_folder, steps, lambda home: home.entry_admin.destroy("last")):
            break
        home = Home(home_folder)
        if STAYS not in (*home.vault.ids(), *home.destroying.doom.entries()):
            break  # it is gone, and all that is left is an empty folder
        assert home.entry_admin.destroy("last") == STAYS, steps
        assert home.vault.ids() == (ID,)
        home.close()
    assert steps > 10


def test_whatever_lies_in_the_trash_is_listed(home: Home) -> None:
    trash = home.folder / "vault" / "trash"
    (trash / "no reason").mkdir()
    (trash / "no reason" / "1.flac").write_bytes(b"sound")
    (trash / f"{ID}-answer-7").mkdir()
    (trash / f"{ID}-answer-7" / "reason.toml").write_text("x = [")
    (trash / "a file").write_text("words")
    (trash / "nothing in it").mkdir()
    listed = {thing.name: thing for thing in home.entry_admin.discarded()}
    assert listed.keys() == {
        *("a file", "no reason", "themes"),
        *(f"{ID}-answer-{number}" for number in (3, 4, 7)),
    }
    assert (listed[f"{ID}-answer-7"].entry, listed[f"{ID}-answer-7"].answer) == (ID, 7)
    for name in ("themes", "no reason", "a file"):
        with pytest.raises(EntryNotFound):
            home.entry_admin.restore(name)
    assert home.entry_admin.empty() == len(listed)
    assert home.entry_admin.discarded() == ()
    assert not trash.exists()


def test_what_is_kept_of_an_entry_keeps_its_place_in_themes(home: Home) -> None:
    """Takes were set aside whose words stand in the entry too."""
    before = home.curations.read()
    home.entry_admin.empty()
    assert home.curations.read() == before
    assert home.sounds() == ["1.flac", "2.flac"]


def test_mangled_themes_are_told_and_once_they_are_mended_it_is_finished(home: Home) -> None:
    page = home.folder / "vault" / "themes.toml"
    text = page.read_text()
    page.write_text("theme = [")
    with pytest.raises(ThemesUnreadable):
        home.entry_admin.destroy(ID)
    assert [thing.name for thing in home.entry_admin.discarded()][-3:] == [
        f"entry-{ID}",
        "things",
        "things-2",
    ]
    page.write_text(text)
    assert home.entry_admin.destroy(ID) == ID
    assert all_is_gone(home) == []


def test_an_entry_that_is_a_link_is_not_called_destroyed(home: Home, tmp_path: Path) -> None:
    (folder,) = (home.folder / "vault").glob("entries/*/*/*-kzqv")
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(VaultUnwritable, match="a link"):
        home.entry_admin.destroy(ID)
    assert (tmp_path / "elsewhere" / "1.flac").exists()


def test_an_index_that_cannot_be_written_is_told(home: Home) -> None:
    file = home.index.file
    assert file is not None
    for path in file.parent.glob("index.sqlite*"):
        path.unlink()
    file.mkdir()
    with pytest.raises(VaultUnwritable, match="words stay"):
        home.entry_admin.destroy(ID)
    file.rmdir()
    start(home)
    assert home.left_to_do() == []
