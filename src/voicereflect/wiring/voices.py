"""Which voice speaks, and which one when that cannot."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voicereflect.adapters.voice.natural import NaturalVoice
    from voicereflect.adapters.voice.parent import Pyttsx3Voice
    from voicereflect.config import Settings
    from voicereflect.ports import Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """The first is wanted, the second speaks when the first one cannot."""

    first: "Voice | None"
    second: "Voice | None" = None


def voices(chosen: "Settings", language: str) -> Voices:
    """The voices of a session in a language, the first one loading; none where none is wanted.

    Each keeps what it rendered before.

    Raises:
        VoiceError: no process can be started.
    """
    from voicereflect.adapters.clip_cache import CachedVoice
    from voicereflect.config import cache_folder

    if chosen.voice == "none":
        return Voices(first=None)
    folder, plain = cache_folder() / "prompts", pyttsx3(chosen)
    kept = CachedVoice(plain, folder, plain.key)
    if not is_natural(chosen, language):
        return Voices(first=kept)
    own = natural(chosen)
    own.start()
    return Voices(first=CachedVoice(own, folder, own.key), second=kept)


def natural(chosen: "Settings") -> "NaturalVoice":
    """The natural voice, at the chosen pace."""
    from voicereflect.adapters.voice.natural import NaturalVoice

    return NaturalVoice(chosen.voice_rate, pause_s=chosen.voice_pause_ms / 1000)


def pyttsx3(chosen: "Settings") -> "Pyttsx3Voice":
    """The system's own voice, at the chosen pace."""
    from voicereflect.adapters.voice.parent import Pyttsx3Voice

    return Pyttsx3Voice(None, chosen.voice_rate)


def is_natural(chosen: "Settings", language: str) -> bool:
    """Whether the natural voice is wanted, installed and speaks this language."""
    from voicereflect.adapters.voice.natural import LANGUAGE, is_installed

    return chosen.voice == "natural" and language == LANGUAGE and is_installed()
