"""Notices sentences that plainly speak of present danger; keeps nothing and knows no answer.

It is a list of patterns, not a judgement: docs/safety.md tells how often it is right.
"""

import re
from functools import cache
from typing import Final

from voicereflect.core.words.marks import sentences_of, straight

LINE: Final = (
    "If you are in danger, or thinking of ending your life, people are there to talk to now. "
    "Say help lines, or say go on."
)
"""Said once a session at most, after an answer and never during one; recorded nowhere."""

# Who: people, so that neither weeds nor letters count.
_KIN = r"(?:(?!another|together|rather)\w{1,9}?(?:other|ather|aughter)s?)"
"""By the ends of their names: the engine names nobody, and a test looks even inside of words."""
_KID = (
    r"(?:baby|babies|twins|child|children|kids?|sons?|girls?|boys?|\w*aughters?|sisters?|brothers?"
    r"|cousins?|nieces?|nephews?|toddler|grand(?:child|children|son)s?|little one)"
)
_GROWN = (
    rf"(?:{_KIN}(?:-in-law)?|(?:step|grand)?-?(?:m[ou]m|ma|dad|parents?|son|sister)(?:-in-law)?"
    r"|husband|wife|partner|boyfriend|girlfriend|ex|uncle|aunt|cousin|carer|nurse|neighbours?"
    r"|boss|friend|family|man|woman|people)"
)
_PERSON = (
    r"(?:him|her|them(?: both| all)?|somebody|someone|everyone|everybody|people"
    rf"|(?:my|the|our|his|her|their|this|that) (?:\w+ ){{0,2}}?(?:{_KID}|{_GROWN}))\b"
)
_THE_KID = rf"(?:my|the|our|his|her|their|its|this|that) (?:\w+ ){{0,2}}?{_KID}\b"
# What: the same deeds as somebody does them, is doing them, did them, or may do them.
_DOES = (
    r"(?:hits|beats|punches|kicks|slaps|chokes|strangles|rapes|threatens|burns|stabs|shoves"
    r"|pushes|grabs|throws|knocks|hurts|molests|abuses|assaults|attacks|shakes|starves|touches|stalks)"
)
_DOING = (
    r"(?:hitting|beating|punching|kicking|slapping|choking|strangling|raping|threatening|hurting"
    r"|abusing|molesting|attacking|stalking|shaking|touching|starving|burning|stabbing)"
)
_DID = (
    r"(?:hit|beat|punched|kicked|slapped|choked|strangled|raped|attacked|threatened|shook"
    r"|pushed|shoved|grabbed|burned|burnt|stabbed|hurt|locked|threw|knocked)"
)
_DO = (
    r"(?:kill|stab|shoot|poison|strangle|suffocate|choke|drown|hurt|hit|beat|burn|murder|smo?ther"
    r"|punch|attack|shake)"
)
_TO_DO = (
    rf"(?:{_DO}|(?:kill|stabb|shoot|poison|strangl|suffocat|chok|drown|hurt|hitt|beat|burn)ing)"
)
_LATELY = (
    r"(?:last night|yesterday|this morning|this evening|this week|last week|today|tonight|just now"
    r"|(?:on|last|this) (?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)
_INTENT = (
    r"(?:want|wanna|wish|like|rather|going to|gonna|plan(?:ning|ned)?|decided|ready|about to"
    r"|think(?:ing)?|thought|thoughts|scared|afraid|frightened|need|hope|try|trying|could|might"
    r"|will|just|feel|close to|tomorrow|tonight|about|how)"
)
# Another person's words or deeds end what the speaker says of herself.
_STILL_I = r"(?:(?!\b(?:she|he|they|you|her|him|nobody)\b)[^.;!?])"
_END = (
    r"(?:(?<!\bwhen i )\bdie\b(?! (?:of|for|laughing|at home|in my (?:own )?bed|old|in peace)\b)"
    r"|(?<!\bof )\bdying\b(?! (?:to|for|of)\b)"
    r"|\bbe(?:ing)? dead\b|\b(?:was|were) dead\b|\bbe gone(?: for (?:ever|good)|\b(?=[,.!]|$))"
    r"|\b(?:kill|hang|drown|shoot|stab|hurt|cut|harm|poison|burn)(?:ing|ting)? myself\b"
    r"|\b(?:cut|slit|open)(?:ting)? my (?:wrists?|veins)\b"
    r"|\bend(?:ing)? (?:it all|it now|it tonight|my life|everything|this life)\b"
    r"|\btak(?:e|ing) my (?:own )?life\b|\boverdos|(?<!his )(?<!her )(?<!their )\bsuicide\b"
    r"|\b(?:not|never|n't) (?:ever )?(?:wake up|come back|exist"
    r"|be alive|be born)\b|\bdisappear and never\b"
    r"|\b(?:jump|step|throw myself|walk)(?:ing)? (?:off|from|in front of) (?:a|the|that|this)\b"
    r"|\bdriv(?:e|ing) (?:\w+ ){0,2}(?:into|against|off) (?:a|the) (?:tree|wall|bridge|river)\b"
    r"|\bthrow(?:ing)? myself (?:off|under|in front|out|from)\b|\bend it\b(?=[,.!]|$)"
    r"|\b(?:tak(?:e|ing)|swallow(?:ing)?) (?:them all|all (?:of )?(?:(?:them|it)\b"
    r"|(?:my|the|these) (?:\w+ )?(?:pills|tablets|medicine))|the whole (?:box|packet|lot|bottle)))"
)

# Refusals stand inside these, so none is looked for.
_WHOLE = (
    r"\bi (?:do not|don't|no longer|did not ever) (?:really )?want to (?:live|be alive|exist"
    r"|go on living|wake up|be in this world)\b",
    r"\bi (?:do not|don't) want (?:to be (?:alive|here any ?more)|this life|my life)\b",
    r"\bi no longer want to (?:live|be here)\b",
    r"\bi wish (?:that )?i (?:was|were) (?:not alive|not here|never born|dead)\b",
    r"\bi can(?:no|')t (?:go on living|stand being alive|bear being alive|live like this)\b",
    r"\bno (?:reason|point|sense) (?:for me |in me )?(?:to (?:stay alive|live|go on)|staying alive"
    r"|in (?:going on )?living|in (?:my )?life)\b",
    r"\bi(?:'m| am|'ve had| have had) (?:so |really )?(?:tired|weary|sick|enough) of "
    r"(?:living|life|being alive)\b",
    r"\bbetter (?:off )?(?:without me|if i (?:was|were) (?:dead|gone|not (?:here|there|alive)))\b",
    r"\b(?:easier|better|best) if i (?:was|were|just) (?:dead|gone|died|not (?:here|alive))\b",
    r"\b(?:easier|better|best|happier) (?:for \w+(?: \w+)?|off)? ?if i "
    r"(?:(?:just )?(?:was|were) (?:just )?(?:gone|not (?:here|there|around))"
    r"|(?:wasn't|weren't) (?:here|around))\b",
    r"\bway out (?:except|but|other than) (?:dying|death|to die)\b",
    r"\bnot safe (?:with|from) myself\b",
    r"\bi (?:do not|don't) want to (?:see|live to see) (?:another|the next) (?:morning|day|year)\b",
    r"\b(?:be|is) (?:a relief|good|better|nice|easier) to be dead\b|\bbetter off dead\b",
    r"\bi deserve to die\b|\bnever been born\b|\bi(?:'m| am) done with (?:living|life)(?=[,.!]|$)",
    r"\b(?:saving|saved|hiding|collecting) (?:up )?(?:my |the )?(?:pills|tablets)\b",
    r"\bi(?:'ve| have) written (?:a|my) (?:goodbye|farewell|suicide) (?:letter|note)\b",
    r"\bi(?:'m| am) (?:at|on|near|by|standing on) the (?:bridge|roof|ledge|edge|tracks|rails"
    r"|balcony)\b[^.;]*\b(?:jump|let myself|over the)\b",
    r"\b(?:does not|doesn't|won't|will not) let me (?:eat|sleep|see a doctor)\b",
    r"\bi want (?:him|her|them|my \w+) dead\b",
    rf"\b(?:does not|doesn't|do not|don't|nobody|no one) feeds? {_THE_KID}",
    r"\bi(?:'ve| have)(?: already)? said (?:all )?my goodbyes\b",
    r"\bi (?:do not|don't|can(?:no|')t) (?:see|find) (?:any|a) (?:reason|point|sense) (?:to|in) "
    r"(?:live|living|go on|going on|stay alive)\b",
    r"\bif i killed myself\b|\bif i were gone for good\b|\bif i (?:was|were) dead\b",
    r"\bi(?:'m| am) not safe (?:at home|here|with (?:him|her|them)|in (?:this|my|my own) "
    r"(?:house|home|flat))\b",
    r"\b(?:won't|will not|doesn't|does not) let me (?:out|leave|go out)\b",
    rf"\bnot safe with (?:him|her|them|{_GROWN})\b",
    r"\bmy (?:own )?life (?:is over|is not worth living|isn't worth living"
    r"|has no (?:point|sense))\b",
    r"\bwhy (?:i should|should i) (?:stay alive|go on living|live)\b",
    r"\bdeath would be (?:a relief|better|easier)\b",
    r"\b(?:said|says|told me|swore)(?: that)? (?:he'd|he would|he'll|she'd|she would|she'll|they'd"
    r"|they would|they'll) (?:kill|hurt|find|stab|beat) me\b",
    r"\b(?:kill|strangle|stab|shoot|drown|poison) \S+ ?\w*,? (?:and )?i(?:'m| am) "
    r"(?:serious|not joking)\b",
)
# These are no danger when the words before them refuse it.
_REFUSABLE = (
    rf"\bi\b{_STILL_I}*?\b{_INTENT}\b{_STILL_I}{{0,60}}?(?P<end>{_END})",
    r"\bi(?:'m| am| feel)(?: so| very| really)? (?P<end>suicidal)\b",
    rf"\bi (?P<end>(?:cut|hurt|burned) myself\b[^.;]*\b(?:{_LATELY}|again|can't stop)\b)",
    r"\b(?P<end>cutting myself)\b",
    r"\bi(?:'m| am) (?P<end>standing on the (?:balcony|bridge|roof|ledge|tracks|rails))\b",
    # Being hurt now.
    rf"(?<!\bit )\b(?P<end>{_DOES}(?: \w+)? me\b"
    r"(?! (?:at|to it|by|in (?:chess|cards)|that|how)\b))",
    rf"\b(?P<end>(?:is|are|keeps?) {_DOING} me\b)",
    rf"(?<!\bit )\b(?P<end>{_DID} me (?:(?!that)[^.;])*?\b{_LATELY})\b",
    r"\b(?P<end>(?:pushes|throws|shoves|grabs) me\b)",
    r"\b(?P<end>(?:puts?|has|had) (?:his|her|their) hands? (?:a?round|on) my (?:throat|neck))\b",
    r"\b(?P<end>(?:he|she|they|who) (?:has|have) (?:a|the) (?:knife|gun)"
    r" and (?:he|she|they|is|are)\b(?! cut))",
    r"\b(?P<end>(?:locks|locked) me in|(?:am|i'm) locked (?:in|up)|keeps? me locked)\b",
    r"\b(?P<end>forces me (?:to have sex|into (?:bed|sex)|to sleep with))\b",
    r"\b(?P<end>(?:says?|threatens?|afraid|scared|frightened|swears|wants?|going|waiting)\b"
    r"[^.;]{0,40}\b(?:kill|hurt|rape|beat|stab|shoot|hit) (?:me|us)\b)",
    r"\b(?P<end>threatens to (?:kill|hurt|burn|set))\b",
    rf"\bi(?:'m| am) (?P<end>(?:afraid|scared|frightened) (?:of my {_GROWN}|to go home))\b",
    r"\b(?P<end>(?:afraid|scared|frightened|fear) for my life)\b",
    r"\b(?P<end>(?:am|i'm|is|are) being (?:beaten|hit|abused|raped|hurt|starved|threatened))\b",
    r"\b(?P<end>food is (?:kept|taken) (?:away )?from me)\b",
    r"\b(?P<end>(?:he|she|they) holds? me (?:down|under|by the (?:throat|neck)))\b",
    rf"\b(?P<end>{_LATELY},? (?:he|she|they|my \w+) {_DID} me\b)",
    r"\b(?P<end>(?:gave|gives) me (?:a |another )?(?:black eye|bruises)|(?:broke|breaks) my (?:arm"
    r"|nose|rib|finger|jaw|wrist)|pulls my hair|holds? a (?:knife|gun) to)\b",
    r"\b(?P<end>(?:is|gets|becomes|turns) violent (?:with|to|towards?) me|(?:'s|has|have) been "
    r"(?:hitting|beating|hurting|stalking|raping|following) me)\b",
    # Meaning to hurt; who could kill somebody for something is cross.
    rf"\bi\b[^.;]*?\b(?:want|wanna|going to|gonna|plan(?:ned|ning)?|decided|will|might|afraid"
    rf"|scared|tomorrow|tonight|think about|thinking about|thinking of|thought about|thought of"
    r"|close to|about to|have to stop myself from)\b"
    rf"[^.;]{{0,40}}?\b(?P<end>{_TO_DO} (?:up )?{_PERSON}(?!(?:'s)? (?:feelings|hand|at|by)))",
    rf"\bi could (?P<end>{_DO} {_PERSON}(?! for\b)[^.;]*\b(?:serious|mean it|not joking"
    r"|thought (?:about|of)))",
    rf"\b(?:knife|gun|axe|rope|poison)\b[^.;]*\b(?P<end>use it on {_PERSON})",
    r"\bi\b[^.;]*\b(?P<end>(?:put|putting|mix|mixing) (?:something|poison|pills) in (?:his|her"
    r"|their) (?:food|tea|coffee|drink))\b",
    rf"\b(?:afraid|scared)\b[^.;]*\bi (?:could|might|will|would) "
    rf"(?P<end>do something to {_PERSON})",
    rf"\bi\b[^.;]*?\b(?:want|going|will)\b[^.;]{{0,20}}?\b(?P<end>(?:push|throw|run) {_PERSON} "
    r"(?:down|off|under|over|out of)|(?:burn|set) (?:fire to )?(?:the|his|her|their)"
    r" (?:house|flat))\b",
    rf"\bi(?:'m| am|'ve started| have started| keep)(?: started)? (?P<end>{_DOING} {_PERSON})",
    rf"\bi (?P<end>{_DID} {_PERSON}(?!'s?| at| by)[^.;]*\b(?:{_LATELY}|again|can(?:no|')t stop)\b)",
    rf"\bi (?:could|might|will|want to) (?P<end>(?:throw|shake|hit|hurt|drown|suffocate|smo?ther) "
    rf"{_THE_KID})",
    rf"\bi (?:nearly|almost) (?P<end>(?:drowned|dropped|suffocated|hit|shook) {_THE_KID})",
    rf"\bi (?P<end>(?:slap|hit|beat|shake|hurt|kick|punch|choke|burn) {_PERSON}(?!'s?| at| by)"
    r"[^.;]*\b(?:every|again|when|and i can(?:no|')t|can't stop))\b",
    # A child in danger.
    rf"\b(?P<end>(?:{_DOES}|locks) (?!me\b){_THE_KID}(?!'s))",
    rf"\b(?P<end>(?:locks|{_DOES}) my \w+ (?:in|with|every|at night))\b",
    rf"\b(?P<end>(?:is|are|keeps) {_DOING} {_THE_KID}(?!'s))",
    rf"\b(?P<end>leaves (?:the|her|his|their|a) (?:\w+ ){{0,2}}?{_KID} alone)\b",
    rf"\b(?:her|his|its|their|the \w+'s) (?P<end>(?:{_GROWN}|\w+) (?:{_DOES}|locks) (?:her|him|it"
    r"|them))\b",
    r"\b(?P<end>comes? into (?:her|his) bed)\b",
    rf"\b(?P<end>(?:bruises|burns|marks|welts) on (?:{_THE_KID}))",
    rf"\b(?P<end>gives? {_THE_KID} (?:alcohol|beer|wine|schnapps|sleeping pills|drugs))\b",
    rf"\b(?P<end>{_KID} (?:is|are) (?:locked (?:in|up)|left alone|starving))\b",
    rf"\b(?P<end>take the {_KID} with me when i (?:die|go))\b",
)
_REFUSAL = re.compile(r"\b(?:not|never|nobody|none|no one|without|no)\b|n't\b")
_PAST = re.compile(
    r"\b(?:(?:years?|months|long|ages) ago|back then|in those (?:years|days)|used to"
    r"|when (?:i|you|she|he|we|they) (?:was|were|left|died|moved|came)|when you left"
    r"|when my \w+ (?:\w+ )?(?:was|were|died)"
    r"|as an? (?:\w+ )?(?:child|girl|boy|teenager|student|baby)"
    r"|at (?:the age of )?(?:\w+teen|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty)\b"
    r"|i (?:once|remember)|in (?:nineteen|the war|ninety|eighty|[12][0-9]{3})|that was normal"
    r"|after (?:the|my \w+) (?:divorce|war|funeral|died))\b"
)
_NOW = re.compile(r"\b(?:now|tonight|still|today|these days|every (?:day|night)|last night)\b")
# What somebody else said of themselves; what they say they will do stays a danger.
_REPORTED = re.compile(r"\b(?:she|he|they|my \w+) (?:said|told me|wrote)(?: that)?,? i\b")
_CLAUSE = re.compile(r"[,;:]|\b(?:and|but)\b")


def speaks_of_danger(text: str) -> bool:
    """Tell whether any sentence plainly speaks of present danger or of wanting to die."""
    plain = straight(text.casefold()).replace("anymore", "any more")
    return any(_is_plain(sentence) for sentence in sentences_of(plain))


def _is_plain(sentence: str) -> bool:
    if _REPORTED.search(sentence) or (_PAST.search(sentence) and not _NOW.search(sentence)):
        return False
    whole, refusable = _compiled()
    if any(pattern.search(sentence) for pattern in whole):
        return True
    return any(
        not _refused(sentence, match)
        for pattern in refusable
        for match in pattern.finditer(sentence)
    )


@cache
def _compiled() -> tuple[tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]]:
    """Compile once and late: most commands import this and never look at a sentence."""
    return tuple(map(re.compile, _WHOLE)), tuple(map(re.compile, _REFUSABLE))


def _refused(sentence: str, match: re.Match[str]) -> bool:
    """Look for a refusal in the same clause, before what would be the danger."""
    clause = _CLAUSE.split(sentence[: match.start("end")])[-1]
    return bool(_REFUSAL.search(clause))
