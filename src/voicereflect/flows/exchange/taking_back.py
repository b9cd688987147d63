"""An import taken back in one step: what it brought goes to the trash, and nothing else."""

from typing import Final

from voicereflect.core.exchange import imports
from voicereflect.core.exchange.imports import TakenBack
from voicereflect.errors import EntryNotFound, VaultBusy
from voicereflect.ports.screen import Progress
from voicereflect.ports.vault import Vault, VaultTexts

TAKEN_BACK: Final = "its import was taken back"
UNDOING: Final = "Moving to the trash"


def take_back(vault: Vault, pages: VaultTexts, progress: Progress) -> TakenBack:
    """Move what the newest import brought to the trash.

    Raises:
        EntryNotFound: there is no import to take back.
    """
    runs = imports.newest(pages.page(imports.PAGE))
    if not runs:
        raise EntryNotFound(
            "There is no import to take back.",
            hint="`voicereflect delete` moves a single entry to the trash.",
        )
    brought = {entry_id for run in runs for entry_id in run.entries}
    there = [each for each in vault.ids() if each in brought]
    busy = 0
    for done, entry_id in enumerate(there, start=1):
        try:
            with vault.adopt(entry_id):
                pass
            vault.discard(entry_id, TAKEN_BACK)
        except VaultBusy:
            busy += 1
        progress.step(UNDOING, done=done, total=len(there))
    if not busy:
        pages.change_page(imports.PAGE, lambda page: imports.without(page, runs))
    return TakenBack(made=runs[-1], entries=len(there) - busy, busy=busy)
