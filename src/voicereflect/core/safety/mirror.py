"""Finds a sentence that blames, and one about the speaker's own feeling; quotes, never judges.

It knows grammar alone: "you always" and a verb in the present, "I feel that you". A
report of what was done, in the past, is left as it is. docs/safety.md tells how often
it is right. Off unless somebody turned it on, and only where a prompt allows it.
"""

import re
from dataclasses import dataclass
from typing import Final

from voicereflect.core.words.marks import sentences_of, straight

ASK: Final = "Would you say it another way?"

_PAST: Final = frozenset(
    {
        *("made", "said", "told", "kept", "sang", "came", "went", "was", "were"),
        *("had", "did", "gave", "took", "left", "let", "knew", "thought", "brought"),
        *("bought", "caught", "taught", "fought", "felt", "found", "got", "held", "heard"),
        *("hit", "led", "lost", "met", "put", "read", "ran", "saw", "sent"),
        *("sold", "sat", "slept", "spoke", "spent", "stood", "stole", "threw", "wore"),
        *("wrote", "drank", "drove", "ate", "fell", "forgot", "forgave", "broke", "burnt"),
        *("beat", "hid", "hurt", "laid", "paid", "rode", "rose", "shook", "shut"),
        *("spat", "stuck", "swore", "woke", "won", "smelt"),
    }
)
_KIND = re.compile(r"\b(?:laugh|smile|sing|best|lovely|kind|gently|well|welcome|proud|love[ds]?)\b")
_ALWAYS = re.compile(
    r"\byou (?:always|never|constantly|only ever|only|just|keep|forever) (?P<verb>[a-z']+)"
)
_ADJECTIVES = (
    r"(?:selfish|cold|impossible|unfair|ungrateful|mean|lazy|stupid|crazy|controlling|cruel"
    r"|ridiculous|hopeless|late|childish|jealous|needy|heartless|stubborn|unbearable|dishonest"
    r"|difficult|thoughtless|careless|bossy|spoilt|hard|wrong|(?:just )?like (?:your|him|her)"
    r"|a (?:bad|terrible|liar|coward|burden|bully)|to blame)"
)
_BLAMES: Final = tuple(
    map(
        re.compile,
        (
            rf"\byou(?:'re| are)(?: always| never| just| so| too| such| being| really)* "
            rf"{_ADJECTIVES}\b",
            r"\b(?:is|was)(?: all| only)? your (?:own )?fault\b|\bbecause of you i\b",
            r"\bi feel(?: that| like| as if)? you\b",
            r"\byou made me (?:the way|what|who|like this)\b",
            r"\byou (?:make me|drive me|ruin|spoil|wreck|poison|twist|destroy) \w+",
            r"\byou (?:don't|do not) (?:even )?"
            r"(?:care|try|listen|bother|understand|love|respect)\b",
            r"\byou have to (?:be|interfere|control|have|ruin|win|know)\b",
            r"\byou think you(?:'re| are| know)\b",
        ),
    )
)
_OWN = re.compile(
    r"\bi(?:'m| am| was| feel| felt| get| got| need| long| wish| miss| want|'d like| would like"
    r"|'d rather| would rather)\b(?! (?:that you|like you|as if you|you\b))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mirrored:
    """A sentence that blames, and one that tells of oneself, both verbatim."""

    blame: str
    own: str = ""


def mirrored(text: str) -> Mirrored | None:
    """Give the first sentence that blames and the first of one's own; None if none blames."""
    sentences = sentences_of(text)
    blame = next((each for each in sentences if blames(each)), None)
    if blame is None:
        return None
    own = next((each for each in sentences if each != blame and is_own(each)), "")
    return Mirrored(blame=blame, own=own)


def blames(sentence: str) -> bool:
    """Tell whether a sentence is a reproach, and no report of what somebody did."""
    plain = _plain(sentence)
    if any(pattern.search(plain) for pattern in _BLAMES):
        return True
    found = _ALWAYS.search(plain)
    return bool(found and not _is_past(found["verb"]) and not _KIND.search(plain))


def is_own(sentence: str) -> bool:
    """Tell whether a sentence tells of one's own feeling, need or wish."""
    plain = _plain(sentence)
    about_another = plain.startswith("you ")  # "you told me I was" tells what you did
    return not about_another and not blames(sentence) and bool(_OWN.search(plain))


def _is_past(verb: str) -> bool:
    return verb in _PAST or (verb.endswith("ed") and verb not in {"need", "feed"})


def _plain(sentence: str) -> str:
    return straight(sentence.casefold())
