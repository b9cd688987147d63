"""Claims about prompts that somebody has read aloud: played by their very words, or the voice."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.support.fakes import StubVoice
from tests.support.sittings import Sitting
from tests.support.vaults import noise
from voicereflect.adapters.recordings.prompts import RecordedPrompts
from voicereflect.core.decks.recorded import digest_in, digest_of
from voicereflect.flows.session.asking.voices import RecordedFirst
from voicereflect.model import Clip

WORDS = "The first?"
RATE_HZ = 44_100


def name_of(prompt: str, wording: int, text: str) -> str:
    return f"{prompt}.{wording}.{digest_of(text)}.flac"


def recorded(folder: Path, text: str = WORDS, *, deck: str = "stones") -> bytes:
    pcm = noise(RATE_HZ // 2)
    file = folder / deck / name_of("first", 1, text)
    file.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(file, np.frombuffer(pcm, dtype=np.int16), RATE_HZ, subtype="PCM_16")
    return pcm


def test_a_digest_is_what_the_page_about_formats_says() -> None:
    assert digest_of("What is on your mind right now?") == "88dfb066602a4573"
    assert digest_of("  What is\non your mind right  now? ") == "88dfb066602a4573"
    assert digest_of("Cafe\u0301?") == digest_of("Caf\u00e9?")


@pytest.mark.parametrize("prompt", ["mind", "mind.gentler", "what-i-needed.menu", "a.b.c"])
def test_a_name_tells_its_digest_again(prompt: str) -> None:
    assert digest_in(name_of(prompt, 2, WORDS)) == digest_of(WORDS)
    assert digest_in(f"{digest_of(WORDS)}.flac") == digest_of(WORDS)


@pytest.mark.parametrize("name", ["mind.1.flac", "mind.1.ABCDEF0123456789.flac", "x.txt", ""])
def test_what_has_no_digest_is_no_recording(name: str) -> None:
    assert digest_in(name) is None


def test_the_very_words_are_played_and_all_else_is_spoken(tmp_path: Path) -> None:
    pcm = recorded(tmp_path)
    lines: list[str] = []
    voice = StubVoice()
    either = RecordedFirst(RecordedPrompts(tmp_path), voice, lines.append)
    assert either.render(WORDS, ahead=True) == Clip(pcm=pcm, rate_hz=RATE_HZ)
    assert voice.rendered == []
    for text, pace, private in (("The first one?", 1.0, False), (WORDS, 0.85, False)):
        either.render(text, pace=pace, private=private)
    either.render(WORDS, private=True)
    assert (voice.rendered, voice.private) == (["The first one?", WORDS], [WORDS])
    assert lines == []


def test_what_cannot_be_played_costs_one_line_and_is_spoken(tmp_path: Path) -> None:
    recorded(tmp_path)
    (file,) = tmp_path.rglob("*.flac")
    file.write_bytes(b"fLaC no sound at all")
    lines: list[str] = []
    voice = StubVoice()
    either = RecordedFirst(RecordedPrompts(tmp_path), voice, lines.append)
    either.render(WORDS)
    either.render(WORDS)
    assert voice.rendered == [WORDS, WORDS]
    assert len(lines) == 1
    assert lines[0].endswith("The voice speaks instead.")


def test_a_folder_in_the_place_of_a_recording_and_no_folder_at_all_are_met(tmp_path: Path) -> None:
    (tmp_path / "stones" / name_of("first", 1, WORDS)).mkdir(parents=True)
    lines: list[str] = []
    RecordedFirst(RecordedPrompts(tmp_path), StubVoice(), lines.append).render(WORDS)
    assert "no plain file" in lines[0]
    assert RecordedPrompts(tmp_path / "nowhere").clip(WORDS) is None


def test_a_session_plays_what_was_read_and_has_the_rest_spoken(tmp_path: Path) -> None:
    recorded(tmp_path / "pack")
    sitting = Sitting(root=tmp_path / "vault", pack=RecordedPrompts(tmp_path / "pack"))
    sitting.run()
    assert sitting.voice
    assert WORDS not in sitting.voice.rendered
    assert "The second?" in sitting.voice.rendered
