"""Settings to the parts that themes are made with; loads them late."""

import secrets
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING

from voicereflect import wiring
from voicereflect.adapters.keyboard import Keys
from voicereflect.core.entry.languages import not_english
from voicereflect.errors import ModelError, VaultError
from voicereflect.ui.progress import LineProgress
from voicereflect.wiring import library

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from voicereflect.adapters.vault.curated.curations import CurationFile
    from voicereflect.adapters.vault.folder import FolderVault
    from voicereflect.config import Settings
    from voicereflect.core.entry.refs import Reference
    from voicereflect.core.themes.known import KnownTheme
    from voicereflect.core.themes.names.named import Named
    from voicereflect.core.themes.theme import Sentence
    from voicereflect.core.words.kinds import Layer
    from voicereflect.flows.themes.curating import Curator
    from voicereflect.flows.themes.listing import Overview, ThemeParts, Themes
    from voicereflect.flows.themes.playing import ThemePlayer
    from voicereflect.model import Entry
    from voicereflect.ports.index import EntryIndex
    from voicereflect.ports.screen import Progress

STOPPED = "\nStopped. What was read so far is kept, and the next look goes on from there."
READ_OTHERWISE = (
    "Another model or version reads your sentences now: what is found may differ.\n"
    "What you named, pinned, moved, merged or hid stays."
)


@contextmanager
def themes(
    progress: "Progress | None" = None, note: "Callable[[str], None]" = library.notes
) -> "Iterator[Themes]":
    """What keeps coming back; its quotes are read for as long as this is open."""
    with parts(progress) as made:
        yield themes_of(made, note)


def themes_of(made: "ThemeParts", note: "Callable[[str], None]" = library.notes) -> "Themes":
    """The themes that parts make; `note` hears what goes otherwise."""
    from voicereflect.flows.themes.listing import Themes

    return Themes(made, partial(_made, note))


@contextmanager
def parts(progress: "Progress | None" = None) -> "Iterator[ThemeParts]":
    """What themes are made with; Ctrl-C within keeps what was read."""
    from voicereflect.adapters.meaning.client import MeaningWorker

    chosen = wiring.settings()
    kept = wiring.vault(chosen)
    secret = _secret(kept)
    reader = MeaningWorker(
        lambda: wiring.sound_model(chosen, library.EMBEDDING_MODEL),
        name=library.embedding_key(),
        quick=False,
    )
    with wiring.index_of(kept) as index:
        if kept.grew_since(index.file):
            with suppress(ModelError):  # told where it is really needed
                reader.start()

        from voicereflect.flows.library.finding.depths import depths_of
        from voicereflect.flows.themes.listing import ThemeParts

        made = ThemeParts(
            index=index,
            pages=kept,
            meaning=reader,
            cache=wiring.cache_of(kept),
            secret=secret,
            curations=_curations(chosen),
            known=_known(),
            layer=_layer,
            depth=depths_of(wiring.deck_folder(chosen)),
            progress=progress or LineProgress(),
        )
        try:
            yield made
        except KeyboardInterrupt:
            library.notes(STOPPED)
            reader.close()  # else it leaves when its input ends; waiting for it costs 0.14 s
            raise


def _made(note: "Callable[[str], None]", parts: "ThemeParts", index: "EntryIndex") -> "Overview":
    from voicereflect.flows.themes.making import overview

    found = overview(parts, index)
    if found.read_otherwise:
        note(READ_OTHERWISE)
    return found


def places(name: str) -> frozenset[str]:
    """Where a theme's sentences stand, as references.

    Raises:
        ThemeNotFound: none has this name, or several.
    """
    from voicereflect.core.themes.clustering.finding import find_to_show

    with themes() as found:
        theme = find_to_show(found.overview().themes, name)
        return frozenset(each.reference for each in theme.sentences)


def named(names: "Sequence[str]", decks: "Iterable[str]" = ()) -> "Named":
    """Heavy decks and closed entries that may be quoted from, as they were typed.

    `decks`: some that need not be there any more.

    Raises:
        EntryNotFound: no deck has such a name, and it means no entry, or several.
    """
    from voicereflect.core.themes.names.named import NOTHING_NAMED, named

    if not names:
        return NOTHING_NAMED
    chosen = wiring.settings()
    there = {*wiring.deck_folder(chosen).names(), *decks}
    return named(names, there, wiring.vault(chosen).ids())


def _secret(kept: "FolderVault") -> bytes:
    """What keys the digests in the cache; where none can be kept, one for this command alone."""
    try:
        found = kept.secret() if kept.root.is_dir() else b""
    except VaultError:  # read-only, or of a newer version: the cache is made anew each time
        found = b""
    # the label lies open, also where the cache beside the vault must say nothing
    return wiring.files_of(wiring.settings()).keyed(found) if found else secrets.token_bytes(32)


@contextmanager
def curator() -> "Iterator[Curator]":
    """The person's own hand in their themes."""
    with themes() as found:
        yield hand_in(found)


def hand_in(found: "Themes") -> "Curator":
    """The person's own hand in themes that are open."""
    from voicereflect.flows.themes.curating import Curator

    return Curator(found, _curations(wiring.settings()))


def referenced(reference: str) -> "tuple[Entry, Reference]":
    """The entry a reference means, and the reference itself, whole.

    Raises:
        EntryNotFound: none, or several.
    """
    from voicereflect.flows.library.pointing import pointed
    from voicereflect.wiring.library import in_full

    kept = wiring.vault(wiring.settings())
    found = pointed(kept, in_full(reference))
    return kept.load(found.entry), found


def quoted(references: "Sequence[str]") -> list[str]:
    """The sentences that references name, verbatim."""
    from voicereflect.flows.themes.curating import quote_at

    return [quote_at(*referenced(each)).words for each in references]


def names() -> list[tuple[str, str]]:
    """Names and handles of the themes that may be named without a yes; finds none anew."""
    from voicereflect.core.themes.keeping import named_unasked

    kept = named_unasked(_curations(wiring.settings()).read().records, _known())
    return [(each.name, each.handle) for each in kept]


def theme_player(tell: "Callable[[Sentence], None]") -> "ThemePlayer":
    """Hearing oneself on a theme."""
    from voicereflect.adapters.voice.parent import Pyttsx3Voice
    from voicereflect.flows.themes.playing import ThemePlayer

    chosen = wiring.settings()
    return ThemePlayer(
        vault=wiring.vault(chosen),
        voice=None if chosen.voice == "none" else Pyttsx3Voice(None, chosen.voice_rate),
        loudspeaker=wiring.loudspeaker(chosen),
        keyboard=Keys(),
        tell=tell,
    )


def _curations(chosen: "Settings") -> "CurationFile":
    from voicereflect.adapters.vault.curated.curations import CurationFile

    return CurationFile(wiring.files_of(chosen))


def _layer() -> "Layer":
    from importlib.resources import files

    from voicereflect.core.words.kinds import parse

    return parse((files("voicereflect") / "themes.weights").read_bytes())


def _known() -> "Sequence[KnownTheme]":
    from importlib.resources import files

    from voicereflect.core.themes.known import parse

    return parse((files("voicereflect") / "themes.toml").read_text("utf-8"))


def other_languages() -> str:
    """Say how many entries are in other languages than English; empty where none is."""
    with wiring.index_of(wiring.vault(wiring.settings())) as index:
        return not_english(index.languages())
