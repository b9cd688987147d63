"""The moment in a file's name, as phones, recorders, messengers and people write it.

A moment without a zone is the wall clock of wherever it was recorded. Where a day and a month
could be either, the name tells nothing.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone

from voicereflect.core.entry.dates.months import month_of

NOON = time(12)
"""Stands for a time that is not known."""
_AHEAD = timedelta(days=1)
_MONTH = r"(?P<word>[^\W\d_]{3,12})\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_TWO = r"(?P<two>\d\d)"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])"
_TIME = r"""
    (?: (?:[T_, -]+|,?\s+(?:at|um|kl\.?|à|om|alle|a\slas|às)\s+)?
        (?P<hour>\d{1,2}) (?P<tick>[-.:_h]?|[时時시]\s?) (?P<minute>[0-5]\d)
        (?: [-.:_]? (?P<second>[0-5]\d)
            (?: (?: [.,]\d{1,6} )? (?P<zone> Z | [+-](?:0\d|1[0-4]):?(?:00|15|30|45) ) (?!\d) )?
        )? (?!\d)
        (?: \s* (?P<half>[ap])\.?m\b )?
    )?"""


def _form(day: str) -> re.Pattern[str]:
    return re.compile(rf"{day}{_TIME}", re.VERBOSE | re.IGNORECASE)


_FORMS = (
    _form(
        rf"""(?<!\d) {_YEAR} (?P<sep>[-._ ]?) (?P<month>0[1-9]|1[0-2]) (?P=sep)
        (?P<day>0[1-9]|[12]\d|3[01]) (?= \D | $ | \d{{6}}(?!\d) )"""
    ),
    _form(
        rf"""(?<![^\W_]) {_DAY} (?:\.|st|nd|rd|th|er|o)? [\s_-]* (?:(?:of|de)\s+)?
        {_MONTH} [,\s_-]* (?:de\s+)? {_YEAR} (?!\d)"""
    ),
    _form(rf"(?<![^\W\d_]) {_MONTH} [\s_-]* {_DAY} (?:st|nd|rd|th)? [,\s_-]+ {_YEAR} (?!\d)"),
    _form(rf"(?<!\d) {_YEAR} [\s_-]+ {_MONTH} [\s_-]* {_DAY} (?!\d)"),
    _form(rf"(?<!\d) {_YEAR} [年년] \s? (?P<month>1[0-2]|0?[1-9]) [月월] \s? {_DAY} [日일]"),
    _form(rf"(?<!\d) {_YEAR} (?P<sep>[-._]) (?P<month>1[0-2]|0?[1-9]) (?P=sep) {_DAY} (?!\d)"),
    _form(rf"(?<![\d.]) {_DAY} \.\s? (?P<month>1[0-2]|0?[1-9]) \.\s? (?:{_YEAR}|{_TWO}) (?!\d)"),
    _form(rf"(?<!\d) (?P<one>\d\d) [-_] (?P<other>\d\d) [-_] {_YEAR} (?!\d)"),
    _form(
        rf"""(?<!\d) {_TWO} (?P<month>0[1-9]|1[0-2]) (?P<day>0[1-9]|[12]\d|3[01])
        (?= [-_]\d{{3,6}}(?!\d) )"""
    ),
)
_EPOCH_MS = re.compile(r"(?<!\d)(1\d{12})(?!\d)")


def from_name(name: str, *, now: datetime) -> tuple[datetime, bool] | None:
    """Find the moment in a file's name, and whether the name tells its time of day.

    Without one it is noon. What would be in the future is no date.
    """
    # a Mac writes letters and their marks apart
    for found in _candidates(unicodedata.normalize("NFKC", name)):
        day = _day(found, now.year)
        if day is None or day > (now + _AHEAD).date():
            continue
        clock = _clock(found)
        moment = datetime.combine(day, clock or NOON)
        return moment.replace(tzinfo=_zone(found) if clock else None), clock is not None
    return _since_1970(name, now)


def _candidates(name: str) -> Iterator[re.Match[str]]:
    for form in _FORMS:
        yield from form.finditer(name)


def _since_1970(name: str, now: datetime) -> tuple[datetime, bool] | None:
    """Read milliseconds since 1970, as messengers number what they send."""
    for found in _EPOCH_MS.finditer(name):
        moment = datetime.fromtimestamp(int(found[1]) // 1000, UTC)
        if moment <= now + _AHEAD:
            return moment, True
    return None


def _day(found: re.Match[str], this_year: int) -> date | None:
    told = {key: value for key, value in found.groupdict().items() if value}
    month, day = told.get("month", ""), told.get("day", "")
    if "word" in told:
        month = str(month_of(told["word"]) or "")
    if "one" in told:
        day, month = told["one"], told["other"]
        if int(month) > 12:
            day, month = month, day
        elif int(day) <= 12 and day != month:
            return None
    if not month:
        return None
    year = int(told["year"]) if "year" in told else _full(int(told["two"]), this_year)
    try:
        return date(year, int(month), int(day))
    except ValueError:
        return None


def _full(two: int, this_year: int) -> int:
    """Give the last year that ends in these two digits."""
    return this_year - (this_year - two) % 100


def _clock(found: re.Match[str]) -> time | None:
    if found["hour"] is None or (len(found["hour"]) == 1 and not found["tick"]):
        return None
    hour = int(found["hour"])
    if half := found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    if hour > 23:
        return None
    return time(hour, int(found["minute"]), int(found["second"] or 0))


def _zone(found: re.Match[str]) -> timezone | None:
    text = found["zone"]
    if text is None or text.upper() == "Z":
        return UTC if text else None
    hours, minutes = int(text[1:3]), int(text[-2:])
    return timezone((-1 if text[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes))
