"""The clusterer as bytes, and how it is brought up to date; equal vaults give equal bytes.

Holds ids, places and numbers, and no word of an entry.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice, takewhile
from typing import Any, Final

import numpy as np

from voicereflect.core.store import bounds
from voicereflect.core.themes.assignments import Assignment
from voicereflect.core.themes.clustering.clusterer import IncrementalClusterer, begin
from voicereflect.core.themes.clustering.clusters import Added, Centroid, KnownExamples, Unassigned
from voicereflect.core.themes.clustering.placing import Placing
from voicereflect.core.themes.clustering.tuning import Tuning
from voicereflect.core.themes.clustering.vectors import Vectors
from voicereflect.core.themes.names.phrases import Phrases
from voicereflect.core.themes.passages import EntryPassages, PassagePlace

FORMAT: Final = 2
_LARGEST: Final = 1 << 30


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterInput:
    """What is to be clustered, in the order of ids."""

    ids: Sequence[str]
    digests: Sequence[str]
    entry: Callable[[int], EntryPassages]
    """What can belong to a theme of the entry at a place."""
    vectors: Callable[[int], Vectors]
    """Raw vectors of the entry at a place."""
    known: Callable[[], Sequence[KnownExamples]]
    """The known themes; asked for only where everything begins anew."""
    secret: bytes = b""
    """What keys the hashes of sentences."""
    placing: Placing | None = None
    """The numbers that know some of the known themes."""


def dump(clusterer: IncrementalClusterer, basis: str, *, untold: bool = False) -> bytes:
    """Write a clusterer: two lines of JSON, then its assignments and vectors.

    `basis` names known themes, model and tuning it rests on. `untold`: it is not yet
    whole, and the one before rested on something else.
    """
    opening = {"format": FORMAT, "basis": basis, "untold": untold}
    head = {
        "width": len(clusterer.total),
        "count": clusterer.count,
        "keys": clusterer.keys,
        "known": [len(each) for each in clusterer.known],
        "centroids": [each.count for each in clusterer.centroids],
        "unassigned": [
            [*each.place, each.name, each.said, each.day.isoformat()]
            for each in clusterer.unassigned
        ],
        "log": [[each.id, each.digest, each.at_once, each.later] for each in clusterer.log],
    }
    lines = [json.dumps(each, separators=(",", ":")).encode() for each in (opening, head)]
    assigned = clusterer.assigned().astype("<i4")
    rows = [clusterer.total, *chain.from_iterable(clusterer.known)]
    rows += [each.total for each in clusterer.centroids]
    rows += [each.vector for each in clusterer.unassigned]
    return b"\n".join([*lines, assigned.tobytes() + np.stack(rows).astype("<f4").tobytes()])


def load(
    data: bytes,
    basis: str,
    tuning: Tuning,
    phrases: Sequence[Phrases] = (),
    *,
    secret: bytes = b"",
    placing: Placing | None = None,
) -> IncrementalClusterer | None:
    """Read a clusterer; None where it rests on something else or is damaged."""
    opening = _opening(data)
    if (opening.get("format"), opening.get("basis")) != (FORMAT, basis):
        return None
    try:
        _, line, numbers = data.split(b"\n", 2)
        clusterer = _read(bounds.json_value(line), numbers, tuning)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        return None
    clusterer.phrases, clusterer.secret, clusterer.placing = phrases, secret, placing
    return clusterer


def rested_otherwise(data: bytes, basis: str) -> bool:
    """Tell whether a clusterer rests on something else, or is the first part of what follows it."""
    opening = _opening(data)
    return "basis" in opening and (opening["basis"] != basis or bool(opening.get("untold")))


def bring_up_to_date(
    known: IncrementalClusterer | None, given: ClusterInput, tuning: Tuning, *, width: int
) -> Iterator[IncrementalClusterer]:
    """Add what is new; yields the same clusterer after every entry.

    An older or changed entry makes it begin again: what was assigned before that
    entry is repeated, everything after it is assigned anew.
    """
    kept = _unchanged(known.log if known else [], given)
    if known is not None and kept == len(known.log):
        clusterer = known
    else:
        clusterer = begin(
            given.known(), tuning, width=width, secret=given.secret, placing=given.placing
        )
        assigned = iter(known.assigned().tolist() if known else [])
        for place, added in enumerate(known.log[:kept] if known else []):
            made = [Assignment(*row) for row in islice(assigned, added.at_once + added.later)]
            clusterer.repeat(given.entry(place), given.vectors(place), added, made)
    yield clusterer
    for place in range(kept, len(given.ids)):
        clusterer.add(given.entry(place), given.vectors(place), given.digests[place])
        yield clusterer


def _unchanged(log: Sequence[Added], given: ClusterInput) -> int:
    """How many entries at the beginning are those that were added before."""
    pairs = zip(log, zip(given.ids, given.digests, strict=True), strict=False)
    return len(list(takewhile(lambda pair: (pair[0].id, pair[0].digest) == pair[1], pairs)))


def _opening(data: bytes) -> dict[str, Any]:
    try:
        opening = bounds.json_value(data.partition(b"\n")[0])
    except ValueError:
        return {}
    return opening if isinstance(opening, dict) else {}


def _read(head: dict[str, Any], numbers: bytes, tuning: Tuning) -> IncrementalClusterer:
    log = [
        Added(_text(entry_id), _text(digest), _whole(at_once), _whole(later))
        for entry_id, digest, at_once, later in head["log"]
    ]
    keys = [_text(each) for each in head["keys"]]
    made = sum(each.at_once + each.later for each in log)
    assigned = np.frombuffer(numbers, dtype="<i4", count=4 * made).reshape(-1, 4)
    if (assigned[:, :3] < 0).any() or (assigned[:, 2] >= len(keys)).any():
        raise ValueError("an assignment is out of range")
    rows = np.frombuffer(numbers[assigned.nbytes :], dtype="<f4").astype(np.float32)
    rows = rows.reshape(-1, bounds.whole(head["width"], 1, _LARGEST))
    sizes = [1, *map(_whole, head["known"]), len(head["centroids"]), len(head["unassigned"])]
    if sum(sizes) != len(rows) or not np.isfinite(rows).all():
        raise ValueError("rows are left over, or missing, or hold no number")
    if len(keys) != len(head["known"]) + len(head["centroids"]):
        raise ValueError("a theme has no vectors, or vectors have no theme")
    (total,), *known, totals, waiting = np.split(rows, np.cumsum(sizes)[:-1])
    return IncrementalClusterer(
        tuning=tuning,
        total=total,
        count=_whole(head["count"]),
        log=log,
        loaded=assigned.astype(np.int64),
        keys=keys,
        known=known,
        centroids=[
            Centroid(row, _whole(count))
            for row, count in zip(totals, head["centroids"], strict=True)
        ],
        unassigned=[
            _unassigned(each, vector)
            for each, vector in zip(head["unassigned"], waiting, strict=True)
        ],
    )


def _unassigned(values: Sequence[Any], vector: Vectors) -> Unassigned:
    entry, passage, name, said, day = values
    return Unassigned(
        place=PassagePlace(_whole(entry), _whole(passage)),
        name=_text(name),
        said=_text(said),
        day=date.fromisoformat(day),
        vector=vector,
    )


def _whole(value: object) -> int:
    return bounds.whole(value, 0, _LARGEST)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("a name is no text")  # noqa: TRY004 - one error for all that is damaged
    return value
