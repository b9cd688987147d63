"""Plain-language dates: words and today in, a stretch of days out; knows no clock.

Weeks begin on Monday; seasons are those of the northern half of the world,
in whole months. Where words could name several stretches, the latest that has
begun is meant.
"""

import calendar
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from voicereflect.errors import SettingsError

EXAMPLES: Final = "yesterday, two weeks ago, last spring, in March, 2024, 2026-11-03"


@dataclass(frozen=True, slots=True)
class Days:
    """Days from `first` to `last`, both included."""

    first: date
    last: date


_MONTHS: Final = tuple(name.lower() for name in calendar.month_name)
_WEEKDAYS: Final = tuple(name.lower() for name in calendar.day_name)
_SEASONS: Final = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_COUNTED: Final = "one two three four five six seven eight nine ten eleven twelve"
_NUMBERS: Final = {
    **{word: number for number, word in enumerate(_COUNTED.split(), start=1)},
    **dict.fromkeys(("a", "an"), 1),
    **dict.fromkeys(("a couple of", "couple of", "a couple"), 2),
}
_BACK: Final = {"today": 0, "yesterday": 1, "day before yesterday": 2}
_YEARS: Final = range(1000, 9999)
_LONGEST_WITHOUT_A_LEAP_YEAR: Final = 8
"""From 2096 to 2104, for one."""

_NUMBER = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_COUNT = rf"(?P<count>\d{{1,4}}|{_NUMBER})"
_UNIT = r"(?P<unit>day|week|month|year)s?"
_YEAR = r"(?P<year>\d{4})"
_MONTH = rf"(?P<month>{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in _MONTHS[1:])}|sept)\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_SEASON = rf"(?P<season>{'|'.join(_SEASONS)})"
_WEEKDAY = rf"(?P<weekday>{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in _WEEKDAYS)})"
_WHICH = r"(?P<which>last|this)"
_LEAD = r"^(?:(?:in|on|of|since|until|the|from|during)\s+)+"


def days(words: str, today: date, *, point: bool = False) -> Days:
    """Tell which days are meant.

    `point`: "two weeks ago" is that very day, as a beginning or an end is
    meant; otherwise it is the whole week around it.

    Raises:
        SettingsError: these words name no day.
    """
    plain = re.sub(_LEAD, "", " ".join(words.lower().replace(",", " ").split()))
    for pattern, read in _FORMS:
        if found := re.fullmatch(pattern, plain):
            try:
                parts = {name: part for name, part in found.groupdict().items() if part}
                return read(_Typed(parts=parts, today=today, point=point))
            except (ValueError, OverflowError) as error:  # 30 February, year 0
                raise _unknown(words) from error
    raise _unknown(words)


def same_day_before(today: date, earliest: date) -> tuple[date, ...]:
    """List the days `today` looks back on: a month ago, and this day in earlier years.

    Newest first. In a year without a 29 February its day is the 28th.
    """
    month_ago = _months_before(today, 1)
    ends_february = (today.month, today.day) == (2, 28) and not calendar.isleap(today.year)
    found = [month_ago]
    for year in range(today.year - 1, earliest.year - 1, -1):
        if ends_february and calendar.isleap(year):
            found.append(date(year, 2, 29))
        found.append(_in_month(year, today.month, today.day))
    return tuple(day for day in found if day >= earliest)


