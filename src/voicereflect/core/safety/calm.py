"""Notices plain words of present danger in a sentence; keeps nothing and knows no answer.

It is a list of patterns, not a judgement: docs/safety.md tells how often it is right.
The patterns are data that comes with the program, `calm.toml`.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from voicereflect.core.words.marks import sentences_of, straight
from voicereflect.errors import SettingsError

LINE: Final = (
    "If you are in danger, or thinking of ending your life, people are there to talk to now. "
    "Say help lines, or say go on."
)
"""Said once a session at most, after an answer and never during one; recorded nowhere."""
FORMAT: Final = 1

_CLAUSE = re.compile(r"[,;:]|\b(?:and|but)\b")
_PART = re.compile(r"@([a-z-]+)@")


@dataclass(frozen=True, slots=True, kw_only=True)
class Patterns:
    """What is looked for in a sentence in small letters, with straight apostrophes."""

    whole: tuple[re.Pattern[str], ...]
    """Refusals stand inside these, so none is looked for."""
    refusable: tuple[re.Pattern[str], ...]
    """These are no danger when the words before their `end` refuse it."""
    refusal: re.Pattern[str]
    past: re.Pattern[str]
    now: re.Pattern[str]
    reported: re.Pattern[str]
    """What somebody else said of themselves; what they say they will do stays a danger."""
    needed: re.Pattern[str]
    """A word that stands in every sentence in which one of the patterns of danger fits."""

    def find(self, sentence: str) -> bool:
        """Tell whether a sentence plainly speaks of danger."""
        if not self.needed.search(sentence):
            return False
        past = self.past.search(sentence) and not self.now.search(sentence)
        if past or self.reported.search(sentence):
            return False
        if any(pattern.search(sentence) for pattern in self.whole):
            return True
        return any(
            not self._refused(sentence, match)
            for pattern in self.refusable
            for match in pattern.finditer(sentence)
        )

    def _refused(self, sentence: str, match: re.Match[str]) -> bool:
        """Look for a refusal in the same clause, before what would be the danger."""
        clause = _CLAUSE.split(sentence[: match.start("end")])[-1]
        return bool(self.refusal.search(clause))


def speaks_of_danger(text: str) -> bool:
    """Tell whether any sentence plainly speaks of present danger or of wanting to die."""
    return any(patterns().find(sentence) for sentence in sentences(text))


def sentences(text: str) -> list[str]:
    """Cut a text into sentences as they are looked at: in small letters, with plain marks."""
    return sentences_of(plain(text))


def plain(text: str) -> str:
    """Write a text as the patterns expect it."""
    return straight(text.casefold()).replace("anymore", "any more")


@cache
def patterns() -> Patterns:
    """Give the patterns; read once, and late: most commands load this and look at nothing."""
    return parse(files("voicereflect").joinpath("calm.toml").read_text("utf-8"))


def parse(text: str) -> Patterns:
    """Read a collection of patterns.

    Raises:
        SettingsError: it is no collection of this format.
    """
    try:
        table = tomllib.loads(text)
        return _patterns(table)
    except (ValueError, KeyError, TypeError, AttributeError, re.error) as error:
        raise SettingsError(
            f"The patterns of the calm line cannot be read: {error}.",
            hint="Install voicereflect again.",
        ) from error


def _patterns(table: dict[str, Any]) -> Patterns:
    if table["format"] != FORMAT:
        raise ValueError(f"its format is {table['format']!r}")
    parts = {name: f"(?:{'|'.join(each)})" for name, each in table["parts"].items()}

    def compiled(pattern: str) -> re.Pattern[str]:
        while _PART.search(pattern):  # a part may hold another
            pattern = _PART.sub(lambda found: parts[found[1]], pattern)
        return re.compile(pattern)

    return Patterns(
        whole=tuple(map(compiled, table["whole"])),
        refusable=tuple(map(compiled, table["refusable"])),
        refusal=compiled(table["refusal"]),
        past=compiled(table["past"]),
        now=compiled(table["now"]),
        reported=compiled(table["reported"]),
        needed=compiled(table["needed"]),
    )
