"""Claims about the one seam of all output: it steers no terminal, and never fails."""

import errno
import io
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import IO, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from tests.support.product import COMMAND, run, vault
from tests.support.vaults import ID, made_entry, make_entry
from voicereflect.core.words.steering import plain
from voicereflect.ui.console import PlainConsole
from voicereflect.ui.output import NEAREST, ShownStream, install
from voicereflect.ui.secrets import TerminalSecrets
from voicereflect.ui.typed.screen import TypedPage

STEERING = "memo\x1b]52;c;cm0gLXJm\x1b\\ \x9b2J\x07\x7f\u202egnp\r.flac"
SILENCED = """
import os, sys
from voicereflect.ui.output import install
install()
before = os.dup(2)
os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
os.write(2, b"theirs\\n")
sys.stderr.write("ours\\n")
os.dup2(before, 2)
sys.stderr.write("after\\n")
"""


def steers(text: str) -> bool:
    return any(unicodedata.category(each) == "Cc" and each not in "\t\n" for each in text)


@given(st.text())
def test_no_text_steers_a_terminal(text: str) -> None:
    assert not steers(plain(text))
    assert plain(plain(text)) == plain(text)


def test_tabs_lines_and_letters_stay() -> None:
    assert plain("Grüße,\n\tMütterchen 花园 👩\u200d👧") == "Grüße,\n\tMütterchen 花园 👩\u200d👧"


def test_what_is_written_is_cleaned_and_our_own_bold_is_not() -> None:
    under = io.StringIO()
    stream = ShownStream(under)
    stream.write(f"{STEERING}\x1b[1mfound\x1b[0m")
    shown = under.getvalue()
    assert "\x1b]" not in shown
    assert "\x1b[1mfound\x1b[0m" in shown
    assert not steers(shown.replace("\x1b[1m", "").replace("\x1b[0m", ""))


def test_rich_styles_what_it_cleaned() -> None:
    under = io.StringIO()
    console = PlainConsole(file=cast("IO[str]", ShownStream(under)), force_terminal=True, width=80)
    console.print(Text(STEERING, style="bold"))
    assert under.getvalue().startswith("\x1b[1m")
    assert "\x1b]" not in under.getvalue()
    assert "\x9b" not in under.getvalue()


def test_our_own_moves_pass_beside_what_is_cleaned(monkeypatch: pytest.MonkeyPatch) -> None:
    under = io.StringIO()
    monkeypatch.setattr(sys, "stdout", ShownStream(under))
    page = TypedPage(plain=True)
    page.typing("Every", 5, keys=False)
    page.typing(f"Every{STEERING}", 5 + len(STEERING), keys=False)
    page.close()
    shown = under.getvalue()
    assert "\x1b[1A" in shown  # what was typed is drawn in its place
    assert "\x1b[J" in shown
    assert "\x1b]" not in shown


def test_recovery_words_are_shown_on_a_screen_that_is_in_no_scroll_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    under = io.StringIO()
    monkeypatch.setattr(sys, "stderr", ShownStream(under))
    TerminalSecrets(lambda _: None, lambda: "").show_once(("apple", "pear"))
    before, _, after = under.getvalue().partition("apple")
    assert "\x1b[?1049h" in before
    assert "\x1b[?1049l" in after


def test_a_full_disk_is_remembered_and_hinders_nothing() -> None:
    class Full(io.StringIO):
        def flush(self) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

    stream = ShownStream(Full())
    stream.write("x")
    stream.flush()
    lost = stream.lost()
    assert lost is not None
    assert lost.errno == errno.ENOSPC


def test_a_library_that_silences_standard_error_takes_no_line_of_ours() -> None:
    """sounddevice does so while PortAudio starts, in a thread beside the one that shows."""
    told = subprocess.run(
        [sys.executable, "-c", SILENCED], stderr=subprocess.PIPE, text=True, check=True
    )
    assert told.stderr == "ours\nafter\n"


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
def test_every_encoding_has_something_for_every_letter(
    monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, io.StringIO())
    install()
    raw = io.BytesIO()
    under = io.TextIOWrapper(raw, encoding=encoding, errors=NEAREST)
    under.write("9:30 · ab… “é” ø 花 \udcff")
    under.flush()
    assert b"9:30" in raw.getvalue()
    if encoding == "ascii":
        shown = raw.getvalue()
        assert shown == b'9:30 - ab... "e" o ? ?'


def test_an_entry_is_shown_on_any_stream() -> None:
    made_entry(vault(), make_entry(ID, text="She was born at sea … · “né”"))
    run("tag", "last", f"x{STEERING.replace(' ', '')}")
    for encoding in ("ascii", "ascii:strict", "utf-8"):
        done = run("show", "last", env={"PYTHONIOENCODING": encoding})
        assert (done.returncode, done.stderr) == (0, ""), encoding
        assert not steers(done.stdout)
    command = [COMMAND, "list"]
    with Path("/dev/full").open("w") as full:
        told = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert told.returncode == 1
    assert "no space left" in told.stderr
    assert "Traceback" not in told.stderr
    closed = run("list", before=["sh", "-c", 'exec "$@" >&-', "sh"])
    assert (closed.returncode, closed.stderr) == (0, "")
