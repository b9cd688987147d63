"""One TOML file and environment variables into one frozen Settings; knows every setting's source.

The file wins over the defaults, the environment over the file.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from importlib import resources
from pathlib import Path
from typing import Any

import platformdirs

from voicereflect.adapters import regular
from voicereflect.adapters.help_lines_file import shipped_help_lines
from voicereflect.core.entry import languages
from voicereflect.core.search.names import did_you_mean
from voicereflect.core.store import bounds
from voicereflect.core.store.catalogue import SPEECH, parse
from voicereflect.core.store.toml_lines import line_of
from voicereflect.errors import SettingsError

APP = "voicereflect"
PREFIX = "VOICEREFLECT_"
_NOT_YET = "config set"
"""The source of a value that is only tried."""
_HINTS = {_NOT_YET: "Nothing was changed."}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything a person can set."""

    vault: Path
    """The folder of truth."""
    models_dir: Path
    """The model store."""
    model: str
    """The speech model."""
    language: str
    """Language of the speaker, as a two-letter code."""
    voice: str
    """`natural` where it can, `pyttsx3`, or `none` for text only."""
    voice_rate: int
    """Words a minute."""
    voice_pause_ms: int
    """A breath between sentences and choices; after the opening two and a half."""
    microphone: str
    """Name or number of the input device; empty for the system's own."""
    loudspeaker: str
    """Name or number of the output device; empty for the system's own."""
    threads: int
    """Processor threads of the speech worker."""
    country: str
    """Whose help lines are told; empty until somebody says."""
    calm: bool
    """Whether plain words of danger are answered with whom to talk to."""
    mirror: bool
    """Whether a sentence that blames is held up, where a deck allows it."""


@dataclass(frozen=True, slots=True)
class Sourced:
    """A value, and where it came from."""

    value: Path | str | int | bool
    source: str

    @property
    def shown(self) -> str:
        """The value as a person sees it; true and false as the file has them."""
        return str(self.value).lower() if isinstance(self.value, bool) else str(self.value)


@dataclass(frozen=True, slots=True)
class Loaded:
    """The settings, and where each came from, by name."""

    settings: Settings
    sources: Mapping[str, Sourced]
    file: Path


def config_file(environment: Mapping[str, str]) -> Path:
    """Where the settings file is, or would be."""
    chosen = environment.get(f"{PREFIX}CONFIG")
    return Path(chosen) if chosen else platformdirs.user_config_path(APP) / "config.toml"


def cache_folder() -> Path:
    """Where what can be made again is kept."""
    return platformdirs.user_cache_path(APP)


def runtime_folder() -> Path:
    """Where sockets of ours stand; where the system has a place that a logout empties, there."""
    given = os.environ.get("XDG_RUNTIME_DIR", "")
    return Path(given) / APP if given and Path(given).is_dir() else cache_folder() / "run"


def data_folder() -> Path:
    """Where what must outlive a cleared cache is kept beside the vault."""
    return platformdirs.user_data_path(APP)


def names() -> tuple[str, ...]:
    """Every setting, by name."""
    return tuple(_CHECKS)


def checked(name: str, value: str) -> str | int | bool:
    """Give a value as the settings file has it.

    Raises:
        SettingsError: there is no such setting, or it cannot be that.
    """
    found = _checked(name, value, _NOT_YET)
    return str(found) if isinstance(found, Path) else found


def expect_setting(name: str) -> None:
    """See whether there is a setting of that name.

    Raises:
        SettingsError: there is none.
    """
    _check_of(name, "config unset")


def load(environment: Mapping[str, str]) -> Loaded:
    """Read the file and the environment.

    Raises:
        SettingsError: an unknown key or a bad value: file and line, or variable.
    """
    file = config_file(environment)
    values: dict[str, Any] = _defaults()
    sources = dict.fromkeys(values, "default")
    for name, value, source in (*_from_file(file), *_from_environment(environment)):
        values[name] = _checked(name, value, source)
        sources[name] = source
    sourced = {name: Sourced(value, sources[name]) for name, value in values.items()}
    return Loaded(Settings(**values), sourced, file)


