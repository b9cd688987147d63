"""Which of several wordings is said when, so that nobody hears the same sentence every time.

A pure function of numbers that the entries tell: how many sittings there were, and
how often this was asked before. The first wording is the best one and comes first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from voicereflect.deck_model import HEAVY

FREELY: Final = "Is this a place where you can speak freely?"
"""Asked in the first sitting, and afterwards before something heavy."""

BACK: Final = (
    (
        "What can you see from where you are?",
        "What do you notice first when you look up?",
        "What's outside your window right now?",
        "What's on the table or the shelf nearest to you?",
        "What's the light like where you are?",
    ),
    (
        "Would you like a glass of water before you do anything else?",
        "Is there something warm you could drink now?",
        "What would taste good just now?",
        "Tea, coffee or water, which would you like?",
        "When did you last have something to drink?",
    ),
    (
        "What can you hear right now?",
        "Is anyone else about, and can you hear them?",
        "What sounds are there in the house just now?",
        "What can you hear from outside?",
        "What's the quietest sound around you?",
    ),
    (
        "What are you doing in the next hour?",
        "What's the first thing you'll do when you get up?",
        "What does the rest of your day look like?",
        "What would make the next hour a nice one?",
        "Where are you off to next?",
    ),
    (
        "When will you next put your feet up?",
        "What would help you rest tonight?",
        "Are you sitting comfortably, or would you rather lie down?",
        "Is there time for a little sit-down before the next thing?",
        "When are you going to bed tonight?",
    ),
    (
        "Who might you talk to today, about nothing much?",
        "Who would be nice to hear from today?",
        "Who will you see next?",
        "Who could you sit with for a bit, a person or an animal?",
        "Is there anyone you'd like to say hello to?",
    ),
)
"""What brings one back to now, by sense: seeing, a drink, hearing, the next hour, rest, someone."""

BACK_GENTLY: Final = (
    ("What's one thing near you that you like looking at?", "What's right in front of you now?"),
    ("Would you like to lean back?", "Is there a blanket or a cushion near you?"),
    ("What do you hear around you now?", "Which sound is nearest to you?"),
    (
        "What's in the room that has nothing to do with all this?",
        "Which thing in the room has been there longest?",
    ),
    ("Is it warm enough where you are?", "What have you got around you that's soft or warm?"),
    ("If you listen, what's the first thing you hear?", "What's the furthest sound you can hear?"),
)
"""The same after something heavy: nothing to do, and no sense that stands beside it in `BACK`."""

SLOWLY: Final = (
    "Let it be quiet for a moment.",
    "Give yourself a minute.",
    "Nobody's waiting.",
    "Take your time.",
    "You can sit here as long as you like.",
)
"""Said before it, after a stillness: whoever told something heavy is not hurried out of it."""

GATHERING: Final = "gather"
"""What the answer to the question before a closing is filed under, as if it were a prompt's id."""
GATHER: Final = (
    "Before you go, what did you hear yourself say?",
    "What did you say just now that you hadn't known before you said it?",
    "Of everything you've just said, what stays with you?",
    "Did anything you said surprise you?",
    "Which of your sentences would you say again?",
    "What's a little clearer now, or less clear?",
    "If somebody else had said all that, what would you have noticed?",
)
GATHER_GENTLY: Final = "You can leave it at that. What would you like to drink?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How often things were asked before a sitting, whether they were answered or skipped."""

    sittings: int
    of_deck: int
    """Those of the same deck."""
    asked: Mapping[str, int]
    """Times for each prompt (`deck/prompt`), that which was asked least recently first."""

    def times(self, prompt: str) -> int:
        """Give which turn of its wordings a prompt has; decks share those of what gathers."""
        gathers = prompt.endswith(f"/{GATHERING}")
        return self.sittings if gathers else self.asked.get(prompt, 0)


def wording(words: Sequence[str], times: int) -> str:
    """Give the wording for something that was said so many times before; empty if there is none."""
    return words[times % len(words)] if words else ""


def closing(lead: str, depth: str, number: int) -> tuple[str, ...]:
    """Give the last words of a sitting, with so many before it; they ask what is there now.

    After something heavy they come in two breaths. A closing that asks something itself
    is left as it is.
    """
    if "?" in lead:
        return (lead,)
    senses = BACK_GENTLY if depth == HEAVY else BACK
    turn, sense = divmod(number, len(senses))
    back = wording(senses[sense], turn)
    if depth == HEAVY:
        return tuple(breath for breath in (lead, f"{wording(SLOWLY, number)} {back}") if breath)
    return (f"{lead} {back}".strip(),)


def opening(what: str, coming: str, *, depth: str, number: int, for_two: bool) -> tuple[str, ...]:
    """Give the first words of a sitting in breaths: what, what is coming, and who may hear.

    In front of another person nobody is asked whether they can speak freely.
    """
    asked = FREELY if not for_two and (number == 0 or depth == HEAVY) else ""
    return tuple(breath for breath in (what, coming, asked) if breath)
