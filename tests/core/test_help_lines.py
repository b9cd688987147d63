import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicereflect.adapters.help_lines_file import shipped_help_lines
from voicereflect.core.safety.help_lines import KINDS, parse_help_lines, unknown
from voicereflect.errors import SettingsError

LINES = shipped_help_lines()


def test_a_dozen_countries_each_have_an_emergency_and_a_crisis_line_with_a_source() -> None:
    assert len(LINES.countries) >= 12
    for country in LINES.countries:
        kinds = [line.kind for line in country.lines]
        assert kinds == [kind for kind in KINDS if kind in kinds]
        assert {"emergency", "crisis", "child"} <= set(kinds)
        for line in country.lines:
            assert line.source.startswith("https://")
            assert line.seen.startswith(("https://", "http://"))
            assert any(letter.isdecimal() for letter in line.number)
            assert re.fullmatch(r"(\d{4}(-\d{2})?)?", line.checked)


@pytest.mark.parametrize("said", ["IE", "ie", "Ireland", " ireland "])
def test_a_country_is_found_by_code_or_name(said: str) -> None:
    found = LINES.of(said)
    assert found is not None
    assert found.code == "IE"


@given(st.text())
def test_whatever_is_said_a_country_is_found_or_is_not_there(said: str) -> None:
    found = LINES.of(said)
    known = {name.casefold() for each in LINES.countries for name in (each.code, each.name)}
    assert (found is not None) == (said.strip().casefold() in {*known, "uk", "usa"})


def test_a_mangled_file_is_one_line() -> None:
    for text in ("noted = 1", "[", "[countries.IE]\nname = 1"):
        with pytest.raises(SettingsError, match="help_lines"):
            parse_help_lines(text)


def test_a_country_that_is_not_known_is_refused_with_those_that_are() -> None:
    assert unknown(LINES, "germny").hint == 'Did you mean "Germany"?'
    assert "IE Ireland" in unknown(LINES, "Atlantis").hint
