"""Words that carry meaning, and those that only hold a sentence together; knows single words."""

import re
from collections.abc import Iterator
from typing import Final

from voicereflect.core.words.marks import straight

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_POSSESSIVE: Final = "'s"
SHORTEST: Final = 3

_FUNCTION_WORDS: Final = """
a able about above across actually after again against ago all almost along already also
although always am among an and another any anybody anymore anything anyway anyways are
aren't around as ask asked at away back be became because become been before began behind
being below best better between bit both but by call came can can't cannot come comes coming
could couldn't day days did didn't do does doesn't doing don't done down during each early
either else end enough especially even ever every everybody everyone everything exactly feel
feeling feels felt few finally find first for found from full gave get gets getting give
given go goes going gone gonna good got gotten great guess had hadn't half happen happened
happy has hasn't have haven't having he he'd he'll he's hello her here hers herself hey him
himself his honestly how however i'd i'll i'm i've if in instead into is isn't it it'd it'll
it's its itself just keep kept kind kinda knew know knows last lately later least left less
let let's like literally little long look looked looking lot lots made make makes making
many maybe me mean means might mine more morning most mostly much must mustn't my myself
near nearly need needed never new next nice night no nobody none nor not nothing now of off
often oh okay old on once one only onto or other others ought our ours ourselves out over
own part past people perhaps place pretty probably put quite rather really recently right
said same sat saw say saying says second see seem seemed seems seen several shall she she'd
she'll she's should shouldn't simply since so some somebody somehow someone something
sometimes somewhere soon sort still stuff such suppose sure take taken takes taking talk
tell than that that'd that'll that's the thee their theirs them themselves then there
there's therefore these they they'd they'll they're they've thing things think thinking this
those thou though thought three through till time times to today together told tomorrow
tonight too took toward towards tried try trying turned two uh um under until unto up upon
us use used usually very want wanted wants was wasn't way we we'd we'll we're we've week
weeks well went were weren't what what's whatever when whenever where whether which while
who whole whom whose why will with within without won't would wouldn't yeah year years yes
yesterday yet you you'd you'll you're you've your yours yourself
"""
FUNCTION_WORDS: Final = frozenset(_FUNCTION_WORDS.split())
"""English words that say nothing about the subject of a sentence."""


_NOUN_FOLLOWS: Final = """
a an the my your his her our their this that these those some any no every each another of in at
for from with about on
"""
POINTING: Final = frozenset(_NOUN_FOLLOWS.split())
"""What comes after them is a noun."""
_VERB_FOLLOWS: Final = """
i you he she we they it to will would can could did didn't don't won't not never i'd i'll just
finally really got was were been being
"""
ACTING: Final = frozenset(_VERB_FOLLOWS.split())
"""What comes after them is none."""
_ADJECTIVES: Final = """
new old good great little long best better last first own other same next full nice very really
several many few
"""
BETWEEN: Final = frozenset(_ADJECTIVES.split())
"""They may stand between a noun and what points at it."""


def words_of(text: str) -> list[str]:
    """Every word in lower case, with a straight apostrophe and without a possessive `'s`."""
    return [
        word if word in FUNCTION_WORDS else word.removesuffix(_POSSESSIVE) for word in _found(text)
    ]


def content_words(text: str) -> frozenset[str]:
    """The words that say what a sentence is about, each once."""
    return frozenset(content_in(text))


def content_in(text: str) -> Iterator[str]:
    """The words that say what a sentence is about, in order; found as they are asked for."""
    for found in _WORD.finditer(straight(text.lower())):
        word = found[0]
        if word in FUNCTION_WORDS:
            continue
        bare = word.removesuffix(_POSSESSIVE)
        if is_content(bare):
            yield bare


def is_content(word: str) -> bool:
    """Tell whether a lower-case word carries meaning of its own."""
    return len(word) >= SHORTEST and word not in FUNCTION_WORDS


def _found(text: str) -> list[str]:
    return _WORD.findall(straight(text.lower()))
