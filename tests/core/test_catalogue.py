from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicereflect.core.store.catalogue import Catalogue, megabytes, parse
from voicereflect.errors import ModelMissing, SettingsError

ONE = """
format = 1
[[models]]
name = "pebble"
kind = "speech"
title = "A made-up model"
languages = ["en"]
licence = "MIT"
wheels = { pebble = "1.0" }
[[models.files]]
name = "model.bin"
size = 12
sha256 = "{sha}"
parts = [{ wheel = "pebble", member = "pebble/model.bin" }]
""".replace("{sha}", "a" * 64)


@pytest.fixture
def shipped() -> Catalogue:
    return parse(resources.files("voicereflect").joinpath("models.toml").read_text("utf-8"))


def test_the_shipped_catalogue_offers_base_first_and_a_fast_choice(shipped: Catalogue) -> None:
    assert shipped.names == ("base", "tiny.en", "minilm")


@pytest.mark.parametrize("name", ["base", "tiny.en"])
def test_a_shipped_speech_model_can_be_had_from_wheels_and_from_the_hub(
    shipped: Catalogue, name: str
) -> None:
    model = shipped.find(name)
    assert {file.name for file in model.files} == {
        "model.bin",
        "config.json",
        "tokenizer.json",
        "vocabulary.txt",
    }
    assert all(file.parts for file in model.files)
    assert model.hub is not None


def test_base_is_joined_from_two_wheels_in_order(shipped: Catalogue) -> None:
    weights = shipped.find("base").files[0]
    assert [part.member.rpartition(".")[2] for part in weights.parts] == ["part1", "part2"]
    assert weights.size == 145_217_532


def test_an_unknown_name_is_answered_with_the_known_ones(shipped: Catalogue) -> None:
    with pytest.raises(ModelMissing) as caught:
        shipped.find("huge")
    assert "huge" in caught.value.what
    assert "base, tiny.en" in caught.value.hint


def test_hub_and_parts_may_be_left_out() -> None:
    text = ONE.replace('wheels = { pebble = "1.0" }', "")
    text = text[: text.index("parts")]
    (model,) = parse(text).models
    assert model.hub is None
    assert model.members == frozenset()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("format = 1", "format = 2"),
        ('"pebble"\nkind', '"../pebble"\nkind'),
        ('"model.bin"\nsize', '"../model.bin"\nsize'),
        ('"model.bin"\nsize', '".hidden"\nsize'),
        ("size = 12", "size = 0"),
        ("size = 12", "size = '12'"),
        ('"' + "a" * 64, '"' + "A" * 64),
        ('{ pebble = "1.0" }', "{}"),
        ('licence = "MIT"', ""),
        ("[[models.files]]", "[[models.others]]"),
        ("[[models]]", "[models]"),
        ('wheels = { pebble = "1.0" }', 'wheels = { pebble = "1.0" }\nhub = { repo = "a/b" }'),
        ("format = 1", "format = "),
    ],
)
def test_a_broken_catalogue_is_refused(old: str, new: str) -> None:
    assert parse(ONE).names == ("pebble",)
    assert old in ONE
    with pytest.raises(SettingsError):
        parse(ONE.replace(old, new))


def test_a_model_or_file_that_stands_twice_is_refused() -> None:
    twice = ONE + ONE.replace("format = 1", "")
    with pytest.raises(SettingsError, match="twice"):
        parse(twice)
    with pytest.raises(SettingsError, match="twice"):
        parse(ONE + ONE[ONE.index("[[models.files]]") :])


@given(st.text(max_size=200))
def test_any_other_text_is_refused_and_never_crashes(text: str) -> None:
    with pytest.raises(SettingsError):
        parse(text)


@pytest.mark.parametrize(
    ("size", "said"),
    [(147_882_941, "148 MB"), (2_309, "2.3 kB"), (999_499, "999.5 kB"), (999_500, "1 MB")],
)
def test_sizes_are_said_as_people_say_them(size: int, said: str) -> None:
    assert megabytes(size) == said
