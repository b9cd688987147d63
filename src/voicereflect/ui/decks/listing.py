"""Decks and programmes as lines of text and as JSON; knows no file."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from voicereflect.core.decks.aloud import HeardSentence
from voicereflect.core.decks.file.reader import DeckProblem
from voicereflect.core.decks.views import (
    Asked,
    ClosedDeck,
    DeckPlace,
    DeckRow,
    Echo,
    Status,
    command_for,
)
from voicereflect.core.entry.ids import short
from voicereflect.core.programme.so_far import Reason
from voicereflect.ui.decks.offers import for_two
from voicereflect.ui.decks.words import about_deck, about_prompt
from voicereflect.ui.wording import WIDTH, text_of
from voicereflect.ui.wrapping import tied, untied

WITHHELD = "(closed, or waits for that choice; `voicereflect show` shows it)"
_ABOUT = {
    "": "Your own",
    "days": "Any day",
    "work": "Work, and what to decide",
    "people": "Living with people",
    "life": "A life",
    "loss": "Loss, and who helps",
    "close": "Somebody close, and what is hard about it",
}
_REASONS = {
    Reason.ORDER: "It is the next in the order.",
    Reason.LIGHT_AFTER_HEAVY: "A light one follows a heavy one.",
    Reason.BEFORE_HEAVY: "It comes before anything heavy.",
    Reason.MEANWHILE: "The next in the order waits a few days; this is for the time between.",
    Reason.AFTERWARDS: "The order is at its end; for four weeks this is here, if you like.",
}


def day(moment: date) -> str:
    """A day in words, independent of the system's language."""
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return f"{moment.day} {months[moment.month - 1]} {moment.year}"


def rows_page(rows: Iterable[DeckRow]) -> str:
    """Decks under what they are for, a line each."""
    return "\n".join(
        line
        for about, some in groupby(rows, key=lambda row: row.deck.about)
        for line in (_ABOUT[about], *(each for row in some for each in _row_lines(row)), "")
    ).rstrip()


def _row_lines(row: DeckRow) -> Iterator[str]:
    deck = row.deck
    line = deck.line or deck.title
    yield f"  {deck.name:<20} {deck.minutes:>2} min {deck.depth:<6} {line}"
    told = [f"answered {day(row.days[-1])}"] if row.days else []
    told += ["closed for now"] if row.closed else []
    if told:
        yield f"{'':37}({', '.join(told)})"


def closed_now(count: int) -> str:
    """How many decks are not listed, and how to see them."""
    decks = "1 deck is" if count == 1 else f"{count} decks are"
    return f"{decks} closed for now: `voicereflect decks list --all` shows them too."


def row_json(row: DeckRow) -> dict[str, Any]:
    """A deck for programs."""
    deck = row.deck
    return {
        "name": deck.name,
        "title": deck.title,
        "about": deck.about,
        "line": deck.line,
        "why": deck.why,
        "depth": deck.depth,
        "minutes": deck.minutes,
        "practices": list(deck.practices),
        "voices": list(deck.voices),
        "answered": [each.isoformat() for each in row.days],
        "closed": row.closed,
    }


def deck_page(row: DeckRow, asked: Sequence[Asked]) -> str:
    """A deck with its prompts, and when each was answered."""
    deck = row.deck
    head = f"{deck.title}: {deck.minutes} minutes, {deck.depth}"
    lines = [head, "", *textwrap.wrap(deck.why, WIDTH), ""]
    if said := " ".join(about_deck(deck)):
        lines.extend([*textwrap.wrap(said, WIDTH, break_on_hyphens=False), ""])
    for each in asked:
        lines.extend(_prompt_lines(each))
    when = ", ".join(map(day, row.days)) or "not yet"
    return "\n".join([*lines, f"Answered: {when}", f"Begin: {command_for(deck)}"])


def deck_json(row: DeckRow, asked: Sequence[Asked]) -> dict[str, Any]:
    """A deck with its prompts, for programs."""
    prompts = [
        {
            "id": each.prompt.id,
            "words": list(each.words),
            "gentler": each.prompt.gentler,
            "menu": dict(each.prompt.menu),
            "about": about_prompt(each.prompt),
            "answered": [one.isoformat() for one in each.days],
        }
        for each in asked
    ]
    return {**row_json(row), "about": about_deck(row.deck), "prompts": prompts}


def problem_line(file: str, problem: DeckProblem) -> str:
    """What is wrong in a deck file, where, and what to write instead."""
    return f"{file}, line {problem.line}: {problem.what}. {problem.instead}"


