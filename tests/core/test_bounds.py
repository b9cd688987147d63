"""Claims about what a file may say at all, and that no reader of core answers with a crash."""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.mutations import INPUTS, NASTY, SLOWEST, mangled, other_values
from voicereflect.core.decks.file.reading import parse as parse_deck
from voicereflect.core.entry import refs
from voicereflect.core.entry.dates.dates_in_names import from_name
from voicereflect.core.entry.dates.recording_dates import from_person, from_tags
from voicereflect.core.entry.entries import with_answer
from voicereflect.core.entry.ids import second_of
from voicereflect.core.entry.page import entry_text, transcript_lines
from voicereflect.core.programme.reading import parse_programme
from voicereflect.core.safety import help_lines
from voicereflect.core.search.filters import line_of
from voicereflect.core.store import bounds, catalogue
from voicereflect.core.themes import claims, known, snapshot
from voicereflect.core.themes.clustering.tuning import Tuning
from voicereflect.errors import DeckError, EntryNotFound, EntryUnreadable, SettingsError
from voicereflect.model import Answer, Entry, Segment, Span, TakeInfo, Transcript, Word

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
ENTRY = Entry(
    id="20261122T083012Z-kzqv",
    started_at=NOW,
    deck="walks",
    edition=1,
    title="Walks",
    language="en",
    tags=("garden",),
    extra={"source": {"name": "a.wav"}, "mood": [1.5, "calm"]},
    answers=(Answer(number=1, speaker="me", prompt="walks/a", asked="What?", text="Rain."),),
)
PAGE = entry_text.render(ENTRY)
LINES = transcript_lines.take_line(
    TakeInfo(rate_hz=48_000, samples=10, aside=(Span(1, 2),))
) + transcript_lines.transcript_line(
    Transcript(
        model="base",
        language="en",
        made_at=NOW,
        segments=(
            Segment(
                words=(Word(text=" Rain.", start_s=0.5, end_s=1.0, probability=0.9),),
                avg_logprob=-0.2,
                no_speech=0.1,
            ),
        ),
    )
)
DECK = """format = 1
edition = 1
title = "Walks"
why = "Rain."
minutes = 5
depth = "light"
opening = ["May I ask?"]
closing = ["Is that all?"]
silence_s = 4
[[prompts]]
id = "a"
words = ["What did you see?"]
when = { baby = "" }
"""
PROGRAMME = """format = 1
edition = 1
title = "A year"
why = "Rain."
order = ["walks"]
[[facts]]
id = "child"
ask = "Is there a child?"
[[facts.choices]]
id = "yes"
say = "Yes."
"""
SEEDS = 'format = 1\n[themes.garden]\ntitle = "Garden"\nexamples = ["A.", "B."]\n'
HELP = """noted = 2026-01-01
[anywhere]
emergency = "112"
directory = "x"
directory_name = "y"
[countries.DE]
name = "Germany"
"""
Read = Callable[[str], Any]


def _page(text: str) -> None:
    entry = entry_text.parse(text, "entry.md")
    line_of(entry, "2026/11/x")
    json.dumps(entry.title.encode().decode())
    entry_text.parse(entry_text.render(with_answer(entry, ENTRY.answers[0])), "entry.md")


READERS: list[Any] = [
    pytest.param(PAGE, _page, EntryUnreadable, id="entry"),
    pytest.param(LINES, lambda t: transcript_lines.read(t, "x"), EntryUnreadable, id="transcript"),
    pytest.param(LINES, lambda t: transcript_lines.read_take(t, "x"), EntryUnreadable, id="take"),
    pytest.param(DECK, lambda t: parse_deck(t, "walks", "walks.toml"), DeckError, id="deck"),
    pytest.param(PROGRAMME, lambda t: parse_programme(t, "year"), DeckError, id="programme"),
    pytest.param(SEEDS, known.parse, SettingsError, id="seeds"),
    pytest.param(HELP, help_lines.parse_help_lines, SettingsError, id="help lines"),
    pytest.param("format = 1\nmodels = []\n", catalogue.parse, SettingsError, id="catalogue"),
]


@pytest.mark.parametrize(("sound", "read", "problem"), READERS)
@settings(max_examples=INPUTS, deadline=SLOWEST)
@given(data=st.data())
def test_a_mangled_file_is_one_problem_and_no_crash(
    sound: str, read: Read, problem: type[Exception], data: st.DataObject
) -> None:
    changed = data.draw(
        st.one_of(
            other_values(sound),
            mangled(sound.encode()).map(lambda each: each.decode("utf-8", "replace")),
        )
    )
    with suppress(problem):
        read(changed)