def _defaults() -> dict[str, Any]:
    return {
        "vault": platformdirs.user_documents_path() / APP,
        "models_dir": data_folder() / "models",
        "model": "base",
        "language": "en",
        "voice": "natural",
        "voice_rate": 150,
        "voice_pause_ms": 400,
        "microphone": "",
        "loudspeaker": "",
        "threads": max(1, min(4, os.cpu_count() or 1)),
        "country": "",
        "calm": True,
        "mirror": False,
    }


def _from_file(file: Path) -> list[tuple[str, Any, str]]:
    try:
        text = regular.text(file)
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{file} cannot be read: {error}.", hint="Mend it, or remove it."
        ) from error
    try:
        table = bounds.toml(text)
    except ValueError as error:
        line, what = bounds.toml_problem(text, error)
        raise SettingsError(
            f"{file}, line {line}: {what}.", hint="`voicereflect config` lists what it may hold."
        ) from error
    return [
        (name, value, f"{file}, line {line_of(text, (name,))}") for name, value in table.items()
    ]


def _from_environment(environment: Mapping[str, str]) -> list[tuple[str, Any, str]]:
    return [
        (field.name, environment[PREFIX + field.name.upper()], PREFIX + field.name.upper())
        for field in fields(Settings)
        if PREFIX + field.name.upper() in environment
    ]


def _checked(name: str, value: Any, source: str) -> Any:
    check = _check_of(name, source)
    try:
        return check(value)
    except ValueError as error:
        raise SettingsError(
            f"{source}: {name} {error}.", hint=_HINTS.get(source, "Mend it, or remove it.")
        ) from error


def _check_of(name: str, source: str) -> Callable[[Any], Any]:
    check = _CHECKS.get(name)
    if check is None:
        ask = f"{did_you_mean(name, _CHECKS)} There are: {', '.join(_CHECKS)}.".strip()
        raise SettingsError(f"{source}: there is no setting {name!r}.", hint=ask)
    return check


def _path(value: Any) -> Path:
    text = _text(value)
    if "\0" in text:
        raise ValueError("must be a path without a NUL in it")
    try:
        path = Path(text).expanduser()
    except RuntimeError as error:
        raise ValueError(f"names a user nobody knows: {text!r}") from error
    if not path.is_absolute():
        raise ValueError(f"must be a whole path, not {value!r}")
    return path


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"must be a text, not {value!r}")
    return value.strip()


def _device(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError(f"must be a device's name or number, not {value!r}")  # noqa: TRY004
    return str(value).strip()


def _language(value: Any) -> str:
    return languages.code(_text(value))


def _voice(value: Any) -> str:
    if value not in ("natural", "pyttsx3", "none"):
        raise ValueError(f"must be 'natural', 'pyttsx3' or 'none', not {value!r}")
    return str(value)


def _country(value: Any) -> str:
    if value == "":
        return ""
    lines = shipped_help_lines()
    if lines.of(_text(value)) is None:
        raise ValueError(f"must be one of {lines.known}; not {value!r}")
    return _text(value)


def _speech_model(value: Any) -> str:
    name = _text(value)
    catalogue = parse(resources.files("voicereflect").joinpath("models.toml").read_text("utf-8"))
    speech = [model.name for model in catalogue.models if model.kind == SPEECH]
    if name not in speech:
        raise ValueError(f"must be one of {', '.join(speech)}, not {name!r}")
    return name


def _yes_or_no(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    known = {"true": True, "yes": True, "false": False, "no": False}
    if str(value).strip().lower() not in known:
        raise ValueError(f"must be true or false, not {value!r}")
    return known[str(value).strip().lower()]


def _between(low: int, high: int) -> Callable[[Any], int]:
    def check(value: Any) -> int:
        if isinstance(value, bool) or not str(value).strip().isdecimal():
            raise ValueError(f"must be a number, not {value!r}")
        number = int(value) if len(str(value)) < 10 else high + 1
        if not low <= number <= high:
            raise ValueError(f"must be from {low} to {high}, not {number}")
        return number

    return check


_CHECKS: dict[str, Callable[[Any], Any]] = {
    "vault": _path,
    "models_dir": _path,
    "model": _speech_model,
    "language": _language,
    "voice": _voice,
    "voice_rate": _between(80, 400),
    "voice_pause_ms": _between(0, 3_000),
    "microphone": _device,
    "loudspeaker": _device,
    "threads": _between(1, 64),
    "country": _country,
    "calm": _yes_or_no,
    "mirror": _yes_or_no,
}
