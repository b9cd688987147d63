"""What a deck is listened to with: the voice and the speech model that sessions have."""

from contextlib import closing
from typing import TYPE_CHECKING

from voicereflect import wiring
from voicereflect.config import cache_folder
from voicereflect.errors import VoiceError
from voicereflect.wiring import decks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from voicereflect.core.decks.aloud import HeardSentence


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
    from voicereflect.wiring.voices import voices

    chosen = wiring.settings()
    voice = voices(chosen, chosen.language).first
    if voice is None:
        raise VoiceError("The voice is set to none.", hint='Set voice = "natural" in config.toml.')
    reader = wiring.transcriber(chosen, live=True)
    private = wiring.files_of(chosen).private
    kept = HeardCache(None if private else cache_folder() / "aloud")
    with closing(voice):
        yield from Aloud(voice, reader, kept, model=chosen.model).hear(texts)
