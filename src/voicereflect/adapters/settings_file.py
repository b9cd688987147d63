"""Writes single settings into the settings file, which keeps its comments and its order."""

from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError

from voicereflect.adapters import regular
from voicereflect.core.store import bounds
from voicereflect.errors import SettingsError


def remember(file: Path, name: str, value: str) -> None:
    """Set one value; everything else in the file stays as it is.

    Raises:
        SettingsError: the file cannot be read or written.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        text = regular.text(file) if file.exists() else ""
        bounds.toml(text)
        document = tomlkit.parse(text)
        document[name] = value
        file.write_text(tomlkit.dumps(document), encoding="utf-8")
    except (OSError, ValueError, TOMLKitError) as error:
        raise SettingsError(
            f"{file} cannot be changed.", hint="Check that it is TOML and may be written."
        ) from error
