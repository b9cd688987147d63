"""A session with closed eyes: silence, tones and spoken words alone, at a microphone that hears
the loudspeaker too."""

import os
import subprocess

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
white = "white as salt"
"""
OURS = ("mind", "pebble", "colour", "tone", "question", "salt", "yes", "done", "closed")


def test_from_the_first_question_to_the_last_choice_nothing_is_seen_or_pressed() -> None:
    folder = vault_folder() / "decks"
    folder.mkdir(parents=True)
    (folder / "pebbles.toml").write_text(DECK)
    answer = card_sound(SAMPLES / "everyday" / "free.flac")
    says = [
        answer,
        None,  # after the tone: time to go on, not taken
        spoken("two."),
        spoken("yes."),
        spoken("skip."),
        spoken("keep it closed."),
    ]
    with (
        PulseRig(echo=True) as rig,
        rig.record_speaker() as overheard,
        Partner(rig, overheard, says) as partner,
    ):
        done = subprocess.run(
            [COMMAND, "reflect", "pebbles", "--hands-free"],
            # the partner takes a rest between our sentences for the end of them
            env=os.environ | dict(rig.env) | {"VOICEREFLECT_VOICE_PAUSE_MS": "0"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=150,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    assert partner.said == len(says), done.stdout + done.stderr
    (entry,) = entries()
    texts = {each.number: each.text for each in entry.answers if each.text}
    assert list(texts) == [1], texts
    told = entry.answers[0]
    assert told.text.startswith("The kitchen tap")
    assert told.text.rstrip(".").endswith("only I notice")
    assert not [word for word in OURS if word in told.text.lower().split()]
    assert is_closed(entry)
    assert '"white"' in (vault_folder() / "programme.toml").read_text()
    (tone,) = vault().take_info(entry.id, told.number).aside
    assert 0.5 < tone.samples / 44_100 < 2
    assert (entry_folders()[0] / f"{told.number}.flac").is_file()
