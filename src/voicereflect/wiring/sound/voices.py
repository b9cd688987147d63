"""Which voice speaks, which one when that cannot, and what is heard of a deck said aloud."""

from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from voicereflect import wiring
from voicereflect.config import Settings, cache_folder, data_folder
from voicereflect.errors import ReflectError, VoiceError
from voicereflect.wiring import decks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from voicereflect.adapters.voice.natural import NaturalVoice
    from voicereflect.adapters.voice.parent import Pyttsx3Voice
    from voicereflect.core.decks.aloud import HeardSentence
    from voicereflect.ports.voice import PromptPack, Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """The first is wanted, the second speaks when the first one cannot."""

    first: "Voice | None"
    second: "Voice | None" = None

    @contextmanager
    def closed_on_error(self) -> "Iterator[None]":
        """End what was begun for them if nothing comes of the session."""
        try:
            yield
        except ReflectError:
            for voice in filter(None, (self.first, self.second)):
                voice.close()
            raise


def voices(chosen: Settings, language: str) -> Voices:
    """The voices of a session in a language, the first one loading; none where none is wanted.

    Each keeps what it rendered before.

    Raises:
        VaultError: the vocabulary of the vault cannot be read.
    """
    if chosen.voice == "none":
        return Voices(first=None)
    plain = pyttsx3(chosen)
    second = _by_ear(chosen, plain, plain.key)
    if not is_natural(chosen, language):
        return Voices(first=second)
    own = natural(chosen)
    own.start()
    return Voices(first=_by_ear(chosen, own, own.key), second=second)


def _by_ear(chosen: Settings, voice: "Voice", key: str) -> "Voice":
    """A voice that says words as the vocabulary tells, and keeps what it rendered."""
    from voicereflect.adapters.caches.clips import CachedVoice
    from voicereflect.adapters.vault.curated import vocabulary
    from voicereflect.flows.session.asking.voices import ByEarVoice

    files = wiring.files_of(chosen)
    # its names could be compared with those of known questions
    kept = CachedVoice(voice, cache_folder() / "prompts", key) if not files.private else voice
    return ByEarVoice(kept, vocabulary.sounds(files))


def natural(chosen: Settings) -> "NaturalVoice":
    """The natural voice, at the chosen pace."""
    from voicereflect.adapters.voice.natural import NaturalVoice

    return NaturalVoice(chosen.voice_rate, pause_s=chosen.voice_pause_ms / 1000)


def pyttsx3(chosen: Settings) -> "Pyttsx3Voice":
    """The system's own voice, at the chosen pace."""
    from voicereflect.adapters.voice.parent import Pyttsx3Voice

    return Pyttsx3Voice(None, chosen.voice_rate)


def pack() -> "PromptPack | None":
    """Recorded prompts, where there are any."""
    folder = data_folder() / "prompts"
    if not folder.is_dir():
        return None
    from voicereflect.adapters.recordings.prompts import RecordedPrompts

    return RecordedPrompts(folder)


def is_natural(chosen: Settings, language: str) -> bool:
    """Whether the natural voice is wanted, installed and speaks this language."""
    from voicereflect.adapters.voice.natural import LANGUAGE, is_installed

    return chosen.voice == "natural" and language == LANGUAGE and is_installed()


def heard(name: str) -> "Iterator[HeardSentence]":
    """Each sentence of a deck, as it is said to this person, with what comes back of it.

    Raises:
        DeckError: there is no such deck, or it cannot be read.
    """
    from voicereflect.core.decks.aloud import sentences
    from voicereflect.core.decks.knowing import resolved

    deck = wiring.deck_folder(wiring.settings()).load(name)
    person = decks.person()
    return heard_texts(sentences(deck, (resolved(person.facts, person.known),)))


def heard_texts(texts: "Iterable[str]") -> "Iterator[HeardSentence]":
    """Sentences with what comes back of them.

    Raises:
        VoiceError: the voice is set to none.
    """
    from voicereflect.adapters.caches.heard import HeardCache
    from voicereflect.flows.decks.aloud import Aloud

    chosen = wiring.settings()
    voice = voices(chosen, chosen.language).first
    if voice is None:
        raise VoiceError("The voice is set to none.", hint='Set voice = "natural" in config.toml.')
    reader = wiring.transcriber(chosen, live=True)
    private = wiring.files_of(chosen).private
    kept = HeardCache(None if private else cache_folder() / "aloud")
    with closing(voice):
        yield from Aloud(voice, reader, kept, model=chosen.model).hear(texts)
