"""Claims about languages: which there are, and how a detected one is told."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from voicereflect.core.entry import languages
from voicereflect.core.entry.page.transcript_lines import read, transcript_line
from voicereflect.errors import SettingsError
from voicereflect.model import Transcript


def made(language: str, probability: float | None) -> Transcript:
    return Transcript(
        model="m",
        language=language,
        made_at=datetime(2026, 1, 1, tzinfo=UTC),
        segments=(),
        language_probability=probability,
    )


def test_a_detected_language_is_told_with_its_probability() -> None:
    assert languages.detected(made("de", 0.934), "kzqv/1") == "Language: German (93 %)"
    assert languages.detected(made("de", None), "kzqv/1") == ""


def test_another_language_than_the_one_set_is_told_with_what_writes_it_down() -> None:
    told = languages.detected(replace(made("en", None), heard="de"), "kzqv/1")
    assert "sounds like German" in told
    assert "`voicereflect transcribe kzqv/1 --language de`" in told


def test_what_knows_english_alone_says_so_and_how_much_that_leaves_out() -> None:
    assert languages.not_english({"en": 3, "auto": 1, "": 1}) == ""
    assert languages.not_english({"en": 3, "de": 1}) == "1 of 4 entries is in German"
    told = languages.not_english({"de": 2, "fr": 1, "es": 1})
    assert told == "4 of 4 entries are in French, German and Spanish"
    assert languages.only_english("en", "Commands are known") == ""
    assert languages.only_english("de", "Commands are known").endswith("and not in German.")
    assert "another language" in languages.only_english("auto", "Commands are known")


def test_a_model_of_one_language_says_that_it_cannot_tell() -> None:
    assert "tiny.en hears English only" in languages.cannot_tell(["en"], "tiny.en")
    assert languages.cannot_tell(["en", "de"], "base") == ""
    assert languages.cannot_tell(["multilingual"], "base") == ""


def test_how_sure_it_was_is_kept_only_where_a_language_was_detected() -> None:
    for probability in (0.934, None):
        line = transcript_line(made("de", probability))
        assert ("language_probability" in line) is (probability is not None)
        assert read(line, "1.jsonl").transcripts == (made("de", probability),)


@pytest.mark.parametrize("wanted", ["de", "DE", "auto"])
def test_a_code_or_auto_is_taken(wanted: str) -> None:
    assert languages.asked_for(wanted) == wanted.lower()


@pytest.mark.parametrize("wanted", ["xx", "english", "", "d"])
def test_what_no_model_writes_is_refused(wanted: str) -> None:
    with pytest.raises(SettingsError, match="must be a code"):
        languages.asked_for(wanted)


@pytest.mark.parametrize("wanted", ["de", "auto"])
def test_a_model_of_one_language_is_not_asked_to_write_another(wanted: str) -> None:
    with pytest.raises(SettingsError, match=r"tiny\.en hears English only"):
        languages.expect_heard(wanted, ("en",), "tiny.en")
    languages.expect_heard("en", ("en",), "tiny.en")
    languages.expect_heard(wanted, ("many",), "base")
