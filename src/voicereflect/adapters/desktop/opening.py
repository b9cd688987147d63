"""Files shown in a file manager, and changed in an editor; knows programs, and no vault."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from voicereflect.errors import SettingsError

_PATIENCE_S: Final = 3.0
"""A file manager that is still there then is left to itself."""
_EDITORS: Final = ("sensible-editor", "editor", "nano", "vi", "notepad")


def show(folder: Path) -> bool:
    """Show a folder as its desktop does; False where there is none."""
    opener = _opener()
    if opener is None:
        return False
    process = subprocess.Popen(
        [opener, str(folder)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(_PATIENCE_S) == 0
    except subprocess.TimeoutExpired:
        process.returncode = 0  # it shows the folder as long as it likes
        return True


def edit(file: Path) -> None:
    """Have a person change a file, in the editor that VISUAL or EDITOR names, until they leave it.

    Raises:
        SettingsError: there is no editor, or it could not do it.
    """
    words = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or _any_editor())
    hint = "Set EDITOR to one that is installed, as in EDITOR=nano."
    if not words:
        raise SettingsError("There is no editor here.", hint=hint)
    try:
        code = subprocess.run([*words, str(file)], check=False).returncode
    except OSError as error:
        raise SettingsError(f"{words[0]} cannot be started.", hint=hint) from error
    if code:
        raise SettingsError(f"{words[0]} ended with {code}.", hint=f"Look at {file} yourself.")


def _opener() -> str | None:
    if sys.platform == "win32":
        return shutil.which("explorer")
    if sys.platform == "darwin":
        return shutil.which("open")
    seen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return shutil.which("xdg-open") if seen else None


def _any_editor() -> str:
    found = (shutil.which(each) for each in _EDITORS)
    return next((shlex.quote(each) for each in found if each), "")
