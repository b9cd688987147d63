"""A look back as one page: opened from the disk, no script, nothing from anywhere else."""

import base64
import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from voicereflect.core.entry.days import day_in_words
from voicereflect.ui.counting import counted
from voicereflect.ui.review import charts
from voicereflect.ui.review.markup import Element, after, child, document
from voicereflect.ui.review.terminal import spoken, title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicereflect.core.review.values import DatedQuote, Review, SoundAt, ThemeBack

Sounds = Mapping["DatedQuote", "SoundAt"]
_STYLE: Final = """
:root { color-scheme: light dark; --ink: #1d2327; --soft: #55606a; --paper: #fdfcf9;
  --line: #c9ced3; --bar: #2f6f73; --l1: #a7cfcb; --l2: #5fa3a1; --l3: #22595c; --none: #eceae4; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e4df; --soft: #aab2b8; --paper: #16191c;
  --line: #454c52; --bar: #7cc2bd; --l1: #2f5d5d; --l2: #4f9693; --l3: #9adbd5; --none: #262b30; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 44rem; font: 1.05rem/1.55 Georgia, serif;
  color: var(--ink); background: var(--paper); overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; text-wrap: balance; }
h2 { font-size: 1.25rem; margin-top: 2.5rem; }
h3 { font-size: 1.05rem; margin: 1.8rem 0 .3rem; }
p.about, time, cite, summary, caption { color: var(--soft); font-size: .92rem; }
blockquote { margin: .8rem 0; padding-left: .9rem; border-left: 3px solid var(--line); }
blockquote p { margin: 0; } cite { font-style: normal; }
svg { display: block; width: 100%; height: auto; margin: .6rem 0 .2rem; }
.ends { display: flex; justify-content: space-between; margin: 0; font: .8rem sans-serif;
  color: var(--soft); }
.bar { fill: var(--bar); } .axis { stroke: var(--line); }
.l0 { fill: var(--none); } .l1 { fill: var(--l1); }
.l2 { fill: var(--l2); } .l3 { fill: var(--l3); }
audio { display: block; width: 100%; max-width: 22rem; margin-top: .4rem; }
.pair { display: grid; gap: 0 1.5rem;
  grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr)); }
.wide { overflow-x: auto; } table { border-collapse: collapse; font-size: .92rem; }
th, td { text-align: left; padding: .15rem .9rem .15rem 0; border-bottom: 1px solid var(--line); }
caption { text-align: left; } a { color: inherit; }
nav ul { columns: 2 13rem; padding-left: 1.2rem; }
@media print { body { max-width: none; } details, audio, nav { display: none; }
  blockquote, svg { break-inside: avoid; } h2, h3, h4, p.about { break-after: avoid; } }
"""
SQUARES: Final = "Each square is a day; the stronger its colour, the more was said."
WORTH_LISTING: Final = 6
"""So many themes take more than two screens, and are named above them."""
_DIGEST: Final = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{_DIGEST}'; media-src file:; "
    "base-uri 'none'; form-action 'none'"
)
"""Nothing is loaded but the sound beside the page, nothing is run and nothing is sent."""


def report(review: "Review", sounds: Sounds) -> str:
    """The whole page."""
    root, body = new_page(title(review))
    child(body, "p", spoken(review), class_="about")
    _calendar(body, review)
    if review.themes:
        _themes(body, review, sounds)
    if review.quiet:
        _quiet(body, review)
    if review.echoes:
        _echoes(body, review, sounds)
    if review.steps:
        section = _section(body, "Small steps that are open")
        for each in review.steps:
            quoted(section, each, sounds)
    return document(root)


def new_page(name: str) -> tuple[Element, Element]:
    """Begin a page; give it, and the element its contents go into."""
    root = Element("html", {"lang": "en"})
    head = child(root, "head")
    child(head, "meta", charset="utf-8")
    child(head, "meta", http_equiv="Content-Security-Policy", content=POLICY)
    child(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    child(head, "meta", name="referrer", content="no-referrer")
    child(head, "title", name)
    child(head, "style").text = _STYLE
    main = child(child(root, "body"), "main")
    child(main, "h1", name)
    return root, main


def quoted(parent: Element, quote: "DatedQuote", sounds: Sounds) -> None:
    """Words with their date, and their sound where it is laid beside the page."""
    block = child(parent, "blockquote")
    child(block, "p", f"“{quote.text}”")
    day = day_in_words(quote.day)
    line = child(block, "cite")
    when = child(line, "time", day, datetime=quote.day.isoformat())
    if quote.speaker:
        after(when, f", {quote.speaker}")
    if (sound := sounds.get(quote)) is not None:
        where = f"{sound.file}#t={sound.begin_s:.2f},{sound.end_s:.2f}"
        label = f"Hear what was said on {day}"
        child(block, "audio", src=where, controls="", preload="none", aria_label=label)


def _calendar(body: Element, review: "Review") -> None:
    section = _section(body, "When you spoke")
    if review.sittings:
        child(section, "p", SQUARES, class_="about")
    for year in sorted({each.day.year for each in review.sittings}):
        child(section, "h3", str(year))
        charts.calendar(section, year, [e for e in review.sittings if e.day.year == year])


def _themes(body: Element, review: "Review", sounds: Sounds) -> None:
    section = _section(body, "What came up")
    if len(review.themes) >= WORTH_LISTING:
        listing = child(child(section, "nav", aria_label="Themes"), "ul")
        for theme in review.themes:
            child(child(listing, "li"), "a", theme.name, href=f"#theme-{theme.handle}")
    for theme in review.themes:
        part = child(section, "section", class_="theme", id=f"theme-{theme.handle}")
        child(part, "h3", theme.name)
        child(part, "p", _about(theme, review), class_="about")
        what = f"Days on which “{theme.name}” came up"
        charts.bars(part, f"bars-{theme.handle}", what, theme.days, review.span)
        for each in theme.quotes:
            quoted(part, each, sounds)
        if theme.then and theme.now:
            _pair(part, "Then and now", (theme.then, theme.now), sounds)


def _about(theme: "ThemeBack", review: "Review") -> str:
    came = f"{counted(len(theme.days), 'day')}, "
    came += f"first {day_in_words(theme.days[0])}, last {day_in_words(theme.days[-1])}"
    if review.whole:
        return f"{came}."
    if theme.before is None:
        return f"{came}; new in this time."
    return f"{came}; before that on {day_in_words(theme.before)}."


def _quiet(body: Element, review: "Review") -> None:
    section = _section(body, "Came up before, and not in these days")
    rows = [(e.name, str(e.days), day_in_words(e.last)) for e in review.quiet]
    listing = child(section, "ul")
    for name, days, last in rows:
        child(listing, "li", f"{name}: {counted(int(days), 'day')}, last on {last}")


def _echoes(body: Element, review: "Review", sounds: Sounds) -> None:
    section = _section(body, "Asked more than once")
    for echo in review.echoes:
        for asked, answers in echo.pairs:
            child(section, "h3", asked)
            if answers[0] is echo.first:
                child(section, "p", f"Answered {echo.times} times.", class_="about")
            _pair(section, "", answers, sounds)


def _pair(parent: Element, heading: str, quotes: "Sequence[DatedQuote]", sounds: Sounds) -> None:
    if heading:
        child(parent, "h4", heading)
    pair = child(parent, "div", class_="pair")
    for each in quotes:
        quoted(pair, each, sounds)


def _section(body: Element, heading: str) -> Element:
    section = child(body, "section")
    child(section, "h2", heading)
    return section
