"""Claims about the cache of rendered prompts."""

import stat
from pathlib import Path

import pytest

from voicereflect.adapters.caches.clips import CachedVoice
from voicereflect.model import Clip
from voicereflect.ports.voice import Voice


class CountingVoice:
    """A voice whose every clip differs, so that a kept one can be told from a new one."""

    def __init__(self) -> None:
        self.rendered = 0

    def render(
        self,
        text: str,
        *,
        pace: float = 1.0,
        private: bool = False,  # noqa: ARG002 - nothing is kept here
        ahead: bool = False,  # noqa: ARG002
    ) -> Clip:
        self.rendered += 1
        return Clip(pcm=bytes([self.rendered, 0]) * round(len(text) / pace), rate_hz=22_050)

    def close(self) -> None:
        """Nothing lasts."""


@pytest.fixture
def voice() -> CountingVoice:
    return CountingVoice()


def kept(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def test_a_text_is_rendered_once_even_for_a_later_process(
    tmp_path: Path, voice: CountingVoice
) -> None:
    first = CachedVoice(voice, tmp_path, "v").render("How are you?")
    assert CachedVoice(voice, tmp_path, "v").render("How are you?") == first
    assert voice.rendered == 1


@pytest.mark.parametrize(
    ("key", "text", "pace"),
    [("w", "How are you?", 1.0), ("v", "How are you", 1.0), ("v", "How are you?", 0.8)],
)
def test_another_voice_text_or_pace_is_rendered_anew(
    tmp_path: Path, voice: CountingVoice, key: str, text: str, pace: float
) -> None:
    CachedVoice(voice, tmp_path, "v").render("How are you?")
    CachedVoice(voice, tmp_path, key).render(text, pace=pace)
    assert voice.rendered == 2


def test_folder_and_files_are_for_their_owner_alone(tmp_path: Path, voice: CountingVoice) -> None:
    folder = tmp_path / "cache" / "voice"
    folder.mkdir(parents=True, mode=0o755)
    CachedVoice(voice, folder, "v").render("How are you?")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(kept(folder).stat().st_mode) == 0o600


def test_no_word_of_the_text_is_in_a_file_name(tmp_path: Path, voice: CountingVoice) -> None:
    CachedVoice(voice, tmp_path, "v").render("marmalade")
    assert "marmalade" not in kept(tmp_path).name


@pytest.mark.parametrize("length", [0, 3, 20, 44, 50, -1, -2])
def test_a_damaged_file_is_rendered_anew_and_mended(
    tmp_path: Path, voice: CountingVoice, length: int
) -> None:
    cached = CachedVoice(voice, tmp_path, "v")
    cached.render("How are you?")
    file = kept(tmp_path)
    file.write_bytes(file.read_bytes()[:length])
    again = cached.render("How are you?")
    assert voice.rendered == 2
    assert cached.render("How are you?") == again
    assert voice.rendered == 2


def test_a_file_of_another_kind_is_rendered_anew(tmp_path: Path, voice: CountingVoice) -> None:
    cached = CachedVoice(voice, tmp_path, "v")
    cached.render("How are you?")
    kept(tmp_path).write_bytes(b"not a sound" * 50)
    assert cached.render("How are you?").samples == 12
    assert voice.rendered == 2


def test_a_folder_that_cannot_be_made_only_costs_the_rendering(
    tmp_path: Path, voice: CountingVoice
) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    cached: Voice = CachedVoice(voice, blocked / "cache", "v")
    assert cached.render("How are you?").samples == 12
    assert cached.render("How are you?").samples == 12
    assert voice.rendered == 2


def test_a_write_that_fails_leaves_no_file_behind(tmp_path: Path, voice: CountingVoice) -> None:
    cached = CachedVoice(voice, tmp_path, "v")
    cached.render("How are you?")
    target = kept(tmp_path)
    target.unlink()
    target.mkdir()  # so that the last step, the rename, fails
    (target / "inside").write_bytes(b"")
    assert cached.render("How are you?").samples == 12
    assert kept(tmp_path) == target
