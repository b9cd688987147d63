"""Settings to adapters to flows: the one place that knows which is which, and loads them late."""

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from voicereflect.errors import SettingsError, VaultError

if TYPE_CHECKING:
    from collections.abc import Callable

    from voicereflect.adapters.caches.themes import FolderThemeCache
    from voicereflect.adapters.deck_folder import DeckFolder, ShutDecks
    from voicereflect.adapters.index.index import Index
    from voicereflect.adapters.model_store import ModelStore
    from voicereflect.adapters.vault.condition.known import KnownVaults
    from voicereflect.adapters.vault.files import Files
    from voicereflect.adapters.vault.folder import FolderVault
    from voicereflect.config import Loaded, Settings
    from voicereflect.core.themes.curation import Curation
    from voicereflect.ports.sound import Codec, Loudspeaker
    from voicereflect.ports.speech import Transcriber

T = TypeVar("T")

_INSTEAD: dict[str, str] = {}
"""What holds in this process in place of the environment."""
PATIENCE_MS = 300
"""How long nobody minds waiting for another process that writes the index."""


def loaded() -> "Loaded":
    """The settings and where each came from."""
    from voicereflect import config

    return config.load({**os.environ, **_INSTEAD})


def settings() -> "Settings":
    """The settings."""
    return loaded().settings


def set_setting(name: str, value: str | None) -> None:
    """Keep a setting in the settings file, whatever else stands there; None takes it out.

    Raises:
        SettingsError: there is no such setting, it cannot be that, or the file cannot be changed.
    """
    from voicereflect import config
    from voicereflect.adapters.settings_file import remember

    if value is None:
        config.expect_setting(name)
    given = None if value is None else config.checked(name, value)
    remember(config.config_file(os.environ), name, given)


def version() -> str:
    """The version that is installed."""
    from importlib.metadata import version

    return version("voicereflect")


def sample_vault() -> Path:
    """Where sample answers are kept, so that nobody's own vault holds what nobody said."""
    from voicereflect.config import data_folder

    return data_folder() / "samples"


def use_sample_vault() -> None:
    """From here on this process leaves the chosen vault alone."""
    from voicereflect.config import PREFIX

    _INSTEAD[f"{PREFIX}VAULT"] = str(sample_vault())


def now() -> datetime:
    """This moment in the person's own zone."""
    return datetime.now().astimezone()


def vault(chosen: "Settings") -> "FolderVault":
    """The folder of truth."""
    from voicereflect.adapters.vault.entries.entry_folders import Remembered
    from voicereflect.adapters.vault.folder import FolderVault

    def scrub(edit: "Callable[[Curation], Curation]") -> None:
        from voicereflect.adapters.vault.curated.curations import CurationFile

        CurationFile(files).scrub(edit)

    def note_vault() -> None:
        if chosen.vault != sample_vault():  # that one may be thrown away at any time
            vaults.note(chosen.vault)

    vaults = expected(chosen)
    files = files_of(chosen)
    known = Remembered(
        heads=lambda: _known(kept, lambda index: index.heads()),
        quiet=lambda: _known(kept, lambda index: index.quiet()),
        expect=lambda: vaults.expect(chosen.vault),
        on_new=note_vault,
    )
    kept = FolderVault(files, codec=_codec, now=now, remembered=known, scrub=scrub)
    return kept


def files_of(chosen: "Settings") -> "Files":
    """The bytes of the vault; where it is sealed, its key is at hand afterwards.

    Raises:
        VaultLocked: it is sealed, and nobody gave its passphrase.
    """
    from voicereflect.wiring.sealing import keys

    return keys.files_at(chosen.vault)


def shut_decks(chosen: "Settings") -> "ShutDecks | None":
    """How decks of one's own are read where the vault is sealed; None where it is not."""
    from voicereflect.wiring.sealing import keys

    return keys.shut_decks_at(chosen.vault)


def expected(chosen: "Settings") -> "KnownVaults":
    """Which folders were vaults; VaultMissing where the chosen one was and is none now."""
    from voicereflect.adapters.vault.condition.known import KnownVaults
    from voicereflect.config import data_folder

    known = KnownVaults(data_folder() / "vaults")
    known.expect(chosen.vault)
    return known


