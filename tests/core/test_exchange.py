"""What leaves a vault, in the form of each program that is to read it."""

import json
from dataclasses import replace
from datetime import UTC, timedelta
from itertools import pairwise

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.libraries import spoken
from tests.support.source import ROOT
from voicereflect.core.entry.dates.recording_dates import Here
from voicereflect.core.entry.page import front_matter
from voicereflect.core.exchange import leaving, subtitles
from voicereflect.core.exchange.values import ExportFormat, Leaving
from voicereflect.core.exchange.writing import LAYOUTS
from voicereflect.core.journals import jrnl
from voicereflect.core.journals.values import Arrival, ForeignText
from voicereflect.core.search.filters import EVERYTHING, Wanted
from voicereflect.core.words.comparing.alignment import TimedWord
from voicereflect.model import Answer, AnswerState, Consent, Entry, Segment, Transcript, Word

SCHEMA = json.loads((ROOT / "docs/export.schema.json").read_text("utf-8"))
ENTRY = replace(spoken(1, "She had <two> brothers & a dog."), tags=("her youth",), note="By hand.")
WORDS = tuple(
    TimedWord(text=text, start_s=at, end_s=at + 0.4, probability=1.0)
    for at, text in enumerate(ENTRY.answers[0].text.split())
)
TRANSCRIPT = Transcript(
    model="base",
    language="en",
    made_at=ENTRY.started_at,
    segments=(
        Segment(
            words=(Word(text=" She", start_s=0.0, end_s=0.4, probability=float("nan")),),
            avg_logprob=-0.2,
            no_speech=0.1,
        ),
    ),
)
WHOLE = Leaving(
    entry=ENTRY, transcripts={1: (TRANSCRIPT,)}, words={1: WORDS}, sounds={1: "a-1.flac"}
)


def text(into: ExportFormat, *those: Leaving) -> str:
    (file,) = LAYOUTS[into].files(those or (WHOLE,))
    return "".join(file.parts)


@pytest.mark.parametrize("into", ExportFormat)
def test_every_format_can_be_written(into: ExportFormat) -> None:
    assert "brothers" in text(into)


def test_json_keeps_to_its_schema_and_holds_everything() -> None:
    table = json.loads(text(ExportFormat.JSON, WHOLE, replace(WHOLE, sounds={})))
    jsonschema.validate(table, SCHEMA)
    first, second = table["entries"]
    (answer,) = first["answers"]
    assert (first["note"], first["tags"]) == ("By hand.", ["her youth"])
    assert (answer["text"], answer["sound"]) == (ENTRY.answers[0].text, "a-1.flac")
    assert answer["transcripts"][0]["segments"][0]["words"] == [[" She", 0.0, 0.4, None]]
    assert second["answers"][0]["sound"] is None


def test_json_of_nothing_and_json_lines_are_json() -> None:
    assert json.loads("".join(next(LAYOUTS[ExportFormat.JSON].files(())).parts))["entries"] == []
    lines = text(ExportFormat.JSONL, WHOLE, WHOLE).splitlines()
    assert [json.loads(each)["id"] for each in lines] == [ENTRY.id] * 2


def test_subtitles_follow_the_words_and_need_no_tag() -> None:
    assert text(ExportFormat.SRT) == (
        "1\n00:00:00,000 --> 00:00:06,400\nShe had <two> brothers & a dog.\n"
    )
    assert text(ExportFormat.VTT) == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:06.400\nShe had &lt;two&gt; brothers &amp; a dog.\n"
    )


@given(
    st.lists(
        st.tuples(st.text("ab.?", min_size=1, max_size=60), st.floats(0, 3), st.floats(0.1, 2)),
        max_size=60,
    )
)
def test_cues_hold_every_word_in_order_and_never_overlap(
    given: list[tuple[str, float, float]],
) -> None:
    at_s, words = 0.0, []
    for word, pause_s, long_s in given:
        words.append(
            TimedWord(
                text=word, start_s=at_s + pause_s, end_s=at_s + pause_s + long_s, probability=1
            )
        )
        at_s = words[-1].end_s
    cues = list(subtitles.cues(words))
    assert " ".join(each.text for each in cues).split() == [each.text for each in words]
    assert all(one.end_s <= two.start_s for one, two in pairwise(cues))
    assert all(each.text.count("\n") <= 1 for each in cues)


def test_a_day_is_one_note_with_properties_and_sounds() -> None:
    evening = replace(
        ENTRY, id="20261102T180000Z-zzzz", started_at=ENTRY.started_at + timedelta(hours=9)
    )
    later = Leaving(entry=evening, transcripts={}, words={})
    note = text(ExportFormat.OBSIDIAN, WHOLE, later)
    head = front_matter.load_any(note.split("---\n")[1])
    assert head["tags"] == ["her-youth"]
    assert head["entries"] == [ENTRY.id, evening.id]
    assert note.count("![[a-1.flac]]") == 1
    assert note.count("\n## ") == 2


