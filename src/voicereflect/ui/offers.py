"""What `voicereflect` alone offers, as a sentence."""

WAITING = "Some answers wait for their text"


def sentence(title: str, minutes: int, command: str) -> str:
    """What comes next, and what to type for it."""
    return f"{f'{title}, about {minutes} minutes' if title else WAITING}: {command}"
