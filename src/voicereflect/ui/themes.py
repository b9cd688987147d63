"""Themes as people and programs read them: quotes with dates, and no judgement."""

import itertools
import textwrap
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from voicereflect.core.entry.ids import short
from voicereflect.core.safety.consent import OWNER
from voicereflect.core.themes.trend import Trend
from voicereflect.ui.counting import counted
from voicereflect.ui.wording import WIDTH

if TYPE_CHECKING:
    from voicereflect.core.themes.theme import Sentence, Theme

PICTURE: Final = 12
QUOTES: Final = 3
_BARS: Final = " ▁▂▃▄▅▆▇█"
_COLUMN: Final = 37


def page(
    theme: "Theme",
    days: tuple[date, ...],
    trend: Trend | None,
    quotable: "Sequence[Sentence]",
    *,
    plain: bool = False,
    whole: bool = False,
) -> str:
    """A theme: when, in which decks, then and now, and quotes that can be played; `whole`: all."""
    came = theme.days
    if not came:
        return f"{title(theme)}\n\nNothing yet."
    lines = [
        textwrap.fill(title(theme), WIDTH),
        _filled(
            f"{counted(len(came), 'day')}, {counted(len(theme.sentences), 'sentence')}, "
            f"{when(came)}{trend_words(trend)}"
        ),
        _filled(f"Decks: {', '.join(theme.decks)}", indent="    "),
        f"Over time, {min(days)} to {max(days)}: {picture_of(theme, days, plain=plain)}",
    ]
    if len({each.entry for each in quotable}) > 1:
        then, now = _first_and_last(quotable)
        lines += ["", "Then and now", "", *_side_by_side(then, now, plain=plain)]
    for heading, quotes in _quotes(theme, quotable, whole=whole).items():
        lines += ["", heading]
        lines += [quote(each, room=10_000) for each in quotes]
    if not whole and len(quotable) > 2 * QUOTES:
        lines += ["", f"`voicereflect themes show --all {theme.handle}` shows every sentence."]
    if theme.better:
        command = f'`voicereflect themes rename {theme.handle} "{theme.better}"`'
        lines += ["", textwrap.fill(f"It could be called “{theme.better}” now: {command}.", WIDTH)]
    if closed := len(theme.sentences) - len(quotable):
        lines += ["", stay_closed(closed)]
    return "\n".join(lines)


def _filled(line: str, indent: str = "") -> str:
    """Break a line between words: dates and names of decks stay whole."""
    return textwrap.fill(line, WIDTH, subsequent_indent=indent, break_on_hyphens=False)


def as_json(theme: "Theme", trend: Trend | None, quotable: "Sequence[Sentence]") -> dict[str, Any]:
    """A theme as JSON; sentences that stay closed are counted and not told."""
    came = theme.days
    record = theme.record
    return {
        "handle": theme.handle,
        "name": theme.name,
        "key": theme.key,
        "days": len(came),
        "sentences": len(theme.sentences),
        "first": came[0].isoformat() if came else None,
        "last": came[-1].isoformat() if came else None,
        "decks": list(theme.decks),
        "trend": None if trend is None else {"rising": trend.rising, "p": round(trend.p, 5)},
        "pinned": record is not None and record.pinned,
        "hidden": theme.hidden,
        "own": record is not None and record.own,
        "still_found": not theme.unmatched,
        "quotes": [
            {
                "reference": each.reference,
                "day": each.day.isoformat(),
                "deck": each.deck,
                "speaker": each.passage.speaker,
                "text": each.passage.text,
                "nearness": each.nearness / 1000,
            }
            for each in quotable
        ],
    }


