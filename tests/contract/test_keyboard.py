"""Claims about keys, pressed in a real terminal."""

import sys
import time

import pexpect
import pytest

LISTEN = """
import threading
from voicereflect.adapters.keyboard import Keys
done = threading.Event()
def pressed(key):
    print(f"<{key}>", flush=True)
    if key == "q":
        done.set()
with Keys().listen(pressed):
    print("ready", flush=True)
    done.wait(20)
"""
TYPE = """
from voicereflect.adapters.keyboard import typed_line
print("ready", flush=True)
print(repr(typed_line()), flush=True)
"""


def terminal(code: str) -> "pexpect.spawn[str]":
    child: pexpect.spawn[str] = pexpect.spawn(
        sys.executable, ["-c", code], encoding="utf-8", timeout=20, echo=False
    )
    child.expect("ready")
    return child


@pytest.mark.parametrize(
    ("sent", "key"),
    [
        ("\x1b[D", "left"),
        ("\x1bOD", "left"),
        ("+", "+"),
        ("=", "+"),
        ("-", "-"),
        (" ", "space"),
        ("B", "b"),
        ("é", "é"),
    ],
)
def test_a_key_is_one_key_however_many_letters_it_sends(sent: str, key: str) -> None:
    child = terminal(LISTEN)
    child.send(sent)
    child.expect_exact(f"<{key}>")
    child.send("q")
    child.expect_exact("<q>")
    child.expect(pexpect.EOF)
    assert "<" not in str(child.before)


@pytest.mark.parametrize("sent", ["\x1b[C", "\x1b[1;5A", "\x1b[3~"])
def test_keys_that_mean_nothing_are_no_letters(sent: str) -> None:
    child = terminal(LISTEN)
    child.send(sent)
    time.sleep(0.2)
    child.send("q")
    child.expect_exact("<q>")
    assert "<" not in str(child.before)


def test_a_line_is_read_as_it_was_typed() -> None:
    child = terminal(TYPE)
    child.sendline("Łódź, 1939")
    child.expect_exact(repr("Łódź, 1939"))


@pytest.mark.parametrize("end", ["\x03", "\x04"])
def test_ctrl_c_and_the_end_of_input_are_no_line(end: str) -> None:
    child = terminal(TYPE)
    child.send(end)
    child.expect_exact("None")
