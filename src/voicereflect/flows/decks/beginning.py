"""Begins a deck of a person's own."""

from collections.abc import Callable
from pathlib import Path

from voicereflect.core.decks.file.reader import ID
from voicereflect.core.decks.file.template import new_deck
from voicereflect.errors import DeckError, VaultLocked


def begin(
    folder: Path,
    name: str,
    *,
    is_sealed: Callable[[], bool],
    write: Callable[[Path, str], None],
) -> Path:
    """Write a deck that explains every common key into the vault's decks; give its file.

    `is_sealed` may ask for the vault's passphrase, and is asked last.

    Raises:
        DeckError: no deck can have that name, or one has it.
        VaultLocked: the vault is sealed, and the file would be open.
        VaultUnwritable: it cannot be written.
    """
    if not ID.fullmatch(name):
        raise DeckError(
            f'"{name}" cannot be a deck\'s name', hint="Use small letters, digits and hyphens."
        )
    if is_sealed():
        raise VaultLocked(
            "A new deck would lie open in the sealed vault.",
            hint="Write it elsewhere, put the file into decks/ in the vault, "
            "then `voicereflect vault seal`.",
        )
    file = folder / f"{name}.toml"
    write(file, new_deck(name))
    return file
