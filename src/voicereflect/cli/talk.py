"""`voicereflect talk`: a spoken session without prompts."""

from voicereflect.cli.sessions import Answers, Device, HandsFree, Language, hold
from voicereflect.core.entry.languages import asked_for
from voicereflect.wiring import session


def talk(
    answers: Answers = None,
    language: Language = None,
    device: Device = None,
    hands_free: HandsFree = False,
) -> None:
    """Just speak, for as long as you like; no prompts."""
    wishes = session.SessionWishes(
        answers=answers, language=asked_for(language), device=device, hands_free=hands_free
    )
    hold(session.talk(wishes))
