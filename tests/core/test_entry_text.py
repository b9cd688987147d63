"""Claims about the text of `entry.md`: nothing is lost on the way there or back."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from voicereflect.core.entry.page import entry_fields, front_matter
from voicereflect.core.entry.page.entry_text import canonical, decode, parse, render, text_hash
from voicereflect.core.entry.page.further_keys import OF_ANSWER, OF_ENTRY
from voicereflect.core.store.bounds import FIRST_YEAR, LAST_YEAR
from voicereflect.errors import EntryUnreadable
from voicereflect.model import Answer, AnswerState, Consent, Entry, Picked, Source

CALENDAR = (datetime(FIRST_YEAR, 1, 1), datetime(LAST_YEAR, 12, 31))  # noqa: DTZ001
ASKED = "What do you know of the day she was born?"
WHERE = "entry.md"

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
awkward = st.sampled_from(
    [
        "---",
        "...",
        "```",
        "<!-- answer 1 -->",
        "  <!--answer 2-->  ",
        "\\<!-- answer 1 -->",
        "\\\\<!-- answer 12 -->",
        f"### {ASKED}",
        "# Her biography",
        "",
        "  two spaces  ",
        "\u202eright to left\u202c שלום",
        "🙂 👩‍👧",
        "\x0b\x0c\x1b[31m",
        "\ufeff",
        "a\u2028b\x85c",
        "format: 2",
        "id: x",
    ]
)
texts = st.lists(st.one_of(awkward, words), max_size=6).map("\n".join).map(canonical)
hashes = st.one_of(st.just(""), st.just(text_hash("x")))
finite = st.floats(allow_nan=False, allow_infinity=False)
values: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
        words,
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(words.filter(bool), inner, max_size=3)
    ),
    max_leaves=5,
)
KNOWN = {
    *("format", "id", "started", "deck", "edition", "title", "language", "tags", "speakers"),
    *("answers", "number", "speaker", "prompt", "asked", "duration_s", "state", "machine_hash"),
}
keys = st.one_of(st.sampled_from(["mood", "2026-11-22", "aliases"]), words).filter(
    lambda key: key not in {*KNOWN, *OF_ENTRY, *OF_ANSWER, "<<"}
)
zones = st.integers(-23 * 60, 23 * 60).map(lambda m: timezone(timedelta(minutes=m)))

lines = st.lists(words, max_size=2).map(tuple)
consents = st.builds(
    Consent,
    kept=st.booleans(),
    themes=st.booleans(),
    sayback=st.booleans(),
    withdrawn=st.sampled_from(["", "2026-11-24T10:00:00+01:00"]),
)
FURTHER = (*OF_ENTRY, *OF_ANSWER)
by_hand: st.SearchStrategy[Any] = st.one_of(
    values,
    st.booleans(),
    st.lists(words | finite, max_size=2),
    st.dictionaries(words, st.one_of(values, st.just({"kept": True, "x": 1})), max_size=2),
    st.just({"name": "a.wav", "sha256": "0", "dated_by": "--date"}),
)


@st.composite
def answers(draw: st.DrawFn, number: int) -> Answer:
    return Answer(
        number=number,
        speaker=draw(words.filter(bool)),
        prompt=draw(words),
        asked=draw(st.one_of(st.just(ASKED), words)),
        duration_s=draw(st.floats(0, 1e6)),
        state=draw(st.sampled_from(AnswerState)),
        text=draw(texts),
        machine_hash=draw(hashes),
        confirmed=draw(lines),
        weighed=draw(lines),
        picked=draw(st.none() | st.builds(Picked, id=words, words=words)),
        extra=draw(st.dictionaries(keys, values, max_size=2)),
    )


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    made = tuple(draw(answers(number)) for number in range(1, draw(st.integers(0, 3)) + 1))
    extra = draw(st.dictionaries(keys, values, max_size=2))
    return Entry(
        id="20261122T083012Z-kzqv",
        started_at=draw(st.datetimes(*CALENDAR, timezones=zones)),
        deck=draw(words),
        edition=draw(st.integers(0, 99)),
        title=draw(st.one_of(st.just("Her biography"), words)),
        language=draw(words),
        tags=tuple(draw(st.lists(words, max_size=3))),
        speakers=tuple(draw(st.lists(words, min_size=1, max_size=2))),
        answers=made,
        note=draw(texts),
        undecided=draw(st.booleans()),
        closed=draw(st.booleans()),
        source=draw(st.none() | st.builds(Source, name=words, sha256=words, dated_by=words)),
        consent=draw(st.dictionaries(words, consents, max_size=2)),
        extra=extra,
    )


def an_entry(*said: str) -> Entry:
    return Entry(
        id="20261122T083012Z-kzqv",
        started_at=datetime(2026, 11, 22, 9, 30, 12, tzinfo=timezone(timedelta(hours=1))),
        deck="her-biography",
        edition=1,
        title="Her biography",
        language="en",
        answers=tuple(
            Answer(
                number=number,
                speaker="me",
                prompt="her-biography/birth",
                asked=ASKED,
                state=AnswerState.DONE,
                text=text,
                machine_hash=text_hash(text),
            )
            for number, text in enumerate(said, start=1)
        ),
    )


@given(entries())
def test_what_is_rendered_is_parsed(entry: Entry) -> None:
    assert parse(render(entry), WHERE) == entry


@given(entries(), *[st.dictionaries(st.sampled_from(FURTHER) | keys, by_hand, max_size=4)] * 2)
def test_a_front_matter_is_written_as_it_stood_whatever_a_hand_wrote(
    entry: Entry, further: dict[str, Any], of_answer: dict[str, Any]
) -> None:
    fields = entry_fields.written(entry)
    answers = [{**dict(list(each.items())[:7]), **of_answer} for each in fields.pop("answers")]
    stood = {**dict(list(fields.items())[:9]), **further, "answers": answers}
    again = entry_fields.read(stood, entry_fields.FieldPlace(where=WHERE, head=()))
    assert front_matter.dump(entry_fields.written(again)) == front_matter.dump(stood)


def test_what_did_not_change_is_written_as_it_stood() -> None:
    further = {"consent": ["Ruth"], "mood": "calm", "undecided": True, "aliases": []}
    stood = {**entry_fields.written(an_entry()), **further}
    entry = entry_fields.read(stood, entry_fields.FieldPlace(where=WHERE, head=()))
    after = entry_fields.written(replace(entry, undecided=False, closed=True))
    assert list(after.items())[9:] == [
        ("consent", ["Ruth"]),
        ("mood", "calm"),
        ("aliases", []),
        ("closed", True),
        ("answers", []),
    ]


@given(st.lists(st.one_of(awkward, words)).map("\n".join))
@example("a\rb\r\nc\n\n\n")
@example("\x00")
def test_any_text_survives_in_its_canonical_form(text: str) -> None:
    parsed = parse(render(an_entry(text, "after")), WHERE)
    assert [each.text for each in parsed.answers] == [canonical(text), "after"]


@given(st.lists(st.one_of(awkward, words)).map("\n".join))
def test_canonical_and_hash_are_stable(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text)
    assert text_hash(canonical(text)) == text_hash(text)


def test_an_entry_reads_well() -> None:
    lines = render(an_entry("She was born at sea.\n\nIn winter.")).split("\n---\n")[1]
    assert lines == (
        "\n# Her biography\nSunday 22 November 2026, 09:30\n"
        f"\n<!-- answer 1 -->\n### {ASKED}\n"
        "\nShe was born at sea.\n\nIn winter.\n"
    )


def test_front_matter_keeps_its_order_and_the_offset() -> None:
    head = render(an_entry()).split("\n---\n")[0].split("\n")
    assert head[:4] == [
        "---",
        "format: 1",
        "id: 20261122T083012Z-kzqv",
        "started: 2026-11-22T09:30:12+01:00",
    ]


SAID = "First line.\n\nSecond line."


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(lambda t: "\ufeff" + t, id="byte order mark"),
        pytest.param(lambda t: t.replace("\n", "\r\n"), id="CRLF"),
        pytest.param(lambda t: t.replace("line.", "line.  \t"), id="trailing spaces"),
        pytest.param(lambda t: t.replace("\n", " \n"), id="trailing spaces everywhere"),
        pytest.param(lambda t: t.rstrip("\n"), id="no final line feed"),
        pytest.param(lambda t: t + "\n\n\n", id="blank lines at the end"),
        pytest.param(lambda t: t.replace("\n\n", "\n\n\n\n"), id="more blank lines"),
        pytest.param(lambda t: t.replace("<!-- answer 1 -->", "<!--answer 1-->"), id="marker"),
        pytest.param(lambda t: t.replace("22T09", "22 09"), id="a date with a space"),
    ],
)
def test_what_editors_do_by_themselves_makes_no_text_the_persons(edit: Any) -> None:
    parsed = parse(edit(render(an_entry(SAID, SAID))), WHERE)
    assert [text_hash(each.text) for each in parsed.answers] == [text_hash(SAID)] * 2
    assert parsed.started_at == an_entry().started_at
    assert parsed.note == ""


@pytest.mark.parametrize(
    "mended", ["First line!\n\nSecond line.", "First line. Second line.", SAID.lower(), ""]
)
def test_a_word_or_sign_changed_makes_it_the_persons(mended: str) -> None:
    parsed = parse(render(an_entry(SAID)).replace(SAID, mended), WHERE)
    assert parsed.answers[0].text == mended
    assert text_hash(parsed.answers[0].text) != parsed.answers[0].machine_hash


def test_words_written_above_the_first_answer_survive() -> None:
    edited = render(an_entry("said")).replace("09:30\n", "09:30\n\nA note of mine.\n")
    parsed = parse(edited, WHERE)
    assert parsed.note == "A note of mine."
    assert "A note of mine." in render(parsed)
    assert parse(render(parsed), WHERE) == parsed


def test_a_new_title_shows_in_the_heading() -> None:
    parsed = parse(render(replace(an_entry("said"), title="Her life")), WHERE)
    assert "\n# Her life\n" in render(parsed)
    assert parsed.note == ""


def test_a_changed_heading_is_kept_as_the_persons_words() -> None:
    edited = render(an_entry("said")).replace(f"### {ASKED}", "### My own question")
    assert parse(edited, WHERE).answers[0].text == "### My own question\n\nsaid"


def test_unknown_keys_survive_a_save() -> None:
    text = render(an_entry("said"))
    text = text.replace("language: en", "language: en\nmood: {calm: 3}\nseen: 2026-01-02")
    text = text.replace("  state: done", "  state: done\n  weather: rain")
    again = render(parse(text, WHERE))
    assert "\n  calm: 3\n" in again
    assert "\nseen: 2026-01-02\n" in again
    assert "\n  weather: rain\n" in again


GOOD = render(an_entry("one", "two"))


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("---\nformat", "format", 1, "front matter is missing"),
        ("\n---\n\n#", "\n\n#", 1, "no closing"),
        ("format: 1\n", "", 2, "format: 1"),
        ("format: 1", "format: one", 2, "format: 1"),
        ("title: Her biography", "title: 'Her", None, "not valid YAML"),
        ("title: Her biography", "title: [a, b]", 7, "`title` must be text"),
        ("edition: 1", "edition: soon", 6, "whole number"),
        ("12+01:00", "12", 4, "needs an offset"),
        ("2026-11-22T09", "2026-13-22T09", 4, "date and time"),
        ("id: 20261122T083012Z-kzqv\n", "", 2, "`id` must be text"),
        ("tags: []", "tags: 3", 9, "must be a list"),
        ("answers:\n", "answers: 3\nothers:\n", 12, "list of answers"),
        ("  state: done", "  state: perhaps", 18, "`state` must be one of recording"),
        ("- number: 2", "- number: 1", 20, "number 1 is taken"),
        ("- number: 2", "- number: -2", 20, "from 1 to 999999"),
        ("  duration_s: 0.0", "  duration_s: long", 17, "must be a number"),
        ("<!-- answer 2 -->", "<!-- answer 3 -->", 37, "lists no answer 3"),
        ("<!-- answer 2 -->", "<!-- answer 1 -->", 37, "line 32"),
        ("<!-- answer 2 -->\n", "", None, "answer 2 -->` is missing"),
    ],
)
def test_a_mangled_entry_is_told_by_file_line_and_what(
    old: str, new: str, line: int | None, what: str
) -> None:
    assert old in GOOD
    with pytest.raises(EntryUnreadable) as caught:
        parse(GOOD.replace(old, new, 1), WHERE)
    assert caught.value.what.startswith("entry.md, line ")
    assert what in caught.value.what
    if line is not None:
        assert f"line {line}:" in caught.value.what


def test_a_doubled_key_is_told_without_its_value() -> None:
    with pytest.raises(EntryUnreadable) as caught:
        parse(GOOD.replace("title: Her", "title: Canary\ntitle: Her"), WHERE)
    assert "Canary" not in caught.value.what + caught.value.hint


def test_a_newer_format_is_left_alone() -> None:
    with pytest.raises(EntryUnreadable, match="made by a newer version"):
        parse(GOOD.replace("format: 1", "format: 2"), WHERE)


def test_bytes_that_are_no_utf8_are_told_by_line() -> None:
    with pytest.raises(EntryUnreadable, match="line 2: not saved as UTF-8") as caught:
        decode(b"---\n\xff\n", WHERE)
    assert caught.value.hint.startswith("Save it as UTF-8")


@pytest.mark.parametrize(
    ("old", "new", "mend"),
    [
        ("title: Her biography", "title: Her: a biography", 'a text with a colon in "quotes"'),
        ("---\nformat", "format", "out of a copy or a backup"),
        ("\n---\n\n#", "\n\n#", "Put a line `---` above the title"),
    ],
)
def test_what_a_hand_is_likely_to_break_is_told_with_what_mends_it(
    old: str, new: str, mend: str
) -> None:
    with pytest.raises(EntryUnreadable) as caught:
        parse(GOOD.replace(old, new, 1), WHERE)
    assert mend in caught.value.hint


JUNK = [*GOOD, *"\t{}[]&*!|>%@`'\":-#?,\n", "- ", "\n\n"]


@given(st.lists(st.sampled_from(JUNK), max_size=8), st.data())
def test_any_mangling_is_read_or_told(junk: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(GOOD)))
    cut = data.draw(st.integers(0, 20))
    told = ""
    try:
        parse(GOOD[:at] + "".join(junk) + GOOD[at + cut :], WHERE)
    except EntryUnreadable as problem:
        told = problem.what
    assert not told or told.startswith(WHERE)


def test_a_format_of_many_digits_is_one_problem() -> None:
    text = render(an_entry("said")).replace("format: 1", f"format: 0x{'f' * 4000}")
    with pytest.raises(EntryUnreadable, match="line 2"):
        parse(text, WHERE)


def test_a_choice_stands_in_its_answer_and_one_written_otherwise_is_left_alone() -> None:
    ready = Picked(id="ready", words="ready for something small")
    entry = an_entry("")
    answer = replace(entry.answers[0], picked=ready)
    text = render(replace(entry, answers=(answer,)))
    assert "picked:\n    id: ready\n    words: ready for something small\n" in text
    assert parse(text, "entry.md").answers[0].picked == ready
    older = text.replace("    id: ready\n    words: ready for something small\n", "    ready\n")
    (read,) = parse(older, "entry.md").answers
    assert (read.picked, read.extra) == (None, {"picked": "ready"})
