"""Which keys do something at the moment, as a screen shows them; knows the table of keys."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from voicereflect.core.session.keys import KEYS, Binding
from voicereflect.core.session.state import Choice, Phase, State

_MOST_MAIN: Final = 4


@dataclass(frozen=True, slots=True)
class ShownKey:
    """A key that does something now."""

    key: str
    """As a person reads it: `ENTER`, `1-3`."""
    label: str
    main: bool


GO_ON: Final = ShownKey("SPACE", "go on", main=True)
"""What SPACE does while an answer is paused."""


def offers(state: State) -> tuple[ShownKey, ...]:
    """Give the keys that do something now, and have a name on the screen."""
    found = [
        (key, uses[state.phase])
        for key, uses in KEYS.items()
        if state.phase in uses and uses[state.phase].label
    ]
    useful = [each for each in found if each[1].move(state) != (state, ())]
    numbers = [key for key, _ in useful if key.isdecimal() and key != "0"]
    shown = []
    for key, use in useful:
        if key in numbers[1:]:
            continue  # they stand with the first one
        name = _range(len(numbers)) if key in numbers else key.upper()
        shown.append(ShownKey(name, _label(state, key, use), use.main))
    return tuple(shown)


def _label(state: State, key: str, use: Binding) -> str:
    """What a key is called; ENTER begins before the first question, SPACE goes on in a pause."""
    if key == "enter" and state.replying.choice is Choice.PLACE and state.phase is Phase.CHOOSING:
        return KEYS[key][Phase.OPENING].label
    if key == "space" and state.phase is Phase.ANSWERING and state.answering.paused:
        return GO_ON.label
    return use.label


def main_offers(every: Sequence[ShownKey]) -> tuple[ShownKey, ...]:
    """Give the few that matter, with the one that shows all where there are more."""
    few = [each for each in every if each.main and each.key != "?"][:_MOST_MAIN]
    rest = [each for each in every if each.key == "?"] if len(every) > len(few) + 1 else []
    return (*few, *rest)


def numbered(phase: Phase, options: int) -> tuple[ShownKey, ...]:
    """Give the keys that pick one of so many, and 0 where it picks none of them."""
    picks = ShownKey(_range(options), KEYS["1"][phase].label, main=True)
    none = KEYS["0"].get(phase)
    return (picks, ShownKey("0", none.label, main=True)) if none else (picks,)


def opening_offers() -> tuple[ShownKey, ...]:
    """Give the keys of an opening that is said outside the machine."""
    return tuple(
        ShownKey(name, KEYS[key][Phase.OPENING].label, main=True)
        for name, key in (("ENTER", "enter"), ("Q", "q"))
    )


def choice_offers(options: int) -> tuple[ShownKey, ...]:
    """Give the keys of a choice about a session, which may be put beside it."""
    open_ = ShownKey("ENTER", KEYS["enter"][Phase.CHOOSING].label, main=True)
    return (*numbered(Phase.CHOOSING, options), open_)


def _range(count: int) -> str:
    return "1" if count == 1 else f"1–{count}"  # noqa: RUF001 - a range