def _unknown(words: str) -> SettingsError:
    shown = " ".join(words.split())[:40]
    return SettingsError(f'"{shown}" is no date I know.', hint=f"For example: {EXAMPLES}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Typed:
    """A date as it was typed, taken apart."""

    parts: dict[str, str]
    """By the names in the patterns; only those that were typed."""
    today: date
    point: bool

    @property
    def count(self) -> int:
        count = self.parts["count"]
        return int(count) if count.isdecimal() else _NUMBERS[count]

    @property
    def month(self) -> int:
        month = self.parts["month"]
        return int(month) if month.isdecimal() else _place(month, _MONTHS)


_Read = Callable[[_Typed], Days]


def _iso(typed: _Typed) -> Days:
    return _one(date.fromisoformat(typed.parts["iso"]))


def _year(typed: _Typed) -> Days:
    return _whole_year(int(typed.parts["year"]))


def _relative(typed: _Typed) -> Days:
    return _one(typed.today - timedelta(days=_BACK[typed.parts["name"]]))


def _ago(typed: _Typed) -> Days:
    unit = typed.parts["unit"]
    day = _before(typed.today, typed.count, unit)
    return _one(day) if typed.point else _around(day, unit)


def _past(typed: _Typed) -> Days:
    first = _before(typed.today, typed.count, typed.parts["unit"]) + timedelta(days=1)
    return Days(first, typed.today)


def _calendar_unit(typed: _Typed) -> Days:
    unit, back = typed.parts["unit"], int(typed.parts["which"] == "last")
    if unit == "weekend":
        saturday = typed.today - timedelta(days=typed.today.weekday() - 5 + 7 * back)
        return Days(saturday, saturday + timedelta(days=1))
    return _around(_before(typed.today, back, unit), unit)


def _months_of(typed: _Typed) -> Days:
    season = typed.parts.get("season")
    month, count = (_SEASONS[season], 3) if season else (typed.month, 1)
    return _in_year(typed, lambda year: _months(year, month, count))


def _day_of_month(typed: _Typed) -> Days:
    month, day = typed.month, int(typed.parts["day"])
    return _in_year(typed, lambda year: _one(date(year, month, day)))


def _weekday(typed: _Typed) -> Days:
    back = (typed.today.weekday() - _place(typed.parts["weekday"], _WEEKDAYS)) % 7
    if typed.parts.get("which") == "last" and back == 0:
        back = 7
    return _one(typed.today - timedelta(days=back))


def _in_year(typed: _Typed, of_year: Callable[[int], Days]) -> Days:
    """Those of the year that was typed, or else the latest that have begun.

    With "last" it is the latest that are over. Years without such a day, as with a
    29 February, are passed over.
    """
    if year := typed.parts.get("year"):
        return of_year(int(year))
    is_last = typed.parts.get("which") == "last"
    for before in range(_LONGEST_WITHOUT_A_LEAP_YEAR + 1):
        with suppress(ValueError):
            found = of_year(typed.today.year - before)
            if (found.last < typed.today) if is_last else (found.first <= typed.today):
                return found
    raise ValueError


def _place(name: str, names: Sequence[str]) -> int:
    return [each[:3] for each in names].index(name[:3])


def _before(day: date, count: int, unit: str) -> date:
    if unit in ("day", "week"):
        return day - timedelta(days=count * (7 if unit == "week" else 1))
    return _months_before(day, count * (12 if unit == "year" else 1))


def _around(day: date, unit: str) -> Days:
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return Days(monday, monday + timedelta(days=6))
    if unit == "month":
        return _months(day.year, day.month, 1)
    return _whole_year(day.year) if unit == "year" else _one(day)


def _one(day: date) -> Days:
    return Days(day, day)


def _whole_year(year: int) -> Days:
    if year not in _YEARS:
        raise ValueError(year)
    return Days(date(year, 1, 1), date(year, 12, 31))


def _months(year: int, month: int, count: int) -> Days:
    following = date(year + (month + count - 1) // 12, (month + count - 1) % 12 + 1, 1)
    return Days(date(year, month, 1), following - timedelta(days=1))


def _months_before(day: date, count: int) -> date:
    index = day.year * 12 + day.month - 1 - count
    return _in_month(index // 12, index % 12 + 1, day.day)


def _in_month(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


# compiled when a date is typed: every command begins by importing this
_FORMS: Final[tuple[tuple[str, _Read], ...]] = (
    (r"(?P<iso>\d{4}-\d{2}-\d{2})", _iso),
    (_YEAR, _year),
    (r"(?P<year>\d{4})-(?P<month>\d{2})", _months_of),
    (r"(?P<name>today|yesterday|day before yesterday)", _relative),
    (rf"{_COUNT} {_UNIT} ago", _ago),
    (rf"(?:last|past) {_COUNT} {_UNIT}", _past),
    (rf"{_WHICH} (?P<unit>week|month|year|weekend)", _calendar_unit),
    (rf"(?:{_WHICH} )?{_MONTH}(?: (?:of )?{_YEAR})?", _months_of),
    (rf"(?:{_WHICH} )?{_SEASON}(?: (?:of )?{_YEAR})?", _months_of),
    (rf"{_DAY} (?:of )?{_MONTH}(?: {_YEAR})?", _day_of_month),
    (rf"{_MONTH} {_DAY}(?: {_YEAR})?", _day_of_month),
    (rf"(?:{_WHICH} )?{_WEEKDAY}", _weekday),
)
