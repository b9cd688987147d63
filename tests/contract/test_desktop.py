"""Claims about a person's own programs: a pager that keeps nothing, an editor, a file manager."""

import os
import pty
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.support.waiting import PATIENCE_S
from voicereflect.adapters.desktop import opening
from voicereflect.adapters.desktop.pager import paged
from voicereflect.errors import SettingsError

LONG = "".join(f"line {number}\n" for number in range(30))


def program(folder: Path, name: str, script: str) -> Path:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return file


@pytest.fixture
def screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A low terminal whose less notes what it gets, and how."""
    shown = tmp_path / "shown"
    program(tmp_path, "less", f'/usr/bin/env > "{shown}.env"; /bin/cat > "{shown}"')
    for name, value in (("COLUMNS", "80"), ("LINES", "24"), ("PATH", str(tmp_path))):
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("LESSOPEN", "|anything %s")
    monkeypatch.delenv("PAGER", raising=False)
    return shown


def shown_by(less: Path) -> str:
    return less.read_text() if less.exists() else ""


def test_what_is_longer_than_the_screen_is_shown_without_history_or_shell(
    screen: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with paged():
        print(LONG, end="")  # noqa: T201 - as a command does
    assert shown_by(screen) == LONG
    assert capsys.readouterr().out == ""
    variables = Path(f"{screen}.env").read_text().splitlines()
    assert {"LESSHISTFILE=-", "LESSSECURE=1"} <= set(variables)
    assert not any(each.startswith("LESSOPEN") for each in variables)


@pytest.mark.parametrize("text", ["one line\n", "line\n" * 23, "x" * 80 * 23, "\x1b[1m" * 999])
def test_what_fits_is_shown_at_once(
    screen: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    with paged():
        print(text, end="")  # noqa: T201
    assert (shown_by(screen), capsys.readouterr().out) == ("", text)


@pytest.mark.parametrize(("name", "value"), [("PAGER", "cat"), ("PATH", "/nowhere")])
def test_without_a_pager_all_is_shown_at_once(
    screen: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    value: str,
) -> None:
    monkeypatch.setenv(name, value)
    with paged():
        print(LONG, end="")  # noqa: T201
    assert (shown_by(screen), capsys.readouterr().out) == ("", LONG)


def test_a_pager_that_is_left_early_ends_nothing(screen: Path) -> None:
    program(screen.parent, "less", "exit 0")
    with paged():
        print("word " * 500_000)  # noqa: T201


def test_a_problem_shows_what_was_printed_before_it(
    screen: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        with paged():
            print("before")  # noqa: T201
            raise SettingsError("something", hint="do something")

    with pytest.raises(SettingsError):
        fail()
    assert capsys.readouterr().out == "before\n"
    assert shown_by(screen) == ""


def test_the_editor_may_have_options_and_a_name_with_spaces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, editor = tmp_path / "my page.md", program(tmp_path, "my editor", 'echo "$1" > "$2"')
    monkeypatch.setenv("VISUAL", f"'{editor}' --wait")
    opening.edit(file)
    assert file.read_text() == "--wait\n"


@pytest.mark.parametrize("editor", ["/nowhere/at/all", "false"])
def test_an_editor_that_fails_is_told(monkeypatch: pytest.MonkeyPatch, editor: str) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", editor)
    with pytest.raises(SettingsError, match=os.path.basename(editor)):  # noqa: PTH119
        opening.edit(Path("page.md"))


def test_a_folder_is_shown_where_there_is_a_desktop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, "xdg-open", f'echo "$1" > "{tmp_path}/shown"')
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert not opening.show(tmp_path)
    monkeypatch.setenv("DISPLAY", ":9")
    assert opening.show(tmp_path)
    assert (tmp_path / "shown").read_text() == f"{tmp_path}\n"


ENDS = """
import os, sys
from voicereflect.adapters.desktop.terminal import guarded
with guarded():
    os.kill(os.getpid(), 9 if sys.argv[1] == "killed" else 0)
"""


@pytest.mark.parametrize(("how", "left"), [("killed", b"\x1b[?1049l\x1b[?25h"), ("leaves", b"")])
def test_whoever_is_killed_leaves_the_first_page_and_a_cursor(how: str, left: bytes) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen([sys.executable, "-c", ENDS, how], stdout=theirs) as process:
        os.close(theirs)
        process.wait(PATIENCE_S)
    shown = b""
    with suppress(OSError):  # on Linux the end of a terminal is an error
        while piece := os.read(ours, 100):
            shown += piece
    os.close(ours)
    assert shown.startswith(left)
    assert bool(shown) == bool(left)
