"""A look back in the terminal: counts, dates and quotes, nothing about them."""

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from voicereflect.core.entry.days import day_in_words
from voicereflect.core.entry.ids import short
from voicereflect.ui.counting import counted, spoken_for
from voicereflect.ui.wording import WIDTH
from voicereflect.ui.wrapping import tied, untied

if TYPE_CHECKING:
    from voicereflect.core.review.values import DatedQuote, EchoBack, Review, ThemeBack


def page(review: "Review") -> str:
    """The whole of it."""
    return "\n".join(_lines(review))


def title(review: "Review") -> str:
    """The days it is about, and the theme that was asked for."""
    first, last = review.span.first, review.span.last
    what = f" on “{review.theme}”" if review.theme else ""
    if first == last:
        return f"Looking back{what or ' on'}{',' if what else ''} {day_in_words(first)}"
    return f"Looking back{what}, {day_in_words(first)} to {day_in_words(last)}"


def spoken(review: "Review") -> str:
    """On how many days, and how long."""
    days = len({each.day for each in review.sittings})
    minutes = spoken_for(sum(each.seconds for each in review.sittings))
    if not days:
        return "There is nothing from these days."
    in_all = f", {minutes} in all" if minutes else ""
    return f"You spoke on {counted(days, 'day')}{in_all}."


def theme_line(theme: "ThemeBack") -> str:
    """A theme in counts and dates."""
    before = "" if theme.before is None else f", before that on {day_in_words(theme.before)}"
    return f"{theme.handle}  {theme.name}: {counted(len(theme.days), 'day')}{before}"


def closed_line(count: int) -> str:
    """What was left out, and what it would take."""
    return (
        f"{counted(count, 'sitting')} with a heavy deck, or closed, left out; "
        "`--with` names a deck or an entry."
    )


def as_json(review: "Review") -> dict[str, Any]:
    """The same as JSON."""
    return {
        "first": review.span.first.isoformat(),
        "last": review.span.last.isoformat(),
        "theme": review.theme or None,
        "sittings": [
            {"day": each.day.isoformat(), "seconds": round(each.seconds, 1)}
            for each in review.sittings
        ],
        "themes": [
            {
                "handle": each.handle,
                "name": each.name,
                "days": [day.isoformat() for day in each.days],
                "before": each.before.isoformat() if each.before else None,
                "quotes": [_quote_json(quote) for quote in each.quotes],
                "then": _quote_json(each.then) if each.then else None,
                "now": _quote_json(each.now) if each.now else None,
            }
            for each in review.themes
        ],
        "quiet": [
            {"handle": e.handle, "name": e.name, "days": e.days, "last": e.last.isoformat()}
            for e in review.quiet
        ],
        "echoes": [
            {
                "asked": each.asked,
                "asked_first": each.asked_first,
                "times": each.times,
                "first": _quote_json(each.first),
                "last": _quote_json(each.last),
            }
            for each in review.echoes
        ],
        "steps": [_quote_json(each) for each in review.steps],
        "left_out": review.closed,
    }


def _lines(review: "Review") -> Iterator[str]:
    yield title(review)
    yield spoken(review)
    yield from _came(review)
    if review.quiet:
        yield "\nCame up before, and not in these days"
        for each in review.quiet:
            count = counted(each.days, "day")
            yield f"{each.handle}  {each.name}: {count}, last on {day_in_words(each.last)}"
    yield from _then_and_now(review)
    yield from _asked_twice(review.echoes)
    if review.steps:
        yield "\nSmall steps that are open"
        yield from map(quote, review.steps)


def _came(review: "Review") -> Iterator[str]:
    new = [each for each in review.themes if each.before is None]
    again = [each for each in review.themes if each.before is not None]
    for heading, themes in (("What came up" if review.whole else "New", new), ("Came back", again)):
        if themes:
            yield f"\n{heading}"
        for theme in themes:
            yield textwrap.fill(theme_line(theme), WIDTH, subsequent_indent="     ")
            yield from map(quote, theme.quotes)


def _then_and_now(review: "Review") -> Iterator[str]:
    both = [each for each in review.themes if each.then and each.now]
    if both:
        yield "\nThen and now"
    for theme in both:
        yield theme.name
        yield from (quote(each) for each in (theme.then, theme.now) if each)


def _asked_twice(echoes: "tuple[EchoBack, ...]") -> Iterator[str]:
    if echoes:
        yield "\nAsked more than once"
    for echo in echoes:
        for asked, answers in echo.pairs:
            yield textwrap.fill(asked, WIDTH)
            yield from map(quote, answers)


def quote(said: "DatedQuote") -> str:
    """Words with their date and reference."""
    who = f" ({said.speaker})" if said.speaker else ""
    return untied(
        textwrap.fill(
            f"“{said.text}”{who} {tied(day_in_words(said.day))}, {short(said.reference)}",
            WIDTH,
            initial_indent="     ",
            subsequent_indent="     ",
            break_on_hyphens=False,
            break_long_words=False,
        )
    )


def _quote_json(said: "DatedQuote") -> dict[str, Any]:
    return {
        "reference": said.reference,
        "day": said.day.isoformat(),
        "speaker": said.speaker or "me",
        "text": said.text,
    }
