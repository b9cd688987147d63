"""`voicereflect talk`: a spoken session without prompts."""

from voicereflect.cli.sessions import (
    Answers,
    Device,
    HandsFree,
    Language,
    Typed,
    hold,
    on_screen,
    spoken_or_typed,
)
from voicereflect.core.entry.languages import asked_for
from voicereflect.wiring.sittings import session, typed
from voicereflect.wiring.sound import devices


def talk(
    answers: Answers = None,
    language: Language = None,
    device: Device = None,
    hands_free: HandsFree = False,
    typing: Typed = False,
) -> None:
    """Just speak, for as long as you like; no prompts.

    With --hands-free these words, said alone after a tone, are commands: again, skip, undo,
    done, more, finish, too much, how long, read it back, help lines, what can I say.
    """
    wishes = devices.SessionWishes(
        answers=answers,
        language=asked_for(language),
        device=device,
        hands_free=hands_free,
    )
    sitting = typed.talk(wishes) if typing else spoken_or_typed(session.talk, typed.talk, wishes)
    hold(sitting, lambda: typed.talk(on_screen(wishes)))
