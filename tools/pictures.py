#!/usr/bin/env python3
"""Draws the pictures of the README from the program itself: docs/pictures/*.svg.

`python tools/pictures.py` holds a sitting on the sample answers, and walks through a vault made
of them, at a terminal of its own; what stands on that terminal is the picture. Needs the models.
"""

import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pexpect
import pyte
from platformdirs import user_data_path
from rich.console import Console
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from rich.text import Text

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "examples" / "answers"
PICTURES = ROOT / "docs" / "pictures"
PROGRAM = Path(sys.executable).with_name("voicereflect")
COLUMNS, LINES = 80, 24
PATIENCE_S = 240.0
THEME = TerminalTheme(
    (24, 24, 27),
    (228, 228, 231),
    [(39, 39, 42), (248, 113, 113), (134, 239, 172), (253, 224, 71),
     (147, 197, 253), (216, 180, 254), (103, 232, 249), (212, 212, 216)],
    [(113, 113, 122), (252, 165, 165), (187, 247, 208), (254, 240, 138),
     (191, 219, 254), (233, 213, 255), (165, 243, 252), (250, 250, 250)],
)  # fmt: skip
SITTINGS = (
    ("2026-06-14T09:30", "everyday"),
    ("2026-07-12T20:10", "good-things"),
    ("2026-08-09T09:30", "her-biography"),
    ("2026-08-30T18:20", "after-work"),
    ("2026-09-27T10:00", "everyday"),
    ("2026-10-11T09:45", "small-steps"),
    ("2026-10-25T20:30", "good-things"),
    ("2026-11-07T18:40", "after-work"),
    ("2026-11-14T09:30", "small-steps"),
    ("2026-11-24T09:30", "everyday"),
)
"""What the walk goes through, and when it is said to have been."""


class Terminal:
    """The program at a terminal whose characters can be looked at."""

    def __init__(self, home: Path, *words: str) -> None:
        """Start it."""
        self._screen = pyte.Screen(COLUMNS, LINES)
        self._stream = pyte.ByteStream(self._screen)
        self._child = pexpect.spawn(
            str(PROGRAM),
            list(words),
            dimensions=(LINES, COLUMNS),
            env=environment(home),
            cwd=str(home),
        )

    def until(self, there: Callable[[str], bool]) -> None:
        """Wait until what is shown is as wanted."""
        begun = time.monotonic()
        while not there("\n".join(self._screen.display)):
            if time.monotonic() - begun > PATIENCE_S:
                raise TimeoutError("\n".join(self._screen.display))
            try:
                self._stream.feed(self._child.read_nonblocking(4096, 0.05))
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:  # it has ended; what it showed stays
                time.sleep(0.1)

    def rest(self) -> None:
        """Read what it shows until it ends by itself."""
        with suppress(pexpect.EOF):
            while True:
                self._stream.feed(self._child.read_nonblocking(4096, PATIENCE_S))

    def press(self, keys: str) -> None:
        """Type."""
        self._child.send(keys)

    def draw(self, name: str, title: str) -> None:
        """Write what stands there as a picture, and end the program."""
        console = Console(record=True, width=COLUMNS, file=io.StringIO(), color_system="truecolor")
        lines = [self._line(number) for number in range(LINES)]
        while lines and not lines[-1].plain.strip():
            lines.pop()
        for line in lines:
            console.print(line)
        picture = console.export_svg(title=title, theme=THEME, unique_id=name)
        (PICTURES / f"{name}.svg").write_text(
            "\n".join(line for line in picture.splitlines() if "cdnjs" not in line) + "\n", "utf-8"
        )
        self._child.terminate(force=True)

    def _line(self, number: int) -> Text:
        line = Text()
        row = self._screen.buffer[number]
        for column in range(COLUMNS):
            each = row[column]
            style = Style(
                color=None if each.fg == "default" else _colour(each.fg),
                bgcolor=None if each.bg == "default" else _colour(each.bg),
                bold=each.bold,
                italic=each.italics,
                underline=each.underscore,
                reverse=each.reverse,
            )
            line.append(each.data, style)
        line.rstrip()
        return line


def _colour(name: str) -> str:
    names = {"brown": "yellow"}
    if len(name) == 6 and all(each in "0123456789abcdef" for each in name):
        return f"#{name}"
    return names.get(name, name.replace("bright", "bright_"))


def environment(home: Path) -> dict[str, str]:
    """A home of its own, with the models of whoever runs this."""
    models = os.environ.get("VOICEREFLECT_MODELS_DIR") or user_data_path("voicereflect") / "models"
    return {
        "PATH": os.environ["PATH"],
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "HOME": str(home),
        "VOICEREFLECT_MODELS_DIR": str(models),
        "VOICEREFLECT_VAULT": str(home / "vault"),
        "VOICEREFLECT_VOICE": "none",
    }


def sitting(home: Path) -> None:
    """A sitting on the sample answers, when all is written down."""
    shutil.copytree(SAMPLES / "everyday", home / "answers")
    terminal = Terminal(home, "reflect", "everyday", "--answers", "answers")
    terminal.until(lambda shown: "ENTER" in shown)
    terminal.press("\r")
    terminal.until(lambda shown: "Saved: 5 answers" in shown)
    terminal.rest()
    terminal.draw("sitting", "voicereflect reflect everyday")


def review(home: Path) -> None:
    """The walk through a vault of sample answers, as if they had been given over half a year."""
    for when, deck in SITTINGS:
        answers = home / f"answers-{deck}"
        shutil.copytree(SAMPLES / deck, answers, dirs_exist_ok=True)
        for command in (("reflect", deck, "--answers", answers), ("date", "last", when)):
            subprocess.run(
                [PROGRAM, *command],
                env=environment(home),
                check=True,
                stdin=subprocess.DEVNULL,
            )
    terminal = Terminal(home, "review")
    terminal.until(lambda shown: "24 " in shown)
    terminal.press("k")
    terminal.until(lambda shown: "9 of 10" in shown)
    terminal.draw("review", "voicereflect review")


def main() -> None:
    """Draw all pictures."""
    PICTURES.mkdir(exist_ok=True)
    for draw in (sitting, review):
        with tempfile.TemporaryDirectory() as home:
            draw(Path(home))


if __name__ == "__main__":
    main()
