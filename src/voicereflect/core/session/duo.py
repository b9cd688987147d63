"""Two in one room: who is asked what, for how long, and what the product says to both.

Values in, values out. Nothing here says a name aloud: what is spoken is cached.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from voicereflect.core.words.marks import straight
from voicereflect.errors import DeckError, SettingsError
from voicereflect.model import Deck, Prompt

ADULTS_LINE: Final = "Are both of you eighteen or older?"
NOT_ADULTS: Final = "This one is for two adults. Is one of you under eighteen?"
PAUSE_OR_STOP: Final = "Either of you may pause or stop at any time, and needs no reason."
TURNS: Final = (
    "Each turn may last {minutes}. A soft line tells when that is over, and cuts nothing."
)
WHO_BEGINS: Final = "Which of you begins?"
SAY_YES: Final = "Then say yes now, in your own voice."
ONCE_MORE: Final = "That did not sound like a yes. Do you want to say it once more?"
NOT_RECORDED: Final = "Nothing is recorded. The questions and the turns stay as they are."
TURN_OVER: Final = "The time of this turn is over. Come to your end as slowly as you like."
KEEP_OR_REMOVE: Final = (
    "Whoever said yes at the beginning is asked first. Keep your words, or remove them?"
)
REMOVED: Final = "Your sound and your words are destroyed, and nothing can bring them back."
LAY_BESIDE: Final = "May what you two said be laid side by side, once, on this screen?"
LAY_BESIDE_TOO: Final = "And the other of you: may it be laid side by side?"
NOT_LAID: Final = "It is not laid side by side."
NOTHING_TO_LAY: Final = "There is nothing yet that could be laid side by side."
MAY_COUNT: Final = (
    "May your words also turn up in searches and themes of the one whose machine this is?"
)
YES_OR_NO: Final = ("yes", "no")
KEEP_REMOVE: Final = ("keep my words", "remove my words")
CONSENT_OPTIONS: Final = ("yes, and I say so in my own voice", "no, record nothing")

_NUMBERS: Final = (
    *("", "one minute", "two minutes", "three minutes", "four minutes", "five minutes"),
    *("six minutes", "seven minutes", "eight minutes", "nine minutes", "ten minutes"),
)
_YES: Final[Mapping[str, frozenset[str]]] = {
    "en": frozenset(("yes", "yeah", "yep", "agree", "agreed", "okay")),
    "de": frozenset(("ja", "einverstanden")),
    "fr": frozenset(("oui", "d'accord")),
    "es": frozenset(("sí", "si")),
    "it": frozenset(("sì", "si")),
    "nl": frozenset(("ja",)),
    "pt": frozenset(("sim",)),
    "pl": frozenset(("tak",)),
}
_NO: Final = frozenset(
    {
        *("no", "not", "don't", "never", "nope", "nein", "nicht", "non", "pas"),
        *("nee", "niet", "não", "nao", "nie", "stop"),
    }
)
_OF_YOU: Final = re.compile(r"\b(?:the )?(?P<which>first|second|other) of you\b", re.IGNORECASE)
_BY_NAME: Final[Mapping[str, str]] = {
    SAY_YES: "Then say yes now, {guest}, in your own voice.",
    KEEP_OR_REMOVE: "{guest} is asked first. Keep your words, or remove them?",
    LAY_BESIDE: "{guest}, may what you two said be laid side by side, once, on this screen?",
    LAY_BESIDE_TOO: "And you, {owner}: may it be laid side by side?",
    MAY_COUNT: "{guest}, may your words also turn up when {owner} searches, or looks at themes?",
}
_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Duo:
    """Two by name, and the role each has in a deck."""

    owner: str
    guest: str
    roles: Mapping[str, str]
    """From a deck's voice to whoever has it."""
    named: bool = False
    """They gave their names, and are called by them."""

    def speaker_of(self, prompt: Prompt) -> str:
        """Tell whose turn a prompt is; consent is always asked of the guest."""
        return self.guest if prompt.consent else self.roles.get(prompt.voice, self.owner)

    def put(self, line: str) -> str:
        """Give a line of ours with their names in it, if they gave any."""
        return _BY_NAME.get(line, line).format(**self._names) if self.named else line

    def asked(self, words: str, prompt: Prompt) -> str:
        """Give a deck's words with their names in the place of first, second and other."""
        if not self.named:
            return words
        first, second = self.roles.values()
        calls = {"first": first, "second": second, "other": self.speaker_of(prompt)}
        return _OF_YOU.sub(lambda found: calls[found["which"].casefold()], words)

    @property
    def _names(self) -> Mapping[str, str]:
        return {"owner": self.owner, "guest": self.guest}

    @property
    def in_order(self) -> str:
        """Who has which role, as a screen shows it."""
        unnamed = {self.owner: "whose vault this is", self.guest: "the other"}
        names = {} if self.named else unnamed
        return " · ".join(f"{role}: {names.get(name, name)}" for role, name in self.roles.items())


