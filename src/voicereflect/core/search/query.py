"""A typed search, divided into quotes, names and words; knows no index."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

_SAY_NOTHING: Final = """
    a about after again all also am an and any are as at be because been before being but by can
    could did do does doing don down for from get go got had has have having he her here hers him
    his how i if in into is it its just like ll m me more most my myself no nor not now of off on
    once only or other our out over own re s say said same she should so some such t than that the
    their them then there these they thing things this those through to too under until up us ve
    very was we were what when where which while who whom why will with would you your
"""
STOP_WORDS: Final = frozenset(_SAY_NOTHING.split())
_QUOTED: Final = re.compile(r'"([^"]+)"|“([^”]+)”|„([^“”]+)[“”]')
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A search, taken apart."""

    text: str
    """Everything as typed, without quotation marks: what is meant."""
    phrases: tuple[str, ...]
    """Each must stand there, word for word."""
    words: tuple[str, ...]
    """Words to look for, once each and in order; without those that say nothing."""
    names: tuple[str, ...]
    """Those of them with a capital."""

    @property
    def by_meaning(self) -> bool:
        """Whether anything stands outside quotation marks."""
        return bool(self.words)


def parse(typed: str) -> Query:
    """Take a search apart."""
    phrases = [next(filter(None, found)) for found in _QUOTED.findall(typed)]
    rest = _QUOTED.sub(" ", typed)
    spoken = list(dict.fromkeys(_words(rest)))
    telling = [word for word in spoken if word.lower() not in STOP_WORDS] or spoken
    return Query(
        text=" ".join(_QUOTED.sub(lambda found: next(filter(None, found.groups())), typed).split()),
        phrases=tuple(" ".join(phrase.split()) for phrase in phrases if _WORD.search(phrase)),
        words=tuple(telling),
        names=tuple(word for word in telling if word[0].isupper()),
    )


def _words(text: str) -> list[str]:
    """Cut at what is neither letter nor mark: the vowels of many scripts are marks."""
    return "".join(
        each if each.isalnum() or each == "_" or unicodedata.category(each)[0] == "M" else " "
        for each in text
    ).split()
