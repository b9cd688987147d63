"""Finding what was said: by words and by meaning together, or by words alone."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from voicereflect.core.entry.ids import short
from voicereflect.core.entry.languages import not_english
from voicereflect.core.search import query as queries
from voicereflect.core.search import ranking, spelling
from voicereflect.core.search.filters import Hit, Spot, Wanted
from voicereflect.core.search.query import Query
from voicereflect.core.search.ranking import Evidence
from voicereflect.errors import ModelError, ModelMissing, SettingsError
from voicereflect.flows.library.finding.indexing import asked, refresh_meaning
from voicereflect.ports.index import EntryIndex, Meaning
from voicereflect.ports.screen import Progress
from voicereflect.ports.vault import EntryFiles

if TYPE_CHECKING:  # loads numpy, which a search by words alone does without
    from voicereflect.core.search.neighbours import VectorTable

CANDIDATES: Final = 200
"""The best of each list that are laid together."""
LONG: Final = 200
"""So many entries take more than a few seconds to learn."""
_OPEN: Final = Wanted(closed=False)
NEAR: Final = 0.25
"""Cosine below which two sentences have nothing to do with each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search found, the best first."""

    hits: tuple[Hit, ...]
    names: dict[str, str]
    """The shortest reference to each hit's entry, by its id."""
    by_meaning: bool
    withheld: tuple[str, ...] = ()
    """Entries that hold all the words and return only when named."""
    more: int = 0
    """So many more passages have the words."""
    unsaid: tuple[str, ...] = ()
    """Words of the search that no passage has."""
    instead: tuple[str, ...] = ()
    """Words that were said and are spelt like those."""
    has_all: bool = True
    """Whether one passage has all of the words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Searches one vault."""

    index: EntryIndex
    pages: EntryFiles
    meaning: Meaning
    model: str
    """Names the embedding model's very bytes."""
    gather: Callable[[Sequence[tuple[int, bytes]]], "VectorTable"]
    """Makes vectors comparable; called only where they are needed, since it loads slowly."""
    progress: Progress
    note: Callable[[str], None]
    """Hears what went otherwise."""

    def find(self, typed: str, wanted: Wanted, *, limit: int, exact: bool = False) -> Found:
        """Find passages; with `exact` by their words alone.

        Raises:
            SettingsError: nothing to look for was typed.
        """
        query = queries.parse(typed)
        if not query.words and not query.phrases:
            raise SettingsError(
                "There is no word to search for.",
                hint="For example: voicereflect search garden, or: search '\"the red door\"'.",
            )
        by_meaning = query.by_meaning and not exact and self._begin(query)
        find = partial(self._found, query=query, wanted=wanted, limit=limit, by_meaning=by_meaning)
        return asked(self.index, self.pages, self.progress, find)

    def begun(self, typed: str, *, limit: int) -> list[Spot]:
        """Find passages while somebody types, as the index is; by words alone."""
        words = queries.parse(typed).words
        return self.index.spots(self.index.begun(words, limit)) if words else []

    def _begin(self, query: Query) -> bool:
        """Start the model on the query, to be read meanwhile; False where it cannot be started."""
        try:
            self.meaning.start([query.text])
        except ModelMissing:
            self.note(
                "Searching by words alone: the model that knows meanings is not installed. "
                "`voicereflect models get minilm` fetches it."
            )
            return False
        except ModelError as error:
            self.note(f"Searching by words alone. {error.what} {error.hint}")
            return False
        return True

    def _found(
        self, index: EntryIndex, query: Query, wanted: Wanted, *, limit: int, by_meaning: bool
    ) -> Found:
        among = index.among(query, replace(wanted, closed=False))
        near = self._near(index, query, among) if by_meaning else None
        evidence = gathered(index, query, among, near or {})
        order = ranking.ranked(evidence)
        scores = dict(order)
        spots = _with_words(index, [key for key, _ in order], limit)
        hits = tuple(
            Hit(spot=spot, marks=index.marks(spot.text, query), score=scores[spot.key])
            for spot in spots
        )
        withheld = _withheld(index, query, wanted)
        names = short_names(index.ids(), {*(hit.spot.entry for hit in hits), *withheld})
        unsaid = tuple(word for word in query.words if not index.has_all([word]))
        return Found(
            hits=hits,
            names=names,
            by_meaning=near is not None,
            withheld=withheld,
            more=max(0, len({*evidence.words, *evidence.exact}) - len(hits)),
            unsaid=unsaid,
            instead=tuple(each for word in unsaid for each in _instead(index, word)),
            has_all=bool(unsaid) or len(query.words) < 2 or index.has_all(query.words),
        )

    def _near(
        self, index: EntryIndex, query: Query, among: set[int] | None
    ) -> dict[int, float] | None:
        if index.count_unread(self.model) >= LONG:
            self.note(
                "Learning what your entries mean, once. "
                "Ctrl-C keeps what is done; `--exact` searches by words at once."
            )
        if others := not_english(index.languages()):
            self.note(f"Meaning is known in English only: {others}, and found by their words.")
        try:
            refresh_meaning(index, self.meaning, self.model, self.progress)
            meanings = self.gather(index.vectors(self.model))
            vector = self.meaning.embed([query.text], quick=True)
        except ModelError as error:
            self.note(f"Searching by words alone. {error.what} {error.hint}")
            return None
        found = meanings.nearest(vector, CANDIDATES, among=among)
        return {key: score for key, score in found.items() if score >= NEAR}