def duo_of(deck: Deck, names: tuple[str, str] | None, *, guest_begins: bool = False) -> Duo:
    """Give two their roles: the first of a deck's voices begins, and they choose who that is.

    Raises:
        SettingsError: the two names cannot be told apart.
    """
    owner, guest = names or ("me", deck.voices[1])
    for name in (owner, guest):
        if not name.strip() or name != " ".join(name.split()) or not name.isprintable():
            raise SettingsError("A name is empty or odd.", hint="Write two short names.")
    if owner.casefold() == guest.casefold():
        raise SettingsError("Both have the same name.", hint="Write two names that differ.")
    in_order = (guest, owner) if guest_begins and may_change_over(deck) else (owner, guest)
    roles = dict(zip(deck.voices, in_order, strict=True))
    return Duo(owner=owner, guest=guest, roles=roles, named=names is not None)


def consent_of_deck(deck: Deck) -> Prompt:
    """Give the prompt that asks for a yes to being recorded; it comes before all others.

    Raises:
        DeckError: the deck asks for none.
    """
    first = deck.prompts[0]
    if len(deck.voices) != len(YES_OR_NO) or not first.consent:
        raise DeckError(
            f"{deck.name} is not for two", hint="A deck for two has voices, and asks for consent."
        )
    return first


def may_change_over(deck: Deck) -> bool:
    """Tell whether either may begin: both roles speak, beside the yes to being recorded."""
    return {each.voice for each in deck.every_prompt if not each.consent} >= set(deck.voices)


def said_backs(deck: Deck) -> tuple[tuple[str, str], ...]:
    """Give the prompts whose answer the other says back, each with the prompt that asks for it."""
    prompts = {each.id: each for each in deck.every_prompt}
    return tuple(
        (each.beside, each.id)
        for each in prompts.values()
        if each.beside in prompts and prompts[each.beside].voice != each.voice
    )


def turn_line(deck: Deck) -> str:
    """Announce how long a turn may last, in words; empty where turns have no length."""
    minutes = turn_s(deck) // 60
    return TURNS.format(minutes=_NUMBERS[minutes]) if minutes else ""


def turn_s(deck: Deck) -> int:
    """Give how long every turn of a deck may last; 0 is as long as it takes."""
    return 60 * min(deck.turn_minutes, len(_NUMBERS) - 1)


def turn_is_over(turn_s: float, elapsed_s: float, *, told: bool) -> bool:
    """Tell whether it is time to say, once, that a turn is over; 0 is a turn without length."""
    return bool(turn_s) and not told and elapsed_s >= turn_s


def says_yes(text: str, language: str) -> bool:
    """Tell whether words are a plain yes: one of yes, and none of no."""
    words = set(_WORD.findall(straight(text).casefold()))
    yes = _YES.get(language, frozenset[str]()) | _YES["en"]
    return bool(words & yes) and not words & _NO
