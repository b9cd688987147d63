"""`voicereflect today`: what this day brings back."""

from voicereflect.cli.shared import AsJson, note, print_rows
from voicereflect.ui.library import listing
from voicereflect.wiring import library


def today(as_json: AsJson = False) -> None:
    """Show what you said a month ago, and on this day in earlier years."""
    lines = library.what_today_brings()
    print_rows(
        lines,
        lambda line: "\n".join(listing.day_back(line)),
        listing.line_json,
        as_json=as_json,
    )
    if not lines and not as_json:
        note("Nothing from a month ago, or from this day in earlier years.")
