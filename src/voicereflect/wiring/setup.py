"""Wires the models and the doctor; loads them late, like `wiring`."""

from typing import TYPE_CHECKING

from voicereflect import wiring

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voicereflect.flows.setup.doctor import Finding
    from voicereflect.flows.setup.models import ModelsFlow


def models() -> "ModelsFlow":
    """Everything one can do with models."""
    from voicereflect.adapters.hub import PublicHub
    from voicereflect.adapters.model_store import ModelStore, shipped_catalogue
    from voicereflect.flows.setup.models import ModelsFlow
    from voicereflect.ui.progress import LineProgress

    catalogue, chosen = shipped_catalogue(), wiring.settings()
    store = ModelStore(chosen.models_dir, catalogue)
    return ModelsFlow(
        catalogue=catalogue,
        store=store,
        hub=PublicHub(),
        progress=LineProgress(),
        needed=chosen.model,
    )


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
        missing="" if is_installed() else "the natural voice is not installed: `make voice`",
    )
    reader = wiring.transcriber(chosen, live=False)
    loudspeaker = Loudspeaker(wiring.device(chosen.loudspeaker))
    microphone = Microphone(wiring.device(chosen.microphone))
    second = Clip(pcm=b"\0" * 32_000, rate_hz=16_000)
    return parts.examine(
        (
            parts.Probe(part="vault", look=partial(parts.vault_is_writable, wiring.vault(chosen))),
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
