"""Wires the guide and the doctor; loads them late, like `wiring`."""

import sys
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from voicereflect import wiring
from voicereflect.adapters.keyboard import attended, typed_line
from voicereflect.errors import SettingsError
from voicereflect.model import Clip
from voicereflect.ui.progress import LineProgress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voicereflect.adapters.fetching.parent import ChildFetcher
    from voicereflect.config import Settings
    from voicereflect.core.sealing.states import Turned
    from voicereflect.flows.setup.doctor import Finding, NamedVoice, Probe
    from voicereflect.flows.setup.guide import Guide, GuideParts, Microphones
    from voicereflect.flows.setup.offering import VaultSeal
    from voicereflect.ports.sound import Loudspeaker

SAMPLE, SAMPLE_S = Path("everyday") / "week.flac", 10.0
"""What is written down to see how fast this machine is."""


@contextmanager
def guide(*, asks: bool, folder: Path | None, language: str | None) -> "Iterator[Guide]":
    """The guided minute; what was started for it ends with it.

    Raises:
        SettingsError: nobody knows the language, or there is no such folder.
    """
    from voicereflect.adapters.fetching.parent import ChildFetcher
    from voicereflect.adapters.vault.condition.known import is_there
    from voicereflect.flows.setup.guide import Guide, Kept

    fetcher = ChildFetcher()
    try:
        if language is not None:
            wiring.set_setting("language", language)
        chosen = wiring.settings()
        kept = Kept(
            vault=chosen.vault,
            vault_is_there=is_there(chosen.vault),
            model=chosen.model,
            language=chosen.language,
            country=chosen.country,
            microphone=chosen.microphone,
        )
        yield Guide(_guide_parts(chosen, fetcher, _wheels_in(folder), asks=asks), kept)
    finally:
        fetcher.close()


def _guide_parts(
    chosen: "Settings", fetcher: "ChildFetcher", wheels: tuple[Path, ...], *, asks: bool
) -> "GuideParts":
    from voicereflect.adapters.model_store import shipped_catalogue
    from voicereflect.adapters.system_packages import missing_packages
    from voicereflect.flows.setup.asking import AskingVoice
    from voicereflect.flows.setup.guide import GuideParts
    from voicereflect.flows.setup.measuring import share_of_time
    from voicereflect.ui.setup import SetupPage
    from voicereflect.wiring import help_lines

    there, progress = asks and attended(), LineProgress()
    spoken, loudspeaker = _named_voice(chosen), wiring.loudspeaker(chosen)
    aloud = AskingVoice(spoken.voice, loudspeaker, wanted=there and not wiring.plain())
    return GuideParts(
        screen=SetupPage(typed_line if there else None, aloud.say, aloud.hush, tidy=progress.tidy),
        aloud=aloud,
        probes=_probes(chosen, spoken, loudspeaker),
        packages=missing_packages,
        voice_advice=_voice_advice(),
        catalogue=shipped_catalogue(),
        store=wiring.model_store(chosen),
        fetcher=fetcher,
        progress=progress,
        wheels=wheels,
        microphones=_microphones,
        help_lines=help_lines.shipped(),
        share_of_time=lambda: share_of_time(
            wiring.transcriber(chosen, live=False), _sample(), time.monotonic
        ),
        remember=wiring.set_setting,
        writable=_tried_vault,
        seal=_vault_seal(),
    )


def _tried_vault() -> str:
    """Try whether the vault can be written; a sealed one needs no key for that."""
    from voicereflect.flows.setup.doctor import vault_is_writable
    from voicereflect.wiring.sealing.keys import begin_locked

    chosen = wiring.settings()
    begin_locked(chosen.vault)
    return vault_is_writable(wiring.vault(chosen))


def _vault_seal() -> "VaultSeal":
    from voicereflect.flows.setup.offering import VaultSeal
    from voicereflect.wiring.sealing import flows, keys

    def seal() -> "Turned":
        wiring.vault(wiring.settings()).begin()
        return flows.sealing().seal()

    return VaultSeal(is_set=lambda: keys.state_at(wiring.settings().vault).writes_sealed, set=seal)


