"""`voicereflect delete`: into the trash, or destroyed."""

from typing import Annotated

import typer

from voicereflect.cli.pages import tell_pages_of
from voicereflect.cli.shared import Reference, Yes, expect_yes, note, say
from voicereflect.core.entry.ids import short
from voicereflect.ui.library import listing
from voicereflect.wiring import library

FOR_GOOD = (
    "Destroy {what} for good, words and sound?",
    "Every copy of it goes, and nothing brings it back. Really?",
)


def delete(
    reference: Reference,
    for_good: Annotated[
        bool, typer.Option("--for-good", help="Destroy it, with every copy, at once.")
    ] = False,
    yes: Yes = False,
) -> None:
    """Move an entry to the trash, where it can be taken back."""
    admin = library.entry_admin()
    if not for_good:
        done = admin.delete(reference)
        what = listing.which(done.entry) if done.entry else done.name
        say(f"{what} is in the trash.")
        note(f"`voicereflect trash restore {short(done.name)}` takes it back.")
        return
    entry_id, entry = admin.meant(reference)
    what = listing.which(entry) if entry else entry_id
    for question in () if yes else FOR_GOOD:
        expect_yes(question.format(what=what))
    admin.destroy(entry_id)
    say(f"{what} is destroyed.")
    tell_pages_of(entry_id)
