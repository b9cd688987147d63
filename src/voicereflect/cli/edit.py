"""`voicereflect edit`: an entry's page in a person's own editor."""

from voicereflect.cli.shared import EntryWords, note
from voicereflect.core.entry.ids import short
from voicereflect.wiring import desktop

COPIES = (
    "An editor may leave copies of what you change, beside the page or in folders of its own; "
    "`delete --for-good` does not reach those."
)


def edit(reference: EntryWords) -> None:
    """Change an entry's page in your editor, which may leave copies of its own."""
    page = desktop.folder_of(reference[0]) / "entry.md"
    note(COPIES)
    entry = desktop.edited(page)
    note(f"{short(entry.id)} can be read. Your words are never replaced by a transcript.")
