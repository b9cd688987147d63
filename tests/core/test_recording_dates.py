"""Claims about when a recording was made."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicereflect.core.entry.dates.dates_in_names import from_name
from voicereflect.core.entry.dates.recording_dates import Here, dated, from_person, from_tags
from voicereflect.errors import SettingsError

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=timezone(timedelta(hours=1)))
MORNING = datetime(2024, 5, 3, 10, 22)  # noqa: DTZ001 - the wall clock of wherever it was
MORNING_33 = MORNING.replace(second=33)
NOON = datetime(2024, 5, 3, 12)  # noqa: DTZ001


def read(name: str, now: datetime = NOW) -> datetime | None:
    found = from_name(name, now=now)
    return found and found[0]


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
    assert read(stem) == moment


@pytest.mark.parametrize(
    ("stem", "told"),
    [
        ("le 14 février 2023 maman", "2023-02-14T12:00:00"),
        ("1er mars 2024 à 14h30", "2024-03-01T14:30:00"),
        ("3 août 2024", "2024-08-03T12:00:00"),
        ("3 aou\u0302t 2024", "2024-08-03T12:00:00"),
        ("Aufnahme vom 3. Ma\u0308rz 2024", "2024-03-03T12:00:00"),
        ("14 de marzo de 2022", "2022-03-14T12:00:00"),
        ("Grabación 5 diciembre 2021", "2021-12-05T12:00:00"),
        ("12 gennaio 2020", "2020-01-12T12:00:00"),
        ("15 de fevereiro de 2024", "2024-02-15T12:00:00"),
        ("21 mei 2021", "2021-05-21T12:00:00"),
        ("den 3 augusti 2023", "2023-08-03T12:00:00"),
        ("5. juni 2023 kl. 14.30", "2023-06-05T14:30:00"),
        ("3 lutego 2023", "2023-02-03T12:00:00"),
        ("2024年8月15日 14時33分", "2024-08-15T14:33:00"),
        ("2024년 8월 15일", "2024-08-15T12:00:00"),
        ("2024-8-5", "2024-08-05T12:00:00"),
    ],
)
def test_names_as_people_write_them_in_their_languages(stem: str, told: str) -> None:
    found = read(stem)
    assert found is not None
    assert found.isoformat() == told


@pytest.mark.parametrize("stem", ["3 oranges 2024", "2024-13-5", "12 days 2023"])
def test_what_only_looks_like_a_date_is_none(stem: str) -> None:
    assert read(stem) is None


@pytest.mark.parametrize(
    ("stem", "told"),
    [
        ("1974-06-01 Grandma", "1974-06-01T12:00:00"),
        ("1979-12-31 Opa", "1979-12-31T12:00:00"),
        ("1900-01-01", "1900-01-01T12:00:00"),
        ("Voice 240815_143320", "2024-08-15T14:33:20"),
        ("240815_001", "2024-08-15T12:00:00"),
        ("15.08.2024 Mama", "2024-08-15T12:00:00"),
        ("15.8.24 14.33 Mama", "2024-08-15T14:33:00"),
        ("01.06.74", "1974-06-01T12:00:00"),
        ("Aug 15, 2024 at 2-33 PM", "2024-08-15T14:33:00"),
        ("15th of August 2024", "2024-08-15T12:00:00"),
        ("Memo 3. März 2019 um 14.33 Uhr", "2019-03-03T14:33:00"),
        ("7_Dez_2019", "2019-12-07T12:00:00"),
        ("2019 Oktober 7", "2019-10-07T12:00:00"),
        ("25-08-2024", "2024-08-25T12:00:00"),
        ("08-25-2024", "2024-08-25T12:00:00"),
        ("1723732400000", "2024-08-15T14:33:20+00:00"),
        ("20240815_143320.123+0200_in", "2024-08-15T14:33:20+02:00"),
        ("2024-08-15T14:33:20.m4a", "2024-08-15T14:33:20"),
    ],
)
def test_names_as_people_write_them(stem: str, told: str) -> None:
    found = read(stem)
    assert found is not None
    assert found.isoformat() == told


@pytest.mark.parametrize("stem", ["05-08-2024", "2027-01-01", "1850-01-01", "Maybe 12, 2019"])
def test_what_could_be_two_days_or_none_yet_is_no_date(stem: str) -> None:
    assert read(stem) is None


@pytest.mark.parametrize(
    "stem",
    ["New Recording 12", "Recording 2024", "2024-13-40", "2024-02-30", "12345678", "120240503", ""],
)
def test_a_name_without_a_date_tells_none(stem: str) -> None:
    assert read(stem) is None


@given(st.text(max_size=40))
def test_no_name_is_too_odd(stem: str) -> None:
    read(stem)


@given(st.datetimes(datetime(1900, 1, 1), datetime(2089, 12, 31)))  # noqa: DTZ001
def test_every_date_and_time_is_found_again(moment: datetime) -> None:
    for name in (f"memo {moment:%Y-%m-%d %H.%M.%S}", f"{moment:%Y%m%d_%H%M%S}"):
        assert read(name, now=NOW.replace(year=2090)) == moment.replace(microsecond=0)


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


PLACE = "2024-08-15T23:30:00+0900"


@pytest.mark.parametrize(
    ("wished", "name", "tags", "told", "by"),
    [
        (
            "1987-06-01",
            "2024-05-03.m4a",
            {"creation_time": "2026-01-01T08:00:00Z"},
            "1987-06-01T12:00:00+01:00",
            "--date",
        ),
        ("1987-06-01T10:00+09:00", "a.m4a", {}, "1987-06-01T10:00:00+09:00", "--date"),
        (
            None,
            "1987-06-01 tape.m4a",
            {"creation_time": "2026-01-01T08:00:00Z"},
            "1987-06-01T12:00:00+01:00",
            "file name",
        ),
        (
            None,
            "a.mov",
            {"com.apple.quicktime.creationdate": PLACE},
            "2024-08-15T23:30:00+09:00",
            "metadata",
        ),
        (
            None,
            "2024-08-15 23.30.mov",
            {"com.apple.quicktime.creationdate": PLACE},
            "2024-08-15T23:30:00+09:00",
            "file name",
        ),
        (
            None,
            "2024-05-03 Mama.m4a",
            {"creation_time": "2024-05-03T08:22:33Z"},
            "2024-05-03T09:22:33+01:00",
            "metadata",
        ),
        (
            None,
            "a.m4a",
            {"creation_time": "1974-05-03T08:22:33Z"},
            "1974-05-03T09:22:33+01:00",
            "metadata",
        ),
        (
            None,
            "a.m4a",
            {"creation_time": "1980-01-01T00:00:00Z"},
            "2020-01-01T01:00:00+01:00",
            "last change of the file",
        ),
    ],
)
def test_the_person_goes_before_the_name_and_that_before_metadata(
    wished: str | None, name: str, tags: dict[str, str], told: str, by: str
) -> None:
    zone = timezone(timedelta(hours=1))
    found = dated(
        wished=from_person(wished) if wished else None,
        name=name,
        tags=tags,
        changed_at=datetime(2020, 1, 1, tzinfo=UTC),
        here=Here(
            now=NOW,
            in_zone=lambda at: at.astimezone(zone) if at.tzinfo else at.replace(tzinfo=zone),
        ),
    )
    assert (found.moment.isoformat(), found.by) == (told, by)
