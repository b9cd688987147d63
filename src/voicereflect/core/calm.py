"""Notices plain words of present danger in a sentence; keeps nothing and knows no answer.

It is a list of patterns, not a judgement: docs/safety.md tells how often it is right.
"""

import re
from typing import Final

LINE: Final = (
    "If you are in danger, or thinking of ending your life, people are there to talk to now. "
    "Say help lines, or say go on."
)
"""Said once a session at most, after an answer and never during one; recorded nowhere."""

_INTENT = (
    r"(?:want|wanna|wish|like|rather|going|gonna|plan|planning|decided|ready|about|thinking"
    r"|think|thoughts|scared|afraid|need|hope|try|trying|can think)"
)
_SELF_END = (
    r"(?P<end>\bdie\b(?! (?:of|for|laughing|at home))|\bdying\b(?! (?:to|for|of))"
    r"|\b(?:be|was|were) dead\b|\bkill(?:ing)? myself\b"
    r"|\bend(?:ing)? (?:it all|it now|my life|it tonight|everything)\b"
    r"|\btak(?:e|ing) my (?:own )?life\b|\b(?:hang|drown|shoot|stab)(?:ing)? myself\b"
    r"|\boverdos|\bsuicide\b|\b(?:not|never|n't) wake up\b|\bdisappear and never\b"
    r"|\bjump(?:ing)? (?:off|from|in front)|\b(?:hurt|cut|harm)(?:ting|ing)? myself\b)"
)
_STRIKES = (
    r"(?:hits|beats|punches|kicks|slaps|chokes|strangles|rapes|threatens|burns|stabs|shoves"
    r"|molests|abuses|assaults|attacks)"
)
_STRIKING = (
    r"(?:hitting|beating|punching|kicking|choking|strangling|raping|threatening|abusing"
    r"|molesting|attacking|stalking|shaking|touching)"
)
_STRUCK = r"(?:hit|beat|punched|kicked|choked|strangled|raped|attacked|threatened|slapped|shook)"
_LATELY = (
    r"(?:last night|yesterday|this morning|this week|last week|today|tonight|again|just now"
    r"|on (?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)
_KID = (
    r"(?:baby|babies|child|children|kids?|son|sons|girl|girls|boy|boys|sister|brother|cousin"
    r"|niece|nephew|toddler|grand(?:child|children|son))"
)
_SOMEBODY = (
    r"(?:him|her|them|somebody|someone|everyone|my (?:own )?(?:little )?\w+"
    rf"|the (?:little )?{_KID})"
)
_HARM = r"(?:kill|stab|shoot|poison|strangle|suffocate|drown|hurt|beat|burn|murder)(?:ing)?"

# Refusals stand inside these, so none is looked for.
_WHOLE = (
    r"\bi (?:do not|don't|no longer|did not ever) (?:really )?want to (?:live|be alive|exist"
    r"|go on living|wake up)\b",
    r"\bi (?:do not|don't) want to be (?:alive|here any ?more)\b",
    r"\bi no longer want to (?:live|be here)\b",
    r"\bi can(?:no|')t (?:go on living|stand being alive|bear being alive|live like this)\b",
    r"\bno (?:reason|point) (?:for me |in me )?(?:to (?:stay alive|live|go on)|staying alive)\b",
    r"\bbetter off (?:without me|if i (?:was|were) (?:dead|gone))\b",
    r"\bway out (?:except|but|other than) (?:dying|death|to die)\b",
    r"\bnot safe (?:with|from) myself\b",
    r"\bif i (?:was|were) dead\b|\bif i killed myself\b|\bif i were gone for good\b",
    r"\btake (?:them all|all (?:of )?(?:my|the|these) (?:pills|tablets))\b",
    r"\bi(?:'m| am) not safe (?:at home|here|with (?:him|her|them)|in this house)\b",
    r"\b(?:won't|will not|doesn't|does not) let me (?:out|leave|go out)\b",
    r"\bnot safe with (?:him|her|them)\b",
    r"\bmy (?:own )?life is over\b",
)
# These are no danger when the words before them refuse it.
_REFUSABLE = (
    rf"\bi\b(?:(?!\b(?:she|he|they|you)\b)[^.;!?])*?\b{_INTENT}\b"
    rf"(?:(?!\b(?:she|he|they|you|her|him)\b)[^.;!?]){{0,60}}?{_SELF_END}",
    r"\bi(?:'m| am| feel)(?: so| very| really)? (?P<end>suicidal)\b",
    r"\b(?P<end>cutting myself)\b",
    r"\bi(?:'m| am) (?P<end>standing on the (?:balcony|bridge|roof|ledge|tracks|rails))\b",
    rf"\b(?P<end>{_STRIKES}(?: \w+)? me\b(?! (?:at|to it|by|in (?:chess|cards))\b))",
    rf"\b(?P<end>(?:is|are|keeps?) {_STRIKING} me\b)",
    rf"\b(?P<end>{_STRUCK} me\b[^.;]*\b{_LATELY})\b",
    r"\b(?P<end>(?:pushes|throws|shoves) me (?:against|down|into|over|around))\b",
    r"\b(?P<end>(?:locks|locked) me in|(?:am|i'm) locked in)\b",
    r"\b(?P<end>forces me (?:to have sex|into (?:bed|sex)|to sleep with))\b",
    r"\b(?P<end>(?:says?|threatens?|afraid|scared|swears|wants?|going)\b[^.;]{0,40}"
    r"\b(?:kill|hurt|rape|beat|stab|shoot) me)\b",
    r"\b(?P<end>threatens to (?:kill|hurt|burn))\b",
    r"\b(?P<end>(?:afraid|scared|fear) for my life)\b",
    r"\b(?P<end>(?:am|i'm|is|are) being (?:beaten|hit|abused|raped|hurt|starved|threatened))\b",
    r"\b(?P<end>food is (?:kept|taken) (?:away )?from me)\b",
    rf"\bi\b[^.;]*?\b(?:want|wanna|going|gonna|plan|planning|will|might|afraid|scared|tomorrow"
    rf"|tonight|think about|thinking about|thinking of)\b[^.;]{{0,30}}?"
    rf"\b(?P<end>{_HARM} (?:up )?{_SOMEBODY})\b",
    r"\bi\b[^.;]*?\b(?:want|going|will)\b[^.;]{0,20}?\b(?P<end>push (?:him|her|them|my \w+)"
    r" (?:down|off|under|out of)|(?:burn|set) the house)\b",
    rf"\bi(?:'m| am|'ve started| have started| keep)(?: started)? "
    rf"(?P<end>{_STRIKING} {_SOMEBODY})\b",
    rf"\bi (?P<end>{_STRUCK} {_SOMEBODY}\b[^.;]*\b{_LATELY})\b",
    rf"\bi (?:could|might|will|want to) (?P<end>(?:throw|shake|hit|hurt|drown|suffocate) "
    rf"(?:the|my|our) (?:\w+ )?{_KID})\b",
    rf"\bi (?:nearly|almost) (?P<end>(?:drowned|dropped|suffocated|hit|shook) "
    rf"(?:the|my) (?:\w+ )?{_KID})\b",
    rf"\b(?P<end>(?:{_STRIKES}|touches|shakes|locks|starves|hurts) "
    rf"(?:my|the|our|his|her|this) (?:\w+ )?{_KID})\b",
    rf"\b(?P<end>(?:locks|{_STRIKES}) my \w+ (?:in|with|every|at night))\b",
    rf"\b(?P<end>is {_STRIKING} (?:my|the|our|her|his) (?:\w+ )?{_KID})\b",
    rf"\b(?P<end>leaves the {_KID} alone)\b",
    r"\b(?P<end>her \w+ (?:hits|beats|touches) her|his \w+ (?:hits|beats|touches) him)\b",
    rf"\b(?P<end>take the {_KID} with me when i (?:die|go))\b",
)
_REFUSAL = re.compile(r"\b(?:not|never|nobody|none|no one|without|no)\b|n't\b")
_PAST = re.compile(
    r"\b(?:(?:years?|months|long|ages) ago|back then|in those (?:years|days)|used to"
    r"|when (?:i|you|she|he|we|they) (?:was|were|left|died|moved|came)|when you left"
    r"|as an? (?:\w+ )?(?:child|girl|boy|teenager|student|baby)"
    r"|at (?:the age of )?(?:\w+teen|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty)\b"
    r"|i (?:once|remember)|in (?:nineteen|the war|ninety|eighty|[12][0-9]{3})|that was normal"
    r"|after the (?:divorce|war|funeral))\b"
)
_NOW = re.compile(r"\b(?:now|tonight|still|today|these days|every (?:day|night)|last night)\b")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_CLAUSE = re.compile(r"[,;:]|\b(?:and|but)\b")
_COMPILED_WHOLE: Final = tuple(map(re.compile, _WHOLE))
_COMPILED_REFUSABLE: Final = tuple(map(re.compile, _REFUSABLE))


def speaks_of_danger(text: str) -> bool:
    """Tell whether any sentence plainly speaks of present danger or of wanting to die."""
    plain = text.casefold().replace("\u2019", "'").replace("anymore", "any more")
    return any(_is_plain(sentence) for sentence in _SENTENCE.split(plain))


def _is_plain(sentence: str) -> bool:
    if _PAST.search(sentence) and not _NOW.search(sentence):
        return False
    if any(pattern.search(sentence) for pattern in _COMPILED_WHOLE):
        return True
    return any(
        not _refused(sentence, match)
        for pattern in _COMPILED_REFUSABLE
        for match in pattern.finditer(sentence)
    )


def _refused(sentence: str, match: re.Match[str]) -> bool:
    """Look for a refusal in the same clause, before what would be the danger."""
    clause = _CLAUSE.split(sentence[: match.start("end")])[-1]
    return bool(_REFUSAL.search(clause))
