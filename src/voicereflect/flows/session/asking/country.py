"""Asks in which country somebody is, once, when help lines are wanted and none is known.

Letters are its answer until ENTER, and keys of the session again after that.
"""

from typing import Final

from voicereflect.core.safety.help_lines import numbers_of
from voicereflect.core.session.speech.phrases import NO_HELP_LINES, help_lines_shown
from voicereflect.errors import SettingsError
from voicereflect.flows.session.parts import Parts

WHICH: Final = (
    "112 reaches the emergency number from many mobile phones. For other numbers: which "
    "country are you in? Type it, then ENTER; ENTER alone leaves it."
)
TAKES: Final = "{name}? ENTER takes it."
UNKNOWN: Final = "No numbers are known here for that. Type one of these, or ENTER alone: {known}."
KEPT: Final = "{name} is kept for next time."


class CountryQuestion:
    """One question, while everything else goes on."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._countries = parts.countries
        self._is_there = parts.attended and not parts.hands_free
        self._letters = ""
        self._offered = ""
        self.lines = parts.help_lines
        """Whom to call, once that is known."""
        self.is_asking = False
        """Keys belong to it."""

    @property
    def is_wanted(self) -> bool:
        """Whether no country is known, and somebody is there who could tell."""
        return not self.lines and self._is_there and self._countries is not None

    def ask(self) -> None:
        """Put the question."""
        self.is_asking, self._letters, self._offered = True, "", ""
        self._parts.screen.note(WHICH)

    def press(self, key: str) -> None:
        """Take a letter, or ENTER."""
        if self._countries is None:
            return
        if key != "enter":
            self._letters += key if key.isalnum() and len(key) == 1 else ""
            self._offer()
            return
        found = self._countries.of(self._letters) if self._letters else None
        begun = self._countries.begun(self._letters)
        if found is None and len(begun) == 1:
            found = begun[0]
        if found is not None:
            self._take(found.name)
        elif self._letters:
            known = ", ".join(each.name for each in self._countries.countries)
            self._letters = self._offered = ""
            self._parts.screen.note(UNKNOWN.format(known=known))
        else:
            self.is_asking = False
            self._parts.screen.note(NO_HELP_LINES)

    def _offer(self) -> None:
        """Say which one it is, as soon as it can be one alone."""
        begun = self._countries.begun(self._letters) if self._countries else ()
        name = begun[0].name if len(begun) == 1 else ""
        if name and name != self._offered:
            self._parts.screen.note(TAKES.format(name=name))
        self._offered = name

    def _take(self, name: str) -> None:
        screen = self._parts.screen
        country = self._countries.of(name) if self._countries else None
        if country is None:
            return
        self.is_asking, self.lines = False, numbers_of(country)
        for line in help_lines_shown(self.lines):
            screen.note(line)
        try:
            self._parts.remember_country(country.code)
            screen.note(KEPT.format(name=country.name))
        except SettingsError as error:
            screen.note(error.line)
