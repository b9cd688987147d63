"""What parent and worker say to each other, as headers of framed messages.

Requests: `start` (folder, threads, live), `open` (recording, rate_hz, language, told),
`feed` (recording; payload: PCM), `segment` and `window` (recording, start, end),
`forget` (recording).
Reports go the other way; times inside a window's segments are seconds of the take.
"""

from typing import Any

from voicereflect.model import (
    Report,
    Segment,
    SegmentRead,
    Span,
    SpeechHeard,
    WindowProgress,
    WindowRead,
    Word,
    WorkerLost,
    WorkerReady,
)


def to_header(report: Report) -> dict[str, Any]:
    """A report as a header."""
    match report:
        case WorkerReady(model=model):
            return {"is": "ready", "model": model}
        case SpeechHeard(recording=recording, upto=upto, spans=spans):
            return {"is": "speech", "recording": recording, "upto": upto, "spans": _pairs(spans)}
        case SegmentRead(recording=recording, span=span, text=text, guess=guess):
            return {
                "is": "segment",
                "recording": recording,
                "span": [span.start, span.end],
                "text": text,
                "guess": guess,
            }
        case WindowProgress(recording=recording, upto=upto):
            return {"is": "progress", "recording": recording, "upto": upto}
        case WindowRead(recording=recording, span=span, segments=segments, unsure=unsure):
            return {
                "is": "window",
                "recording": recording,
                "span": [span.start, span.end],
                "model": report.model,
                "language": report.language,
                "language_probability": report.language_probability,
                "heard": report.heard,
                "voiced": report.voiced,
                "segments": [_packed(segment) for segment in segments],
                "unsure": [_packed(segment) for segment in unsure],
            }
        case WorkerLost(what=what, hint=hint):
            return {"is": "lost", "what": what, "hint": hint}


def to_report(header: dict[str, Any]) -> Report:
    """A header as a report.

    Raises:
        ValueError: it is none.
    """
    match header:
        case {"is": "ready", "model": model}:
            return WorkerReady(model=model)
        case {"is": "speech", "recording": recording, "upto": upto, "spans": spans}:
            heard = tuple(Span(start, end) for start, end in spans)
            return SpeechHeard(recording=recording, upto=upto, spans=heard)
        case {"is": "segment", "recording": recording, "span": [start, end], **rest}:
            span = Span(start, end)
            return SegmentRead(
                recording=recording, span=span, text=rest["text"], guess=rest["guess"]
            )
        case {"is": "progress", "recording": recording, "upto": upto}:
            return WindowProgress(recording=recording, upto=upto)
        case {"is": "window", "recording": recording, "span": [start, end], **rest}:
            return WindowRead(
                recording=recording,
                span=Span(start, end),
                model=rest["model"],
                language=rest["language"],
                language_probability=rest["language_probability"],
                heard=rest["heard"],
                voiced=rest["voiced"],
                segments=tuple(_unpacked(each) for each in rest["segments"]),
                unsure=tuple(_unpacked(each) for each in rest["unsure"]),
            )
        case {"is": "lost", "what": what, "hint": hint}:
            return WorkerLost(what=what, hint=hint, restarting=False)
        case _:
            raise ValueError("not a report")


def _pairs(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _packed(segment: Segment) -> dict[str, Any]:
    return {
        "words": [[w.text, w.start_s, w.end_s, w.probability] for w in segment.words],
        "avg_logprob": segment.avg_logprob,
        "no_speech": segment.no_speech,
        "compression": segment.compression,
        "language": segment.language,
    }


def _unpacked(packed: dict[str, Any]) -> Segment:
    words = tuple(
        Word(text=text, start_s=start, end_s=end, probability=probability)
        for text, start, end, probability in packed["words"]
    )
    return Segment(
        words=words,
        avg_logprob=packed["avg_logprob"],
        no_speech=packed["no_speech"],
        compression=packed["compression"],
        language=packed["language"],
    )
