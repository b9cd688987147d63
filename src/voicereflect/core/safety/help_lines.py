"""Lines to call, by country; the country is told by a person and never guessed."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from voicereflect.core.search.names import did_you_mean
from voicereflect.core.store import bounds
from voicereflect.errors import SettingsError

KINDS: Final = {
    "emergency": "Emergency",
    "crisis": "If you think of ending your life, or cannot go on",
    "domestic": "Violence or fear at home",
    "elder": "An older person is being hurt",
    "child": "A child is in danger, or needs somebody to talk to",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpLine:
    """A number, who answers there, and where that is published."""

    kind: str
    number: str
    source: str
    """Where the organisation or authority publishes it."""
    seen: str
    """The page on which it was read."""
    checked: str = ""
    """The date of that page, as far as it tells one."""
    name: str = ""
    hours: str = ""
    """When somebody answers, where it is known that nobody does at night."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """The lines of one country."""

    code: str
    name: str
    lines: tuple[HelpLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpLines:
    """All countries, and what helps anywhere."""

    noted: date
    emergency: str
    directory: str
    directory_name: str
    countries: tuple[Country, ...]

    @property
    def known(self) -> str:
        """The countries, as a person reads and types them: `IE Ireland, ...`."""
        return ", ".join(f"{each.code} {each.name}" for each in self.countries)

    def of(self, country: str) -> Country | None:
        """Give a country by its code or name; None if it is not known."""
        wanted = country.strip().casefold()
        for each in self.countries:
            if wanted in (each.code.casefold(), each.name.casefold()) or wanted == _ALSO.get(
                each.code
            ):
                return each
        return None

    def begun(self, typed: str) -> tuple[Country, ...]:
        """Give the countries that may be meant by the beginning of a name, or by a code."""
        wanted = _letters(typed)
        if not wanted:
            return ()
        exact = self.of(typed)
        begin = [each for each in self.countries if _letters(each.name).startswith(wanted)]
        return tuple(begin) or ((exact,) if exact else ())


def unknown(lines: HelpLines, country: str) -> SettingsError:
    """Say that no lines are known for a country, and for which there are."""
    names = [each.name for each in lines.countries]
    return SettingsError(
        f'No help lines are known for "{country.strip()[:40]}".',
        hint=did_you_mean(country, names) or f"There are: {lines.known}.",
    )


def numbers_of(country: Country) -> tuple[tuple[str, str], ...]:
    """Give whom to call as names and numbers."""
    return tuple((line.name or KINDS[line.kind], line.number) for line in country.lines)


def _letters(text: str) -> str:
    return "".join(each for each in text.casefold() if each.isalnum())


_ALSO: Final = {"GB": "uk", "US": "usa"}


def parse_help_lines(text: str) -> HelpLines:
    """Read the file that comes with the product.

    Raises:
        SettingsError: it is not what it has to be.
    """
    try:
        table = bounds.toml(text)
        anywhere = table["anywhere"]
        return HelpLines(
            noted=table["noted"],
            emergency=anywhere["emergency"],
            directory=anywhere["directory"],
            directory_name=anywhere["directory_name"],
            countries=tuple(_country(code, each) for code, each in table["countries"].items()),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SettingsError(
            "help_lines.toml cannot be read", hint="Install voicereflect again."
        ) from error


def _country(code: str, table: dict[str, Any]) -> Country:
    lines = tuple(HelpLine(kind=kind, **table[kind]) for kind in KINDS if kind in table)
    return Country(code=code, name=table["name"], lines=lines)
