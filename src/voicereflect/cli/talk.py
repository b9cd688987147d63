"""`voicereflect talk`: a spoken session without prompts."""

from voicereflect.cli.sessions import Answers, Device, HandsFree, Language, Typed, begun, hold
from voicereflect.core.entry.languages import asked_for
from voicereflect.wiring import session, typed


def talk(
    answers: Answers = None,
    language: Language = None,
    device: Device = None,
    hands_free: HandsFree = False,
    typing: Typed = False,
) -> None:
    """Just speak, for as long as you like; no prompts."""
    wishes = session.SessionWishes(
        answers=answers,
        language=asked_for(language),
        device=device,
        hands_free=hands_free,
    )
    hold(typed.talk(wishes) if typing else begun(session.talk, typed.talk, wishes))
