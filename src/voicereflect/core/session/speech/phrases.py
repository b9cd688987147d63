"""What the product itself says aloud, apart from decks; each line obeys `core.words.speakable`."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from voicereflect.core.decks.rotation import FREELY
from voicereflect.core.entry.days import day_in_words
from voicereflect.core.safety import calm, mirror
from voicereflect.core.safety.mirror import Mirrored
from voicereflect.core.session.speech.commands import TOLD
from voicereflect.core.session.state import Choice, Ending
from voicereflect.core.sound.tones import Tone

TAKE_YOUR_TIME: Final = "Take your time. It is still recording."
YES_OR_NO: Final = "Say yes, or say no. Nothing begins before that."
MICROPHONE_GONE: Final = (
    "The microphone is gone. What you said is kept, and it goes on once the microphone is back."
)
MICROPHONE_BACK: Final = "The microphone is back."
NOTHING_TO_READ: Final = "There is no answer to read back yet."
END_OF_IT: Final = "The end of it was this."
COMMANDS_SHOWN: Final = f"Said alone, after a tone: {' · '.join(TOLD)}."
OWN_WAY: Final = "Tell it in your own way."
SAID_ON: Final = "On {day} you said:"
NOT_CERTAIN: Final = "(not every word is certain: listen to the recording)"
"""Shown in the place of a quote that has to be heard."""
WROTE_ON: Final = "On {day} you wrote:"
NO_HELP_LINES: Final = (
    "No country is set, so no number is known here. Call the emergency number where you are; "
    "112 reaches it from many mobile phones."
)

CHOICES: Final[Mapping[Choice, str]] = {
    Choice.PLACE: f"{FREELY} Say yes, or say no.",
    Choice.ELSEWHERE: "Another time, or with the screen?",
    Choice.FREELY: "Something you said before comes next. Can you listen freely here, yes or no?",
    Choice.CALM: calm.LINE,
    Choice.FATE: "What becomes of this: keep it, keep it closed, or delete it?",
    Choice.DELETION: "Every copy will be gone, and nothing brings it back. Delete it, yes or no?",
}
YES_NO: Final = (("yes", "yes"), ("no", "no"))
OPTIONS: Final[Mapping[Choice, tuple[tuple[str, str], ...]]] = {
    Choice.PLACE: YES_NO,
    Choice.ELSEWHERE: (("later", "another time"), ("screen", "with the screen, and typed")),
    Choice.FREELY: YES_NO,
    Choice.CALM: (("help-lines", "help lines"), ("go-on", "go on")),
    Choice.FATE: (("keep", "keep it"), ("closed", "keep it closed"), ("delete", "delete it")),
    Choice.DELETION: YES_NO,
}
ENDINGS: Final[Mapping[Ending, str]] = {
    Ending.COMPLETE: "It is saved.",
    Ending.STOPPED: "Stopped. What you said is kept.",
    Ending.SILENT: "Nobody has spoken for five minutes. It is saved, and the microphone is off.",
    Ending.LOST: "It had to stop. What you said until then is kept.",
    Ending.LATER: "Another time, then.",
    Ending.TYPED: "It goes on with the screen.",
}
UNBEGUN: Final[Mapping[Ending, str]] = {
    Ending.STOPPED: "Nothing was recorded.",
    Ending.SILENT: "Nobody has spoken for five minutes. The microphone is off.",
    Ending.LOST: "The microphone did not come back. Nothing was recorded.",
    Ending.LATER: "Another time, then. Nothing was recorded.",
    Ending.TYPED: "It goes on with the screen. Nothing was recorded.",
}
"""The same where no answer had begun."""
INVITATIONS: Final = ("What else is there?", "And then?", "Is there more to it?")
"""Asked for more with: no subject, so that nothing is put in anybody's mouth."""
PRIVATE: Final = "Only what you pick is kept of this one, and it stands in no entry."
NOT_SAID: Final = "Say a number, or say none of these. Nothing else you say here is kept."
DELETED: Final = "It is deleted."
NOTHING_KEPT: Final = "Nothing is kept of this one; what was set aside is in the trash."


def said_on(day: date, *, typed: bool = False) -> str:
    """Introduce an earlier answer by its date."""
    return (WROTE_ON if typed else SAID_ON).format(day=day_in_words(day))


def introduction(silence_s: float | None) -> tuple[str | Tone, ...]:
    """Tell what hands-free is, with an example of each tone; `silence_s` ends an answer."""
    ends: tuple[str | Tone, ...] = ("No silence ends an answer. Say done to go on.",)
    if silence_s is not None:
        ends = (
            f"After {silence_s:g} seconds of silence you hear this.",
            Tone.MOVING_ON,
            "Speak on, or the next question comes.",
        )
    *but_last, last = TOLD[:-1]
    return (
        *("Speak after this tone.", Tone.LISTENING),
        *ends,
        *("This means saved.", Tone.SAVED),
        f"After a tone you can say: {', '.join(but_last)} or {last}.",
        f"To hear this again, say: {TOLD[-1]}.",
    )


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


def help_lines_shown(lines: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Give whom to call as lines to read, with the numbers as they are dialled."""
    return tuple(f"{name}: {number}" for name, number in lines) or (NO_HELP_LINES,)


def help_lines_told(lines: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Give the same as short utterances; digits are said one by one, an "or" between as it is."""
    told = tuple(f"{name}: {_digit_by_digit(number)}." for name, number in lines)
    return told or (NO_HELP_LINES,)


def _digit_by_digit(number: str) -> str:
    return " ".join(re.findall(r"[^\W\d]+|\d", number))
