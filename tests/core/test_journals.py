"""What other programs wrote, as entries: dates, tags, sounds, and whatever is broken in it."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.test_entry_text import entries
from voicereflect.core.entry.dates.recording_dates import Here
from voicereflect.core.entry.page import entry_text
from voicereflect.core.exchange import records as written
from voicereflect.core.exchange.values import Leaving
from voicereflect.core.journals import cues, dayone, jrnl, obsidian, plain, records
from voicereflect.core.journals.values import (
    Arrival,
    ForeignText,
    Found,
    NotTaken,
    once_each,
    title_of,
)
from voicereflect.errors import JournalUnreadable
from voicereflect.model import IMPORTED, AnswerState, Entry

ZONE = timezone(timedelta(hours=2))
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=ZONE)
HERE = Here(
    now=NOW, in_zone=lambda at: at.astimezone(ZONE) if at.tzinfo else at.replace(tzinfo=ZONE)
)
AUDIO = {"identifier": "A" * 32, "md5": "f" * 32, "format": "aac", "orderInEntry": 1}
DAY = {"uuid": "U" * 32, "creationDate": "2024-04-16T23:00:00Z", "timeZone": "Europe/Dublin"}


def page(text: str, name: str = "journal.json") -> ForeignText:
    return ForeignText(name, text, NOW)


def day_one(*entries: Any, names: tuple[str, ...] = ()) -> list[Found]:
    whole = page(json.dumps({"metadata": {"version": "1.0"}, "entries": entries}))
    return list(dayone.read(whole, names, HERE, ZoneInfo))


def one(found: list[Found]) -> Arrival:
    (arrival,) = found
    assert isinstance(arrival, Arrival)
    return arrival


def words(arrival: Arrival) -> str:
    return arrival.entry.answers[0].text


def test_an_entry_of_jrnl_has_its_minute_its_tags_and_all_its_words() -> None:
    entry = {
        "title": "Started running again.",
        "body": "3 km this morning.",
        "date": "2024-01-10",
        "time": "07:30",
        "tags": ["@health"],
        "starred": True,
    }
    found = one(list(jrnl.read(page(json.dumps({"tags": {}, "entries": [entry]})), HERE)))
    assert found.entry.started_at == datetime(2024, 1, 10, 7, 30, tzinfo=ZONE)
    assert found.entry.tags == ("health", "starred")
    assert words(found) == "Started running again.\n\n3 km this morning."
    (answer,) = found.entry.answers
    assert (answer.how, answer.state, answer.machine_hash) == (IMPORTED, AnswerState.DONE, "")
    assert found.entry.source is not None
    assert (found.entry.source.program, found.entry.source.name) == ("jrnl", "journal.json")


def test_the_text_of_jrnl_is_read_as_well() -> None:
    text = "[2024-01-10 07:30:00 PM] Ran. *\nFelt @terrible.\n\n[2024-13-01 10:00] No.\n"
    ran, lost = jrnl.read(page(text, "journal.txt"), HERE)
    assert isinstance(ran, Arrival)
    assert ran.entry.started_at.hour == 19
    assert ran.entry.tags == ("terrible", "starred")
    assert words(ran) == "Ran.\nFelt @terrible."
    assert lost == NotTaken("journal.txt, line 4: an entry is left out: no such date.")


def test_a_whole_day_is_its_day_by_the_clock_of_the_place() -> None:
    found = one(day_one({**DAY, "text": "Slept.", "isAllDay": True, "tags": ["a b"]}))
    assert found.entry.started_at.isoformat() == "2024-04-17T12:00:00+01:00"
    assert found.entry.tags == ("a-b",)


def test_what_day_one_puts_before_punctuation_goes_but_not_in_code() -> None:
    found = one(day_one({**DAY, "text": "Well\\-known\\. `a\\.b`\n```\nc\\.d\n```"}))
    assert words(found) == "Well-known. `a\\.b`\n```\nc\\.d\n```"


def test_a_recording_is_an_answer_and_a_photo_lies_beside() -> None:
    photos = [{"identifier": "B" * 32, "md5": "e" * 32}, {"identifier": "C" * 32, "md5": "d" * 32}]
    text = f"![](dayone-moment:/audio/{'A' * 32})Here ![](dayone-moment://{'B' * 32})!"
    names = (f"audios/{'f' * 32}.m4a", f"photos/{'e' * 32}.jpeg")
    given = {**DAY, "text": text, "audios": [AUDIO], "photos": photos}
    found = one(day_one(given, names=names))
    assert found.sounds == {2: names[0]}
    assert found.files == {f"{'e' * 32}.jpeg": names[1]}
    assert words(found) == f"Here ![]({'e' * 32}.jpeg)!"
    assert found.entry.source is not None
    assert found.entry.source.left_out == "Not in the export: 1 photo."


def test_an_entry_without_text_has_that_of_its_rich_text() -> None:
    rich = json.dumps({"contents": [{"text": "One"}, {"embeddedObjects": []}, {"text": " two"}]})
    assert words(one(day_one({**DAY, "richText": rich}))) == "One two"


@pytest.mark.parametrize(
    "bad",
    [
        *(None, 7, "text", {}, {**DAY, "text": {"a": 1}}, {**DAY, "creationDate": "soon"}),
        *({**DAY, "text": ""}, {**DAY, "text": "secret \ud83d"}, {**DAY, "richText": "{"}),
        {**DAY, "audios": [{"md5": "../../etc/passwd"}, 4, None], "text": ""},
        {"text": "no date"},
    ],
)
def test_a_bad_entry_is_told_without_its_words_and_harms_no_other(bad: Any) -> None:
    told, good = day_one(bad, {**DAY, "text": "Good."})
    assert isinstance(told, NotTaken)
    assert "secret" not in told.what
    assert words(one([good])) == "Good."


def test_the_plain_text_of_day_one_is_parted_at_its_dates() -> None:
    text = "before\n\n\tDate:\t15 January 2024\n\nSun.\n\n\tDate:\tone day\n\nNo.\n"
    sun, lost = dayone.read(page(text, "a.txt"), (), HERE, ZoneInfo)
    assert isinstance(sun, Arrival)
    assert sun.entry.started_at.isoformat() == "2024-01-15T12:00:00+02:00"
    assert words(sun) == "Sun."
    assert isinstance(lost, NotTaken)


def test_a_note_has_its_properties_its_tags_and_its_recordings() -> None:
    text = "---\ntags: [garden, 'two words']\n---\n# Peas\n![[memo.m4a|x]] and ![[a.png]] #rain\n"
    names = ["media/memo.m4a", "media/a.png", "2024-05-03 Peas.md"]
    found = one([obsidian.read(page(text, "2024-05-03 Peas.md"), names, HERE)])
    assert found.entry.tags == ("garden", "two-words", "rain")
    assert found.sounds == {2: "media/memo.m4a"}
    assert found.files == {"a.png": "media/a.png"}
    assert words(found) == "# Peas\n and ![[a.png]] #rain"
    assert found.entry.title == "Peas"


def test_a_note_without_a_date_is_left_out_and_a_property_goes_before_the_name() -> None:
    assert isinstance(obsidian.read(page("Recipe", "Bread.md"), [], HERE), NotTaken)
    dated = obsidian.read(page("---\ndate: 2020-02-01\n---\nx", "2024-05-03.md"), [], HERE)
    assert one([dated]).entry.started_at.year == 2020
    hostile = page("---\na: [[[[\n---\nx", "2024-05-03.md")
    assert isinstance(obsidian.read(hostile, [], HERE), NotTaken)


def test_a_text_is_dated_by_its_name_or_its_last_change() -> None:
    named = one([plain.read(page("Snow.", "sub/2019-02-03.txt"), HERE)])
    assert named.entry.started_at.isoformat() == "2019-02-03T12:00:00+02:00"
    other = one([plain.read(page("Snow.", "a.txt"), HERE)])
    assert other.entry.started_at == NOW
    assert isinstance(plain.read(page("  \n", "a.txt"), HERE), NotTaken)


def test_an_entry_stays_within_what_can_be_read_again() -> None:
    assert isinstance(plain.read(page("x" * ((1 << 25) + 1), "a.txt"), HERE), NotTaken)
    found = one(day_one({**DAY, "text": "Slept.", "tags": [f"t{n}" for n in range(201)]}))
    assert len(found.entry.tags) == 200
    assert found.entry.source is not None
    assert found.entry.source.left_out == "Of its 201 tags the first 200 are kept."


def test_a_recording_that_is_named_twice_is_one_answer() -> None:
    names = (f"audios/{'f' * 32}.m4a",)
    assert one(day_one({**DAY, "audios": [AUDIO, AUDIO]}, names=names)).sounds == {1: names[0]}


def test_the_same_twice_is_one_and_a_double() -> None:
    found = [plain.read(page("Snow.", "a.txt"), HERE)] * 2
    assert [double for _, double in once_each(found, lambda _: False)] == [False, True]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("## Peas, *and* beans\nmore", "Peas, *and* beans"),
        ("---\n\n> - \nFirst words", "First words"),
        ("", ""),
        ("one " * 30, "one one one one one one one one one one one …"),
        ("x" * 90, "x" * 44 + " …"),
    ],
)
def test_a_title_is_the_first_words(text: str, title: str) -> None:
    assert title_of(text) == title


def reading(text: str) -> dict[str, Callable[[], Iterator[Found]]]:
    return {
        "jrnl": lambda: jrnl.read(page(text), HERE),
        "dayone": lambda: dayone.read(page(text), (), HERE, lambda _: UTC),
        "obsidian": lambda: iter([obsidian.read(page(text, "2024-05-03.md"), [], HERE)]),
        "text": lambda: iter([plain.read(page(text, "2024-05-03.md"), HERE)]),
        "json": lambda: records.read(page(text), []),
        "jsonl": lambda: records.read(page(text, "a.jsonl"), []),
    }


def check_hostile(text: str) -> None:
    for read in reading(text).values():
        found: list[Found] = []
        with suppress(JournalUnreadable):
            found = list(read())
        for each in found:
            if isinstance(each, Arrival) and not each.entry.id:
                page_of = entry_text.render(each.entry)
                assert each.entry.answers
                assert page_of.startswith("---\n")


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8) | st.just("2024-05-03"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["entries", "text", "date", "time", "title", "body", "tags", "audios", "uuid"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=30)
@given(
    text=st.text(max_size=60)
    | _JSON.map(json.dumps)
    | _JSON.map(lambda v: json.dumps({"entries": [v]}))
)
def test_nothing_that_a_file_holds_is_more_than_one_line(text: str) -> None:
    check_hostile(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "[" * 100_000, '{"entries": ' + "[" * 100_000, '{"entries": {}}', "null"),
        '{"entries": [' + "9" * 5_000 + "]}",
        "---\n" + "a: &a [x]\n" * 3 + "b: [*a, *a]\n---\n",
        "\tDate:\t\n\tDate:\t" + "9" * 400,
        "[9999-99-99 99:99] x",
        # each would take minutes if it were looked through for every part
        *(part * 10_000 for part in ("![", "![](dayone-moment:", "![[a|", "![](<a", "<", "` ")),
        *(part * 10_000 for part in ("[2024-13-01 10:00] x\n", "\tDate:\tx\n")),
    ],
    ids=lambda text: text[:20],
)
def test_hostile_files_are_one_line(text: str) -> None:
    check_hostile(text)


@settings(max_examples=15)
@given(entry=entries())
def test_our_own_json_is_the_same_entry_again(entry: Entry) -> None:
    leaving = Leaving(entry=entry, transcripts={}, words={})
    for name, text in (
        ("e.json", "".join(written.whole([leaving]))),
        ("e.jsonl", written.line(leaving)),
    ):
        found = one(list(records.read(page(text, name), [])))
        assert found.entry == entry
        assert entry_text.render(found.entry) == entry_text.render(entry)


VTT = """\ufeffWEBVTT - a film

