"""Which devices a session hears and speaks with; never another one than was asked for."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from voicereflect import wiring
from voicereflect.errors import NoLoudspeaker

if TYPE_CHECKING:
    from voicereflect.adapters.portaudio.probe import Survey
    from voicereflect.config import Settings
    from voicereflect.ports.screen import Screen
    from voicereflect.ports.sound import Loudspeaker, Recorder


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionWishes:
    """What a command line asks of a session, beyond the settings."""

    answers: Path | None = None
    """Recordings instead of a microphone."""
    language: str | None = None
    device: str | None = None
    """A microphone by name or number; remembered."""
    hands_free: bool = False
    """Eyes closed: answers end by silence, and what would be a key is spoken."""


@dataclass(frozen=True, slots=True)
class SoundSource:
    """What will be heard, what a person calls it, and who speaks there."""

    recorder: "Recorder"
    name: str
    speaker: str


def source(
    chosen: "Settings", survey: "Survey", wishes: SessionWishes, deck_name: str, *, attended: bool
) -> SoundSource:
    """The recordings that were named, the microphone, or sample answers where nobody is there."""
    from voicereflect.adapters.deck_folder import shipped_answers
    from voicereflect.adapters.recordings import Recordings
    from voicereflect.core.sound.source import SourceFacts, SourceKind, choose_source

    facts = SourceFacts(
        answers=str(wishes.answers or ""),
        device=wishes.device or "",
        hears=attended or wishes.hands_free,
        no_input=survey.no_input.what if survey.no_input else "",
        deck=deck_name,
        has_samples=(shipped_answers() / deck_name).is_dir(),
    )
    kind, reason = choose_source(facts)
    if kind is SourceKind.MICROPHONE:
        return _microphone(chosen, survey, wishes.device)
    if kind is SourceKind.SAMPLES:
        name = f"recorded sample answers in a synthetic voice, because {reason}"
        return SoundSource(Recordings(shipped_answers(), name), name, "synthetic sample")
    recordings = Recordings(Path(facts.answers), facts.answers)
    recordings.check(deck_name)
    return SoundSource(recordings, f"the recordings in {facts.answers}", "me")


def _microphone(chosen: "Settings", survey: "Survey", wanted: str | None) -> SoundSource:
    """The microphone asked for, remembered, or the system's own; never another one instead."""
    from voicereflect.adapters.portaudio.microphone import Microphone

    pinned = wanted or chosen.microphone
    if not pinned:
        name = survey.default_input.name if survey.default_input else "default"
        return SoundSource(Microphone(None), f"the microphone ({name})", "me")
    found = survey.input_named(pinned)
    if wanted:
        wiring.set_setting("microphone", found.name)
    return SoundSource(Microphone(found.index), f"the microphone ({found.name})", "me")


def loudspeaker(
    chosen: "Settings", survey: "Survey", screen: "Screen", *, needed: bool
) -> "Loudspeaker | None":
    """The loudspeaker, where the voice is wanted and there is one; `needed`: nothing goes without.

    Raises:
        NoLoudspeaker: there is none, and it is needed.
    """
    missing = "the voice is set to none" if chosen.voice == "none" else ""
    if not missing and survey.no_output is None:
        return wiring.loudspeaker(chosen)
    reason = missing or (survey.no_output.what if survey.no_output else "")
    if needed:
        raise NoLoudspeaker(
            f"Hands-free needs a spoken voice, but {reason}.",
            hint="Mend that, or leave --hands-free out.",
        )
    if not missing:
        screen.note(f"The prompts are shown and not spoken: {reason}.")
    return None