def echo_page(reference: str, echoes: Sequence[Echo]) -> str:
    """Answers to one prompt, one under the other."""
    lines = [reference]
    for each in echoes:
        lines.extend(["", f"{day(each.day)}  ({short(each.entry)}/{each.answer.number})"])
        lines.extend(_wrapped(each.answer.asked, "  "))
        lines.append("")
        lines.extend(_wrapped(WITHHELD if each.withheld else text_of(each.answer), "    "))
    return "\n".join(lines)


def echo_json(echo: Echo) -> dict[str, Any]:
    """One answer to a prompt, for programs."""
    return {
        "entry": echo.entry,
        "answer": echo.answer.number,
        "day": echo.day.isoformat(),
        "asked": echo.answer.asked,
        "state": echo.answer.state.value,
        "text": echo.answer.text,
        "withheld": echo.withheld,
    }


def status_page(status: Status) -> str:
    """Where a person stands in a programme: dates and the next offer."""
    programme = status.programme
    since = f"since {day(status.started)}" if status.started else "not running"
    lines = [f"{programme.title} ({since})", ""]
    lines.extend(_place_line(place) for place in status.done)
    lines.extend(["", *offer_lines(status)] if status.done else offer_lines(status))
    lines.extend(["", "Always open, in any order:"])
    lines.extend(_wrapped(", ".join(place.deck for place in status.side_doors), "  "))
    if status.closed:
        lines.extend(["", "Closed for now, and what opens it:"])
        lines.extend(line for each in status.closed for line in _closed_lines(each))
    return "\n".join(lines)


def _closed_lines(closed: ClosedDeck) -> Iterator[str]:
    yield f"  {closed.title} ({closed.deck})"
    for reason, command in closed.why:
        yield from _wrapped(reason, "    ")
        yield f"      voicereflect {command}"


def offer_lines(status: Status) -> list[str]:
    """The next deck, and what to type."""
    if status.offer is None or status.offered is None:
        return _wrapped("Nothing is next today. What is open can be taken at any time.", "")
    lines = [
        *_wrapped(f"Next: {status.offered.title}. {_REASONS[status.offer.reason]}", ""),
        f"  {command_for(status.offered)}",
    ]
    if status.for_two is not None:
        lines += [*_wrapped(for_two(status.for_two.title), ""), f"  {command_for(status.for_two)}"]
    return lines


def status_json(status: Status) -> dict[str, Any]:
    """Where a person stands, for programs."""
    offer = status.offer
    return {
        "programme": status.programme.name,
        "title": status.programme.title,
        "started": status.started.isoformat() if status.started else None,
        "done": [_place_json(place) for place in status.done],
        "next": {"deck": offer.deck, "reason": offer.reason.value} if offer else None,
        "for_two": status.for_two.name if status.for_two else None,
        "side_doors": [_place_json(place) for place in status.side_doors],
        "closed": [
            {
                "deck": each.deck,
                "title": each.title,
                "why": [{"reason": reason, "command": command} for reason, command in each.why],
            }
            for each in status.closed
        ],
    }


def _place_line(place: DeckPlace) -> str:
    aside = "put aside" if place.put_aside else ""
    when = ", ".join(tied(day(each)) for each in place.days)
    line = f"  {place.title}: {', '.join(filter(None, (when, aside)))}"
    return untied(textwrap.fill(line, WIDTH, subsequent_indent="    "))


def _place_json(place: DeckPlace) -> dict[str, Any]:
    return {
        "deck": place.deck,
        "title": place.title,
        "days": [each.isoformat() for each in place.days],
        "put_aside": place.put_aside,
    }


def _prompt_lines(each: Asked) -> Iterator[str]:
    first = each.words[0] if each.words else "(asked only after a certain choice or answer)"
    yield from textwrap.wrap(first, WIDTH, initial_indent="  ", subsequent_indent="  ")
    when = f", answered {', '.join(dict.fromkeys(map(day, each.days)))}" if each.days else ""
    yield f"    {each.prompt.id}{when}"
    for what in about_prompt(each.prompt):
        yield from textwrap.wrap(
            what, WIDTH, initial_indent="    ", subsequent_indent="      ", break_on_hyphens=False
        )


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
    )


def heard_lines(each: HeardSentence) -> str:
    """A sentence, and under it what was heard instead."""
    return f"said   {each.said}\nheard  {each.heard or '(nothing)'}\n"


def heard_sum(heard: Sequence[HeardSentence]) -> str:
    """How much did not come back."""
    words, wrong = sum(each.words for each in heard), sum(each.wrong for each in heard)
    other = sum(bool(each.wrong) for each in heard)
    share = 100 * wrong / max(1, words)
    return (
        f"{len(heard)} sentences, {other} of them heard otherwise; "
        f"{wrong} of {words} words ({share:.1f} %)."
    )
