"""Settings to adapters to flows: the one place that knows which is which, and loads them late."""

import os
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voicereflect.adapters.deck_folder import DeckFolder
    from voicereflect.adapters.model_store import ModelStore
    from voicereflect.adapters.portaudio.probe import Survey
    from voicereflect.adapters.vault.answer_files import Codec
    from voicereflect.adapters.vault.folder import FolderVault
    from voicereflect.config import Loaded, Settings
    from voicereflect.flows.doctor import Finding
    from voicereflect.flows.library import Library
    from voicereflect.flows.models import ModelsFlow
    from voicereflect.flows.session import Session
    from voicereflect.flows.transcribing import Transcribing
    from voicereflect.ports import Loudspeaker, Recorder, Screen, Transcriber, Voice

LOOK_BACK_ENTRIES = 30
"""How far back a session looks for answers that wait; `transcribe --pending` looks at all."""


def loaded() -> "Loaded":
    """The settings and where each came from."""
    from voicereflect import config

    return config.load(os.environ)


def settings() -> "Settings":
    """The settings."""
    return loaded().settings


def now() -> datetime:
    """This moment in the person's own zone."""
    return datetime.now().astimezone()


def vault(chosen: "Settings") -> "FolderVault":
    """The folder of truth."""
    from voicereflect.adapters.vault.files import Files
    from voicereflect.adapters.vault.folder import FolderVault

    return FolderVault(Files(chosen.vault), codec=_codec, now=now)


def decks(chosen: "Settings") -> "DeckFolder":
    """The user's own decks before the shipped ones."""
    from voicereflect.adapters.deck_folder import DeckFolder, shipped_folder

    return DeckFolder([chosen.vault / "decks", shipped_folder()])


def model_store(chosen: "Settings") -> "ModelStore":
    """Where models are kept."""
    from voicereflect.adapters.model_store import ModelStore, shipped_catalogue

    return ModelStore(chosen.models_dir, shipped_catalogue())


def models() -> "ModelsFlow":
    """Everything one can do with models."""
    from voicereflect.adapters.hub import Hub
    from voicereflect.adapters.model_store import ModelStore, shipped_catalogue
    from voicereflect.flows.models import ModelsFlow
    from voicereflect.ui.progress import LineProgress

    catalogue = shipped_catalogue()
    store = ModelStore(settings().models_dir, catalogue)
    return ModelsFlow(catalogue=catalogue, store=store, hub=Hub(), progress=LineProgress())


def library() -> "Library":
    """Entries, read back."""
    from voicereflect.flows.library import Library

    return Library(vault(settings()))


def doctor() -> "Iterator[Finding]":
    """A look at every part, one finding after the other."""
    from functools import partial

    from voicereflect.adapters.offline import probe as network
    from voicereflect.adapters.portaudio.loudspeaker import Loudspeaker
    from voicereflect.adapters.portaudio.microphone import Microphone
    from voicereflect.adapters.voice.parent import Pyttsx3Voice
    from voicereflect.flows import doctor as parts
    from voicereflect.model import Clip

    chosen = settings()
    voice = Pyttsx3Voice(None, chosen.voice_rate)
    transcriber = _transcriber(chosen, live=False)
    loudspeaker = Loudspeaker(_device(chosen.loudspeaker))
    microphone = Microphone(_device(chosen.microphone))
    second = Clip(pcm=b"\0" * 32_000, rate_hz=16_000)
    return parts.examine(
        (
            parts.Probe(part="vault", look=partial(parts.vault_is_writable, vault(chosen))),
            parts.Probe(part="network", look=partial(parts.network_is_shut, network.attempts)),
            parts.Probe(part="voice", look=partial(parts.voice_renders, voice)),
            parts.Probe(
                part="loudspeaker", look=partial(parts.loudspeaker_plays, loudspeaker, voice)
            ),
            parts.Probe(part="microphone", look=partial(parts.microphone_hears, microphone)),
            parts.Probe(part="speech model", look=partial(parts.model_reads, transcriber, second)),
        )
    )


def session(deck_name: str, *, answers: Path | None, language: str | None) -> "Session":
    """A spoken session of one deck, ready to run.

    Raises:
        ReflectError: the deck is unknown or broken, or a setting is.
    """
    import random
    import time
    from concurrent.futures import ThreadPoolExecutor

    from voicereflect.adapters.keyboard import Keys, attended
    from voicereflect.adapters.portaudio.library import survey_once
    from voicereflect.flows.planning import plan
    from voicereflect.flows.session import Parts, Session

    with ThreadPoolExecutor(max_workers=1) as aside:
        looking = aside.submit(survey_once)  # a child; meanwhile the rest is loaded
        chosen = settings()
        deck = decks(chosen).load(deck_name)
        screen = _screen(attended=attended())
        kept = vault(chosen)
        for line in recovered():
            screen.note(line)
        survey = looking.result()
    source = _source(chosen, survey, answers, attended=attended())
    spoken = plan(
        deck,
        kept,
        language=language or chosen.language,
        speaker=source.speaker,
        now=now(),
        dice=random.SystemRandom(),
    )
    parts = Parts(
        voice=_voice(chosen),
        loudspeaker=_loudspeaker(chosen, survey, screen),
        recorder=source.recorder,
        keyboard=Keys(),
        attended=attended(),
        transcriber=_transcriber(chosen, live=_moving(attended=attended())),
        vault=kept,
        screen=screen,
        source=source.name,
        now=now,
        monotonic_s=time.monotonic,
    )
    return Session(parts, spoken)


