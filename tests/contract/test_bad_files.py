"""Claims about files that no reader can take: one problem that names it, and no waiting."""

import io
import os
import struct
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.mutations import INPUTS, NASTY, SLOWEST, mangled
from tests.support.vaults import ID, folder_of, made_entry, make_entry, make_vault, noise, recorded
from voicereflect import config
from voicereflect.adapters import regular, settings_file
from voicereflect.adapters.caches.themes import FolderThemeCache
from voicereflect.adapters.deck_folder import DeckFolder, from_home
from voicereflect.adapters.programme_file import ProgrammeFile
from voicereflect.adapters.recordings import MediaFile
from voicereflect.adapters.vault.curated.curations import CurationFile
from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.folder import FolderVault
from voicereflect.errors import (
    DeckError,
    EntryNotFound,
    EntryUnreadable,
    RecordingUnreadable,
    ReflectError,
    SettingsError,
    ThemesUnreadable,
    VaultUnwritable,
)

few = settings(
    max_examples=INPUTS,
    deadline=SLOWEST,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
REASON = f'format = 1\nentry = "{ID}"\nanswer = 1\ndiscarded = 2026-11-22T09:41:07+01:00\n'
THEMES = f'[[theme]]\nname = "a"\nquotes = [{{ entry = "{ID}", answer = 1, words = "x" }}]\n'
PROGRAMME = 'format = 1\nnever = ["a"]\n[known]\nbaby = "yes"\n[started]\nyear = 2026-11-22\n'


@pytest.fixture
def vault(tmp_path: Path) -> FolderVault:
    vault = make_vault(Files(tmp_path / "vault"))
    made_entry(vault, make_entry())
    return vault


def bad(sound: str) -> st.SearchStrategy[bytes]:
    nasty = st.sampled_from(NASTY).map(lambda text: text.encode("utf-8", "surrogatepass"))
    return st.one_of(mangled(sound.encode()), nasty, nasty.map(lambda each: b"x = " + each))


@few
@given(data=bad(REASON))
def test_a_mangled_reason_hides_nothing_in_the_trash(vault: FolderVault, data: bytes) -> None:
    for name in ("bad", "good"):
        (vault.root / "trash" / name).mkdir(parents=True, exist_ok=True)
    (vault.root / "trash/good/reason.toml").write_text(REASON)
    (vault.root / "trash/bad/reason.toml").write_bytes(data)
    things = {each.name: each for each in vault.trash.all()}
    assert (things["good"].entry, things["good"].problem) == (ID, "")
    assert things["bad"].entry in (ID, "bad") or "bad/reason.toml" in things["bad"].problem
    vault.doom.carry_out()


@few
@given(data=bad(THEMES))
def test_mangled_themes_are_told(vault: FolderVault, data: bytes) -> None:
    (vault.root / "themes.toml").write_bytes(data)
    with suppress(ThemesUnreadable):
        CurationFile(Files(vault.root)).read()


@few
@given(data=bad(PROGRAMME))
def test_a_mangled_programme_is_told(vault: FolderVault, data: bytes) -> None:
    (vault.root / "programme.toml").write_bytes(data)
    with suppress(EntryUnreadable):
        ProgrammeFile(vault).read()
        ProgrammeFile(vault).never("walks")


@few
@given(data=bad('format = 1\nid = "abcdabcd"\n'))
def test_a_mangled_label_is_told(vault: FolderVault, data: bytes) -> None:
    (vault.root / "vault.toml").write_bytes(data)
    assert vault.identity()
    with suppress(VaultUnwritable):
        vault.add_to_vocabulary("Zofia")


@few
@given(data=bad('language = "en"\nthreads = 2\n'))
def test_mangled_settings_are_told(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(data)
    for use in (
        lambda: config.load({"VOICEREFLECT_CONFIG": str(file)}),
        lambda: settings_file.remember(file, "microphone", "Desk"),
    ):
        with suppress(SettingsError):
            use()


@few
@given(take=bad('{"format":1,"kind":"take","rate_hz":16000,"samples":2,"overflows":0,"aside":[]}'))
def test_a_mangled_take_costs_no_other(vault: FolderVault, take: bytes) -> None:
    folder = folder_of(vault.root)
    (folder / "1.blocks").write_bytes(struct.pack("<I", 4) + b"abcd")
    (folder / "1.take.json").write_bytes(take)
    (folder / "0.flac").write_bytes(b"x")
    (folder / "99999999999999.take.json").write_bytes(b"x")
    assert list(vault.left_sounds(ID)) == [1]
    with suppress(ReflectError):
        vault.take_info(ID, 1)


@few
@given(data=st.binary())
def test_a_mangled_cache_is_no_more_than_slower(tmp_path: Path, data: bytes) -> None:
    digest = "ab" * 16
    (tmp_path / f"vectors-{digest}").write_bytes(data)
    cache = FolderThemeCache(tmp_path)
    cache.keep_vectors(digest, b"rows")
    assert cache.vectors(digest) == b"rows"


@pytest.fixture(params=["pipe", "endless", "large"])
def odd(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "odd"
    if request.param == "pipe":
        os.mkfifo(path)
    elif request.param == "endless":
        path.symlink_to("/dev/zero")
    else:
        with path.open("wb") as file:
            file.truncate(regular.LARGEST + 1)
    return path


def test_what_is_no_plain_file_is_told_at_once(vault: FolderVault, odd: Path) -> None:
    folder = folder_of(vault.root)
    (vault.root / "decks").mkdir()
    for place in ("1.jsonl", "../../../../vault.toml", "../../../../decks/odd.toml"):
        (folder / place).unlink(missing_ok=True)
        (folder / place).symlink_to(odd)
    (folder / "entry.md").unlink()
    (folder / "entry.md").symlink_to(odd)
    (told,) = vault.load_all()
    assert isinstance(told, EntryUnreadable)
    assert "entry.md" in told.what
    assert vault.ids() == ()
    assert vault.identity()
    with pytest.raises(DeckError, match=r"odd\.toml"):
        DeckFolder([vault.root / "decks"]).load("odd")
    with pytest.raises(SettingsError):
        config.load({"VOICEREFLECT_CONFIG": str(odd)})


def sound_of(kind: str) -> bytes:
    """A fifth of a second as a file of some kind."""
    target = io.BytesIO()
    soundfile.write(target, np.frombuffer(noise(3_200, seed=1), np.int16), 16_000, format=kind)
    return target.getvalue()


SOUNDS = {kind: sound_of(kind) for kind in ("FLAC", "WAV", "OGG")}


@few
@given(kind=st.sampled_from(sorted(SOUNDS)), data=st.data())
def test_a_mangled_sound_is_read_past_its_damage_or_told(
    tmp_path: Path, kind: str, data: st.DataObject
) -> None:
    file = tmp_path / f"memo.{kind.lower()}"
    before = data.draw(mangled(SOUNDS[kind]))
    file.write_bytes(before)
    with suppress(RecordingUnreadable), MediaFile(file).open() as opened:
        assert sum(map(len, opened.blocks())) < 60_000_000
    assert file.read_bytes() == before


@pytest.mark.parametrize("rate_hz", [1, 2**31 - 1])
def test_a_rate_beyond_reason_is_told(tmp_path: Path, rate_hz: int) -> None:
    file = tmp_path / "memo.wav"
    sound = bytearray(SOUNDS["WAV"])
    sound[24:28] = struct.pack("<I", rate_hz)
    file.write_bytes(sound)
    with pytest.raises(RecordingUnreadable):
        MediaFile(file).open()


def test_a_pipe_in_place_of_a_sound_is_told_at_once(vault: FolderVault, tmp_path: Path) -> None:
    recorded(vault, [noise(16_000)])
    sound = folder_of(vault.root) / "1.flac"
    sound.unlink()
    os.mkfifo(sound)
    with pytest.raises(ReflectError, match="no plain file"):
        list(vault.sound(ID, 1))
    os.mkfifo(tmp_path / "memo.wav")
    with pytest.raises(RecordingUnreadable):
        MediaFile(tmp_path / "memo.wav").open()


def test_a_byte_order_mark_is_no_part_of_any_file(vault: FolderVault, tmp_path: Path) -> None:
    mark = "\ufeff"
    (vault.root / "themes.toml").write_text(mark + THEMES)
    assert [each.name for each in CurationFile(Files(vault.root)).read().records] == ["a"]
    (vault.root / "programme.toml").write_text(mark + PROGRAMME)
    assert ProgrammeFile(vault).read().never == ("a",)
    (vault.root / "vault.toml").write_text(f'{mark}format = 1\nid = "abcdabcd"\n')
    assert vault.identity() == "abcdabcd"
    file = tmp_path / "config.toml"
    file.write_text(f'{mark}language = "de"\n')
    assert config.load({"VOICEREFLECT_CONFIG": str(file)}).settings.language == "de"
    settings_file.remember(file, "microphone", "Desk")
    assert config.load({"VOICEREFLECT_CONFIG": str(file)}).settings.microphone == "Desk"


def test_nothing_is_written_or_deleted_behind_a_link(vault: FolderVault, tmp_path: Path) -> None:
    recorded(vault, [noise(16_000)])
    outside = tmp_path / "outside"
    folder = folder_of(vault.root).rename(outside)
    (vault.root / "entries/2026/11/linked").symlink_to(outside)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for use in (
        lambda: vault.update(ID, lambda _: make_entry(text="other")),
        lambda: vault.discard(ID, "deleted"),
        lambda: vault.destroy(ID),
        lambda: vault.discard_answer(ID, 1, "deleted"),
        lambda: vault.adopt(ID).__enter__(),
    ):
        with pytest.raises(
            VaultUnwritable,
            match=r"a link(?: leads out of the vault|, and what it points to would stay)",
        ):
            use()
    assert vault.load(ID).id == ID
    assert {path.name: path.read_bytes() for path in outside.iterdir()} == before


def test_the_vault_itself_may_be_behind_a_link(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "vault").symlink_to(tmp_path / "disk")
    vault = make_vault(Files(tmp_path / "vault"))
    made_entry(vault, make_entry())
    assert vault.discard(ID, "deleted").is_dir()


def test_an_id_that_leads_elsewhere_is_no_id(vault: FolderVault) -> None:
    page = folder_of(vault.root) / "entry.md"
    page.write_text(page.read_text().replace(ID, "../../escaped-fqkq"))
    assert vault.ids() == ()
    with pytest.raises(EntryNotFound):
        vault.discard("../../escaped-fqkq", "deleted")


def test_an_entry_in_a_folder_whose_name_is_no_unicode_is_found(vault: FolderVault) -> None:
    folder = folder_of(vault.root)
    folder.rename(folder.with_name(os.fsdecode(b"M\xfcll")))
    assert vault.ids() == (ID,)
    assert vault.load(ID).id == ID
    (place,) = vault.stamps()
    place.encode()
    assert ID.encode() in vault.entry_page(place)


def test_a_deck_whose_name_is_no_unicode_can_be_told(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"M\xfcll.toml")).write_text("x = 1")
    assert DeckFolder([tmp_path]).names() == ("Müll",)
    with pytest.raises(DeckError, match=r"Müll\.toml"):
        DeckFolder([tmp_path]).load("Müll")
    from_home(tmp_path / os.fsdecode(b"\xfc")).encode()


@pytest.mark.parametrize("changed_s", [-62135596800, -1, 253402300800, 10**11 * 9])
def test_a_file_of_no_imaginable_time_has_one(tmp_path: Path, changed_s: int) -> None:
    file = tmp_path / "a.wav"
    file.touch()
    with suppress(OverflowError, OSError):
        os.utime(file, (changed_s, changed_s))
    assert 1969 <= MediaFile(file).modified_at().year <= 9998
