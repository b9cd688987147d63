"""Which sound a session hears: the choice, from what is known; opens nothing."""

from dataclasses import dataclass
from enum import Enum, auto

from voicereflect.errors import NoMicrophone, SettingsError


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
    if not facts.has_samples:
        raise NoMicrophone(
            f"Nobody can answer, because {reason}; and {facts.deck} has no sample answers.",
            hint="Plug in a microphone, or name recordings with --answers FOLDER.",
        )
    return SourceKind.SAMPLES, reason
