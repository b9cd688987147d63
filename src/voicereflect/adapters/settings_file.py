"""Writes single settings into the settings file, which keeps its comments and its order."""

from collections.abc import MutableMapping
from functools import partial
from pathlib import Path
from typing import Any

from voicereflect.adapters import regular
from voicereflect.adapters.toml_edit import edited
from voicereflect.errors import SettingsError

Setting = str | int | bool


def remember(file: Path, name: str, value: Setting | None) -> None:
    """Set one value, or take it out; everything else in the file stays as it is.

    Raises:
        SettingsError: the file cannot be read or written.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        text = regular.text(file) if file.exists() else ""
        file.write_text(edited(text, partial(_put, name, value)), encoding="utf-8")
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"{file} cannot be changed.", hint="Check that it is TOML and may be written."
        ) from error


def _put(name: str, value: Setting | None, table: MutableMapping[str, Any]) -> None:
    if value is None:
        table.pop(name, None)
    else:
        table[name] = value