def _probes(
    chosen: "Settings", spoken: "NamedVoice", loudspeaker: "Loudspeaker"
) -> "tuple[Probe, ...]":
    from voicereflect.adapters.offline import probe
    from voicereflect.adapters.portaudio.microphone import Microphone
    from voicereflect.flows.setup import doctor as checks

    microphone = Microphone(wiring.device(chosen.microphone))
    looks = {
        "network": partial(checks.network_is_shut, probe.attempts),
        "voice": partial(checks.voice_renders, spoken),
        "loudspeaker": partial(checks.loudspeaker_plays, loudspeaker, spoken.voice),
        "microphone": partial(checks.microphone_hears, microphone),
    }
    return tuple(checks.Probe(part=part, look=look) for part, look in looks.items())


def _voice_advice() -> str:
    from importlib.util import find_spec

    from voicereflect.adapters.voice.natural import is_installed
    from voicereflect.core.store.installing import voice_advice

    if is_installed():
        return ""
    found = frozenset(each.name for each in Path(sys.prefix).iterdir())
    return voice_advice(found, pip=find_spec("pip") is not None, python=sys.executable)


def _wheels_in(folder: Path | None) -> tuple[Path, ...]:
    if folder is None:
        return ()
    if found := tuple(sorted(folder.glob("*.whl"))):
        return found
    raise SettingsError(f"{folder} has no wheels in it.", hint="Name the folder they lie in.")


def _microphones() -> "Microphones":
    from voicereflect.adapters.portaudio.probe import survey
    from voicereflect.flows.setup.guide import Microphones

    there = survey()
    return Microphones(
        names=tuple(each.name for each in there.devices if each.inputs),
        usual=there.default_input.name if there.default_input else "",
        find=lambda wanted: there.input_named(wanted).name,
    )


def _sample() -> Clip:
    """Some seconds of a sample answer, which come with the program."""
    from itertools import islice

    from voicereflect.adapters.deck_folder import shipped_answers
    from voicereflect.adapters.recordings.decoding import BLOCK_S, DecodedFile

    sound = DecodedFile(shipped_answers() / SAMPLE)
    try:
        pcm = b"".join(islice(sound.blocks(), round(SAMPLE_S / BLOCK_S)))
    finally:
        sound.close()
    return Clip(pcm=pcm, rate_hz=sound.rate_hz)


def _named_voice(chosen: "Settings") -> "NamedVoice":
    from voicereflect.adapters.voice.natural import is_installed
    from voicereflect.flows.setup.doctor import NamedVoice
    from voicereflect.wiring.sound import voices

    is_natural = voices.is_natural(chosen, chosen.language)
    return NamedVoice(
        name="the natural voice" if is_natural else "the system's own voice",
        voice=voices.natural(chosen) if is_natural else voices.pyttsx3(chosen),
        missing=""
        if is_installed()
        else "the natural voice is not installed: `voicereflect setup` tells how",
    )


def doctor() -> "Iterator[Finding]":
    """A look at every part, one finding after the other."""
    from voicereflect.adapters.portaudio.probe import survey
    from voicereflect.flows.setup import doctor as checks
    from voicereflect.wiring.sound import voices

    chosen = wiring.settings()
    plain = checks.NamedVoice(name="", voice=voices.pyttsx3(chosen), missing="")
    named = {each.part: each for each in _probes(chosen, plain, wiring.loudspeaker(chosen))}
    voice = partial(checks.voice_renders, _named_voice(chosen))
    reader = wiring.transcriber(chosen, live=False)
    second = Clip(pcm=b"\0" * 32_000, rate_hz=16_000)
    return checks.examine(
        (
            checks.Probe(part="vault", look=_tried_vault),
            named["network"],
            checks.Probe(part="devices", look=lambda: survey().listed),
            checks.Probe(part="voice", look=voice),
            named["loudspeaker"],
            named["microphone"],
            checks.Probe(part="speech model", look=partial(checks.model_reads, reader, second)),
        )
    )
