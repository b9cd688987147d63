"""Writes single settings into the settings file, which keeps its comments and its order."""

from pathlib import Path

from voicereflect.adapters import regular
from voicereflect.adapters.toml_edit import edited
from voicereflect.errors import SettingsError


def remember(file: Path, name: str, value: str) -> None:
    """Set one value; everything else in the file stays as it is.

    Raises:
        SettingsError: the file cannot be read or written.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        text = regular.text(file) if file.exists() else ""
        file.write_text(edited(text, lambda table: table.update({name: value})), encoding="utf-8")
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"{file} cannot be changed.", hint="Check that it is TOML and may be written."
        ) from error
