"""Themes known beforehand, as data: names and example sentences; knows no subject matter."""

from dataclasses import dataclass
from typing import Any, Final

from voicereflect.core.store import bounds
from voicereflect.errors import SettingsError

FORMAT: Final = 1
PREFIX: Final = "seed:"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTheme:
    """One theme of the collection."""

    key: str
    """`seed:` and the name in the file."""
    title: str
    examples: tuple[str, ...]
    words: tuple[str, ...] = ()
    """Words or phrases that say it whatever stands around them."""
    unless: tuple[str, ...] = ()
    """Phrases within which those words mean something else."""
    sensitive: bool
    """Shown only after the person said yes to it."""


def parse(text: str) -> tuple[KnownTheme, ...]:
    """Read a collection of known themes.

    Raises:
        SettingsError: it is no collection of this format.
    """
    try:
        table = bounds.toml(text)
        _require(table["format"] == FORMAT, f"its format is {table['format']!r}")
        return tuple(_known_theme(name, each) for name, each in table["themes"].items())
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SettingsError(
            f"The collection of themes cannot be read: {error}.", hint="Install voicereflect again."
        ) from error


def _known_theme(name: str, table: dict[str, Any]) -> KnownTheme:
    examples = tuple(str(each) for each in table["examples"])
    _require(len(examples) >= 2, f"{name} needs two examples or more")
    return KnownTheme(
        key=f"{PREFIX}{name}",
        title=str(table["title"]),
        examples=examples,
        words=tuple(str(each) for each in table.get("words", ())),
        unless=tuple(str(each) for each in table.get("unless", ())),
        sensitive=bool(table.get("sensitive", False)),
    )


def _require(sound: bool, why: str) -> None:  # noqa: FBT001 - reads as the claim it checks
    if not sound:
        raise ValueError(why)