def _instead(index: EntryIndex, word: str) -> tuple[str, ...]:
    """Words that were said in what is not closed, and are spelt like this one."""
    like = spelling.nearest(word, index.spelt_about(len(word), give=spelling.GIVE))
    return tuple(each for each in like if index.among(queries.parse(f'"{each}"'), _OPEN))


def _with_words(index: EntryIndex, keys: Sequence[int], limit: int) -> list[Spot]:
    """Read the first passages in which there is a word at all: a model may have written `…`."""
    found: list[Spot] = []
    for first in range(0, len(keys), limit):
        found += [each for each in index.spots(keys[first : first + limit]) if _is_word(each.text)]
        if len(found) >= limit:
            break
    return found[:limit]


def _is_word(text: str) -> bool:
    return any(map(str.isalnum, text))


def gathered(
    index: EntryIndex, query: Query, among: Set[int] | None, near: Mapping[int, float]
) -> Evidence:
    """Gather what speaks for passages; `near` is what their meaning says."""
    words = index.by_words(query, CANDIDATES, among=among)
    frequencies = index.frequencies(query)
    lead = index.holding(ranking.leading(query, frequencies), among=among)
    if among is not None and query.phrases:  # a quote is reason enough
        words = {**dict.fromkeys(among, 0.0), **words}
    elif near:
        covered = index.coverage(ranking.weights_of(frequencies), words.keys())
        words = {key: fit for key, fit in words.items() if covered[key] >= ranking.COVER_FROM}
    return Evidence(words=words, meaning=near, exact=lead)


def _withheld(index: EntryIndex, query: Query, wanted: Wanted) -> tuple[str, ...]:
    """Name entries that fit by their words and that a search does not bring back."""
    among = index.among(query, replace(wanted, closed=True)) or set()
    counts = index.holding(query.words, among=among) if among else {}
    keys = [key for key in among if counts.get(key, 0) == len(query.words)]
    return tuple(dict.fromkeys(spot.entry for spot in index.spots(sorted(keys))))


def short_names(ids: Sequence[str], wanted: Set[str]) -> dict[str, str]:
    """Give the four letters of each id, or all of it where two entries share them."""
    letters = Counter(map(short, ids))
    return {each: short(each) if letters[short(each)] == 1 else each for each in wanted}
