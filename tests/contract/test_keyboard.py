"""Claims about keys and Ctrl-C, in a real terminal of its own."""

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Self

import pexpect
import pytest

from tests.support.waiting import PATIENCE_S
from voicereflect.adapters.keyboard import NO_LETTER

CHILD = """
import fcntl, os, sys, termios, time
if sys.stdin.isatty():
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from voicereflect.adapters.keyboard import WALKING, Keys, attended

leave = []
def log(text):
    os.write(LOG, text.encode())
def pressed(key):
    log(f"[{key}]")
    if key == "x":
        leave.append(key)
with Keys().listen(pressed):
    log(f"<{attended()}>")
    while not leave:
        time.sleep(0.02)
log("<left>")
"""


class Terminal:
    """A child at a pseudo-terminal, and what its keyboard reported."""

    def __init__(self, *, stdin_is_terminal: bool = True, keys: str = "Keys()") -> None:
        self.master, self.slave = os.openpty()
        self.before = termios.tcgetattr(self.slave)
        self.log, log = os.pipe()
        code = CHILD.replace("LOG", str(log)).replace("Keys()", keys)
        self.child = subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=self.slave if stdin_is_terminal else subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            pass_fds=(log,),
            start_new_session=True,
        )
        os.close(log)
        self.said = ""

    def __enter__(self) -> Self:
        self.until(r"<(True|False)>")
        return self

    def __exit__(self, *_: object) -> None:
        self.child.kill()
        self.child.wait()
        assert self.child.stderr
        self.child.stderr.close()
        for descriptor in (self.master, self.slave, self.log):
            with suppress(OSError):
                os.close(descriptor)

    def type(self, keys: str) -> None:
        os.write(self.master, keys.encode())

    def until(self, pattern: str) -> str:
        """What was reported, as soon as it matches."""
        deadline = time.monotonic() + PATIENCE_S
        while not re.search(pattern, self.said):
            left = deadline - time.monotonic()
            ready, _, _ = select.select([self.log], [], [], max(0.0, left))
            assert ready, f"waited for {pattern} and got {self.said}"
            piece = os.read(self.log, 1000).decode()
            assert piece, f"ended after {self.said}: {self.errors()}"
            self.said += piece
        return self.said

    def errors(self) -> str:
        assert self.child.stderr
        self.child.wait(PATIENCE_S)
        return self.child.stderr.read().decode()

    def leave(self) -> str:
        """Let the child go, and give all it reported after the start."""
        self.type("x")
        said = self.until("<left>")
        assert self.errors() == ""
        return said.removeprefix("<True>").removesuffix("[x]<left>")


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    with Terminal() as terminal:
        yield terminal


@pytest.mark.parametrize(
    ("typed", "reported"),
    [
        ("\r", "[enter]"),
        ("\n", "[enter]"),
        (" ", "[space]"),
        ("qsQS", "[q][s][q][s]"),
        ("1.\t\x7f", "[1]"),
        ("a\r s", "[a][enter][space][s]"),
        ("+=-_", "[+][+][-][-]"),
        ("\x1b[D\x1bOD", "[left][left]"),
    ],
)
def test_each_key_is_reported_at_once_and_by_name(
    terminal: Terminal, typed: str, reported: str
) -> None:
    terminal.type(typed)
    assert terminal.leave() == reported


def test_ctrl_c_is_an_interrupt_and_the_program_goes_on(terminal: Terminal) -> None:
    terminal.type("\x03")
    terminal.until(r"\[interrupt\]")
    terminal.type("a")
    assert terminal.leave() == "[interrupt][a]"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_being_asked_to_end_counts_as_two_interrupts(
    terminal: Terminal, number: signal.Signals
) -> None:
    terminal.child.send_signal(number)
    terminal.until(r"\[interrupt\]\[interrupt\]")
    assert terminal.leave() == "[interrupt][interrupt]"


def settings_of(descriptor: int) -> list[Any]:
    return termios.tcgetattr(descriptor)


def test_no_key_is_echoed_and_the_terminal_is_given_back_as_it_was(terminal: Terminal) -> None:
    assert settings_of(terminal.slave) != terminal.before
    terminal.type("abc")
    terminal.leave()
    assert settings_of(terminal.slave) == terminal.before
    ready, _, _ = select.select([terminal.master], [], [], 0)
    assert not ready


def test_without_a_terminal_there_are_only_interrupts() -> None:
    with Terminal(stdin_is_terminal=False) as terminal:
        assert terminal.said == "<False>"
        terminal.child.send_signal(signal.SIGINT)
        terminal.until(r"\[interrupt\]")
        assert terminal.said == "<False>[interrupt]"