def _known(kept: "FolderVault", ask: "Callable[[Index], dict[str, T]]") -> "dict[str, T]":
    """Ask the index for what need not be read again; nothing, where it cannot be asked."""
    try:
        with index_of(kept, patience_ms=PATIENCE_MS) as index:
            return ask(index)
    except VaultError:
        return {}


def index_of(kept: "FolderVault", *, patience_ms: int | None = None) -> "Index":
    """A vault's index: a cache, named for the vault."""
    from voicereflect.adapters.index.database import PATIENCE_MS
    from voicereflect.adapters.index.index import Index
    from voicereflect.config import cache_folder
    from voicereflect.wiring.sealing.keys import cipher_at

    cipher = cipher_at(kept.root)
    folder = cache_folder() / "index"
    return Index(
        folder / f"{kept.identity()}.sqlite",
        older=folder / f"{kept.identity(by_path=True)}.sqlite",
        key=cipher.keyed(b"index") if cipher else b"",
        patience_ms=PATIENCE_MS if patience_ms is None else patience_ms,
    )


def cache_of(kept: "FolderVault") -> "FolderThemeCache":
    """What a vault's themes are made from again; one folder for each vault, wherever it is."""
    from voicereflect.adapters.caches.themes import FolderThemeCache
    from voicereflect.config import cache_folder
    from voicereflect.wiring.sealing.keys import cipher_at

    folder = cache_folder() / "themes"
    older = folder / kept.identity(by_path=True)  # as it was named before
    return FolderThemeCache(folder / kept.identity(), older=older, cipher=cipher_at(kept.root))


def deck_folder(chosen: "Settings") -> "DeckFolder":
    """The user's own decks before the shipped ones."""
    from voicereflect.adapters.deck_folder import DeckFolder, shipped_folder
    from voicereflect.wiring.sealing.keys import is_locked

    expected(chosen)  # or a deck of one's own would be said never to have been
    if is_locked(chosen.vault):
        return DeckFolder([shipped_folder()])
    return DeckFolder([chosen.vault / "decks", shipped_folder()], shut_decks(chosen))


def model_store(chosen: "Settings") -> "ModelStore":
    """Where models are kept."""
    from voicereflect.adapters.model_store import ModelStore, shipped_catalogue

    return ModelStore(chosen.models_dir, shipped_catalogue())


def transcriber(chosen: "Settings", *, live: bool, model: str | None = None) -> "Transcriber":
    """The speech worker; it checks its model's files before it loads them."""
    from voicereflect.adapters.speech.client import SpeechWorker

    name = model or chosen.model
    return SpeechWorker(lambda: speech_model(chosen, name), threads=chosen.threads, live=live)


def speech_model(chosen: "Settings", name: str) -> Path:
    """The folder of a model that writes down what was said; checked like any other."""
    from voicereflect.core.store.catalogue import SPEECH

    if model_store(chosen).kind(name) != SPEECH:
        raise SettingsError(
            f"The model {name} is no speech model.",
            hint="`voicereflect models list` shows which are.",
        )
    return sound_model(chosen, name)


def expect_heard(chosen: "Settings", language: str, model: str | None = None) -> None:
    """See whether the speech model can hear a language; an unknown model is told of later.

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


def loudspeaker(chosen: "Settings") -> "Loudspeaker":
    """The loudspeaker that was chosen, or the system's own."""
    from voicereflect.adapters.portaudio.loudspeaker import PortAudioLoudspeaker

    return PortAudioLoudspeaker(device(chosen.loudspeaker))


def person_is_there() -> bool:
    """Whether somebody can be asked."""
    from voicereflect.adapters.keyboard import attended

    return attended()


def plain() -> bool:
    """Whether pictures made of characters say nothing: to a screen reader, to a program."""
    return bool(os.environ.get("ACCESSIBLE")) or os.environ.get("TERM") == "dumb"


def follows_cursor() -> bool:
    """Whether the terminal's cursor can be moved over what was printed."""
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def read_aloud(*, attended: bool) -> bool:
    """Whether a screen reader may speak what is printed, into a microphone that is open."""
    return attended and bool(os.environ.get("ACCESSIBLE"))


def moving(*, attended: bool) -> bool:
    """Whether the screen may move: a person, a terminal, and no wish for still lines."""
    return attended and sys.stdout.isatty() and not plain()


def _codec() -> "Codec":
    from voicereflect.adapters.vault.answers.flac import Flac

    return Flac()
