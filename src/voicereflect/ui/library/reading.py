"""Entries as people and programs read them on standard output."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from types import MappingProxyType
from typing import Any

from voicereflect.core.decks.laying import Group, Laid
from voicereflect.core.entry.days import day_and_time
from voicereflect.core.entry.ids import short
from voicereflect.core.entry.languages import name_of
from voicereflect.core.entry.tags import tags_in
from voicereflect.core.words.uncertain_segments import Doubts, UncertainSegment
from voicereflect.model import SPOKEN, Answer, Entry, Source
from voicereflect.ui.library.columns import ColumnLine, Page, page_of, rows, width_of_each, wrapped
from voicereflect.ui.wording import WIDTH, picked_line, text_of

NO_STRETCHES: Mapping[int, Sequence[UncertainSegment]] = MappingProxyType({})
PROGRAMS = {"dayone": "Day One", "jrnl": "jrnl", "obsidian": "Obsidian"}
SIDE_BY_SIDE = 80
"""Columns that a terminal must have for takes to stand side by side."""


def page(
    entry: Entry,
    groups: Sequence[Group],
    columns: int = 0,
    uncertain: Mapping[int, Sequence[UncertainSegment]] = NO_STRETCHES,
    files: Sequence[str] = (),
) -> Page:
    """An entry, or some of its answers, to be read in a terminal.

    Takes that belong side by side stand so where there are 80 columns. In those
    of `uncertain` something more may have been said, and a line tells of it. `files`
    lie beside the entry, and are named.
    """
    lines = [entry.title, f"{day_and_time(entry.started_at)} · {short(entry.id)}"]
    if tags := tags_in(entry.tags):
        lines += wrapped_tags(tags)
    others = [speaker for speaker in entry.speakers if speaker != "me"]
    if others:
        lines.append(f"Spoken by: {', '.join(entry.speakers)}")
    if entry.source:
        lines.append(came_from(entry.source))
    if files:
        lines.append(f"Beside it: {', '.join(files)}")
    laid = [[(0, ColumnLine(text=line))] for line in lines]
    for group in groups:
        beside = len(group) > 1 and columns >= SIDE_BY_SIDE
        for together in [group] if beside else [(each,) for each in group]:
            width = width_of_each(WIDTH, len(together))
            blocks = [_block(entry, each, width, uncertain) for each in together]
            laid.extend([[], *rows(blocks, width)])
    return page_of(laid)


def wrapped_tags(tags: Sequence[str]) -> list[str]:
    """Tags in lines no wider than a page, each whole."""
    told = " ".join(f"#{tag}" for tag in tags)
    return textwrap.wrap(told, WIDTH, break_on_hyphens=False, break_long_words=False)


def came_from(source: Source) -> str:
    """Say which file an entry was imported from."""
    program = f", which {PROGRAMS[source.program]} wrote" if source.program in PROGRAMS else ""
    return " ".join(filter(None, (f"From {source.name}{program}.", source.left_out)))


def _block(
    entry: Entry, laid: Laid, width: int, uncertain: Mapping[int, Sequence[UncertainSegment]]
) -> list[ColumnLine]:
    answer = laid.answer
    asked = f"{answer.number}. {answer.asked}"
    said, picked = text_of(answer), picked_line(answer)
    reference = f"{short(entry.id)}/{answer.number}"
    more = " ".join(_more(answer, reference, uncertain.get(answer.number, ())))
    return [
        *([ColumnLine(text=laid.heading)] if laid.heading else []),
        *([*wrapped(asked, width, "   "), ColumnLine()] if answer.asked else []),
        *(wrapped(picked, width) if picked not in ("", said) else []),
        *wrapped(said, width, answer=answer.number),
        *([ColumnLine(), *wrapped(more, width)] if more else []),
    ]


def _more(answer: Answer, reference: str, found: Sequence[UncertainSegment]) -> Iterator[str]:
    """Say what else may be in an answer, and how to come by it."""
    if answer.heard:
        yield (
            f"It sounds like {name_of(answer.heard)}: `voicereflect transcribe {reference} "
            f"--language {answer.heard}` writes it down."
        )
    elif found:
        codes = dict.fromkeys(each.language for each in found if each.language)
        languages = f", in {' and '.join(map(name_of, codes))}" if codes else ""
        fix = f"`voicereflect fix {reference}` plays it."
        yield f"Something may have been said here{languages}: {fix}"


def with_doubts(entry: Entry, doubts: Mapping[int, Doubts]) -> dict[str, Any]:
    """The same as `as_json`, with what `show` marks or tells of.

    What may have been said is given by its times alone: it is never shown as said.
    """
    found = as_json(entry)
    for answer in found["answers"]:
        doubtful = doubts[answer["number"]]
        answer["unsure"] = [
            {
                "word": position,
                "text": word.text,
                "start_s": word.start_s,
                "end_s": word.end_s,
                "probability": word.probability,
            }
            for position, word in doubtful.words.items()
        ]
        answer["perhaps"] = [
            {"start_s": each.start_s, "end_s": each.end_s, "language": each.language}
            for each in doubtful.stretches
        ]
    return found


def as_json(entry: Entry) -> dict[str, Any]:
    """An entry as JSON: the front matter's keys, and each answer's text."""
    return {
        "id": entry.id,
        "started": entry.started_at.isoformat(),
        "deck": entry.deck,
        "edition": entry.edition,
        "title": entry.title,
        "language": entry.language,
        "tags": list(entry.tags),
        "speakers": list(entry.speakers),
        "closed": entry.closed,
        "undecided": entry.undecided,
        "source": asdict(entry.source) if entry.source else None,
        "answers": [
            {
                "number": answer.number,
                "speaker": answer.speaker,
                "prompt": answer.prompt,
                "asked": answer.asked,
                "duration_s": answer.duration_s,
                "how": answer.how or SPOKEN,
                "state": answer.state.value,
                "heard": answer.heard,
                "text": answer.text,
                "picked": asdict(answer.picked) if answer.picked else None,
            }
            for answer in entry.answers
        ],
    }
