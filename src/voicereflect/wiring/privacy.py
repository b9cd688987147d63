"""Wires what can be seen of privacy: what lies where, which ways are shut, what the system does."""

from pathlib import Path
from typing import TYPE_CHECKING

from voicereflect import config, wiring

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from voicereflect.core.store.holdings import Root
    from voicereflect.core.store.kept import KeptPlace


CHILD = "a child, as the workers are"


def kept() -> "Iterator[KeptPlace]":
    """Every place that holds files of ours, with what can be seen of them; none is opened."""
    from voicereflect.adapters.vault.condition.seen import files_in, mode_of
    from voicereflect.core.store.kept import sorted_in

    for root, folder in _roots():
        yield from sorted_in(root, str(folder), files_in(folder), folder_mode=mode_of(folder))


def ways() -> "Sequence[tuple[str, str, bool]]":
    """Ways off this machine: who tried, which, and whether it is shut."""
    import json

    from voicereflect.adapters.offline import probe, system

    own = [("this process", each.what, each.refused) for each in probe.attempts()]
    table = json.loads(system.tried_in_a_child())
    child = [
        (CHILD, each["what"], "open" not in (each["python"], each["native"])) for each in table
    ]
    return own + child


def system() -> "Iterator[str]":
    """What the system may still do, in sentences."""
    from voicereflect.adapters.offline import system
    from voicereflect.core.store.system_notes import notes

    folder = wiring.settings().vault
    return notes(
        swap=system.swap_is_on(),
        hibernates=system.may_hibernate(),
        synced=system.synced_folder(folder),
    )


def _roots() -> "Iterator[tuple[Root, Path]]":
    from voicereflect.core.store.holdings import Root

    chosen = wiring.loaded()
    yield Root.VAULT, chosen.settings.vault
    yield Root.CACHE, config.cache_folder()
    yield Root.CONFIG, chosen.file.parent
    yield Root.DATA, config.data_folder()
    yield Root.RUNTIME, config.runtime_folder()