@dataclass(frozen=True, slots=True)
class Source:
    """What will be heard, what a person calls it, and who speaks there."""

    recorder: "Recorder"
    name: str
    speaker: str


def _source(
    chosen: "Settings", survey: "Survey", answers: Path | None, *, attended: bool
) -> Source:
    from voicereflect.adapters.deck_folder import shipped_answers
    from voicereflect.adapters.portaudio.microphone import Microphone
    from voicereflect.adapters.recordings import Recordings

    if answers is not None:
        return Source(Recordings(answers, str(answers)), f"the recordings in {answers}", "me")
    missing = survey.no_input
    if missing is None and attended:
        microphone = Microphone(_device(chosen.microphone))
        default = survey.default_input.name if survey.default_input else "default"
        return Source(microphone, f"the microphone ({chosen.microphone or default})", "me")
    reason = missing.what if missing else "nobody is at the keyboard"
    name = f"recorded sample answers in a synthetic voice, because {reason}"
    return Source(Recordings(shipped_answers(), name), name, "synthetic sample")


def _voice(chosen: "Settings") -> "Voice | None":
    from voicereflect.adapters.clip_cache import CachedVoice
    from voicereflect.adapters.voice.parent import Pyttsx3Voice
    from voicereflect.config import cache_folder

    if chosen.voice == "none":
        return None
    voice = Pyttsx3Voice(None, chosen.voice_rate)
    return CachedVoice(voice, cache_folder() / "prompts", voice.key)


def _loudspeaker(chosen: "Settings", survey: "Survey", screen: "Screen") -> "Loudspeaker | None":
    from voicereflect.adapters.portaudio.loudspeaker import Loudspeaker

    if chosen.voice == "none":
        return None
    if survey.no_output is not None:
        screen.note(f"The prompts are shown and not spoken: {survey.no_output.what}.")
        return None
    return Loudspeaker(_device(chosen.loudspeaker))


def _transcriber(chosen: "Settings", *, live: bool, model: str | None = None) -> "Transcriber":
    from voicereflect.adapters.speech.client import SpeechWorker
    from voicereflect.ui.progress import NoProgress

    store = model_store(chosen)

    def find() -> Path:
        store.verify(model or chosen.model, NoProgress())
        return store.folder(model or chosen.model)

    return SpeechWorker(find, threads=chosen.threads, live=live)


def _screen(*, attended: bool) -> "Screen":
    from voicereflect.ui.live import LiveScreen
    from voicereflect.ui.still import StillScreen

    return (
        LiveScreen(attended=attended)
        if _moving(attended=attended)
        else StillScreen(attended=attended)
    )


def _moving(*, attended: bool) -> bool:
    """Whether the screen may move: a person, a terminal, and no wish for still lines."""
    plain = os.environ.get("ACCESSIBLE") or os.environ.get("TERM") == "dumb"
    return attended and sys.stdout.isatty() and not plain


def _device(setting: str) -> str | int | None:
    if setting.isdecimal():
        return int(setting)
    return setting or None


def _codec() -> "Codec":
    from voicereflect.adapters.vault.flac import Flac

    return Flac()


def recovered() -> tuple[str, ...]:
    """What crashes left behind, finished; a line for each entry."""
    from voicereflect.flows.recovering import recover
    from voicereflect.ui.wording import recovery

    return tuple(
        recovery(each.entry_id, each.sound_s, each.problem) for each in recover(vault(settings()))
    )


def catch_up(latest: str) -> None:
    """Write down what earlier sessions left waiting; `latest` was left on purpose."""
    flow = transcribing()
    jobs = [job for job in flow.pending(newest=LOOK_BACK_ENTRIES) if job.entry_id != latest]
    if jobs:
        sys.stderr.write(f"Earlier answers wait for their text: {len(jobs)}.\n")
        flow.run(jobs)


def transcribing(model: str | None = None) -> "Transcribing":
    """What gives sound that is kept already its texts."""
    from voicereflect.adapters.keyboard import Keys
    from voicereflect.flows.transcribing import Transcribing
    from voicereflect.ui.progress import LineProgress

    chosen = settings()
    worker = _transcriber(chosen, live=False, model=model)
    return Transcribing(vault(chosen), worker, Keys(), LineProgress(), now=now)
