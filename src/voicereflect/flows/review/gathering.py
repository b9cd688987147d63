"""A look back put together: themes, quotes, echoes, open steps and days of one span.

Knows ports and core. What may not come back unasked is in none of it unless it is named.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

from voicereflect.core.review import choosing
from voicereflect.core.review.spans import InSpan, QuietTheme, spanned
from voicereflect.core.review.values import (
    DatedQuote,
    EchoBack,
    LookedFor,
    Review,
    ThemeBack,
)
from voicereflect.core.safety.calm import speaks_of_danger
from voicereflect.core.safety.consent import owner_of
from voicereflect.core.safety.returning import may_return
from voicereflect.core.search.dates import Days
from voicereflect.core.search.filters import EntryLine, Wanted
from voicereflect.core.themes.clustering.finding import find_to_show
from voicereflect.core.themes.names.named import Named
from voicereflect.core.themes.theme import Sentence, Theme
from voicereflect.core.words import passages
from voicereflect.deck_model import CLOSING
from voicereflect.flows.decks.readable import deck_if_readable
from voicereflect.flows.themes.listing import Themes
from voicereflect.model import Answer, Entry
from voicereflect.ports.decks import Decks
from voicereflect.ports.index import EntryIndex
from voicereflect.ports.screen import Progress

MOST_ECHOES: Final = 12
LONGEST_ECHO: Final = 60
"""Words of an answer that is quoted beside another; whole sentences, at least one."""
TOLD_FROM: Final = 1000
"""Answers from which on progress is told: fewer take under a second."""
GATHERING: Final = "Gathering what you said"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """Gathers from one vault."""

    themes: Themes
    index: EntryIndex
    decks: Decks
    depth: Callable[[str], str | None]
    settled: Collection[str]
    """Small steps that are done or let go, as ENTRY/ANSWER."""
    progress: Progress

    def gather(self, asked: LookedFor) -> Review:
        """Put a look back together.

        Raises:
            ThemeNotFound: no theme has the name that was asked for, or several.
            ModelError: there is something new, and no embedding model to read it.
        """
        overview = self.themes.overview()
        lines = self.index.lines(asked.wanted)
        open_lines = [each for each in lines if self._may_return(each, asked.named)]
        span = _span(asked, lines)
        entries = self._entries(asked, {each.id for each in open_lines})
        answers = {
            (entry.id, answer.number)
            for entry in entries
            for answer in entry.answers
            if _fits(entry, answer, asked.wanted)
        }
        chosen = [find_to_show(overview.themes, asked.theme)] if asked.theme else overview.listed
        backs, quiet = self._themes(chosen, asked, span, answers)
        own = _own(entries)
        within = [(entry, said) for entry, said in own if (entry.id, said.number) in answers]
        return Review(
            span=span,
            theme=chosen[0].name if asked.theme else "",
            sittings=tuple(open_lines),
            themes=backs,
            quiet=quiet if open_lines else (),
            echoes=() if asked.theme else self._echoes(asked, within),
            steps=() if asked.theme else self._steps(within),
            whole=asked.wanted.since is None,
            closed=len(lines) - len(open_lines),
        )

    def _may_return(self, line: EntryLine, named: Named) -> bool:
        asked_for = line.deck in named.decks or any(each.entry == line.id for each in named.entries)
        depth = self.depth(line.deck)
        return asked_for or may_return(deck=line.deck, depth=depth, closed=line.closed)

    def _entries(self, asked: LookedFor, ids: Collection[str]) -> list[Entry]:
        return [entry for entry in self.index.entries(asked.wanted) if entry.id in ids]

    def _themes(
        self,
        chosen: Sequence[Theme],
        asked: LookedFor,
        span: Days,
        answers: Collection[tuple[str, int]],
    ) -> tuple[tuple[ThemeBack, ...], tuple[QuietTheme, ...]]:
        backs = []
        found = spanned(chosen, span)
        for done, each in enumerate(found.came, start=1):
            if len(answers) >= TOLD_FROM:
                self.progress.step(GATHERING, done=done, total=len(found.came))
            said = each.theme.quotable(asked.named)
            within = [
                one
                for one in said
                if (one.entry, one.passage.answer) in answers
                and span.first <= one.day <= span.last
                and (asked.wanted.among is None or one.reference in asked.wanted.among)
            ]
            if within:
                backs.append(_back(each, said, within, asked))
        order = sorted(backs, key=lambda each: (-len(each.days), each.handle))
        return tuple(order), found.quiet

    def _echoes(
        self, asked: LookedFor, within: Sequence[tuple[Entry, Answer]]
    ) -> tuple[EchoBack, ...]:
        """Questions of the span that were answered on two days or more, in or before it.

        A closing only brings back to now.
        """
        prompts = {
            answer.prompt
            for _, answer in within
            if answer.text and answer.asked and not answer.prompt.endswith(f"/{CLOSING}")
        }
        if asked.wanted.since is not None:
            before = replace(asked.wanted, since=None)
            ids = {
                line.id for line in self.index.lines(before) if self._may_return(line, asked.named)
            }
            within = [
                (entry, answer)
                for entry, answer in _own(self._entries(replace(asked, wanted=before), ids))
                if answer.prompt in prompts
            ]
        by_prompt: defaultdict[str, list[tuple[Entry, Answer]]] = defaultdict(list)
        for entry, answer in within:
            if answer.prompt in prompts and answer.text:
                by_prompt[answer.prompt].append((entry, answer))
        echoes = [_echo(said) for _, said in sorted(by_prompt.items())]
        found = [each for each in echoes if each is not None]
        return tuple(sorted(found, key=lambda each: (-each.times, each.asked))[:MOST_ECHOES])

    def _steps(self, within: Sequence[tuple[Entry, Answer]]) -> tuple[DatedQuote, ...]:
        decks = {entry.deck for entry, _ in within}
        commits = {name for deck in decks for name in self._commits(deck)}
        quotes = [
            _whole(entry, answer)
            for entry, answer in within
            if answer.prompt in commits and answer.text
            if f"{entry.id}/{answer.number}" not in self.settled
        ]
        return tuple(each for each in quotes if not speaks_of_danger(each.text))

    def _commits(self, deck: str) -> Sequence[str]:
        found = deck_if_readable(self.decks, deck)
        prompts = found.every_prompt if found else ()
        return [f"{deck}/{each.id}" for each in prompts if each.commits]


def _own(entries: Sequence[Entry]) -> list[tuple[Entry, Answer]]:
    """Give what owners of entries said there; of others only a theme may quote."""
    return [
        (entry, answer)
        for entry in entries
        for answer in entry.answers
        if answer.speaker == owner_of(entry)
    ]


def _span(asked: LookedFor, lines: Sequence[EntryLine]) -> Days:
    days = [each.day for each in lines]
    first = asked.wanted.since or min(days, default=asked.today)
    return Days(first, asked.wanted.until or max(days, default=asked.today))


def _fits(entry: Entry, answer: Answer, wanted: Wanted) -> bool:
    prompt = wanted.prompt in ("", answer.prompt, answer.prompt.rpartition("/")[2])
    speaker = wanted.speaker in ("", answer.speaker)
    among = wanted.among is None or any(
        each.startswith(f"{entry.id}/{answer.number}:") for each in wanted.among
    )
    return prompt and speaker and among and wanted.state in (None, answer.state)


def _back(
    found: InSpan, said: Sequence[Sentence], within: Sequence[Sentence], asked: LookedFor
) -> ThemeBack:
    then, now = choosing.ends(said, within)
    return ThemeBack(
        handle=found.theme.handle,
        name=found.theme.name,
        days=tuple(sorted({each.day for each in within})),
        before=found.before,
        quotes=choosing.spread(within, asked.quotes),
        then=then,
        now=now,
    )


def _echo(said: Sequence[tuple[Entry, Answer]]) -> EchoBack | None:
    """The first and the last answer to one question, if they were given on two days."""
    ends = [
        next((pair for pair in way if not speaks_of_danger(pair[1].text)), None)
        for way in (said, said[::-1])
    ]
    if ends[0] is None or ends[1] is None:
        return None
    (first, one), (last, other) = ends[0], ends[1]
    if _whole(first, one).day == _whole(last, other).day:
        return None
    return EchoBack(
        asked=other.asked,
        asked_first=one.asked or other.asked,
        first=_opening(first, one),
        last=_opening(last, other),
        times=len(said),
    )


def _whole(entry: Entry, answer: Answer) -> DatedQuote:
    return choosing.quote_in(entry, answer, 1, " ".join(answer.text.split()))


def _opening(entry: Entry, answer: Answer) -> DatedQuote:
    """The first sentences of an answer, as many as stand beside another; none is cut."""
    texts: list[str] = []
    for each in passages.split(answer.text):
        if texts and sum(map(_count, texts)) + _count(each.text) > LONGEST_ECHO:
            break
        texts.append(each.text)
    text = " ".join(texts)
    return replace(_whole(entry, answer), text=text)


def _count(text: str) -> int:
    return len(text.split())
