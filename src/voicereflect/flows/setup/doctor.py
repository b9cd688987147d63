"""Looking at every part and saying what to do about the ones that fail; never aborts."""

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from voicereflect.core.sound.levels import level_dbfs
from voicereflect.errors import (
    DeviceError,
    NetworkOpen,
    NoLoudspeaker,
    NoMicrophone,
    ReflectError,
    TranscriptionFailed,
    VaultUnwritable,
)
from voicereflect.model import BYTES_PER_SAMPLE, Clip, Report, Span, WindowRead, WorkerLost
from voicereflect.ports.models import WayOut
from voicereflect.ports.sound import Loudspeaker, Recorder
from voicereflect.ports.speech import Transcriber
from voicereflect.ports.vault import Vault
from voicereflect.ports.voice import Voice

SENTENCE = "This is how I sound."
LISTEN_S = 1.5
ROOM_BYTES = 200_000_000
PATIENCE_S = 5.0
MODEL_PATIENCE_S = 60.0
TRY_OTHER_DEVICE = (
    "Choose another of the devices above: set `loudspeaker` as `voicereflect config` shows."
)
MUTED = (
    "Unmute it, and allow this terminal to use the microphone; "
    "or choose another of the devices above: `voicereflect reflect --device NUMBER`."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """One part to look at."""

    part: str
    look: Callable[[], str]
    """Says what was found, or raises a ReflectError that says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a look at one part gave."""

    part: str
    works: bool
    found: str
    hint: str = ""


def examine(probes: Sequence[Probe]) -> Iterator[Finding]:
    """Look at one part after the other, each result as soon as it is known."""
    for probe in probes:
        try:
            yield Finding(part=probe.part, works=True, found=probe.look())
        except ReflectError as error:
            yield Finding(part=probe.part, works=False, found=error.sentence, hint=error.hint)


def vault_is_writable(vault: Vault) -> str:
    """Write and remove a file."""
    free = vault.expect_writable()
    if free < ROOM_BYTES:
        raise VaultUnwritable(
            f"{vault.root} has {free / 1e6:.0f} MB left.", hint="An hour of sound needs 200 MB."
        )
    return f"{vault.root} can be written, {free / 1e9:.1f} GB free"


def network_is_shut(attempts: Callable[[], Sequence[WayOut]]) -> str:
    """Try every way out."""
    tried = attempts()
    still_open = ", ".join(way.what for way in tried if not way.refused)
    if still_open:
        raise NetworkOpen(
            f"Open to this program: {still_open}.", hint="docs/privacy.md says what that means."
        )
    return f"shut: {', '.join(way.what for way in tried)} were tried and refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedVoice:
    """The voice that a session would use."""

    name: str
    voice: Voice
    missing: str
    """What is not installed; empty: nothing."""


def voice_renders(speaks: NamedVoice) -> str:
    """Render a sentence, and end what rendered it."""
    try:
        clip = speaks.voice.render(SENTENCE)
    finally:
        speaks.voice.close()
    missing = f" ({speaks.missing})" if speaks.missing else ""
    return f"{speaks.name} said a sentence of {clip.duration_s:.1f} s{missing}"


def loudspeaker_plays(loudspeaker: Loudspeaker, voice: Voice) -> str:
    """Play that sentence to its end."""
    over = threading.Event()
    problems: list[DeviceError | None] = []

    def ended(problem: DeviceError | None) -> None:
        problems.append(problem)
        over.set()

    clip = voice.render(SENTENCE)
    loudspeaker.play(clip, ended)
    if not over.wait(clip.duration_s + PATIENCE_S):
        raise NoLoudspeaker("The loudspeaker never came to an end.", hint=TRY_OTHER_DEVICE)
    if problems[0] is not None:
        raise problems[0]
    return "played it to its end"


def microphone_hears(recorder: Recorder) -> str:
    """Listen for a second; equal samples mean that nothing reaches the program."""
    blocks = Blocks()
    recorder.prepare("doctor/hears")
    recorder.start(blocks)
    ended = blocks.over.wait(LISTEN_S)
    recorder.stop()
    recorder.close()
    pcm = b"".join(blocks.heard_blocks)
    if not pcm:
        raise blocks.problem or NoMicrophone("The microphone opens but sends nothing.", hint=MUTED)
    if pcm == pcm[:BYTES_PER_SAMPLE] * (len(pcm) // BYTES_PER_SAMPLE):
        raise NoMicrophone("The microphone sends perfect silence.", hint=MUTED)
    lost = f", then it was lost: {blocks.problem.what}" if ended and blocks.problem else ""
    return f"hears, at {level_dbfs(pcm):.0f} dB below full scale{lost}"


def model_reads(transcriber: Transcriber, clip: Clip) -> str:
    """Read one second of sound; what it says does not matter."""
    reports: queue.SimpleQueue[Report] = queue.SimpleQueue()
    transcriber.start(reports.put)
    recording = transcriber.open(clip.rate_hz, "en")
    transcriber.feed(recording, clip.pcm)
    transcriber.window(recording, Span(0, clip.samples), last=True)
    try:
        while True:
            match reports.get(timeout=MODEL_PATIENCE_S):
                case WorkerLost(what=what, hint=hint):
                    raise TranscriptionFailed(what, hint=hint)
                case WindowRead():
                    return f"read {clip.duration_s:.1f} s of sound"
                case _:
                    pass
    except queue.Empty as error:
        raise TranscriptionFailed(
            f"The speech worker gave nothing in {MODEL_PATIENCE_S} s.", hint="Try a smaller model."
        ) from error
    finally:
        transcriber.close()


class Blocks:
    """A listener that only collects."""

    def __init__(self) -> None:
        self.heard_blocks: list[bytes] = []
        self.problem: DeviceError | None = None
        self.over = threading.Event()

    def heard(self, pcm: bytes) -> bool:
        self.heard_blocks.append(pcm)
        return True

    def ended(self, problem: DeviceError | None) -> None:
        self.problem = problem
        self.over.set()
