"""What `voicereflect` alone offers, as a sentence."""

BLIND = "Many entries are not in the index yet: `voicereflect list` reads them."
NO_MODEL = (
    "The speech model is not here yet: `voicereflect setup` fetches it. What you say before "
    "that is kept, and can be written down then."
)
WAITING = "Some answers wait for their text"


def broken_off(count: int) -> str:
    """Entries that a crash left, and what finishes them."""
    entries = "An entry was" if count == 1 else f"{count} entries were"
    return (
        f"{entries} left unfinished; what was said is on the disk. "
        "`voicereflect recover` finishes that, and so does the next session."
    )


def sentence(title: str, minutes: int, command: str) -> str:
    """What comes next, and what to type for it."""
    if title and not minutes:
        return (
            f"{title} waits for your choice: {command} keeps it, with --closed it stays closed, "
            f"and {command.replace(' keep ', ' delete ')} --for-good destroys it"
        )
    return f"{f'{title}, about {minutes} minutes' if title else WAITING}: {command}"


def for_two(title: str) -> str:
    """A deck that takes somebody else; nobody is kept waiting by it, and nobody has to come."""
    return f"Whenever there are two of you: {title}. Nothing waits for it."
