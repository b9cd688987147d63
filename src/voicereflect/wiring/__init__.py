"""Settings to adapters to flows: the one place that knows which is which, and loads them late."""

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from voicereflect.adapters.deck_folder import DeckFolder
    from voicereflect.adapters.index.index import Index
    from voicereflect.adapters.model_store import ModelStore
    from voicereflect.adapters.vault.answer_files import Codec
    from voicereflect.adapters.vault.folder import FolderVault
    from voicereflect.adapters.vault.shelves import Heads, Quiet
    from voicereflect.config import Loaded, Settings
    from voicereflect.core.themes.curation import Curation
    from voicereflect.flows.library.showing import Library
    from voicereflect.flows.library.transcribing import Transcribing
    from voicereflect.flows.setup.doctor import Finding
    from voicereflect.flows.setup.models import ModelsFlow
    from voicereflect.model import Entry
    from voicereflect.ports import Transcriber

T = TypeVar("T")

PATIENCE_MS = 300
"""How long nobody minds waiting for another process that writes the index."""
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
    from voicereflect.adapters.vault.shelves import Remembered

    def heads() -> "Heads":
        return _known(kept, lambda index: index.heads())

    def quiet() -> "Quiet":
        return _known(kept, lambda index: index.quiet())

    def scrub(edit: "Callable[[Curation], Curation]") -> None:
        from voicereflect.adapters.vault.curations import CurationFile

        CurationFile(files).scrub(edit)

    files = Files(chosen.vault)
    known = Remembered(heads=heads, quiet=quiet)
    kept = FolderVault(files, codec=_codec, now=now, remembered=known, scrub=scrub)
    return kept


def _known(kept: "FolderVault", ask: "Callable[[Index], dict[str, T]]") -> "dict[str, T]":
    """Ask the index for what need not be read again; nothing, where it cannot be asked."""
    from voicereflect.errors import VaultError
    from voicereflect.wiring.shelf import index_of

    try:
        with index_of(kept, patience_ms=PATIENCE_MS) as index:
            return ask(index)
    except VaultError:
        return {}


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
    from voicereflect.adapters.hub import PublicHub
    from voicereflect.adapters.model_store import ModelStore, shipped_catalogue
    from voicereflect.flows.setup.models import ModelsFlow
    from voicereflect.ui.progress import LineProgress

    catalogue, chosen = shipped_catalogue(), settings()
    store = ModelStore(chosen.models_dir, catalogue)
    return ModelsFlow(
        catalogue=catalogue,
        store=store,
        hub=PublicHub(),
        progress=LineProgress(),
        needed=chosen.model,
    )


def library() -> "Library":
    """Entries, read back."""
    from voicereflect.flows.library.showing import Library

    return Library(vault(settings()))


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

    chosen = settings()
    plain = voices.pyttsx3(chosen)
    is_natural = voices.is_natural(chosen, chosen.language)
    voice = parts.NamedVoice(
        name="the natural voice" if is_natural else "the system's own voice",
        voice=voices.natural(chosen) if is_natural else plain,
        missing="" if is_installed() else "the natural voice is not installed: `make voice`",
    )
    reader = transcriber(chosen, live=False)
    loudspeaker = Loudspeaker(device(chosen.loudspeaker))
    microphone = Microphone(device(chosen.microphone))
    second = Clip(pcm=b"\0" * 32_000, rate_hz=16_000)
    return parts.examine(
        (
            parts.Probe(part="vault", look=partial(parts.vault_is_writable, vault(chosen))),
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


def transcriber(chosen: "Settings", *, live: bool, model: str | None = None) -> "Transcriber":
    """The speech worker; it checks its model's files before it loads them."""
    from voicereflect.adapters.speech.client import SpeechWorker

    name = model or chosen.model
    return SpeechWorker(lambda: speech_model(chosen, name), threads=chosen.threads, live=live)


def speech_model(chosen: "Settings", name: str) -> Path:
    """The folder of a model that writes down what was said; checked like any other."""
    from voicereflect.core.store.catalogue import SPEECH
    from voicereflect.errors import SettingsError

    if model_store(chosen).kind(name) != SPEECH:
        raise SettingsError(
            f"The model {name} is no speech model.",
            hint="`voicereflect models list` shows which are.",
        )
    return sound_model(chosen, name)


def expect_heard(chosen: "Settings", language: str, model: str | None = None) -> None:
    """See whether the speech model can hear a language; one nobody knows is told of later.

    Raises:
        SettingsError: it cannot.
    """
    from voicereflect.adapters.model_store import shipped_catalogue
    from voicereflect.core.entry.languages import expect_heard

    catalogue, name = shipped_catalogue(), model or chosen.model
    if name in catalogue.names:
        expect_heard(language, catalogue.find(name).languages, name)


def sound_model(chosen: "Settings", name: str) -> Path:
    """The folder of a model, every byte of which has just been compared with its hash."""
    from voicereflect.ui.progress import NoProgress

    store = model_store(chosen)
    store.verify(name, NoProgress())
    return store.folder(name)


def device(setting: str) -> str | int | None:
    """A device as PortAudio takes it: number, part of a name, or its own choice."""
    if setting.isdecimal():
        return int(setting)
    return setting or None


def recovered() -> tuple[tuple[str, ...], int]:
    """Finish what crashes left behind, destructions first: lines to show, and the exit code."""
    from voicereflect.flows.library.recovering import recover
    from voicereflect.ui.wording import recovery
    from voicereflect.wiring.consent import finish_destroying

    hindered = finish_destroying()
    found = recover(vault(settings()))
    lines = tuple(
        line
        for each in found
        for line in recovery(each.entry_id, each.sound_s, each.listed, each.problem)
    )
    problems = (*(each.problem for each in found), hindered)
    told = (hindered.line,) if hindered else ()
    return (*lines, *told), next((each.exit_code for each in problems if each), 0)


def catch_up(latest: "Entry") -> None:
    """Write down what earlier sessions left waiting; `latest` was left on purpose."""
    from contextlib import suppress

    from voicereflect.errors import EntryNotFound, EntryUnreadable, ModelError, SettingsError

    flow = transcribing()
    jobs = [job for job in flow.pending(newest=LOOK_BACK_ENTRIES) if job.entry_id != latest.id]
    if jobs:
        sys.stderr.write(
            f"Earlier answers wait for their text: {len(jobs)}.\n"
            "You can leave: `voicereflect transcribe --pending` goes on with them.\n"
        )
        # they go on waiting; this session went well
        with suppress(ModelError, SettingsError, EntryNotFound, EntryUnreadable):
            flow.run(jobs)


def transcribing(model: str | None = None, language: str | None = None) -> "Transcribing":
    """What gives sound that is kept already its texts."""
    from voicereflect.adapters.keyboard import Keys
    from voicereflect.flows.library.transcribing import Transcribing
    from voicereflect.ui.progress import LineProgress

    chosen = settings()
    if language is not None:
        expect_heard(chosen, language, model)
    return Transcribing(
        vault(chosen),
        transcriber(chosen, live=False, model=model),
        Keys(),
        LineProgress(),
        now=now,
        spoken=spoken(chosen, model, language),
    )


def spoken(
    chosen: "Settings", model: str | None = None, language: str | None = None
) -> "Callable[[str], str]":
    """What tells the language to write for that of an entry, if the model can hear it."""

    def _spoken(of_entry: str) -> str:
        written = language or of_entry
        expect_heard(chosen, written, model)
        return written

    return _spoken


def _codec() -> "Codec":
    from voicereflect.adapters.vault.flac import Flac

    return Flac()
