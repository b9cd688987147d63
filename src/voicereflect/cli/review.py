"""`voicereflect review`: walk through everything you said, a key at a time."""

from voicereflect.errors import SettingsError
from voicereflect.wiring import decks
from voicereflect.wiring import review as wiring


def review() -> None:
    """Walk through what you said, a key at a time: entries, sentences, themes, names."""
    if not decks.person_is_there():
        raise SettingsError(
            "A review needs a terminal with keys.",
            hint="`voicereflect list` and `voicereflect themes` print what there is.",
        )
    with wiring.walk() as walk:
        walk.run()
