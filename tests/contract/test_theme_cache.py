"""The cache of themes: gives what was kept, and nothing else, whatever happened to its files."""

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicereflect.adapters.caches.themes import FolderThemeCache

ONE, TWO = "11" * 16, "22" * 16


def test_rows_come_back_in_another_process(tmp_path: Path) -> None:
    first = FolderThemeCache(tmp_path / "cache")
    first.keep_vectors(ONE, b"rows")
    first.keep_vectors(TWO, b"")
    again = FolderThemeCache(tmp_path / "cache")
    kept = [again.vectors(each) for each in (ONE, TWO, "33" * 16)]
    assert kept == [b"rows", b"", b""]


def test_what_is_let_go_is_gone_from_the_disk(tmp_path: Path) -> None:
    cache = FolderThemeCache(tmp_path)
    cache.keep_vectors(ONE, b"to be kept")
    cache.keep_vectors(TWO, b"to be gone")
    cache.forget_all_but({ONE})
    assert cache.vectors(ONE) == b"to be kept"
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"to be kept"]


def test_rows_that_an_older_version_kept_in_one_file_go(tmp_path: Path) -> None:
    (tmp_path / "vectors").write_bytes(b"rows of all themes")
    FolderThemeCache(tmp_path).forget_all_but({ONE})
    assert not (tmp_path / "vectors").exists()


def test_only_the_person_can_read_it(tmp_path: Path) -> None:
    cache = FolderThemeCache(tmp_path / "cache")
    cache.keep_vectors(ONE, b"rows")
    cache.keep_clusterer(b"register")
    cache.keep_claims(b"claims")
    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in (tmp_path / "cache").iterdir()}
    assert modes == {f"vectors-{ONE}": 0o600, "register": 0o600, "claims": 0o600}
    assert stat.S_IMODE((tmp_path / "cache").stat().st_mode) == 0o700


def test_a_cache_that_cannot_be_written_is_only_slower(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = FolderThemeCache(tmp_path / "file" / "cache")
    cache.keep_vectors(ONE, b"rows")
    cache.keep_clusterer(b"register")
    cache.keep_claims(b"claims")
    assert (cache.vectors(ONE), cache.clusterer(), cache.claims()) == (b"", b"", b"")


@given(st.lists(st.tuples(st.sampled_from([ONE, TWO, "33" * 16]), st.binary(max_size=9))))
def test_it_is_a_dictionary(pairs: list[tuple[str, bytes]]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        cache = FolderThemeCache(Path(folder))
        for digest, rows in pairs:
            cache.keep_vectors(digest, rows)
        again = FolderThemeCache(Path(folder))
        assert {digest: again.vectors(digest) for digest in dict(pairs)} == dict(pairs)


@pytest.mark.parametrize("change", ["keep_clusterer", "forget"])
def test_what_an_older_version_kept_elsewhere_goes(tmp_path: Path, change: str) -> None:
    (tmp_path / "older").mkdir()
    (tmp_path / "older" / "register").write_bytes(b"digests anybody can try")
    cache = FolderThemeCache(tmp_path / "cache", older=tmp_path / "older")
    assert cache.clusterer() == b""
    cache.keep_clusterer(b"new") if change == "keep_clusterer" else cache.forget()
    assert not (tmp_path / "older").exists()


def test_where_the_vault_has_no_id_its_cache_is_not_taken_for_an_older_one(tmp_path: Path) -> None:
    cache = FolderThemeCache(tmp_path / "cache", older=tmp_path / "cache")
    cache.keep_vectors(ONE, b"rows")
    cache.keep_clusterer(b"register")
    assert (cache.vectors(ONE), cache.clusterer()) == (b"rows", b"register")
