"""What the product itself says aloud, apart from decks; each line obeys `core.words.speakable`."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from voicereflect.core.entry.days import day_in_words
from voicereflect.core.safety import calm, mirror
from voicereflect.core.safety.mirror import Mirrored
from voicereflect.core.session.state import Choice, Ending

TAKE_YOUR_TIME: Final = "Take your time. It is still recording."
OWN_WAY: Final = "Tell it in your own way."
SAID_ON: Final = "On {day} you said:"
WROTE_ON: Final = "On {day} you wrote:"
NO_HELP_LINES: Final = (
    "No country is set, so no number is known here. Call the emergency number where you are; "
    "112 reaches it from many mobile phones."
)

CHOICES: Final[Mapping[Choice, str]] = {
    Choice.FREELY: "Something you said before comes next. Can you listen freely here, yes or no?",
    Choice.CALM: calm.LINE,
    Choice.FATE: "What becomes of this: keep it, keep it closed, or delete it?",
    Choice.DELETION: "Every copy will be gone, and nothing brings it back. Delete it, yes or no?",
}
OPTIONS: Final[Mapping[Choice, tuple[tuple[str, str], ...]]] = {
    Choice.FREELY: (("yes", "yes"), ("no", "no")),
    Choice.CALM: (("help-lines", "help lines"), ("go-on", "go on")),
    Choice.FATE: (("keep", "keep it"), ("closed", "keep it closed"), ("delete", "delete it")),
    Choice.DELETION: (("yes", "yes"), ("no", "no")),
}
ENDINGS: Final[Mapping[Ending, str]] = {
    Ending.COMPLETE: "It is saved.",
    Ending.STOPPED: "Stopped. What you said is kept.",
    Ending.SILENT: "Nobody has spoken for five minutes. It is saved, and the microphone is off.",
    Ending.LOST: "It had to stop. What you said until then is kept.",
}
INVITATIONS: Final = ("What else is there?", "And then?", "Is there more to it?")
"""Asked for more with: no subject, so that nothing is put in anybody's mouth."""
PRIVATE: Final = "Only what you pick is kept of this one, and it stands in no entry."
NOT_SAID: Final = "Say a number, or say none of these. Nothing else you say here is kept."
DELETED: Final = "It is deleted."
NOTHING_KEPT: Final = "Nothing is kept of this one; what was set aside is in the trash."


def said_on(day: date, *, typed: bool = False) -> str:
    """Introduce an earlier answer by its date."""
    return (WROTE_ON if typed else SAID_ON).format(day=day_in_words(day))


def how_long(minutes: int) -> str:
    """Tell how long a sitting takes; 0 minutes is free talk."""
    if not minutes:
        return "As long as you like."
    return f"About {minutes} minutes in all. You can stop whenever you like."


def invitation(number: int) -> str:
    """Ask for more, in other words than the time before."""
    return INVITATIONS[(number - 1) % len(INVITATIONS)]


def mirror_lines(found: Mirrored | None) -> tuple[str, ...]:
    """Hold up a sentence and ask; nothing where there is nothing to hold up."""
    if found is None:
        return ()
    own = f" You also said: {found.own}" if found.own else ""
    return (f"You said: {found.blame}{own}", mirror.ASK)


def help_lines_told(lines: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Give whom to call as short utterances, from names and numbers; digits are said one by one."""
    if not lines:
        return (NO_HELP_LINES,)
    return tuple(f"{name}: {_digits(number)}." for name, number in lines)


def _digits(number: str) -> str:
    return " ".join(letter for letter in number if letter.isalnum())


def all_lines() -> tuple[str, ...]:
    """Everything that can be said from here, for whoever checks it."""
    return (
        *(TAKE_YOUR_TIME, OWN_WAY, NO_HELP_LINES, DELETED, NOTHING_KEPT, NOT_SAID),
        *(how_long(0), how_long(8)),
        *INVITATIONS,
        *CHOICES.values(),
        *ENDINGS.values(),
    )