STYLE
::cue { color: red }

NOTE of somebody
00:00.000 --> 00:09.000

1
00:00.500 --> 00:01.500 align:left
<v Ruth>Well &amp; good</v>

broken --> 00:02.000
Not this.

01:00:02,000 --> 01:00:03,000
<00:02.500>Then
this.
"""


def test_cues_are_read_past_whatever_is_broken() -> None:
    found = list(cues.cues(VTT))
    assert [(each.start_s, each.end_s, " ".join(each.words)) for each in found] == [
        (0.5, 1.5, "Well & good"),
        (3602.0, 3603.0, "Then this."),
    ]


def test_a_transcript_that_exists_says_where_it_is_from_and_shares_out_its_times() -> None:
    made = cues.transcript("ab c abc", "a.txt", length_s=6.0, language="en", made_at=NOW)
    assert made is not None
    assert (made.model, made.text) == ("file a.txt", "ab c abc")
    assert [(w.start_s, w.end_s) for w in made.segments[0].words] == [(0, 2), (2, 3), (3, 6)]
    assert cues.transcript("WEBVTT\n", "a.vtt", length_s=1, language="en", made_at=NOW) is None


@settings(max_examples=30)
@given(text=st.text(alphabet="0123456789:.,-> \nab<&;", max_size=120))
def test_no_subtitle_is_too_broken(text: str) -> None:
    for each in cues.cues(text):
        assert each.words
        assert 0 <= each.start_s <= each.end_s