@pytest.mark.parametrize(("sound", "read", "problem"), READERS)
@pytest.mark.parametrize("nasty", NASTY)
def test_a_file_of_one_nasty_thing_is_one_problem(
    sound: str, read: Read, problem: type[Exception], nasty: str
) -> None:
    for text in (nasty, f"{sound}\n{nasty}\n", f"x = {nasty}\n{sound}"):
        with suppress(problem):
            read(text)


@given(st.one_of(mangled(b'{"format":1,"basis":"b","rows":{"d":[[0,0,500]]}}'), st.binary()))
def test_a_cache_that_is_mangled_is_made_again(data: bytes) -> None:
    assert claims.load(data, "b", ["garden"]).names == ["garden"]
    snapshot.rested_otherwise(data, "b")
    snapshot.load(data, "b", Tuning())


@given(st.one_of(st.text(), st.sampled_from(NASTY)))
def test_what_a_person_or_a_file_tells_of_dates_is_a_date_or_told(text: str) -> None:
    assert from_tags({"creation_time": text, "date": text}, now=NOW) is None or text
    assert from_name(text, now=NOW) is None or text
    with suppress(SettingsError):
        assert bounds.in_calendar(from_person(text))


@pytest.mark.parametrize("day", ["0001-01-01", "0999-12-31", "9999-12-31T23:59:59"])
def test_a_day_at_the_edge_of_the_calendar_is_refused(day: str) -> None:
    with pytest.raises(SettingsError):
        from_person(day)


@given(st.integers(10**9, 10**12))
def test_a_reference_to_no_imaginable_answer_is_told(number: int) -> None:
    for text in (f"last/{number}", f"last/1:{number}", f"-{number}", f"last/{'9' * 5000}"):
        with pytest.raises(EntryNotFound):
            refs.resolve(text, [ENTRY.id])


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("M\udcfcnchen 2019", "München 2019"),
        ("Zoë \udcfc", "Zoë ü"),
        ("\udc93quoted\udc94", "\u201cquoted\u201d"),
        ("\ud83d", "\ufffd"),
        ("plain 花園", "plain 花園"),
    ],
)
def test_a_name_that_is_no_unicode_becomes_readable(name: str, shown: str) -> None:
    assert bounds.readable(name) == shown


@given(st.binary())
def test_any_bytes_of_a_name_can_be_written(name: bytes) -> None:
    bounds.readable(name.decode("utf-8", "surrogateescape")).encode()


@pytest.mark.parametrize(
    "text",
    [
        *("", "kzqv", "../../escaped-fqkq", "/tmp/20261122T083012Z-kzqv", "20261122T083012Z-KZQV"),
        *("20261122T083012Z-kzqv\n", "99999999T999999Z-abcd", "20260230T000000Z-abcd"),
        *("00010101T000000Z-abcd", "99991231T235959Z-abcd", "\u0662" * 8 + "T083012Z-kzqv"),
    ],
)
def test_what_is_no_id_is_none(text: str) -> None:
    assert second_of(text) is None
    page = PAGE.replace(ENTRY.id, json.dumps(text))
    with pytest.raises(EntryUnreadable, match=r"line 3: `id`"):
        entry_text.parse(page, "entry.md")


def test_an_id_tells_its_second() -> None:
    assert second_of(ENTRY.id) == datetime(2026, 11, 22, 8, 30, 12, tzinfo=UTC)


@pytest.mark.parametrize("day", [date(1, 1, 1), datetime(9999, 12, 31, tzinfo=UTC)])
def test_a_value_out_of_the_calendar_is_found_however_deep(day: date) -> None:
    with pytest.raises(ValueError, match="a date beyond reason"):
        bounds.check({"a": [{"b": day}]})


def test_a_short_text_that_stands_for_endless_values_is_refused() -> None:
    value: list[Any] = ["x"]
    for _ in range(9):
        value = [value] * 9
    circle: list[Any] = []
    circle.append(circle)
    for each in (value, circle):
        with pytest.raises(ValueError, match="nested too deeply"):
            bounds.check(each)


@pytest.mark.parametrize("rate", ["0", "-1", "4294967296", "true", '"48000"', "1e400", "48000.5"])
def test_a_rate_that_no_sound_has_is_told(rate: str) -> None:
    with pytest.raises(EntryUnreadable, match="line 1"):
        transcript_lines.read_take(LINES.replace("48000", rate), "1.take.json")
