"""Every place that holds words or sound, or what is made of them: the one table of it.

Plain data. Destroying walks it in this order; whoever adds a place adds a row here,
and a test fails where the program writes a file that no row knows.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Final


class Root(Enum):
    """Where a place lies."""

    VAULT = "vault"
    CACHE = "cache"
    CONFIG = "config"
    DATA = "data"
    RUNTIME = "runtime"
    """What lives as long as a login."""
    ELSEWHERE = "elsewhere"
    """Where a person said; nobody can find it again from here."""


class Scrub(Enum):
    """What removes from a place the words that are to be destroyed."""

    VAULT = "vault"
    """`adapters/vault/discarded/doomed.py`: sentences in every themes.toml, then the files."""
    INDEX = "index"
    """The index drops what is no longer in the vault, and is vacuumed."""
    THEME_CACHE = "theme cache"
    """The cache is emptied."""
    NOBODY = "nobody"
    """Nothing does: it holds no answer, only what a person typed, or cannot be found again."""


class Seal(Enum):
    """What keeps a place from those without the key, where the vault is sealed."""

    FILE = "file"
    """Each file is an age file; each block of a take is one."""
    PAGES = "pages"
    """The index encrypts every page of its file."""
    NOTHING_THERE = "nothing there"
    """Sealing empties it, and a sealed vault keeps nothing there."""
    OPEN = "open"
    """It lies open: it tells nothing that was said, or somebody put it outside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One kind of file."""

    root: Root
    pattern: str
    """Of paths below the root, as `fnmatch` reads it: `*` crosses folders."""
    holds: str
    scrub: Scrub
    seal: Seal
    writers: tuple[str, ...]
    """Modules below `adapters/` that write it."""


_FILES: Final = ("vault/files.py", "vault/locks.py", "vault/discarded/trash.py")


def _kept(pattern: str, holds: str, scrub: Scrub = Scrub.VAULT, seal: Seal = Seal.FILE) -> Place:
    return Place(
        root=Root.VAULT, pattern=pattern, holds=holds, scrub=scrub, seal=seal, writers=_FILES
    )


HOLDINGS: Final = (
    _kept("themes.toml", "sentences that were moved, quoted or given as examples"),
    _kept("trash/themes/*", "themes.toml as it was before each change"),
    _kept("entries/*/entry.md", "the words of an entry"),
    _kept("entries/*.flac", "sound"),
    _kept("entries/*", "pictures and other files that came with an entry"),
    _kept("entries/*.jsonl", "transcripts"),
    _kept("entries/*.blocks", "sound that is being recorded"),
    _kept("entries/*.take.json", "what is known of that sound"),
    _kept("trash/*", "what was discarded, of all these kinds"),
    _kept(".doomed/*", "what is being destroyed"),
    _kept(".probe", "nothing: whether the vault can be written", seal=Seal.OPEN),
    _kept("*.tmp", "a save that was killed"),
    _kept("vocabulary.txt", "names and words a person typed", Scrub.NOBODY),
    _kept("pages.jsonl", "which pages were made of which entries; no word", Scrub.NOBODY),
    _kept("imports.jsonl", "which entries an import brought; no word", Scrub.NOBODY),
    _kept("record.jsonl", "keyed digests of files and their paths; no word", Scrub.NOBODY),
    _kept("destroyed.txt", "digests of entries that were destroyed; no word", Scrub.NOBODY),
    _kept("sheet.txt", "references a person picked; no word", Scrub.NOBODY),
    _kept("programme.toml", "what a person said of decks; no answer", Scrub.NOBODY),
    _kept("vault.toml", "the vault's id and secret", Scrub.NOBODY, Seal.OPEN),
    _kept("key/names.age", "what sealed folders and decks were called", Scrub.NOBODY),
    _kept("key*/*.age", "the key of a sealed vault, wrapped", Scrub.NOBODY, Seal.OPEN),
    _kept("*.lock", "nothing", Scrub.NOBODY, Seal.OPEN),
    Place(
        root=Root.VAULT,
        pattern="decks/*",
        holds="questions a person wrote",
        scrub=Scrub.NOBODY,
        seal=Seal.FILE,
        writers=("deck_folder.py",),
    ),
    Place(
        root=Root.CACHE,
        pattern="index/*",
        holds="words, and the vectors of every sentence",
        scrub=Scrub.INDEX,
        seal=Seal.PAGES,
        writers=("index/database.py",),
    ),
    Place(
        root=Root.CACHE,
        pattern="themes/*",
        holds="what was clustered into themes, claims of own themes, vectors of examples",
        scrub=Scrub.THEME_CACHE,
        seal=Seal.FILE,
        writers=("caches/files.py",),
    ),
    Place(
        root=Root.CACHE,
        pattern="prompts/*",
        holds="questions of decks as sound, never one that quotes an answer",
        scrub=Scrub.NOBODY,
        seal=Seal.NOTHING_THERE,
        writers=("caches/clips.py", "caches/files.py"),
    ),
    Place(
        root=Root.CACHE,
        pattern="aloud/*",
        holds="what the speech model heard when a deck was said; no answer",
        scrub=Scrub.NOBODY,
        seal=Seal.NOTHING_THERE,
        writers=("caches/files.py",),
    ),
    Place(
        root=Root.CONFIG,
        pattern="config.toml",
        holds="settings; nothing that was said",
        scrub=Scrub.NOBODY,
        seal=Seal.OPEN,
        writers=("settings_file.py",),
    ),
    Place(
        root=Root.DATA,
        pattern="models/*",
        holds="public models",
        scrub=Scrub.NOBODY,
        seal=Seal.OPEN,
        writers=(
            "download/hub.py",
            "download/pip_wheels.py",
            "model_store/store.py",
            "model_store/wheels.py",
        ),
    ),
    Place(
        root=Root.DATA,
        pattern="vaults/*",
        holds="where vaults are, so that one that is gone is missed; no answer",
        scrub=Scrub.NOBODY,
        seal=Seal.OPEN,
        writers=("vault/condition/known.py",),
    ),
    *(
        Place(
            root=root,
            pattern=pattern,
            holds="nothing: the socket of whoever holds a vault's key in memory",
            scrub=Scrub.NOBODY,
            seal=Seal.OPEN,
            writers=("seal/client.py", "seal/__main__.py"),
        )
        for root, pattern in ((Root.RUNTIME, "*.key"), (Root.CACHE, "run/*.key"))
    ),
    Place(
        root=Root.ELSEWHERE,
        pattern="*",
        holds="a question as sound, in a temporary folder that goes at once; not on Linux",
        scrub=Scrub.NOBODY,
        seal=Seal.OPEN,
        writers=("voice/child.py",),
    ),
    Place(
        root=Root.ELSEWHERE,
        pattern="*",
        holds="the copies that `consent copy` makes, and pages with their sound",
        scrub=Scrub.NOBODY,
        seal=Seal.OPEN,
        writers=("exchange/copies.py",),
    ),
    Place(
        root=Root.ELSEWHERE,
        pattern="*",
        holds="a backup of the vault, as it lay there; sealed if the vault was",
        scrub=Scrub.NOBODY,
        seal=Seal.OPEN,
        writers=("exchange/backups.py",),
    ),
    Place(
        root=Root.ELSEWHERE,
        pattern="*",
        holds="which folder is watched, as a systemd user unit; no answer",
        scrub=Scrub.NOBODY,
        seal=Seal.OPEN,
        writers=("watching/unit_file.py",),
    ),
    Place(
        root=Root.ELSEWHERE,
        pattern="*",
        holds="a recording that was kept, in the system's trash, where its person asked for that",
        scrub=Scrub.NOBODY,
        seal=Seal.OPEN,
        writers=("watching/trash_can.py",),
    ),
    Place(
        root=Root.ELSEWHERE,
        pattern="*",
        holds="an archive's recording while it is decoded, in memory; not on Linux in a "
        "temporary folder that goes at once",
        scrub=Scrub.NOBODY,
        seal=Seal.OPEN,
        writers=("exchange/exports.py",),
    ),
)
