"""Trends: silent where chance speaks, and under the least size."""

import random
from datetime import date, timedelta

from voicereflect.core.themes.trend import LEAST_ENTRIES, trends

START = date(2026, 1, 1)


def days(count: int) -> list[date]:
    return [START + timedelta(days=number) for number in range(count)]


def test_a_rise_that_everyone_sees_is_found() -> None:
    has = [number > 150 for number in range(300)]
    found = trends(days(300), {"risen": has, "never": [False] * 300})
    assert found.keys() == {"risen"}
    assert found["risen"].rising


def test_nothing_is_claimed_of_few_entries() -> None:
    count = LEAST_ENTRIES - 1
    has = [number > count // 2 for number in range(count)]
    assert trends(days(count), {"risen": has}) == {}


def test_shuffled_dates_have_few_trends() -> None:
    dice = random.Random(5)
    alarms = 0
    for _ in range(200):
        themes = {str(n): [dice.random() < 0.2 for _ in range(200)] for n in range(10)}
        alarms += bool(trends(days(200), themes))
    assert alarms <= 200 * 0.08


def test_more_entries_in_a_month_are_no_trend() -> None:
    dice = random.Random(6)
    on = sorted(START + timedelta(days=int(300 * dice.random() ** 0.3)) for _ in range(400))
    has = [number % 4 == 0 for number in range(400)]
    assert trends(on, {"steady": has}) == {}


def test_a_theme_in_all_or_no_entries_has_no_trend() -> None:
    assert trends(days(200), {"all": [True] * 200, "none": [False] * 200}) == {}
    assert trends([], {}) == {}
    assert trends([START] * 200, {"one day": [n % 2 == 0 for n in range(200)]}) == {}
