"""The lines of `N.jsonl`: what is known of a take and what speech models made of it.

One JSON object a line, values in, values out; knows no file.
"""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from voicereflect.core.store import bounds
from voicereflect.errors import EntryUnreadable
from voicereflect.model import Segment, Span, TakeInfo, Transcript, Word

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """All that `N.jsonl` says; the last take line counts, transcripts are oldest first."""

    take: TakeInfo | None
    transcripts: tuple[Transcript, ...]


def take_line(info: TakeInfo) -> str:
    """Write what is known of a take; ends with a line feed."""
    return _line(
        "take",
        rate_hz=info.rate_hz,
        samples=info.samples,
        overflows=info.overflows,
        aside=[[span.start, span.end] for span in info.aside],
    )


def transcript_line(transcript: Transcript) -> str:
    """Write one machine transcript; ends with a line feed."""
    sure = transcript.language_probability
    detected = {} if sure is None else {"language_probability": _finite(sure)}
    heard = {"heard": transcript.heard} if transcript.heard else {}
    return _line(
        "transcript",
        model=transcript.model,
        language=transcript.language,
        **detected,
        **heard,
        made_at=transcript.made_at.isoformat(),
        segments=[_segment(each) for each in transcript.segments],
        unsure=[_segment(each) for each in transcript.unsure],
    )


def read(text: str, where: str) -> Lines:
    """Read all lines; a torn last line, unknown kinds and newer formats are passed over.

    Raises:
        EntryUnreadable: a line that is not the last is broken; names file and line.
    """
    take, transcripts = None, []
    for number, record in _records(text, where):
        kind = record.get("kind")
        try:
            if kind == "take":
                take = _read_take(record)
            elif kind == "transcript":
                transcripts.append(_read_transcript(record))
        except (KeyError, TypeError, ValueError) as error:
            raise _broken(where, number) from error
    return Lines(take=take, transcripts=tuple(transcripts))


def read_take(text: str, where: str) -> TakeInfo:
    """Read `N.take.json`, which holds one take line.

    Raises:
        EntryUnreadable: it holds something else.
    """
    take = read(text, where).take
    if take is None:
        raise EntryUnreadable(
            f"{where} does not tell what voicereflect wrote there.",
            hint="Take that file away, then `voicereflect recover`; the sound stays as it is.",
        )
    return take


def added(text: str, line: str) -> str:
    """Add a line after the whole ones; a torn last line goes, nothing else changes."""
    body, _, last = text.rpartition("\n")
    kept = body + "\n" if body else ""
    if _parsed(last) is not None:
        kept += last + "\n"
    return kept + line


def _line(kind: str, **fields: Any) -> str:
    record = {"format": FORMAT, "kind": kind, **fields}
    return json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n"


def _records(text: str, where: str) -> Iterator[tuple[int, dict[str, Any]]]:
    # JSON lets U+2028 stand inside a string, so only a line feed ends a line.
    lines = text.split("\n")
    for number, line in enumerate(lines, start=1):
        record = _parsed(line)
        if record is None:
            if line.strip() and number < len(lines):
                raise _broken(where, number)
            continue
        if isinstance(record.get("format"), int) and record["format"] <= FORMAT:
            yield number, record


def _parsed(line: str) -> dict[str, Any] | None:
    try:
        record = bounds.json_value(line)
    except ValueError:
        return None
    return record if isinstance(record, dict) else None


def _broken(where: str, number: int) -> EntryUnreadable:
    return EntryUnreadable(
        f"{where}, line {number}: not a line voicereflect wrote.",
        hint="Take that line out of the file; the sound and the other lines stay as they are.",
    )


def _segment(segment: Segment) -> dict[str, Any]:
    other = {"language": segment.language} if segment.language else {}
    return {
        **other,
        "words": [[w.text, w.start_s, w.end_s, _finite(w.probability)] for w in segment.words],
        "avg_logprob": _finite(segment.avg_logprob),
        "no_speech": _finite(segment.no_speech),
        "compression": _finite(segment.compression),
    }


def _finite(value: float) -> float | None:
    # JSON has no word for what a model gives when it divides by nothing.
    return value if math.isfinite(value) else None


def _read_take(record: dict[str, Any]) -> TakeInfo:
    return TakeInfo(
        rate_hz=bounds.whole(record["rate_hz"], 1, bounds.FASTEST_HZ),
        samples=_samples(record["samples"]),
        overflows=_samples(record["overflows"]),
        aside=tuple(Span(_samples(start), _samples(end)) for start, end in record["aside"]),
    )


def _samples(value: object) -> int:
    return bounds.whole(value, 0, bounds.MOST_SAMPLES)


def _read_transcript(record: dict[str, Any]) -> Transcript:
    return Transcript(
        model=str(record["model"]),
        language=str(record["language"]),
        made_at=bounds.moment(record["made_at"]),
        segments=tuple(_read_segment(each) for each in record["segments"]),
        unsure=tuple(_read_segment(each) for each in record["unsure"]),
        language_probability=_probability(record.get("language_probability")),
        heard=str(record.get("heard", "")),
    )


def _read_segment(record: dict[str, Any]) -> Segment:
    return Segment(
        words=tuple(
            Word(
                text=str(text),
                start_s=_seconds(start),
                end_s=_seconds(end),
                probability=_number(sure),
            )
            for text, start, end, sure in record["words"]
        ),
        avg_logprob=_number(record["avg_logprob"]),
        no_speech=_number(record["no_speech"]),
        compression=_number(record["compression"]),
        language=str(record.get("language", "")),
    )


def _probability(value: float | None) -> float | None:
    return None if value is None else _number(value)


def _seconds(value: object) -> float:
    return bounds.amount(value, -bounds.LONGEST_S, bounds.LONGEST_S)


def _number(value: object) -> float:
    return math.nan if value is None else bounds.amount(value, -1e300, 1e300)
