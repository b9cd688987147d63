"""Plain-language dates: words and today in, a stretch of days out; knows no clock.

Weeks begin on Monday; seasons are those of the northern half of the world,
in whole months. Where words could name several stretches, the latest that has
begun is meant.
"""

import calendar
import re
from collections.abc import Callable
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
_YEARS: Final = range(1000, 9999)

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
                return read(found.groupdict(), today, point)
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


_Found = dict[str, str | None]
_Read = Callable[[_Found, date, bool], Days]


def _iso(found: _Found, today: date, point: bool) -> Days:  # noqa: ARG001, FBT001
    return _one(date.fromisoformat(str(found["iso"])))


def _year(found: _Found, today: date, point: bool) -> Days:  # noqa: ARG001, FBT001
    return _whole_year(int(str(found["year"])))


def _relative(found: _Found, today: date, point: bool) -> Days:  # noqa: ARG001, FBT001
    back = {"today": 0, "yesterday": 1, "day before yesterday": 2}[str(found["name"])]
    return _one(today - timedelta(days=back))


def _ago(found: _Found, today: date, point: bool) -> Days:  # noqa: FBT001
    unit, count = str(found["unit"]), _count(found)
    day = _before(today, count, unit)
    return _one(day) if point else _around(day, unit)


def _past(found: _Found, today: date, point: bool) -> Days:  # noqa: ARG001, FBT001
    first = _before(today, _count(found), str(found["unit"])) + timedelta(days=1)
    return Days(first, today)


def _calendar_unit(found: _Found, today: date, point: bool) -> Days:  # noqa: ARG001, FBT001
    unit = str(found["unit"])
    if unit == "weekend":
        saturday = today - timedelta(days=today.weekday() - 5)
        if found["which"] == "last":
            saturday -= timedelta(days=7)
        return Days(saturday, saturday + timedelta(days=1))
    return _around(_before(today, 1 if found["which"] == "last" else 0, unit), unit)


def _month_of(found: _Found, today: date, point: bool) -> Days:  # noqa: ARG001, FBT001
    month = _month_number(str(found["month"]))
    if year := found["year"]:
        return _months(int(year), month, 1)
    return _latest(lambda year: _months(year, month, 1), today, found["which"])


def _season_of(found: _Found, today: date, point: bool) -> Days:  # noqa: ARG001, FBT001
    month = _SEASONS[str(found["season"])]
    if year := found["year"]:
        return _months(int(year), month, 3)
    return _latest(lambda year: _months(year, month, 3), today, found["which"])


def _day_of_month(found: _Found, today: date, point: bool) -> Days:  # noqa: ARG001, FBT001
    month, day = _month_number(str(found["month"])), int(str(found["day"]))
    if year := found["year"]:
        return _one(date(int(year), month, day))
    if (month, day) == (2, 29):
        leap = next(y for y in range(today.year, 0, -1) if _leap_day_is_past(y, today))
        return _one(date(leap, month, day))
    return _latest(lambda year: _one(date(year, month, day)), today, None)


def _weekday(found: _Found, today: date, point: bool) -> Days:  # noqa: ARG001, FBT001
    wanted = next(
        n for n, name in enumerate(_WEEKDAYS) if name.startswith(str(found["weekday"])[:3])
    )
    back = (today.weekday() - wanted) % 7
    if found["which"] == "last" and back == 0:
        back = 7
    return _one(today - timedelta(days=back))


def _leap_day_is_past(year: int, today: date) -> bool:
    return calendar.isleap(year) and date(year, 2, 29) <= today


def _latest(of_year: Callable[[int], Days], today: date, which: str | None) -> Days:
    """The latest that has begun; with "last", the latest that is over."""
    stretches = (of_year(year) for year in range(today.year, today.year - 3, -1))
    if which == "last":
        return next(each for each in stretches if each.last < today)
    return next(each for each in stretches if each.first <= today)


def _count(found: _Found) -> int:
    count = str(found["count"])
    return int(count) if count.isdecimal() else _NUMBERS[count]


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


def _month_number(name: str) -> int:
    return next(n for n, full in enumerate(_MONTHS) if n and full.startswith(name[:3]))


# compiled when a date is typed: every command begins by importing this
_FORMS: Final[tuple[tuple[str, _Read], ...]] = (
    (r"(?P<iso>\d{4}-\d{2}-\d{2})", _iso),
    (_YEAR, _year),
    (r"(?P<year>\d{4})-(?P<month>\d{2})", lambda f, _t, _p: _iso_month(f)),
    (r"(?P<name>today|yesterday|day before yesterday)", _relative),
    (rf"{_COUNT} {_UNIT} ago", _ago),
    (rf"(?:last|past) {_COUNT} {_UNIT}", _past),
    (rf"{_WHICH} (?P<unit>week|month|year|weekend)", _calendar_unit),
    (rf"(?:{_WHICH} )?{_MONTH}(?: (?:of )?{_YEAR})?", _month_of),
    (rf"(?:{_WHICH} )?{_SEASON}(?: (?:of )?{_YEAR})?", _season_of),
    (rf"{_DAY} (?:of )?{_MONTH}(?: {_YEAR})?", _day_of_month),
    (rf"{_MONTH} {_DAY}(?: {_YEAR})?", _day_of_month),
    (rf"(?:{_WHICH} )?{_WEEKDAY}", _weekday),
)


def _iso_month(found: _Found) -> Days:
    return _months(int(str(found["year"])), int(str(found["month"])), 1)
