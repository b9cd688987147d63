"""The text of a systemd user unit; knows no system."""

from collections.abc import Mapping, Sequence
from typing import Final

NAME: Final = "voicereflect-watch.service"
HEAD: Final = "# written by voicereflect import --watch --unit"
_OURS: Final = "VOICEREFLECT_"
_SECRET: Final = ("PASSPHRASE", "KEY")
"""How names of what never goes into a file end."""


def unit(command: Sequence[str], environment: Mapping[str, str]) -> str:
    """Write a unit that runs a command at a low priority, and again if it fails.

    Of the environment it has what is ours, but no secret.
    """
    ours = [name for name in environment if name.startswith(_OURS) and not name.endswith(_SECRET)]
    told = "".join(
        f"Environment={_quoted(f'{name}={environment[name]}')}\n" for name in sorted(ours)
    )
    return f"""{HEAD}
[Unit]
Description=Keeps recordings that arrive in a folder

[Service]
ExecStart={" ".join(map(_quoted, command))}
{told}Restart=on-failure
RestartSec=60
Nice=10

[Install]
WantedBy=default.target
"""


def _quoted(word: str) -> str:
    """Quote a word as systemd reads it: no specifiers, no variables."""
    plain = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{plain}"'
