"""What a rendering child can report; knows no engine and no process."""

from enum import StrEnum

from voicereflect.errors import VoiceError


class VoiceFault(StrEnum):
    """Why the child gave no sound."""

    NO_ENGINE = "no engine"
    ENGINE_FAILED = "engine failed"
    UNKNOWN_VOICE = "unknown voice"
    NO_SOUND = "no sound"
    NOT_INSTALLED = "not installed"
    NATURAL_FAILED = "natural failed"
    TOO_SLOW = "too slow"


class RenderingFailed(Exception):
    """Ends the child's work; never leaves the child."""

    def __init__(self, problem: VoiceFault) -> None:
        """Keep the problem; there is no room for the text that was to be spoken."""
        super().__init__(problem.value)
        self.problem = problem


SENTENCES: dict[VoiceFault, tuple[str, str]] = {
    VoiceFault.NO_ENGINE: (
        "no speech engine is installed",
        "Install espeak-ng (Debian and Ubuntu: sudo apt install espeak-ng), "
        "or go on without a spoken voice.",
    ),
    VoiceFault.ENGINE_FAILED: (
        "the speech engine failed",
        "Try again; `voicereflect doctor` shows which voice is in use.",
    ),
    VoiceFault.UNKNOWN_VOICE: (
        "the speech engine has no voice of the configured name",
        "Choose another voice in the settings; `espeak-ng --voices` lists them.",
    ),
    VoiceFault.NO_SOUND: (
        "the speech engine gave no sound",
        "Try another voice in the settings, or go on without a spoken voice.",
    ),
    VoiceFault.NOT_INSTALLED: (
        "the natural voice is not installed",
        "`voicereflect setup` tells how to install it; until then the system's own voice speaks.",
    ),
    VoiceFault.NATURAL_FAILED: (
        "the natural voice failed",
        "`voicereflect doctor` tries it again; VOICEREFLECT_VOICE=pyttsx3 does without it.",
    ),
    VoiceFault.TOO_SLOW: (
        "the natural voice takes longer than it speaks",
        "VOICEREFLECT_VOICE=pyttsx3 does without it.",
    ),
}
"""What a person reads, and what to do now."""


def voice_error(problem: VoiceFault) -> VoiceError:
    """Give what a person is told of it."""
    what, hint = SENTENCES[problem]
    return VoiceError(what, hint=hint)
