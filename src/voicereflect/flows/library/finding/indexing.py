"""Keeping the index in step with the vault: what is new, changed or gone, whoever did it.

Every command that reads begins here, so nobody ever has to rebuild anything.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, TypeVar

from voicereflect.core.entry.page import entry_text
from voicereflect.core.search.filters import IndexRecord, Unread
from voicereflect.errors import EntryUnreadable, IndexDamaged, VaultUnwritable
from voicereflect.ports.index import EntryIndex, Meaning
from voicereflect.ports.screen import Progress
from voicereflect.ports.vault import EntryFiles

BATCH: Final = 500
"""Entries written at once: what an interruption can cost."""
BATCH_OF_MEANING: Final = 40
WORTH_TELLING: Final = 50
"""Fewer changed entries take less than a second."""


T = TypeVar("T")


def asked(
    index: EntryIndex, pages: EntryFiles, progress: Progress, question: Callable[[EntryIndex], T]
) -> T:
    """Bring the index up to date and ask it something; a damaged one is made again, once.

    Raises:
        IndexDamaged: it was damaged again at once.
    """

    def current() -> T:
        refresh(index, pages, progress)
        return question(index)

    return made_again_if_damaged(index, current)


def made_again_if_damaged(index: EntryIndex, question: Callable[[], T]) -> T:
    """Ask something of the index; if it is damaged, throw it away and ask again, once."""
    try:
        return question()
    except IndexDamaged:
        index.begin_again()
        return question()


def refresh(index: EntryIndex, pages: EntryFiles, progress: Progress) -> int:
    """Read what is new or changed and forget what is gone; tell how many entries that were.

    Entries are kept batch by batch: interrupted, it goes on there next time.
    """
    return _refreshed(index, pages, progress, None) or 0


def refresh_few(index: EntryIndex, pages: EntryFiles, most: int) -> bool:
    """Bring the index up to date if that takes at most `most` entries; False, undone, if more."""
    return _refreshed(index, pages, None, most) is not None


def _refreshed(
    index: EntryIndex, pages: EntryFiles, progress: Progress | None, most: int | None
) -> int | None:
    known = index.state()  # before the stamps: what another process adds meanwhile is not gone
    stamps = pages.stamps()
    gone = [place for place in known if place not in stamps]
    changed = [
        place
        for place, stamp in stamps.items()
        if not stamp or place not in known or known[place][0] != stamp
    ]
    if most is not None and len(gone) + len(changed) > most:
        return None
    if gone:
        index.drop(gone)
    above = pages.entries_folder()
    done = fresh = 0
    for batch in _batches(changed, BATCH):
        records = [
            _record(pages, place, stamps[place], f"{above}/{place}/entry.md") for place in batch
        ]
        fresh += _keep(index, records, known)
        done += len(batch)
        if progress is not None:
            _tell(progress, "Indexing entries", done, len(changed))
    return len(gone) + fresh


def refresh_meaning(index: EntryIndex, meaning: Meaning, model: str, progress: Progress) -> None:
    """Give every passage its vector, newest entries first, batch by batch.

    Raises:
        ModelError: the model is missing or damaged, or its process gave up.
    """
    total, done = index.count_unread(model), 0
    while done < total and (batch := index.unread(model, count=BATCH_OF_MEANING)):
        texts = [text for unread in batch for text in unread.texts]
        vectors = meaning.embed(texts)
        index.put_vectors(model, list(_shared_out(batch, vectors, len(texts))))
        done += len(batch)
        _tell(progress, "Learning what the entries mean", done, total)


def _keep(
    index: EntryIndex, records: Sequence[IndexRecord], known: Mapping[str, tuple[str, str]]
) -> int:
    fresh, touched = [], {}
    for record in records:
        stamp, digest = known.get(record.place, ("", ""))
        if not record.digest or digest != record.digest:
            fresh.append(record)
        elif stamp != record.stamp:
            touched[record.place] = record.stamp
    if fresh:
        index.put(fresh)
    if touched:
        index.restamp(touched)
    return len(fresh)


def _record(pages: EntryFiles, place: str, stamp: str, where: str) -> IndexRecord:
    digest = ""
    try:
        data = pages.entry_page(place)
        digest = hashlib.sha256(data).hexdigest()
        entry = entry_text.parse(entry_text.decode(data, where), where)
    except (EntryUnreadable, VaultUnwritable) as problem:
        return IndexRecord(
            place=place,
            stamp=stamp,
            digest=digest,
            entry=None,
            problem=problem.what,
            hint=problem.hint,
        )
    return IndexRecord(place=place, stamp=stamp, digest=digest, entry=entry)


def _shared_out(
    batch: Sequence[Unread], vectors: bytes, count: int
) -> Iterator[tuple[Unread, bytes]]:
    size = len(vectors) // count
    at = 0
    for unread in batch:
        end = at + size * len(unread.texts)
        yield unread, vectors[at:end]
        at = end


def _batches(places: Sequence[str], size: int) -> Iterator[list[str]]:
    rest = iter(places)
    while batch := list(islice(rest, size)):
        yield batch


def _tell(progress: Progress, what: str, done: int, total: int) -> None:
    if total >= WORTH_TELLING:
        progress.step(what, done=done, total=total)
