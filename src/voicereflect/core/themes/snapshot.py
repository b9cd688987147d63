"""The register as bytes, and how it is brought up to date; equal folds give equal bytes.

Holds ids, places and numbers, and no word of an entry.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import numpy as np

from voicereflect.core.store import bounds
from voicereflect.core.themes.board import NOWHERE, Decided
from voicereflect.core.themes.passages import EntryPassages
from voicereflect.core.themes.phrases import Phrases
from voicereflect.core.themes.places import CODE_BITS, PassagePlace
from voicereflect.core.themes.register import Middle, Register, Seed, Waiting, begin
from voicereflect.core.themes.tuning import Tuning
from voicereflect.core.themes.vectors import Vectors

FORMAT: Final = 1
_LARGEST: Final = 1 << CODE_BITS
_MOST: Final = 1 << 40
_OPENING: Final = re.compile(
    rb'\{"format":\d+,"basis":"(?P<basis>[^"]*)"(?P<untold>,"untold":true)?'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Folding:
    """What is to be folded, in the order of ids."""

    ids: Sequence[str]
    digests: Sequence[str]
    entry: Callable[[int], EntryPassages]
    """What can belong to a theme of the entry at a place."""
    vectors: Callable[[int], Vectors]
    """Raw vectors of the entry at a place."""
    secret: bytes = b""
    """What keys the hashes of sentences."""


def dump(register: Register, basis: str, *, untold: bool = False) -> bytes:
    """Write a register; `basis` names seeds, model and tuning it rests on.

    `untold`: it is not yet whole, and the one before rested on something else.
    """
    head = {
        "format": FORMAT,
        "basis": basis,
        **({"untold": True} if untold else {}),
        "width": int(register.total.shape[0]),
        "count": register.count,
        "keys": register.keys,
        "middles": [[each.count, len(each.anchors)] for each in register.middles],
        "pool": [
            [each.place.entry, each.place.passage, each.name, each.said, each.day.isoformat()]
            for each in register.pool
        ],
        "log": [
            [each.id, each.digest, each.themes, each.cosines, each.joined] for each in register.log
        ],
    }
    rows = [register.total[np.newaxis]]
    for middle in register.middles:
        rows += [middle.total[np.newaxis], middle.anchors]
    rows += [each.vector[np.newaxis] for each in register.pool]
    numbers = np.concatenate(rows).astype("<f4").tobytes()
    return json.dumps(head, separators=(",", ":")).encode() + b"\n" + numbers


def load(
    data: bytes,
    basis: str,
    tuning: Tuning,
    phrases: Sequence[Phrases] = (),
    *,
    secret: bytes = b"",
) -> Register | None:
    """Read a register; None where it rests on something else or is damaged."""
    line, _, numbers = data.partition(b"\n")
    try:
        head = bounds.json_value(line)
        if (head["format"], head["basis"]) != (FORMAT, basis):
            return None
        width = bounds.whole(head["width"], 1, _LARGEST)
        rows = np.frombuffer(numbers, dtype="<f4").reshape(-1, width)
        register = _read(head, rows.astype(np.float32), tuning)
        return replace(register, phrases=phrases, secret=secret)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        return None


def rested_otherwise(data: bytes, basis: str) -> bool:
    """Tell whether a register rests on something else, or is the first part of what follows it.

    Looks at its opening alone: the whole of a long diary's is megabytes.
    """
    opening = _OPENING.match(data)
    return opening is not None and (opening["basis"] != basis.encode() or bool(opening["untold"]))


def bring_up_to_date(
    known: Register | None, folding: Folding, seeds: Sequence[Seed], tuning: Tuning, *, width: int
) -> Iterator[Register]:
    """Fold what is new; yields the same register after every entry.

    An older or changed entry makes it begin again: what was decided before that
    entry is repeated, everything after it is decided anew.
    """
    kept = _alike(known.log if known else [], folding)
    if known is not None and kept == len(known.log):
        register = known
    else:
        register = begin(seeds, tuning, width=width, secret=folding.secret)
        for place in range(kept):
            decided = known.log[place] if known else None
            if decided is not None:
                register.repeat(folding.entry(place), folding.vectors(place), decided)
    yield register
    for place in range(kept, len(folding.ids)):
        register.add(folding.entry(place), folding.vectors(place), folding.digests[place])
        yield register


def continues(known: Register, folding: Folding) -> bool:
    """Tell whether all that was folded stands unchanged at the beginning."""
    return _alike(known.log, folding) == len(known.log)


def _alike(log: Sequence[Decided], folding: Folding) -> int:
    """How many entries at the beginning are those that were folded before."""
    for place, decided in enumerate(log):
        if place >= len(folding.ids):
            return place
        if (decided.id, decided.digest) != (folding.ids[place], folding.digests[place]):
            return place
    return len(log)


def _read(head: dict[str, Any], rows: Vectors, tuning: Tuning) -> Register:
    if not np.isfinite(rows).all():
        raise ValueError("a row holds no number")
    keys = [_text(each) for each in head["keys"]]
    count = bounds.whole(head["count"], 0, _MOST)
    register = Register(tuning=tuning, total=rows[0], count=count, keys=keys)
    at = 1
    for taken, anchors in head["middles"]:
        _numbers((taken, anchors), 0, _MOST)
        register.middles.append(Middle(rows[at + 1 : at + 1 + anchors], rows[at], taken))
        at += 1 + anchors
    for entry, passage, name, said, day in head["pool"]:
        _numbers((entry,), 0, len(head["log"]) - 1)
        _numbers((passage,), 0, _LARGEST)
        place = PassagePlace(entry, passage)
        waiting = Waiting(place, name, said, date.fromisoformat(day), rows[at])
        register.pool.append(waiting)
        at += 1
    for entry_id, digest, themes, cosines, joined in head["log"]:
        register.log.append(
            Decided(
                id=_text(entry_id),
                digest=_text(digest),
                themes=_numbers(themes, NOWHERE, len(keys) - 1),
                cosines=_numbers(cosines, -_MOST, _MOST),
                joined=tuple((a, b, c, d) for a, b, c, d in map(_joined, joined)),
            )
        )
    if at != len(rows) or len(register.middles) != len(keys):
        raise ValueError("rows are left over, or missing")
    return register


def _joined(numbers: Sequence[int]) -> tuple[int, ...]:
    return _numbers(numbers, NOWHERE, _MOST)


def _numbers(values: Sequence[int], least: int, most: int) -> tuple[int, ...]:
    """Take whole numbers of that range; quick, since a long diary has a hundred thousand."""
    sound = set(map(type, values)) <= {int}
    if not sound or (values and (min(values) < least or max(values) > most)):
        raise ValueError("a number is out of range")
    return tuple(values)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("a name is no text")  # noqa: TRY004 - one error for all that is damaged
    return value
