"""Claims about dates in plain words."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from voicereflect.core.search.dates import Days, days, same_day_before
from voicereflect.errors import SettingsError

SUNDAY = date(2026, 11, 22)
DAYS = st.dates(date(1950, 1, 1), date(2100, 1, 1))
PAST = st.sampled_from(
    [
        "yesterday",
        "last week",
        "last month",
        "last year",
        "last spring",
        "last winter",
        "last monday",
        "two weeks ago",
        "a year ago",
        "last weekend",
        "in march",
        "winter",
        "3 nov",
        "29 february",
        "the last three months",
        "sept",
        "last december",
    ]
)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("today", "2026-11-22", "2026-11-22"),
        ("Yesterday", "2026-11-21", "2026-11-21"),
        ("the day before yesterday", "2026-11-20", "2026-11-20"),
        ("three days ago", "2026-11-19", "2026-11-19"),
        ("two weeks ago", "2026-11-02", "2026-11-08"),
        ("a month ago", "2026-10-01", "2026-10-31"),
        ("2 years ago", "2024-01-01", "2024-12-31"),
        ("last week", "2026-11-09", "2026-11-15"),
        ("this week", "2026-11-16", "2026-11-22"),
        ("last weekend", "2026-11-14", "2026-11-15"),
        ("last month", "2026-10-01", "2026-10-31"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("the last two weeks", "2026-11-09", "2026-11-22"),
        ("past 3 months", "2026-08-23", "2026-11-22"),
        ("last spring", "2026-03-01", "2026-05-31"),
        ("in spring", "2026-03-01", "2026-05-31"),
        ("last autumn", "2025-09-01", "2025-11-30"),
        ("this fall", "2026-09-01", "2026-11-30"),
        ("last winter", "2025-12-01", "2026-02-28"),
        ("winter 2023", "2023-12-01", "2024-02-29"),
        ("in March", "2026-03-01", "2026-03-31"),
        ("in December", "2025-12-01", "2025-12-31"),
        ("November", "2026-11-01", "2026-11-30"),
        ("last November", "2025-11-01", "2025-11-30"),
        ("March 2020", "2020-03-01", "2020-03-31"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-11-03", "2026-11-03", "2026-11-03"),
        ("3 November", "2026-11-03", "2026-11-03"),
        ("December 24th", "2025-12-24", "2025-12-24"),
        ("3rd of Nov. 2019", "2019-11-03", "2019-11-03"),
        ("on Monday", "2026-11-16", "2026-11-16"),
        ("last Sunday", "2026-11-15", "2026-11-15"),
    ],
)
def test_words_mean_days(words: str, first: str, last: str) -> None:
    assert days(words, SUNDAY) == Days(date.fromisoformat(first), date.fromisoformat(last))


def test_so_long_ago_as_a_beginning_is_that_very_day() -> None:
    assert days("two weeks ago", SUNDAY, point=True).first == date(2026, 11, 8)
    assert days("a year ago", SUNDAY, point=True).last == date(2025, 11, 22)


@pytest.mark.parametrize(
    "words", ["", "soon", "31 february", "2024-13-01", "13 of 2024", "0 months", "last", "0000"]
)
def test_other_words_are_refused_with_examples(words: str) -> None:
    with pytest.raises(SettingsError) as caught:
        days(words, SUNDAY)
    assert "last spring" in caught.value.hint


@given(DAYS)
def test_a_day_written_out_is_that_day(day: date) -> None:
    today = day + timedelta(days=40)
    for words in (
        day.isoformat(),
        f"{day.day} {day:%B} {day.year}",
        f"{day:%b} {day.day}, {day.year}",
    ):
        assert days(words, today) == Days(day, day)


@given(PAST, DAYS, st.booleans())
def test_a_stretch_begins_before_it_ends_and_not_after_today(
    words: str,
    today: date,
    point: bool,  # noqa: FBT001
) -> None:
    found = days(words, today, point=point)
    assert found.first <= found.last
    assert found.first <= today


@given(PAST.filter(lambda words: words.startswith("last ")), DAYS)
def test_the_last_one_is_over(words: str, today: date) -> None:
    assert days(words, today).last < today


@given(st.text(max_size=30) | PAST, DAYS)
@example("YESTERDAY", date(2000, 2, 29))
def test_whatever_is_typed_is_a_date_or_a_usage_error(words: str, today: date) -> None:
    with suppress(SettingsError):
        assert days(words, today).first <= date.max


@given(DAYS)
def test_today_looks_back_on_the_same_day_of_every_year(today: date) -> None:
    found = same_day_before(today, date(today.year - 3, 1, 1))
    assert {day.year for day in found} >= {today.year - 1, today.year - 2, today.year - 3}
    assert all(day < today for day in found)
    assert list(found) == sorted(found, reverse=True)


def test_a_leap_day_is_not_lost() -> None:
    assert date(2024, 2, 29) in same_day_before(date(2026, 2, 28), date(2020, 1, 1))
    assert date(2025, 2, 28) in same_day_before(date(2028, 2, 29), date(2020, 1, 1))
