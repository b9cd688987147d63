"""The review in a real terminal of eighty columns: each key, and what the screen says then."""

import os
import sys
import time
from pathlib import Path

import pexpect
import pyte
import pytest

from tests.support.libraries import entry_id, spoken
from tests.support.vaults import made_entry, make_vault
from tests.support.waiting import PATIENCE_S, comes_true
from voicereflect.adapters.vault.files import Files

COLUMNS, LINES = 80, 24
TULIPS = "I planted tulips. They came up."


class Terminal:
    """The program in a terminal, and what stands on it."""

    def __init__(self, *command: str) -> None:
        self.screen = pyte.Screen(COLUMNS, LINES)
        self._stream = pyte.Stream(self.screen)
        self.child = pexpect.spawn(
            sys.executable,
            ["-P", "-m", "voicereflect", *command],
            env={**os.environ, "TERM": "xterm-256color"},
            dimensions=(LINES, COLUMNS),
            encoding="utf-8",
            timeout=PATIENCE_S,
        )

    def shows(self, words: str) -> str:
        """Read until the screen shows something; give all of it."""
        until = time.monotonic() + PATIENCE_S
        while words not in (shown := "\n".join(self.screen.display)):
            assert time.monotonic() < until, shown
            try:
                self._stream.feed(self.child.read_nonblocking(65_536, timeout=1))
            except pexpect.TIMEOUT:
                continue
        return shown

    def press(self, keys: str, then: str) -> str:
        """Press keys and wait for what the screen has to show then."""
        self.child.send(keys)
        return self.shows(then)


@pytest.mark.slow
def test_every_key_of_the_review_does_what_it_says_and_u_takes_it_back(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("VOICEREFLECT_MODELS_DIR", str(tmp_path / "no models"))
    kept = make_vault(Files(Path(os.environ["VOICEREFLECT_VAULT"])))
    kept.add_to_vocabulary("tulips")
    for number, text in enumerate(("It rained.", TULIPS), start=1):
        made_entry(kept, spoken(number, text))
    seen = Terminal("review")
    assert "They came up." in seen.shows("2 of 2")
    seen.press("?", "U takes the last of these back.")
    seen.press("c", "Months · 1 of 1")
    seen.press("\r", "Entries · 1 of 2")
    seen.press("j\r", "1 of 2")
    seen.press("b", "On the sheet: 1.")
    seen.press("u", "Off the sheet.")
    seen.press("g", "Tags, as +garden -work")
    seen.press("+garden\r", "Tags: garden.")
    assert kept.load(entry_id(2)).tags == ("garden",)
    seen.press("u", "The tags are as before.")
    seen.press("e", "Its words now")
    seen.press("\x15I planted bulbs.\r", "I planted bulbs.")
    # the line that is typed shows the words too
    assert comes_true(lambda: "bulbs" in kept.load(entry_id(2)).answers[0].text)
    seen.press("u", "The words are as before.")
    assert kept.load(entry_id(2)).answers[0].text == TULIPS
    seen.press("n", "Names and words of yours")
    seen.press("\r", "tulips · 1 of 1")
    seen.press("/", "Search for")
    seen.press("rain", "It rained.")
    seen.press("ed\r", "Found: rained")
    seen.child.send("q")
    seen.child.expect(pexpect.EOF)
    seen.child.close()
    assert seen.child.exitstatus == 0
