"""Makes the manual page out of docs/cli.md while the wheel is built; knows no program."""

import re
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TARGET = "share/man/man1/voicereflect.1"
_BLOCK = re.compile(r"^<!-- help: (?P<command>.*?) -->\n\n```text\n(?P<text>.*?)\n```", re.M | re.S)
_HEAD = """\
.\\" Made from docs/cli.md, which repeats what --help prints.
.TH VOICEREFLECT 1 "" "voicereflect" "User Commands"
.SH NAME
voicereflect \\- speak a reflection aloud; nothing said leaves the machine
.SH SYNOPSIS
.B voicereflect
[\\fIcommand\\fR] [\\fIoptions\\fR]
.SH DESCRIPTION
A voice reads questions, and answers are recorded, written down on this machine and kept in a
folder of Markdown and FLAC.
Typed alone it says what comes next, and begins nothing;
.B voicereflect setup
makes it ready.
"""
_TAIL = """\
.SH FILES
The vault, models and settings are where
.B voicereflect config
tells.
"""


def manual(page: str) -> str:
    """The manual page, with the help of every command as it stands in docs/cli.md."""
    parts = [_HEAD]
    for found in _BLOCK.finditer(page):
        command = found["command"].removeprefix("voicereflect").strip()
        begin = f'.SS "{command}"' if command else ".SH COMMANDS"
        parts.append(f"{begin}\n.nf\n{_escaped(found['text'])}\n.fi\n")
    return "".join((*parts, _TAIL))


def _escaped(text: str) -> str:
    """A text that roff prints as it is."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^([.'])", r"\\&\1", text, flags=re.MULTILINE)


class ManualHook(BuildHookInterface[Any]):
    """Puts the page among what a wheel brings."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the page, unless the package is only linked to."""
        if version == "editable":
            return
        root = Path(self.root)
        made = root / "build" / "voicereflect.1"
        made.parent.mkdir(exist_ok=True)
        made.write_text(manual((root / "docs/cli.md").read_text("utf-8")), "utf-8")
        build_data["shared_data"][str(made)] = TARGET
