"""What is meant by a word that is no command: an entry, or a deck; knows no command itself."""

from collections.abc import Sequence
from typing import Final

from voicereflect.core.search.names import known
from voicereflect.errors import ReflectError, SettingsError
from voicereflect.wiring import decks

ENTRIES: Final = ("last", "yesterday")


def refuse(words: Sequence[str]) -> None:
    """Name the command that was meant.

    Raises:
        SettingsError: one was; otherwise nothing is said.
    """
    typed = " ".join(words)
    hint = ""
    if typed.lower() in ENTRIES:
        hint = f"`voicereflect show {typed.lower()}` shows that entry."
    elif deck := _deck(typed):
        hint = f"`voicereflect reflect {deck}` begins that deck."
    if hint:
        raise SettingsError(f'"{typed}" is no command', hint=hint)


def _deck(typed: str) -> str | None:
    try:
        return known(typed, [name for name, _ in decks.titles()])
    except ReflectError:  # a vault that cannot be read is told of by whatever opens it
        return None
