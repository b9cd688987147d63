"""Hits and lines as people and programs read them; knows no terminal but its width."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from voicereflect.core.entry.days import day_and_time, day_in_words
from voicereflect.core.entry.discarded import Discarded
from voicereflect.core.entry.ids import ID_PATTERN, short
from voicereflect.core.entry.merging import MERGED
from voicereflect.core.journals.values import DECK as IMPORTED
from voicereflect.core.search.filters import EntryLine, Hit, Wanted
from voicereflect.model import Entry
from voicereflect.ui.wording import WIDTH, clock

FIRST_WORDS = 40
NARROW = 60
"""Columns below which a line of the list has no time and no length."""
OPENING = 70
INDENT = "    "
MOST_NAMED = 5
SAMPLE = "[synthetic sample]"
"""Shown with every text of the shipped sample answers."""
MARKS = ("*", "*")
BOLD = ("\x1b[1m", "\x1b[0m")

Marks = tuple[str, str]


def line(entry: EntryLine) -> str:
    """One entry in one line no wider than a page: reference, day, title, tags, first words."""
    letters = short(entry.id)
    sample = f" {SAMPLE}" if entry.synthetic else ""
    written = "text" if entry.deck == IMPORTED else "typed"
    length = written if entry.opening and not entry.seconds else clock(entry.seconds)
    # a moment's own words, cut to the minute: thrice as quick as formatting
    head = f"{letters}  {str(entry.started_at)[:16]}  {length:>6}  "
    if WIDTH < NARROW:
        head = f"{letters}  {entry.day}  "
    head += shortened(f"{entry.title}{sample}", WIDTH - len(head))
    head += that_fit(entry.tags, WIDTH - len(head))
    room = min(WIDTH - len(head) - 3, FIRST_WORDS)
    if entry.quiet or not entry.opening or room < FIRST_WORDS // 4:
        return head
    return f"{head} · {shortened(entry.opening, room)}"


def that_fit(tags: Sequence[str], room: int) -> str:
    """As many tags as fit, and how many there are besides."""
    told = "".join(f" #{tag}" for tag in tags)
    if len(told) <= room:
        return told
    for count in range(len(tags) - 1, -1, -1):
        told = "".join(f" #{tag}" for tag in tags[:count]) + f" +{len(tags) - count}"
        if len(told) <= room:
            break
    return told


def stray_hint(count: int) -> str:
    """Say that something lies in the vault that nothing reads."""
    things = "1 thing in the vault is" if count == 1 else f"{count} things in the vault are"
    return f"{things} read by nothing: `voicereflect vault check` says what to do."


def withheld(entries: Sequence[str], names: Mapping[str, str]) -> str:
    """Name closed entries that a search leaves out; nothing of their words."""
    told = ", ".join(names.get(each, each) for each in entries[:MOST_NAMED])
    more = f" and {len(entries) - MOST_NAMED} more" if len(entries) > MOST_NAMED else ""
    return f"Left out, since closed: {told}{more}. `voicereflect show` shows one by its name."


def by_year(entries: Sequence[EntryLine]) -> Iterator[str]:
    """Entries in lines, the years as headings where there is more than one."""
    years = {entry.day.year for entry in entries}
    for year, of_year in groupby(entries, lambda entry: entry.day.year):
        if len(years) > 1:
            yield from ([] if year == min(years) else [""])
            yield str(year)
        yield from map(line, of_year)


def no_entry(wanted: Wanted) -> str:
    """What is said where nothing is like what was asked for, with the days that were looked at."""
    since = f" from {day_in_words(wanted.since)}" if wanted.since else ""
    until = f" to {day_in_words(wanted.until)}" if wanted.until else ""
    if wanted.since == wanted.until:
        since, until = since.replace(" from ", " on "), ""
    return f"No entry is like that{since}{until}."


def which(entry: Entry) -> str:
    """Name an entry in a sentence: title, day and time, letters."""
    return f"{entry.title} of {day_and_time(entry.started_at)} ({short(entry.id)})"


def shortened(text: str, room: int) -> str:
    """Cut a text at a space; quicker than textwrap, for lists of ten thousand lines."""
    text = " ".join(text.split())  # a title may hold a line's end
    if len(text) <= room:
        return text
    cut = text[: room - 1].rpartition(" ")[0] or text[: room - 1]
    return f"{cut.rstrip('.,;:')}…"


def hit(found: Hit, names: Mapping[str, str], marks: Marks) -> str:
    """One hit: where and when it was said, then the sentence with the match marked."""
    spot = found.spot
    reference = f"{names.get(spot.entry, spot.entry)}/{spot.answer}:{spot.word}"
    speaker = "" if spot.speaker in ("me", "") else f" · {spot.speaker}"
    if spot.synthetic:
        speaker = f" {SAMPLE}"
    head = f"{spot.started_at:%Y-%m-%d}  {spot.title}{speaker}  {reference}"
    return "\n".join([head, *(f"{INDENT}{each}" for each in _marked(found, marks))])


def before_hits(
    unsaid: Sequence[str], instead: Sequence[str], *, has_all: bool, hits: int
) -> Iterator[str]:
    """What to know of what was found: words that nobody said, and those that are spelt alike."""
    if unsaid:
        ask = f" Did you mean {_either(instead)}?" if instead else ""
        near = " These come nearest:" if hits else ""
        yield f"No sentence has the word {_either(unsaid)}.{ask}{near}"
    elif not hits:
        yield "Nothing was found."
    elif not has_all:
        yield "No sentence has all of these words. These come nearest:"


def _either(words: Sequence[str]) -> str:
    return " or ".join(f'"{each}"' for each in words)


def more_hits(count: int) -> str:
    """How many more there are, and how to see them."""
    sentences = "1 more sentence has" if count == 1 else f"{count} more sentences have"
    return f"{sentences} such words: `--limit {count + 10}` shows more."


def hit_json(found: Hit) -> dict[str, Any]:
    """A hit as JSON."""
    spot = found.spot
    return {
        "reference": spot.reference,
        "entry": spot.entry,
        "answer": spot.answer,
        "word": spot.word,
        "started": spot.started_at.isoformat(),
        "day": spot.day.isoformat(),
        "deck": spot.deck,
        "title": spot.title,
        "speaker": spot.speaker,
        "synthetic": spot.synthetic,
        "text": spot.text,
        "marks": [list(mark) for mark in found.marks],
        "score": round(found.score, 5),
    }


def line_json(entry: EntryLine) -> dict[str, Any]:
    """A line as JSON."""
    return {
        "id": entry.id,
        "started": entry.started_at.isoformat(),
        "day": entry.day.isoformat(),
        "deck": entry.deck,
        "title": entry.title,
        "tags": list(entry.tags),
        "synthetic": entry.synthetic,
        "duration_s": round(entry.seconds, 3),
        "opening": entry.opening,
    }


def day_back(entry: EntryLine) -> list[str]:
    """An entry that a day brings back: when and which, then its first words."""
    letters = short(entry.id)
    sample = f" {SAMPLE}" if entry.synthetic else ""
    head = f"{entry.day:%Y-%m-%d}  {entry.title}{sample}  {letters}"
    return [head, f"{INDENT}{shortened(entry.opening, OPENING)}"] if entry.opening else [head]


def discarded(thing: Discarded) -> str:
    """One thing in the trash."""
    when = f"{thing.discarded_at:%Y-%m-%d %H:%M}" if thing.discarded_at else "some time ago"
    what = f"answer {thing.answer} of {short(thing.entry)}" if thing.answer else "a whole entry"
    if thing.reason == MERGED:
        what = f"of {short(thing.entry)}"
    if not ID_PATTERN.fullmatch(thing.entry):
        what = "neither an entry nor an answer"
    if about := thing.title or thing.asked:
        what = f"{what}, {shortened(about, FIRST_WORDS)}"
    return f"{thing.name}\n{_indented(f'{what}, {when}: {thing.reason}')}"


def _indented(text: str) -> str:
    return textwrap.fill(
        text, WIDTH, initial_indent=INDENT, subsequent_indent=INDENT, break_on_hyphens=False
    )


def discarded_json(thing: Discarded) -> dict[str, Any]:
    """A thing in the trash as JSON."""
    return {
        "name": thing.name,
        "entry": thing.entry,
        "answer": thing.answer,
        "reason": thing.reason,
        "discarded": thing.discarded_at.isoformat() if thing.discarded_at else None,
    }


def _marked(found: Hit, marks: Marks) -> Iterator[str]:
    """Wrap first and mark then: marks must not count as letters."""
    text = found.spot.text
    at = 0
    rows = textwrap.wrap(
        text,
        WIDTH - len(INDENT),
        break_on_hyphens=False,
        replace_whitespace=False,
        expand_tabs=False,
    )
    for row in rows:
        at = text.index(row, at)
        yield _with_marks(row, at, found.marks, marks)
        at += len(row)


def _with_marks(row: str, at: int, spans: Sequence[tuple[int, int]], marks: Marks) -> str:
    out, done = [], 0
    for begin, end in spans:
        first, last = begin - at, end - at
        if first < done or last > len(row):
            continue
        out += [row[done:first], marks[0], row[first:last], marks[1]]
        done = last
    return "".join([*out, row[done:]])
