"""themes.toml: what is written is read, comments stay, and every change can be taken back."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicereflect.adapters.vault.curated.curations import CurationFile
from voicereflect.adapters.vault.files import Files
from voicereflect.core.themes.curation import CuratedQuote, CuratedTheme, Curation, Move
from voicereflect.errors import ThemesUnreadable

QUOTE = CuratedQuote(entry="20261122T083012Z-kzqv", answer=1, words='She said "no" \\ and left.')
RECORD = CuratedTheme(name="the garden", quotes=(QUOTE,))


def curations(tmp_path: Path) -> CurationFile:
    return CurationFile(Files(tmp_path))


def set_to(file: CurationFile, curation: Curation) -> None:
    file.change(lambda _: curation)


def test_no_file_is_no_curation(tmp_path: Path) -> None:
    assert curations(tmp_path).read() == Curation()
    assert not curations(tmp_path).undo()


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
QUOTES = st.builds(CuratedQuote, entry=TEXTS, answer=st.integers(1, 9), words=TEXTS)
RECORDS = st.builds(
    CuratedTheme,
    name=TEXTS,
    handle=TEXTS,
    suggested=st.booleans(),
    seed=TEXTS,
    quotes=st.lists(QUOTES, max_size=2).map(tuple),
    examples=st.lists(TEXTS, max_size=2).map(tuple),
    words=st.lists(TEXTS, max_size=2).map(tuple),
    strictness=st.sampled_from([0.3, 0.5]),
    hidden=st.booleans(),
    pinned=st.booleans(),
    confirmed=st.booleans(),
    into=TEXTS,
)
CURATIONS = st.builds(
    Curation,
    records=st.lists(RECORDS, max_size=3).map(tuple),
    moves=st.lists(st.builds(Move, quote=QUOTES, to=TEXTS), max_size=3).map(tuple),
)


@settings(max_examples=40, deadline=None)
@given(CURATIONS)
def test_what_was_written_is_read(curation: Curation) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        set_to(curations(Path(folder)), curation)
        assert curations(Path(folder)).read() == curation


def test_comments_and_other_keys_stay(tmp_path: Path) -> None:
    file = curations(tmp_path)
    set_to(file, Curation(records=(RECORD, CuratedTheme(name="work"))))
    path = tmp_path / "themes.toml"
    text = path.read_text().replace('name = "work"', 'name = "work" # mine\ncolour = "green"')
    path.write_text(f"# first line of mine\n{text}")
    file.change(lambda c: replace(c, records=(replace(RECORD, pinned=True), *c.records[1:])))
    after = path.read_text()
    assert after.startswith("# first line of mine\n")
    assert 'name = "work" # mine\ncolour = "green"' in after
    assert file.read().records[0].pinned


def test_undo_goes_back_step_by_step_to_the_beginning(tmp_path: Path) -> None:
    file = curations(tmp_path)
    steps = [
        Curation(),
        Curation(records=(RECORD,)),
        Curation(records=(RECORD, CuratedTheme(name="b"))),
    ]
    for step in steps[1:]:
        set_to(file, step)
    for step in reversed(steps[:-1]):
        assert file.undo()
        assert file.read() == step
    assert not file.undo()


def test_a_change_taken_back_is_still_in_the_trash(tmp_path: Path) -> None:
    file = curations(tmp_path)
    set_to(file, Curation(records=(RECORD,)))
    text = (tmp_path / "themes.toml").read_text()
    file.undo()
    assert text in {path.read_text() for path in (tmp_path / "trash/themes").iterdir()}


def test_whatever_was_taken_back_stays_in_the_trash(tmp_path: Path) -> None:
    file = curations(tmp_path)
    for mine in ("# the first", "# the second"):
        set_to(file, Curation(records=(RECORD,)))
        path = tmp_path / "themes.toml"
        path.write_text(f"{path.read_text()}{mine}\n")
        assert file.undo()
    kept = "".join(each.read_text() for each in (tmp_path / "trash" / "themes").iterdir())
    assert "# the first" in kept
    assert "# the second" in kept


def test_an_edit_that_changes_nothing_keeps_no_version(tmp_path: Path) -> None:
    file = curations(tmp_path)
    file.change(lambda curation: curation)
    assert not file.undo()


@pytest.mark.parametrize(
    "text",
    [
        *("theme = [", "[[theme]]\nhidden = true\n", "format = 2\n", "theme = 5\n", b"\xff\xfe"),
        '[[theme]]\nname = "trains"\nwords = "train"\n',
        '[[theme]]\nname = "trains"\nconfirmed = "no"\n',
    ],
)
def test_a_mangled_file_is_named_and_left_alone(tmp_path: Path, text: str | bytes) -> None:
    path = tmp_path / "themes.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    before = path.read_bytes()
    with pytest.raises(ThemesUnreadable, match=r"themes\.toml"):
        set_to(curations(tmp_path), Curation(records=(RECORD,)))
    assert path.read_bytes() == before


def test_a_file_whose_last_theme_and_move_went_can_be_changed_again(tmp_path: Path) -> None:
    file = curations(tmp_path)
    for _ in range(2):
        set_to(file, Curation(records=(RECORD,), moves=(Move(quote=QUOTE, to="x"),)))
        file.scrub(lambda _: Curation())
        assert file.read() == Curation()
    (tmp_path / "themes.toml").write_text("format = 1\ntheme = []\nmove = []\n")
    set_to(file, Curation(records=(RECORD,)))
    assert file.read().records == (RECORD,)


def test_what_the_program_keeps_is_no_change_to_take_back_and_survives_one(tmp_path: Path) -> None:
    file = curations(tmp_path)
    set_to(file, Curation(records=(RECORD,)))
    kept = CuratedTheme(name="dog", handle="a2b", suggested=True)
    file.keep(lambda before: replace(before, records=(*before.records, kept)))
    assert file.read().records == (RECORD, kept)
    assert file.undo()
    assert file.read().records == (kept,)
    assert not file.undo()
