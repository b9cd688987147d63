"""Claims about when a recording was made."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicereflect.core.entry.recording_dates import from_name, from_person, from_tags
from voicereflect.errors import SettingsError

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=timezone(timedelta(hours=1)))
MORNING = datetime(2024, 5, 3, 10, 22)  # noqa: DTZ001 - the wall clock of wherever it was
MORNING_33 = MORNING.replace(second=33)
NOON = datetime(2024, 5, 3, 12)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("stem", "moment"),
    [
        ("2024-05-03 10.22", MORNING),
        ("2024-05-03 10:22", MORNING),
        ("2024-05-03T10:22:33", MORNING_33),
        ("2024.05.03 1:05 pm", MORNING.replace(hour=13, minute=5)),
        ("20240503_102233", MORNING_33),
        ("20240503102233", MORNING_33),
        ("20240503 102233-ABCD1234", MORNING_33),
        ("Recording 2024-05-03 10-22-33", MORNING_33),
        ("Recording_20240503_102233.hq", MORNING_33),
        ("VID_20240503_102233", MORNING_33),
        ("IMG-20240503-WA0001", NOON),
        ("PTT-20240503-WA0001", NOON),
        ("AUD-20240503-WA0001", NOON),
        ("WhatsApp Audio 2024-05-03 at 10.22.33", MORNING_33),
        ("WhatsApp Ptt 2024-05-03 at 10.22.33 PM", MORNING_33.replace(hour=22)),
        ("WhatsApp Audio 2024-05-03 at 12.22.33 AM", MORNING_33.replace(hour=0)),
        ("signal-2024-05-03-10-22-33-123", MORNING_33),
        ("audio_2024-05-03_10-22-33", MORNING_33),
        ("2024-05-03", NOON),
        ("2024-05-03 99.22", NOON),
    ],
)
def test_names_as_phones_and_messengers_write_them(stem: str, moment: datetime) -> None:
    assert from_name(stem) == moment


@pytest.mark.parametrize(
    "stem",
    ["New Recording 12", "Recording 2024", "2024-13-40", "2024-02-30", "12345678", "120240503", ""],
)
def test_a_name_without_a_date_tells_none(stem: str) -> None:
    assert from_name(stem) is None


@given(st.text(max_size=40))
def test_no_name_is_too_odd(stem: str) -> None:
    from_name(stem)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2089, 12, 31)))  # noqa: DTZ001
def test_every_date_and_time_is_found_again(moment: datetime) -> None:
    assert from_name(f"memo {moment:%Y-%m-%d %H.%M.%S}") == moment.replace(microsecond=0)
    assert from_name(f"{moment:%Y%m%d_%H%M%S}") == moment.replace(microsecond=0)


def test_a_container_tells_its_moment_in_utc() -> None:
    tags = {"creation_time": "2024-05-03T08:22:33.000000Z"}
    assert from_tags(tags, now=NOW) == datetime(2024, 5, 3, 8, 22, 33, tzinfo=UTC)


def test_the_offset_of_the_place_goes_before_utc() -> None:
    tags = {
        "creation_time": "2024-05-03T08:22:33Z",
        "com.apple.quicktime.creationdate": "2024-05-03T10:22:33+0200",
    }
    found = from_tags(tags, now=NOW)
    assert found is not None
    assert found.utcoffset() == timedelta(hours=2)


def test_broadcast_wav_parts_date_and_time() -> None:
    tags = {"date": "2024-05-03", "creation_time": "10:22:33"}
    assert from_tags(tags, now=NOW) == MORNING_33


@pytest.mark.parametrize(
    "told",
    [
        "1904-01-01T00:00:00Z",
        "1970-01-01T00:00:00Z",
        "2031-01-01T00:00:00Z",
        "2024",
        "2024-05-03",
        "2024-99-99T10:22:33",
        "once upon a time",
        "",
    ],
)
def test_a_moment_that_cannot_be_true_or_is_none_is_passed_over(told: str) -> None:
    assert from_tags({"creation_time": told, "date": told}, now=NOW) is None


@pytest.mark.parametrize(
    ("typed", "moment"), [("2024-05-03", NOON), (" 2024-05-03T10:22 ", MORNING)]
)
def test_a_person_types_a_date_or_a_moment(typed: str, moment: datetime) -> None:
    assert from_person(typed) == moment


@pytest.mark.parametrize("typed", ["", "tomorrow", "2024-13-01", "05/03/2024"])
def test_what_is_no_date_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(SettingsError, match="--date") as caught:
        from_person(typed)
    assert "2024-05-03" in caught.value.hint