def test_afterwards_ctrl_c_is_its_old_self() -> None:
    code = """
import signal
from voicereflect.adapters.keyboard import Keys
before = [signal.getsignal(n) for n in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]
with Keys().listen(print):
    assert signal.getsignal(signal.SIGINT) not in before
assert before == [signal.getsignal(n) for n in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]
"""
    done = subprocess.run(
        [sys.executable, "-c", code], stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("sequence", ["\x1b[A", "\x1bOQ", "\x1bOS", "\x1b[1;5D"], ids=repr)
def test_a_function_or_arrow_key_is_not_a_letter(terminal: Terminal, sequence: str) -> None:
    """F2 would finish the session, and F4 skip a question."""
    terminal.type(sequence)
    time.sleep(0.05)
    terminal.type("a")
    assert terminal.leave() == "[a]"


def test_a_terminal_that_is_closed_ends_the_listening_in_peace() -> None:
    """Its settings can no longer be given back, and that must not hide the save."""
    code = """
import fcntl, os, signal, sys, termios, threading
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from voicereflect.adapters.keyboard import Keys
pressed, keys = [], threading.Semaphore(0)
def press(key):
    pressed.append(key)
    keys.release()
with Keys().listen(press):
    os.write(1, b"ready")
    keys.acquire()
    keys.acquire()
sys.exit(0 if pressed == ["interrupt"] * 2 else 3)
"""
    close_under(code)


def test_who_listens_anew_after_the_terminal_was_closed_hears_of_it() -> None:
    """What listened meanwhile, a line that was typed, has taken the signal's two."""
    close_under("""
import fcntl, os, sys, termios, threading
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from voicereflect.adapters.keyboard import WALKING, Keys, TypedText
typed, pressed = threading.Semaphore(0), threading.Semaphore(0)
with TypedText().listen(lambda _: typed.release()):
    os.write(1, b"ready")
    typed.acquire()
with Keys(WALKING).listen(lambda key: key == "interrupt" and pressed.release()):
    pressed.acquire()
""")


def close_under(code: str) -> None:
    master, slave = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=slave,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as child:
        assert child.stdout
        assert child.stderr
        shown = b""
        while not shown.endswith(b"ready"):
            more = os.read(child.stdout.fileno(), 99)
            assert more, child.stderr.read()
            shown += more
        os.close(slave)
        os.close(master)
        watch = threading.Timer(PATIENCE_S, child.kill)
        watch.start()
        assert (child.wait(), child.stderr.read()) == (0, b"")
        watch.cancel()


LINE = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever started us may ignore it
from voicereflect.adapters.keyboard import hidden_line, typed_line
print("ready", flush=True)
print(ascii({ask}), flush=True)
"""


@pytest.mark.parametrize("ask", ["typed_line()", "hidden_line('Asked: ')"])
@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Łódź, 1939\n".encode(), ascii("Łódź, 1939")),
        (b"\x03", "None"),
        (b"\x04", "None"),
        (b"\xfe\xff\n", ascii(NO_LETTER)),
    ],
)
def test_a_line_is_read_as_typed_and_ctrl_c_and_the_end_are_none(
    ask: str, typed: bytes, read: str
) -> None:
    code = ["-X", "utf8=0", "-c", LINE.format(ask=ask)]
    child = pexpect.spawn(
        sys.executable, code, encoding="utf-8", codec_errors="replace", timeout=PATIENCE_S
    )
    child.expect_exact("Asked" if "Asked" in ask else "ready")
    time.sleep(0.3)  # from there to where it waits
    os.write(child.child_fd, typed)
    child.expect_exact(read)
    child.close()


def test_a_walk_hears_more_keys_the_mouse_and_another_size() -> None:
    for keys, heard in (("Keys(WALKING)", True), ("Keys()", False)):
        with Terminal(keys=keys) as terminal:
            terminal.type("\x1b[1;5C\x1bb\x1b[5~\x1b[F\x1b[A")
            terminal.type("\x1b[<0;12;3M\x1b[<0;12;3m\x1b[<64;1;1M\x1b[<2;1;1Mj")
            told = terminal.until(r"\[j\]").partition(">")[2]
            keys_told = "[l][h][pageup][end][up]" if heard else ""
            assert told == f"{keys_told}[click 11 2][wheelup][j]"
            fcntl.ioctl(terminal.slave, termios.TIOCSWINSZ, struct.pack("HHHH", 9, 40, 0, 0))
            terminal.type("x")
            assert ("[resized]" in terminal.until(r"<left>")) is heard