def picture_of(theme: "Theme", days: tuple[date, ...], *, plain: bool) -> str:
    """How large a share of the entries of each stretch of time has the theme."""
    there = _spread(theme.entry_days, min(days), max(days))
    if plain:
        return " ".join(str(count) for count in there)
    all_of = _spread(days, min(days), max(days))
    shares = [count / total if total else 0.0 for count, total in zip(there, all_of, strict=True)]
    most = max(shares) or 1.0
    return "".join(_BARS[-(-round(share / most * 1000) * 8 // 1000)] for share in shares)


@lru_cache(maxsize=2)
def _spread(days: tuple[date, ...], first: date, last: date) -> list[int]:
    """How many days fall into each stretch between two of them."""
    begin, span = first.toordinal(), (last - first).days + 1
    counts = Counter((day.toordinal() - begin) * PICTURE // span for day in days)
    return [counts[stretch] for stretch in range(PICTURE)]


def one_quote(theme: "Theme") -> "tuple[Sentence, ...]":
    """The quote of the list, if there is one."""
    best = theme.sentences.quote()
    return () if best is None else (best,)


def played(sentence: "Sentence") -> str:
    """What is being heard."""
    return quote(sentence, room=10_000)


def left_out(unheard: int, closed: int, *, nothing: bool) -> list[str]:
    """What was not played, and what it would take."""
    said = ["Nothing yet."] if nothing else []
    if unheard:
        said.append(
            f"Not played: {counted(unheard, 'sentence')}, without sound or without a certain "
            "place in it. `voicereflect themes show` shows them."
        )
    return [*said, stay_closed(closed)] if closed else said


def stay_closed(count: int) -> str:
    """How many are quoted only by name."""
    return f"{count} more from heavy decks or closed entries; `--with` names one of them."


def meant(words: str) -> str:
    """The sentence that a reference means."""
    return textwrap.fill(f"“{words}”", WIDTH, initial_indent="    ", subsequent_indent="    ")


def done(what: str, *, changed: bool, waits: bool) -> str:
    """What was done, and how to take it back."""
    if not changed:
        return "Nothing was changed: it was so already."
    said = [what]
    if waits:
        said.append("It is shown only with your yes: `voicereflect themes confirm NAME` says it.")
    return " ".join([*said, "`voicereflect themes undo` takes it back."])


def answered(theme: "Theme", *, listed: bool) -> str:
    """Where a theme stands after a yes, or after one that was taken back."""
    if not theme.sensitive:
        return "This theme needs no yes. Nothing was changed."
    if theme.waits_for_yes:
        return "It is shown only with your yes, and waits for it."
    if listed:
        stands = "It stands in the list from now on."
    elif theme.record is not None and theme.record.hidden:
        stands = "It is hidden: `voicereflect themes hide --back NAME` lists it again."
    elif theme.shown:
        stands = "Others came up on more days: `voicereflect themes --all` lists it."
    else:
        stands = "It came up too rarely for the list: `voicereflect themes --all` shows it."
    return f"{stands} `voicereflect themes confirm --back NAME` takes your yes back."


def title(theme: "Theme") -> str:
    """Its handle and name."""
    return f"{theme.handle}  {theme.name}".strip()


def when(came: tuple[date, ...]) -> str:
    """From the first day to the last."""
    return f"{came[0]} to {came[-1]}" if len(came) > 1 else f"{came[0]}"


def trend_words(trend: Trend | None) -> str:
    """What the numbers carry, if they carry anything."""
    if trend is None:
        return ""
    return "; more often in later entries" if trend.rising else "; less often in later entries"


def _quotes(
    theme: "Theme", quotable: "Sequence[Sentence]", *, whole: bool
) -> "dict[str, Sequence[Sentence]]":
    if whole or len(quotable) <= 2 * QUOTES:
        return {"In your words": quotable} if quotable else {}
    nearest = sorted(
        theme.sentences.clearest(quotable, QUOTES), key=lambda each: (each.day, each.reference)
    )
    found = {"Oldest": quotable[:QUOTES], "Newest": quotable[-QUOTES:]}
    if nearest == list(found["Oldest"]):  # where words decide, one is as near as another
        return found
    return {"Nearest": nearest, **found}


def quote(sentence: "Sentence", *, room: int) -> str:
    """A sentence with its date and reference, at most `room` letters of it."""
    words = textwrap.shorten(sentence.passage.text, room, placeholder=" …")
    return textwrap.fill(
        f"“{words}”{_who(sentence)} {sentence.day}, {short(sentence.reference)}",
        WIDTH,
        initial_indent="    ",
        subsequent_indent="    ",
        break_on_hyphens=False,
        break_long_words=False,
    )


def _first_and_last(quotable: "Sequence[Sentence]") -> "tuple[Sentence, Sentence]":
    """The first entry and the last, each in the sentence that is nearest to the theme."""
    first, last = (
        max((each for each in quotable if each.entry == end.entry), key=lambda each: each.nearness)
        for end in (quotable[0], quotable[-1])
    )
    return first, last


def _side_by_side(then: "Sentence", now: "Sentence", *, plain: bool) -> list[str]:
    if plain:
        return [quote(then, room=10_000), quote(now, room=10_000)]
    columns = [
        textwrap.wrap(f"{each.day}{_who(each)}", _COLUMN)
        + textwrap.wrap(f"“{each.passage.text}”", _COLUMN)
        for each in (then, now)
    ]
    return [
        f"{left:<{_COLUMN}}    {right}".rstrip()
        for left, right in itertools.zip_longest(*columns, fillvalue="")
    ]


def _who(sentence: "Sentence") -> str:
    """Say whose words these are, where they are not one's own."""
    speaker = sentence.passage.speaker
    return "" if speaker == OWNER else f" ({speaker})"
