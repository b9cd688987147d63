"""Which sound a session hears: the choice, from what is known; opens nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from voicereflect.errors import NoMicrophone, SettingsError

REPLY: Final = "reply-"
"""Begins the names of recordings that reply to a choice about the sitting: `reply-fate`."""


class SourceKind(Enum):
    """What stands behind the recorder."""

    RECORDINGS = auto()
    """A folder the person named."""
    MICROPHONE = auto()
    SAMPLES = auto()
    """A deck's own sample answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFacts:
    """What the choice depends on."""

    answers: str
    """The folder of recordings to be heard instead of a microphone; empty for none."""
    device: str
    """The microphone asked for; empty for none."""
    hears: bool
    """Somebody is there: at the keys, or with closed eyes."""
    no_input: str
    """Why there is no microphone; empty where there is one."""
    deck: str
    has_samples: bool


def refuse_typing(others: Sequence[str], *, attended: bool) -> None:
    """Raise where answers cannot be typed.

    Raises:
        SettingsError: options that mean sound were given too, or nobody is at the keyboard.
    """
    if others:
        raise SettingsError(
            f"--typed hears nothing, so {others[0]} means nothing.", hint="Leave one of them out."
        )
    if not attended:
        raise SettingsError(
            "Nobody is at the keyboard, so nothing can be typed.",
            hint="Run it in a terminal, without a pipe.",
        )


def choose_source(facts: SourceFacts) -> tuple[SourceKind, str]:
    """Choose what is heard, and say why no microphone is; the reason is empty with one.

    Raises:
        SettingsError: a microphone was asked for where none is opened.
        NoMicrophone: nothing can be heard.
    """
    if facts.device and (facts.answers or not facts.hears):
        why = "recordings are heard instead" if facts.answers else "nobody is at the keyboard"
        raise SettingsError(
            f"--device {facts.device}: no microphone is opened, because {why}.",
            hint="Leave --device out, or --answers."
            if facts.answers
            else "With --hands-free one is.",
        )
    if facts.answers:
        return SourceKind.RECORDINGS, ""
    if not facts.no_input and facts.hears:
        return SourceKind.MICROPHONE, ""
    reason = facts.no_input or "nobody is at the keyboard"
    if facts.hears:  # somebody is there, and their vault is no place for others' answers
        raise NoMicrophone(
            f"There is nothing to hear you with: {reason}.",
            hint="Plug in a microphone, type with --typed, or name recordings with --answers.",
        )
    if not facts.has_samples:
        raise NoMicrophone(
            f"Nobody can answer, because {reason}; and {facts.deck} has no sample answers.",
            hint="Run it in a terminal, or name recordings with --answers FOLDER.",
        )
    return SourceKind.SAMPLES, reason
