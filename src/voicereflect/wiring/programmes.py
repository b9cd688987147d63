"""What decks and programmes are made of: their folders, what was said, what was answered."""

from pathlib import Path
from typing import TYPE_CHECKING

from voicereflect import wiring
from voicereflect.wiring import shelf

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from voicereflect.adapters.programme_file import ProgrammeFile
    from voicereflect.core.decks.choosing import Person
    from voicereflect.core.decks.reader import DeckProblem
    from voicereflect.core.safety.help_lines import HelpLines
    from voicereflect.core.session.state import Refusal
    from voicereflect.deck_model import Offered
    from voicereflect.flows.decks.listing import DeckBook
    from voicereflect.flows.decks.offers import Offer
    from voicereflect.flows.decks.programme import Programmes
    from voicereflect.flows.library.history import History
    from voicereflect.model import Entry
    from voicereflect.ports.decks import SessionMemory


def book() -> "DeckBook":
    """All decks, and what was done with them."""
    from voicereflect.flows.decks.listing import DeckBook

    chosen = wiring.settings()
    return DeckBook(wiring.decks(chosen), wiring.vault(chosen), history())


def said() -> "ProgrammeFile":
    """What a person said about decks."""
    from voicereflect.adapters.programme_file import ProgrammeFile

    return ProgrammeFile(wiring.vault(wiring.settings()))


def history(*, patience_ms: int | None = None) -> "History":
    """What earlier sittings tell, from the index."""
    from voicereflect.flows.library.history import History
    from voicereflect.ui.progress import LineProgress

    kept = wiring.vault(wiring.settings())
    return History(shelf.index_of(kept, patience_ms=patience_ms), kept, LineProgress())


def programmes(earlier: "History | None" = None) -> "Programmes":
    """All programmes, with their history."""
    from voicereflect.adapters.deck_folder import ProgrammeFolder, shipped_folder
    from voicereflect.flows.decks.programme import Programmes

    chosen = wiring.settings()
    folder = ProgrammeFolder([chosen.vault / "decks", shipped_folder()])
    return Programmes(wiring.decks(chosen), folder, said(), earlier or history())


def person() -> "Person":
    """What choosing prompts must know of whoever speaks."""
    return programmes().person()


def next_thing() -> "Offer":
    """What `voicereflect` alone offers."""
    from voicereflect.flows.decks.offers import next_thing

    chosen = wiring.settings()
    kept = history(patience_ms=wiring.PATIENCE_MS)
    return next_thing(programmes(kept), wiring.decks(chosen), kept, said(), wiring.now())


def checked(file: Path) -> "tuple[DeckProblem, ...]":
    """Everything that is wrong with a deck file."""
    from voicereflect.adapters.deck_folder import text_of

    return book().check(text_of(file), file.stem, programmes().facts())


def begun(name: str) -> Path:
    """A new deck of the person's own, with comments; gives its file."""
    from voicereflect.adapters.deck_folder import write_new
    from voicereflect.core.decks.template import new_deck

    file = wiring.settings().vault / "decks" / f"{name}.toml"
    write_new(file, new_deck(name))
    return file


def remember(refused: "Sequence[tuple[str, Refusal]]") -> None:
    """Keep what was refused for longer than a session: a prompt for good, a deck for today."""
    from voicereflect.core.decks.reading import CLOSING
    from voicereflect.core.entry.ids import day_of
    from voicereflect.core.session.state import Refusal

    for prompt, refusal in refused:
        deck, _, name = prompt.partition("/")
        if name == CLOSING or deck == "talk":
            continue  # neither is a prompt that could come back
        if refusal is Refusal.NEVER:
            said().never(prompt)
        elif refusal is Refusal.NOT_TODAY:
            said().not_today(deck, day_of(wiring.now()))


def leave_open(prompts: "Sequence[str]") -> None:
    """Let no older choice stand for one that was put again and left open."""
    picked = {pick.prompt: pick.choice for pick in said().read().picks}
    for prompt in prompts:
        if picked.get(prompt):
            memory().picked(prompt, "")


def offered(offers: "Sequence[Offered]") -> tuple[str, ...]:
    """Lines that offer other decks, of those that are open to the person."""
    from voicereflect.core.decks.choosing import may_open

    who, decks = person(), wiring.decks(wiring.settings())
    return tuple(
        f"{offer.say[0]} voicereflect reflect {offer.deck}"
        for offer in offers
        if offer.deck in decks.names() and may_open(decks.load(offer.deck), who)
    )


class Picks:
    """Keeps choices with the day they were made on."""

    def picked(self, prompt: str, choice: str) -> None:
        """Keep a choice."""
        from voicereflect.core.decks.programme import PickedChoice
        from voicereflect.core.entry.ids import day_of

        said().picked(PickedChoice(prompt=prompt, choice=choice, day=day_of(wiring.now())))

    def unpicked(self, prompt: str) -> None:
        """Take the last choice at a prompt back."""
        said().unpick(prompt)

    def settled(self, step: str) -> None:
        """Keep that a step does not come back."""
        said().settle(step)

    def unsettled(self, step: str) -> None:
        """Take that back."""
        said().unsettle(step)


def memory() -> "SessionMemory":
    """What remembers choices beyond a session."""
    return Picks()


def may_return(*, somebody: bool) -> "Callable[[Entry], bool]":
    """Tell which entries may be quoted without being asked for; none where nobody is there."""
    from voicereflect.flows.session.quoting import returning

    if not somebody:
        return lambda _entry: False

    return returning(wiring.decks(wiring.settings()))


def lines_of(country: str) -> tuple[tuple[str, str], ...]:
    """Whom to call in a country, as names and numbers; nobody where none is set."""
    from voicereflect.core.safety.help_lines import KINDS

    found = help_lines().of(country) if country else None
    if found is None:
        return ()
    return tuple((line.name or KINDS[line.kind], line.number) for line in found.lines)


def person_is_there() -> bool:
    """Whether somebody can be asked."""
    from voicereflect.adapters.keyboard import attended

    return attended()


def help_lines() -> "HelpLines":
    """Whom to call."""
    from voicereflect.adapters.help_lines_file import shipped_help_lines

    return shipped_help_lines()
