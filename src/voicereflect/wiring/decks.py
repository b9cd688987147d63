"""What decks and programmes are made of: their folders, what was said, what was answered."""

from pathlib import Path
from typing import TYPE_CHECKING

from voicereflect import wiring
from voicereflect.adapters.keyboard import attended
from voicereflect.errors import ModelDamaged, ModelMissing, VaultError
from voicereflect.ui.progress import LineProgress
from voicereflect.wiring.sealing import keys

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from voicereflect.adapters.deck_folder import ProgrammeFolder
    from voicereflect.adapters.programme_file import ProgrammeFile
    from voicereflect.core.decks.choosing import Person
    from voicereflect.core.decks.file.reader import DeckProblem
    from voicereflect.deck_model import Offered
    from voicereflect.flows.decks.listing import DeckBook
    from voicereflect.flows.decks.offers import Offer
    from voicereflect.flows.decks.programme import Programmes
    from voicereflect.flows.library.finding.history import History
    from voicereflect.model import Entry


LOOKED_AT = 3
"""A sitting that broke off is one of the newest."""


def deck_book() -> "DeckBook":
    """All decks, and what was done with them."""
    from voicereflect.flows.decks.listing import DeckBook

    chosen = wiring.settings()
    return DeckBook(wiring.deck_folder(chosen), wiring.vault(chosen), history())


def preferences() -> "ProgrammeFile":
    """What a person said about decks."""
    from voicereflect.adapters.programme_file import ProgrammeFile

    chosen = wiring.settings()
    return ProgrammeFile(wiring.vault(chosen), put_aside=lambda: keys.ask_first(chosen.vault))


def history(*, patience_ms: int | None = None) -> "History":
    """What earlier sittings tell, from the index."""
    from voicereflect.flows.library.finding.history import History

    kept = wiring.vault(wiring.settings())
    return History(wiring.index_of(kept, patience_ms=patience_ms), kept, LineProgress())


def programmes(earlier: "History | None" = None) -> "Programmes":
    """All programmes, with their history."""
    from voicereflect.flows.decks.programme import Programmes

    decks = wiring.deck_folder(wiring.settings())
    return Programmes(decks, programme_folder(), preferences(), earlier or history())


def programme_folder() -> "ProgrammeFolder":
    """The user's own programmes before the shipped ones."""
    from voicereflect.adapters.deck_folder import ProgrammeFolder, shipped_folder

    chosen = wiring.settings()
    return ProgrammeFolder([chosen.vault / "decks", shipped_folder()], wiring.shut_decks(chosen))


def titles() -> list[tuple[str, str]]:
    """Every deck with its title; without one where it cannot be read."""
    from voicereflect.flows.decks.readable import deck_if_readable

    folder = wiring.deck_folder(wiring.settings())
    found = ((name, deck_if_readable(folder, name)) for name in folder.names())
    return [(name, deck.title if deck else "") for name, deck in found]


def person() -> "Person":
    """What choosing prompts must know of whoever speaks."""
    return programmes().person()


def next_thing() -> "Offer":
    """What `voicereflect` alone offers."""
    from voicereflect.flows.decks.offers import next_thing

    chosen = wiring.settings()
    kept = history(patience_ms=wiring.PATIENCE_MS)
    return next_thing(
        programmes(kept), wiring.deck_folder(chosen), kept, preferences(), wiring.now()
    )


def checked(file: Path) -> "tuple[DeckProblem, ...]":
    """Everything that is wrong with a deck file."""
    from voicereflect.adapters.deck_folder import text_of

    return deck_book().check(text_of(file), file.stem, programmes().facts())


def begin(name: str) -> Path:
    """A new deck of the person's own; gives its file."""
    from voicereflect.adapters.deck_folder import write_new
    from voicereflect.flows.decks.beginning import begin

    chosen = wiring.settings()

    def is_sealed() -> bool:
        wiring.expected(chosen)
        return wiring.files_of(chosen).private

    return begin(chosen.vault / "decks", name, is_sealed=is_sealed, write=write_new)


def offered(offers: "Sequence[Offered]") -> tuple[str, ...]:
    """Lines that offer other decks, as far as they are open to the person."""
    from voicereflect.flows.decks.afterwards import open_offers

    if not offers or keys.is_locked(wiring.settings().vault):  # nobody is known
        return ()
    return open_offers(offers, wiring.deck_folder(wiring.settings()), person())


def keep_open(prompts: "Sequence[str]") -> None:
    """Forget older choices at prompts that were asked again and left open."""
    from voicereflect.core.entry.ids import day_of
    from voicereflect.flows.session.asking.agenda import keep_open

    keep_open(preferences(), prompts, day_of(wiring.now()))


def is_to_introduce() -> bool:
    """Whether hands-free has never said what it is; a locked vault cannot tell, nor keep it."""
    from voicereflect.core.programme.preferences import HANDS_FREE

    if keys.is_locked(wiring.settings().vault):
        return False
    return HANDS_FREE not in preferences().read().told


def may_return(*, somebody: bool) -> "Callable[[Entry], bool]":
    """Tell which entries may be quoted without being asked for; none where nobody is there."""
    from voicereflect.flows.session.asking.quoting import returning

    if not somebody:
        return lambda _entry: False

    return returning(wiring.deck_folder(wiring.settings()))


def hears_nothing_yet() -> bool:
    """Whether the speech model has yet to be fetched; one that is damaged is told elsewhere."""
    chosen = wiring.settings()
    try:
        wiring.model_store(chosen).folder(chosen.model)
    except ModelMissing:
        return True
    except ModelDamaged:
        return False
    return False


def broken_off() -> int:
    """How many of the newest entries a crash left unfinished; nothing is mended here.

    Looking into all would take a command that says what comes next too long.
    """
    from voicereflect.adapters.vault.entries.entry_folders import EntryFolders
    from voicereflect.adapters.vault.entries.unfinished import is_abandoned

    folders = EntryFolders(wiring.files_of(wiring.settings()))
    try:
        return sum(is_abandoned(folders.find(each)) for each in folders.newest(LOOKED_AT))
    except VaultError:  # whoever opens the vault is told
        return 0


def use_samples_if_heard(deck_name: str) -> None:
    """Leave the chosen vault alone where nobody is there and a deck's sample answers are heard."""
    from voicereflect.adapters.deck_folder import shipped_answers

    if not attended() and (shipped_answers() / deck_name).is_dir():
        wiring.use_sample_vault()


def where_samples_are() -> str:
    """Where the sample answers are and how to look at them; empty where none were heard."""
    samples = wiring.sample_vault()
    if wiring.settings().vault != samples:
        return ""
    return (
        f"These are sample answers, in a vault of their own: {samples}. Yours is untouched. "
        f"VOICEREFLECT_VAULT={samples} before a command looks at them."
    )
