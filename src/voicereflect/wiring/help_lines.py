"""Whom to call: the lines that come with the product, and the country in the settings."""

from typing import TYPE_CHECKING

from voicereflect import wiring
from voicereflect.errors import SettingsError

if TYPE_CHECKING:
    from voicereflect.core.safety.help_lines import HelpLines


def shipped() -> "HelpLines":
    """The lines of all countries."""
    from voicereflect.adapters.help_lines_file import shipped_help_lines

    return shipped_help_lines()


def numbers(country: str) -> tuple[tuple[str, str], ...]:
    """Whom to call in a country, as names and numbers; nobody where none is set."""
    from voicereflect.core.safety.help_lines import numbers_of

    found = shipped().of(country) if country else None
    return numbers_of(found) if found else ()


def country() -> str:
    """The country in the settings; empty where none is set, or they cannot be read."""
    try:
        return wiring.settings().country
    except SettingsError:  # whom to call is shown all the same
        return ""
