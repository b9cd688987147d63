"""`voicereflect open`: where an entry is kept."""

import typer

from voicereflect.cli.shared import VaultOrEntryWords, note
from voicereflect.wiring import desktop


def open_folder(reference: VaultOrEntryWords) -> None:
    """Tell in which folder an entry is, or the vault; show it where there is a desktop."""
    folder = desktop.folder_of(reference[0])
    typer.echo(str(folder))
    if not desktop.shown(folder):
        note("There is no desktop here to show it on.")
