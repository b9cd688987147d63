"""A session with closed eyes: silence, tones and spoken words alone, at a microphone that hears
the loudspeaker too."""

import os
import subprocess
import time
from functools import partial
from pathlib import Path

import pytest

from tests.support.partner import Partner, spoken
from tests.support.product import (
    COMMAND,
    SAMPLES,
    card_sound,
    entries,
    entry_folders,
    vault,
    vault_folder,
)
from tests.support.rigs import PulseRig
from voicereflect.core.entry.decisions import is_closed

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("paced")]

DECK = """
format = 1
edition = 1
title = "Pebbles"
why = "To try it."
minutes = 2
depth = "light"
silence_s = 2
at_end = "ask"
opening = ["Two questions about stones."]
closing = ["That was it. What comes next for you today?"]

[[prompts]]
id = "mind"
words = ["What is on your mind right now?"]

[[prompts]]
id = "colour"
words = ["Which of these colours did the last pebble have?"]

[prompts.menu]
grey = "grey like the sea"
white = "white as the salt on the table"
"""
BRISK = {"VOICEREFLECT_VOICE_PAUSE_MS": "0", "VOICEREFLECT_VOICE_RATE": "300"}
"""No rests, which could be taken for the end of what is said."""


def unplugged_for(rig: PulseRig, seconds: float) -> None:
    rig.unplug_microphone()
    time.sleep(seconds)
    rig.unplug_microphone(back=True)


def test_from_the_first_question_to_the_last_choice_nothing_is_seen_or_pressed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for attempt in ("first", "second"):  # a synthetic voice is misheard now and then
        monkeypatch.setenv("VOICEREFLECT_VAULT", str(tmp_path / attempt))
        done, all_said = conversation()
        if done.returncode == 0 and all_said:
            break
    told = done.stdout + done.stderr
    assert done.returncode == 0, told
    assert all_said, told
    (entry,) = entries()
    texts = {each.number: each.text for each in entry.answers if each.text}
    assert texts == {1: "The kitchen tap has been dripping since Sunday."}
    assert is_closed(entry)
    programme = (vault_folder() / "programme.toml").read_text()
    assert '"white"' in programme
    assert 'told = ["hands-free"]' in programme
    assert told.index("gone") < told.index("The microphone is back.")
    (tone,) = vault().take_info(entry.id, 1).aside
    assert 0.5 < tone.samples / 44_100 < 2
    assert (entry_folders()[0] / "1.flac").is_file()


def conversation() -> tuple[subprocess.CompletedProcess[str], bool]:
    """One sitting with somebody who only speaks; and whether all of it was asked for."""
    folder = vault_folder() / "decks"
    folder.mkdir(parents=True)
    (folder / "pebbles.toml").write_text(DECK)
    with PulseRig(echo=True) as rig, rig.record_speaker() as overheard:
        says = [
            spoken("yes."),  # one can speak freely here
            card_sound(SAMPLES / "everyday" / "free.flac", 2.9),
            None,  # after the tone: time to go on, not taken
            spoken("read it back."),
            spoken("what can I say."),
            spoken("the second."),
            spoken("yes."),
            partial(unplugged_for, rig, 5.0),
            spoken("skip."),
            spoken("keep it closed."),
        ]
        with Partner(rig, overheard, says) as partner:
            done = subprocess.run(
                [COMMAND, "reflect", "pebbles", "--hands-free"],
                env=os.environ | dict(rig.env) | BRISK,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=180,
                check=False,
            )
    return done, partner.said == len(says)
