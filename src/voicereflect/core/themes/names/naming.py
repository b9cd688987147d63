"""Names for themes out of their own words, as a person would say them; knows words and counts."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from voicereflect.core.themes.curation import JOINED
from voicereflect.core.themes.names.words import (
    ACTING,
    BETWEEN,
    POINTING,
    content_words,
    is_content,
    words_of,
)

ENOUGH: Final = 0.35
"""One noun names a theme alone if it stands in so many of its sentences."""
SURE: Final = 0.4
"""A second noun is one as surely as this."""
LEAST_SURE: Final = 0.25
"""A word that looks like no noun may be one all the same, if it stands in most sentences."""
TOGETHER: Final = 0.4
"""Two words are one phrase if so many sentences with the second have the first before it."""
MOSTLY: Final = 0.5
"""A noun is named with the `my` or `the` that stands before it so often."""
LEAST_RUNS: Final = 3
SECOND: Final = 0.08
"""A second noun stands in no less of the sentences."""
_VERB_ENDS: Final = ("ed", "ing")
NOTHING_TAKEN: Final[Mapping[str, str]] = MappingProxyType({})
_SPOKEN_WITH: Final = ("my", "the")


@dataclass(slots=True)
class _Word:
    """How one word is used in a theme; forms of one word are one."""

    forms: Counter[str] = field(default_factory=Counter)
    sentences: set[int] = field(default_factory=set)
    pointed_at: int = 0
    acting: int = 0
    describing: int = 0
    """Straight before another word that says something: `close` in `close friend`."""
    leads: Counter[str] = field(default_factory=Counter)
    """The word straight before it."""

    @property
    def form(self) -> str:
        return min(self.forms, key=lambda each: (-self.forms[each], each))

    @property
    def noun(self) -> float:
        """How surely it is a noun, from 0 to 1."""
        seen = self.pointed_at + 0.5
        no_verb = seen / (self.pointed_at + self.acting + 1)
        no_adjective = seen / (self.pointed_at + 2 * self.describing + 1)
        ending = 0.3 if self.form.endswith(_VERB_ENDS) else 1.0
        return no_verb * max(no_adjective, LEAST_SURE) * ending


def names(
    texts_by_theme: Mapping[str, Sequence[str]], taken: Mapping[str, str] = NOTHING_TAKEN
) -> dict[str, str]:
    """Name each theme by one noun, one phrase, or two nouns of its own that set it apart.

    No two names are the same: another noun is added where they would be. `taken`: names that
    are another theme's, by that theme's key. A theme without words is named by its key.
    """
    used = {key: _used(texts) for key, texts in texts_by_theme.items()}
    everywhere: Counter[str] = Counter()
    for words in used.values():
        everywhere.update({stem: len(word.sentences) for stem, word in words.items()})
    average = sum(everywhere.values()) / max(len(used), 1)
    given: dict[str, str] = {}
    gone = dict(taken)
    for key in sorted(used):
        nouns = _nouns(used[key], everywhere, average)
        said = _said(nouns, len(texts_by_theme[key]))
        given[key] = next((name for name in said if gone.get(name, key) == key), key)
        gone[given[key]] = key
    return given


def share_a_noun(one: str, other: str) -> bool:
    """Tell whether two names have a noun in common, in whatever form."""
    nouns, others = ({_stem(word) for word in content_words(name)} for name in (one, other))
    return bool(nouns & others)


def _said(nouns: Sequence[_Word], sentences: int) -> Iterator[str]:
    """Names from the best on."""
    if not nouns:
        return
    first = nouns[0]
    by_new = sorted(nouns[1:], key=lambda each: -len(each.sentences - first.sentences))
    least = max(2, SECOND * sentences)
    often = [each for each in by_new if len(each.sentences) >= least and each.noun >= SURE]
    if len(first.sentences) >= ENOUGH * sentences or not often:
        yield _phrase(first)
    for second in [*often, *nouns[1:]]:
        yield f"{first.form}{JOINED}{second.form}"


def _phrase(word: _Word) -> str:
    """A noun with what it is mostly said with."""
    lead, count = min(word.leads.items(), key=lambda each: (-each[1], each[0]), default=("", 0))
    said = sum(word.forms.values())
    if count < LEAST_RUNS:
        return word.form
    spoken_with = lead in _SPOKEN_WITH and count >= MOSTLY * said
    together = is_content(lead) and count >= TOGETHER * said
    return f"{lead} {word.form}" if spoken_with or together else word.form


def _used(texts: Sequence[str]) -> dict[str, _Word]:
    """How the words of some sentences are used, by what their forms have in common."""
    used: defaultdict[str, _Word] = defaultdict(_Word)
    for number, text in enumerate(texts):
        words = words_of(text)
        for place, word in enumerate(words):
            if not is_content(word):
                continue
            known = used[_stem(word)]
            known.forms[word] += 1
            known.sentences.add(number)
            known.leads[words[place - 1] if place else ""] += 1
            after = words[place + 1] if place + 1 < len(words) else ""
            known.describing += after in BETWEEN or (
                is_content(after) and not after.endswith(_VERB_ENDS)
            )
            before = _before(words, place)
            known.pointed_at += before in POINTING
            known.acting += before in ACTING
    return dict(used)


def _before(words: Sequence[str], place: int) -> str:
    """The word before, over adjectives and another noun."""
    for back in range(place - 1, max(place - 4, -1), -1):
        word = words[back]
        if word in POINTING or word in ACTING or not (word in BETWEEN or is_content(word)):
            return word
    return ""


def _nouns(used: Mapping[str, _Word], everywhere: Counter[str], average: float) -> list[_Word]:
    """Those that set the theme apart, the best first."""
    total = max(sum(len(word.sentences) for word in used.values()), 1)
    weights = {
        stem: len(word.sentences) / total * math.log(1 + average / everywhere[stem]) * word.noun
        for stem, word in used.items()
    }
    best = sorted(weights, key=lambda stem: (-weights[stem], stem))
    return [used[stem] for stem in best[:8]]


def _stem(word: str) -> str:
    """What the forms of a noun have in common."""
    for end, less in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x")):
        if word.endswith(end) and len(word) > len(end) + 2:
            return word.removesuffix(end) + less
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
