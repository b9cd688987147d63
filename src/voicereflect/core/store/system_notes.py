"""What a system may do beside us with what is said, in sentences; knows no system itself."""

from collections.abc import Iterator


def notes(*, swap: bool | None, hibernates: bool | None, synced: str) -> Iterator[str]:
    """Say what was found, and what nobody can find out; None is what the system does not tell."""
    if swap:
        yield "Swap is on: parts of memory may be written to the disk."
    elif swap is None:
        yield "Whether memory is written to swap, this system does not tell."
    if hibernates:
        yield "The machine can hibernate: then all of memory is written to the disk."
    elif hibernates is None:
        yield "Whether the machine hibernates, this system does not tell."
    if synced:
        yield f"{synced} looks like a folder that is copied elsewhere, with the vault in it."
    yield "Backups and snapshots keep what they copied, plain if it was plain then."
    yield "A terminal keeps what it showed, and may write its scroll-back to the disk."
