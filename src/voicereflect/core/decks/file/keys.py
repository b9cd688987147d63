"""The keys of deck files: which there are, what each takes, and its row in docs/decks.md."""

from typing import Final

from voicereflect.core.decks.file.reader import FORMAT
from voicereflect.core.decks.file.values import (
    CASES,
    CONDITION,
    DAYS,
    FLAG,
    NAMES,
    NUMBERS,
    SAYINGS,
    TEXT,
    WHEN,
    WORDINGS,
    Key,
    Table,
    identifier,
    one_of,
    repeated,
    whole,
)
from voicereflect.core.decks.rotation import GATHERING
from voicereflect.core.entry.languages import NAMES as LANGUAGES
from voicereflect.deck_model import ABOUT, CLOSING, HEAVY, Offered, Variant
from voicereflect.model import ANY_LANGUAGE, Prompt

OFFER: Final = Table(
    name="an offer",
    keys={"deck": Key(TEXT), "say": Key(WORDINGS), "when": Key(WHEN)},
    needed=("deck", "say"),
)
VARIANT: Final = Table(
    name="a variant",
    keys={
        "when": Key(CONDITION),
        "words": Key(WORDINGS),
        "gentler": Key(TEXT),
        "asks": Key(NAMES),
    },
    needed=("when", "words"),
)
_STEP_KEYS: Final = {
    "id": Key(
        identifier("opening", CLOSING, GATHERING),
        "small letters",
        "answers are filed under it; unique in the deck",
    ),
    "words": Key(
        WORDINGS,
        "wordings",
        "one question in several words, which take turns each time it is asked; "
        "the best one first; four, if none is to return within four sittings",
    ),
    "gentler": Key(
        TEXT, "text", "what is asked instead when it is too much; a heavy prompt must have one"
    ),
    "when": Key(WHEN, "conditions", "asked only if they hold, otherwise skipped without a word"),
    "asks": Key(NAMES, "names", "what it asks of the person; skipped where that is ruled out"),
    "variants": Key(
        repeated(VARIANT, Variant),
        "`[[prompts.variants]]`",
        "other `words` and `gentler` with a `when`; the first that fits is taken",
    ),
    "menu": Key(
        SAYINGS,
        '`id = "words"`',
        "at most four choices, picked by number or word; "
        '"none of these" and free telling are always there',
        {"minProperties": 1, "maxProperties": 4},
    ),
    "ends": Key(NAMES, "choices", "choices after which only the closing comes"),
    "rests": Key(
        DAYS,
        "days",
        "`{ later = 28 }`: after that choice the deck is not offered for so long; "
        "then it comes once more, twice at most",
    ),
    "given": Key(
        CASES,
        "conditions",
        '`{ sail = { boat = "sailing" } }`: that choice counts as made, '
        "and the prompt is not asked",
    ),
    "heading": Key(TEXT, "text", "shown above the answer"),
    "beside": Key(TEXT, "a prompt", "two takes are shown side by side"),
    "earlier": Key(
        NAMES,
        "`deck/prompt`",
        "the newest answer to one of them is heard first, with its date",
    ),
    "earlier_from": Key(one_of("last", "first"), "last, first", "which answer is heard"),
    "without": Key(
        WORDINGS,
        "wordings",
        "asked when there is no earlier answer; without this key the prompt is skipped",
    ),
    "voice": Key(TEXT, "one of `voices`", "who answers"),
    "consent": Key(
        FLAG,
        "true",
        "on the first prompt of a deck for two: the answer is a yes to being recorded; "
        "without it nothing is",
    ),
    "commits": Key(
        FLAG,
        "true",
        "the answer is a step; a later prompt that names it in `earlier` brings it back, "
        "until `done` or `let-go` was picked from that prompt's menu",
    ),
    "plans": Key(TEXT, "a prompt", "here the when, where and if-not of that step are told"),
    "stage": Key(
        whole(), "a number", "its place in a life; answers are ordered by it when read back"
    ),
    "echo": Key(FLAG, "true", "always the same words, so that answers can be laid side by side"),
    "mirror": Key(
        FLAG,
        "true",
        "the mirror of I-messages may look at the answer, if somebody turned it on",
    ),
    "private": Key(
        FLAG,
        "true",
        "only a choice from its menu is kept, in `programme.toml`; nothing is recorded, "
        "and no entry tells of it",
    ),
    "always": Key(FLAG, "true", "asked in every part of a deck with `parts`"),
    "formerly": Key(NAMES, "ids", "what it was called before; its old answers stay its own"),
}
STEP: Final = Table(
    name="a step", keys=_STEP_KEYS, needed=("id", "words"), stand_ins={"words": "variants"}
)
PROMPT: Final = Table(
    name="a prompt",
    keys={
        **_STEP_KEYS,
        "steps": Key(
            repeated(STEP, Prompt),
            "`[[prompts.steps]]`",
            "questions that belong to it, each with an answer of its own",
        ),
    },
    needed=STEP.needed,
    stand_ins=STEP.stand_ins,
)
DECK: Final = Table(
    name="a deck",
    keys={
        "format": Key(whole(), "1", "the format of this page", {"const": FORMAT}),
        "edition": Key(
            whole(), "a number", "raise it when you change what is asked; every entry remembers it"
        ),
        "title": Key(TEXT, "text", "the name people see, and the heading of its entries"),
        "why": Key(TEXT, "text", "what it is good for; shown, never spoken"),
        "about": Key(
            one_of(*ABOUT), ", ".join(ABOUT), "what it is for; `decks list` is ordered by it"
        ),
        "line": Key(TEXT, "text", "the same in a few words, for `decks list`"),
        "minutes": Key(whole(), "1 to 15", "how long a sitting takes", {"maximum": 15}),
        "depth": Key(
            one_of("light", "middle", HEAVY),
            "light, middle, heavy",
            "heavy ones are announced, and nothing of them returns unasked",
        ),
        "practices": Key(
            NUMBERS, "numbers", "which rows of [practices.md](practices.md) it serves"
        ),
        "coming": Key(
            WORDINGS,
            "wordings",
            "said first by a heavy deck: what is coming, that stopping is always fine, "
            "how one may feel",
        ),
        "opening": Key(
            WORDINGS,
            "wordings",
            "the first thing said: what this is about, in a few words; the product asks for "
            "privacy itself, in the first sitting and before something heavy",
        ),
        "closing": Key(
            WORDINGS,
            "wordings",
            "the last words; where they ask nothing, the product adds a question that brings "
            "one back to now; the answer is filed as `closing`",
        ),
        "needs": Key(
            NAMES, "names", "what must be known of the person; asked once, each may be skipped"
        ),
        "when": Key(WHEN, "conditions", "for whom the deck is"),
        "asks": Key(NAMES, "names", "what the whole deck asks of the person"),
        "voices": Key(
            NAMES,
            "two names",
            "two people who take turns, with `voicereflect two`; the second one is asked for a yes",
            {"type": "array", "minItems": 2, "maxItems": 2},
        ),
        "turn_minutes": Key(
            whole(),
            "whole number, up to 10",
            "how long a turn of one of two may last; a soft line tells when that is over",
            {"maximum": 10},
        ),
        "adults": Key(FLAG, "true", "asks whether both are eighteen or older"),
        "parts": Key(
            FLAG,
            "true",
            "more than five prompts; each sitting takes five, those not yet answered first",
        ),
        "pair": Key(
            NAMES,
            "`deck/prompt`s",
            "opens once one of them was answered twice, two days apart; its `earlier` then "
            "brings the earliest and the latest answer to that one",
        ),
        "waits": Key(DAYS, "days", "`{ letter = 1 }`: not before a day after the deck `letter`"),
        "at_end": Key(
            one_of("keep", "ask"),
            "keep, ask",
            "`ask`: keep, keep closed or delete is chosen at the end",
        ),
        "silence_s": Key(
            whole(0), "a number", "hands-free: seconds of silence before the tone; 0 is never"
        ),
        "language": Key(
            one_of(ANY_LANGUAGE, *LANGUAGES),
            "a code, or auto",
            "what is spoken in it: `de`; `auto` lets the speech model tell; "
            "without it, the one in the settings",
        ),
        "prompts": Key(
            repeated(PROMPT, Prompt, least=1),
            "`[[prompts]]`",
            "the questions, at most five in one sitting",
        ),
        "gather": Key(
            FLAG,
            "true",
            "asks, before the closing, what one heard oneself say, each time in other words; "
            "it counts among the five and is filed as `gather`; middle decks only",
        ),
        "offers": Key(
            repeated(OFFER, Offered),
            "`[[offers]]`",
            "other decks, offered after this one: `deck`, `say`, and perhaps `when`",
        ),
    },
    needed=(
        *("format", "edition", "title", "why", "minutes", "depth"),
        *("opening", "closing", "prompts"),
    ),
)