def test_jrnl_is_the_text_it_keeps_and_comes_back() -> None:
    said = replace(ENTRY.answers[0], text="[2020-01-01 10:00] is no entry.")
    other = replace(WHOLE, entry=replace(ENTRY, answers=(said,)))
    written = text(ExportFormat.JRNL, WHOLE, other)
    head = f"[{ENTRY.started_at:%Y-%m-%d %H:%M}] {ENTRY.title} @her-youth\nBy hand.\n\n"
    assert written.startswith(head)
    here = Here(now=ENTRY.started_at, in_zone=lambda at: at.replace(tzinfo=at.tzinfo or UTC))
    found = list(jrnl.read(ForeignText("jrnl.txt", written, ENTRY.started_at), here))
    assert [each.entry.tags for each in found if isinstance(each, Arrival)] == [("her-youth",)] * 2


FAKE = "[2020-01-01 10:00] Nobody said this."


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\n\n"])
def test_no_title_tag_or_word_begins_something_of_its_own(end: str) -> None:
    said = replace(ENTRY.answers[0], asked=f"Why?{end}{FAKE}", text=f"Well.{end}{FAKE}")
    odd = replace(
        ENTRY,
        title=f"A day{end}{FAKE}",
        tags=(f"a{end}{FAKE}",),
        note=f"By hand.{end}{FAKE}",
        answers=(said,),
    )
    other = replace(WHOLE, entry=odd)
    here = Here(now=ENTRY.started_at, in_zone=lambda at: at.replace(tzinfo=at.tzinfo or UTC))
    read = ForeignText("jrnl.txt", text(ExportFormat.JRNL, other), ENTRY.started_at)
    assert len(list(jrnl.read(read, here))) == 1
    note = text(ExportFormat.OBSIDIAN, other)
    (tag,) = front_matter.load_any(note.split("---\n")[1])["tags"]
    assert len(tag.splitlines()) == 1
    assert f"## A day {FAKE} " in note
    assert text(ExportFormat.TEXT, other).startswith(f"A day {FAKE}\n")


def test_an_arrow_that_was_typed_is_no_new_subtitle() -> None:
    cue = subtitles.Cue(0.0, 1.0, "1\n00:00:00,000 --> 00:00:05,000")
    assert subtitles.srt([cue]).count("-->") == subtitles.vtt([cue]).count("-->") == 1


def test_plain_text_has_the_words_and_no_mark() -> None:
    lines = text(ExportFormat.TEXT).splitlines()
    assert lines[0] == ENTRY.title
    assert ENTRY.answers[0].text in lines
    assert "By hand." in lines


def test_markdown_is_the_entry_itself() -> None:
    assert text(ExportFormat.MARKDOWN).startswith("---\nformat: 1\n")


def two_spoke(consent: Consent) -> Entry:
    hers = Answer(
        number=2, speaker="Ida", prompt="interview/birth", asked="?", state=AnswerState.DONE
    )
    return replace(
        ENTRY,
        speakers=("me", "Ida"),
        answers=(*ENTRY.answers, hers),
        consent={"Ida": consent},
    )


@pytest.mark.parametrize(
    ("consent", "leave"),
    [
        (Consent(), [1]),
        (Consent(kept=True), [1]),
        (Consent(themes=True), [1]),
        (Consent(kept=True, themes=True), [1, 2]),
        (Consent(kept=True, themes=True, withdrawn="2026-11-02T10:00:00+00:00"), [1]),
    ],
)
def test_words_of_others_leave_only_as_far_as_they_agreed(
    consent: Consent, leave: list[int]
) -> None:
    entry = two_spoke(consent)
    left = leaving.with_those_that_may(entry, EVERYTHING)
    assert [each.number for each in left.answers] == leave
    assert leaving.withheld(entry) == 2 - len(leave)


def test_only_answers_that_are_wanted_leave() -> None:
    entry = two_spoke(Consent(kept=True, themes=True))
    wanted = {
        Wanted(speaker="IDA"): [2],
        Wanted(prompt="birth"): [1, 2],
        Wanted(prompt="interview/birth"): [2],
        Wanted(state=AnswerState.PENDING): [],
    }
    for each, numbers in wanted.items():
        left = leaving.with_those_that_may(entry, each)
        assert [answer.number for answer in left.answers] == numbers


def test_what_was_set_aside_leaves_nowhere() -> None:
    thrown = replace(ENTRY.answers[0], number=2, set_aside=True)
    entry = replace(ENTRY, answers=(*ENTRY.answers, thrown))
    assert leaving.with_those_that_may(entry, EVERYTHING) == ENTRY
    assert leaving.withheld(entry) == 0


def test_a_days_note_links_to_the_themes_of_its_entries() -> None:
    themed = replace(WHOLE, themes=("the sea", "a [b] #c"))
    note = text(ExportFormat.OBSIDIAN, themed)
    properties = front_matter.load(note.split("---")[1], where="", first_line=1)
    assert properties["themes"] == ["[[the sea]]", "[[a b c]]"]
    assert "themes" not in text(ExportFormat.OBSIDIAN, WHOLE)
