"""Claims about names of entries."""

import random
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicereflect.core.entry.ids import ID_PATTERN, day_of, folder_name, new_id, slug
from voicereflect.model import Entry

CET = timezone(timedelta(hours=1))
MORNING = datetime(2026, 11, 22, 9, 30, 12, tzinfo=CET)


def entry(deck: str = "her-biography", started_at: datetime = MORNING) -> Entry:
    entry_id = new_id(started_at, random.Random(1))
    return Entry(id=entry_id, started_at=started_at, deck=deck, edition=1, title="T", language="en")


def test_an_id_is_the_utc_second_and_four_letters() -> None:
    made = new_id(MORNING, random.Random(7))
    assert made.startswith("20261122T083012Z-")
    assert ID_PATTERN.fullmatch(made)


def test_the_same_dice_give_the_same_id() -> None:
    assert new_id(MORNING, random.Random(3)) == new_id(MORNING, random.Random(3))


def test_different_dice_tell_two_sessions_of_one_second_apart() -> None:
    made = {new_id(MORNING, random.Random(seed)) for seed in range(50)}
    assert len(made) == 50


def test_ids_sort_by_time_across_offsets() -> None:
    earlier = new_id(datetime(2026, 11, 22, 23, 0, tzinfo=CET), random.Random(1))
    later = new_id(datetime(2026, 11, 22, 22, 30, tzinfo=UTC), random.Random(2))
    assert earlier < later


def test_a_folder_shows_local_time_deck_and_letters() -> None:
    made = entry()
    assert folder_name(made) == f"2026-11-22T0930-her-biography-{made.id[-4:]}"


@pytest.mark.parametrize(
    ("deck", "part"),
    [
        ("her-biography", "her-biography"),
        ("Größe & Mut", "groe-mut"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "con"),
        ("心", "entry"),
        ("", "entry"),
        ("a" * 90, "a" * 40),
        ("a" * 39 + " b", "a" * 39),
    ],
)
def test_any_deck_name_becomes_a_plain_part(deck: str, part: str) -> None:
    assert slug(deck) == part


@given(st.text())
def test_a_folder_name_never_leaves_its_folder(deck: str) -> None:
    name = folder_name(entry(deck))
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-T")
    assert len(name) <= 64


@pytest.mark.parametrize(
    ("hour", "minute", "day"),
    [(3, 59, date(2026, 11, 21)), (4, 0, date(2026, 11, 22)), (23, 59, date(2026, 11, 22))],
)
def test_a_day_begins_at_four_by_the_entrys_own_offset(hour: int, minute: int, day: date) -> None:
    for hours in (-11, 0, 14):
        zone = timezone(timedelta(hours=hours))
        assert day_of(datetime(2026, 11, 22, hour, minute, tzinfo=zone)) == day
