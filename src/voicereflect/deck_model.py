"""Decks and programmes as values: all that their files can say; knows nobody they ask.

Conditions, facts and what a prompt asks for are plain names that the files choose.
"""

from dataclasses import dataclass
from typing import Final

HEAVY: Final = "heavy"
"""The depth of a deck that is announced, and of which nothing comes back unasked."""
ABOUT: Final = ("days", "work", "people", "life", "loss", "close")
"""What decks are for, in the order in which lists show them."""
CLOSING: Final = "closing"
"""What the answer to a closing is filed under, as if it were a prompt's id."""
When = tuple[tuple[str, tuple[str, ...]], ...]
"""Conditions that all hold: what is known, and the values that fit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """Other words of a prompt, for those whom its conditions fit."""

    when: When
    words: tuple[str, ...]
    gentler: str = ""
    """Empty: the prompt's own."""
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """One spoken question."""

    id: str
    words: tuple[str, ...] = ()
    """The wordings; asked in turn over the sessions. Empty: only variants can be asked."""
    gentler: str = ""
    when: When = ()
    asks: tuple[str, ...] = ()
    """What it asks of the person; what is known of somebody may rule that out."""
    variants: tuple[Variant, ...] = ()
    steps: tuple["Prompt", ...] = ()
    """Questions that belong to this one; each has an answer of its own."""
    menu: tuple[tuple[str, str], ...] = ()
    """Choices as id and spoken words, in the order of their numbers."""
    ends: tuple[str, ...] = ()
    """Choices after which only the closing comes."""
    given: tuple[tuple[str, When], ...] = ()
    """Choices that count as made, and are not asked for, where something is known."""
    rests: tuple[tuple[str, int], ...] = ()
    """Choices after which the deck is not offered for so many days."""
    heading: str = ""
    """Shown above the answer."""
    beside: str = ""
    """The prompt whose answer stands beside this one's."""
    earlier: tuple[str, ...] = ()
    """`deck/prompt`s; an answer to one of them is heard before the question."""
    earlier_from: str = "last"
    without: tuple[str, ...] = ()
    """Asked instead when there is no earlier answer; empty: the prompt is skipped."""
    voice: str = ""
    """Who of a deck's two voices answers."""
    consent: bool = False
    commits: bool = False
    plans: str = ""
    """The step whose when, where and if-not are told here."""
    stage: int = 0
    """Where in a life it belongs, from 1."""
    echo: bool = False
    mirror: bool = False
    private: bool = False
    """What is picked here is kept where decks are opened and closed by it, and nowhere else."""
    always: bool = False
    """Part of every sitting of a deck that is taken in parts."""
    formerly: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """Another deck, offered once this one has ended."""

    deck: str
    say: tuple[str, ...]
    when: When = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Deck:
    """A file of prompts."""

    name: str
    """The file's stem, as typed on the command line."""
    edition: int
    title: str
    why: str
    """Shown, not spoken."""
    minutes: int
    depth: str
    opening: tuple[str, ...]
    prompts: tuple[Prompt, ...]
    closing: tuple[str, ...]
    practices: tuple[int, ...] = ()
    coming: tuple[str, ...] = ()
    """What a heavy deck says before its opening."""
    needs: tuple[str, ...] = ()
    """What must be known, asked once; each may be skipped."""
    when: When = ()
    asks: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    """Two people by role, in the order of their first turns."""
    adults: bool = False
    waits: tuple[tuple[str, int], ...] = ()
    """Days after another deck was last answered; without that it is not offered at all."""
    pair: tuple[str, ...] = ()
    """`deck/prompt`s; it opens once one of them was answered twice, some days apart."""
    parts: bool = False
    """More prompts than one sitting holds; each sitting takes those not yet answered."""
    at_end: str = "keep"
    """`ask`: keep, keep closed or delete is chosen at the end."""
    turn_minutes: int = 0
    """How long a turn of one of two may last; 0 is as long as it takes."""
    silence_s: int | None = None
    """Hands-free: seconds before the tone; 0 is never, None goes by the depth."""
    offers: tuple[Offered, ...] = ()
    about: str = ""
    """What it is for, one of `ABOUT`; empty in a deck of somebody's own."""
    line: str = ""
    """What it is for in a few words, as lists show it; empty: its title says it."""
    gather: bool = False
    """Before the closing it asks what one heard oneself say."""
    language: str = ""
    """Spoken in it, where that is not the one in the settings."""

    @property
    def every_prompt(self) -> tuple[Prompt, ...]:
        """All prompts and their steps, in the order in which they are asked."""
        return tuple(each for prompt in self.prompts for each in (prompt, *prompt.steps))

    def names_of(self, prompt: Prompt) -> tuple[str, ...]:
        """Give a prompt's `deck/prompt`, then those it had before."""
        return tuple(f"{self.name}/{each}" for each in (prompt.id, *prompt.formerly))


@dataclass(frozen=True, slots=True, kw_only=True)
class FactChoice:
    """One answer to what must be known."""

    id: str
    say: str
    never: tuple[str, ...] = ()
    """What is then asked of nobody."""
    like: str = ""
    """The choice this one behaves as."""
    gives: tuple[tuple[str, str], ...] = ()
    """Other things known with it, unless they are known already."""
    when: When = ()
    """Offered as a choice only then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something that must be known of the person: asked once, skippable, changeable."""

    id: str
    ask: str = ""
    """Empty: nobody is asked; others give it."""
    when: When = ()
    """Asked only then."""
    anew: bool = False
    """Another answer is about somebody else: what its programme asks besides is asked anew."""
    unknown: str = ""
    """What holds while nobody has said."""
    choices: tuple[FactChoice, ...] = ()
    """Empty: any words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What must have been chosen before something is asked of a person."""

    when: When = ()
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An order of decks for those whom its conditions fit."""

    order: tuple[str, ...]
    when: When = ()
    chosen: tuple[tuple[str, When], ...] = ()
    """Decks of it that come only where this was chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """Decks in an order; no calendar."""

    name: str
    edition: int
    title: str
    why: str
    order: tuple[str, ...]
    """For whomever none of `orders` fits; a deck that stands here twice is asked twice."""
    orders: tuple[Order, ...] = ()
    """Other orders; the first that fits is taken."""
    afterwards: tuple[str, ...] = ()
    """Offered for some weeks once the last deck of the order was answered."""
    steps: str = ""
    """The `deck/prompt` that asks about an open step at the start of a light sitting."""
    side_doors: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    needs: tuple[str, ...] = ()
    """Facts of other programmes that this one asks as well."""
    sets: tuple[tuple[str, str], ...] = ()
    """What is known of everybody who begins it, unless something else was said."""
    meanwhile: str = ""
    """Offered when nothing else may be."""
    before_heavy: str = ""
    before: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """A deck, and those that wait for it."""
    instead: tuple[tuple[str, str], ...] = ()
    """Decks, and what takes their place where they do not fit."""
    gate: When = ()
    """What must have been chosen before anything of `gated` is asked."""
    gated: tuple[str, ...] = ()
    gates: tuple[Gate, ...] = ()
    """More of the same, each for askings of its own."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every deck it speaks of, once each."""
        more = (self.meanwhile, self.before_heavy)
        found = (
            *self.order,
            *(name for each in self.orders for name in each.order),
            *self.side_doors,
            *(other for _, other in self.instead),
            *self.afterwards,
            *(name for name in more if name),
        )
        return tuple(dict.fromkeys(found))
