"""The file of a systemd user unit."""

import os
from pathlib import Path

from voicereflect.core.exchange.units import HEAD, NAME
from voicereflect.core.store.bounds import readable
from voicereflect.errors import SettingsError


def write(text: str) -> Path:
    """Write the unit where systemd looks for it; one of another hand stays.

    Raises:
        SettingsError: it cannot be written, or somebody else's stands there.
    """
    home = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    path = Path(home) / "systemd" / "user" / NAME
    try:
        if path.exists() and not path.read_text("utf-8", "replace").startswith(HEAD):
            raise SettingsError(
                f"{readable(str(path))} is not of voicereflect.", hint="Move it away first."
            )
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    except OSError as error:
        raise SettingsError(
            f"{readable(str(path))}: {(error.strerror or 'refused').lower()}.",
            hint="Nothing was changed.",
        ) from error
    return path
