"""The text of a systemd user unit; knows no system."""

from collections.abc import Sequence
from typing import Final

NAME: Final = "voicereflect-watch.service"
HEAD: Final = "# written by voicereflect import --watch --unit"


def unit(command: Sequence[str], environment: Sequence[tuple[str, str]]) -> str:
    """Write a unit that runs a command at a low priority, and again if it fails."""
    told = "".join(f"Environment={_quoted(f'{name}={value}')}\n" for name, value in environment)
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
