import re
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicereflect.core.store.catalogue import (
    Catalogue,
    best_that_fits,
    megabytes,
    parse,
    wanted,
)
from voicereflect.errors import ModelMissing, SettingsError

REQUIREMENTS = Path(__file__).resolve().parents[2] / "requirements"
ONE = """
format = 1
[[models]]
name = "pebble"
kind = "speech"
title = "A made-up model"
languages = ["en"]
licence = "MIT"
wheels.pebble = { version = "1.0", sha256 = "{sha}" }
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
    speech = ("base", "tiny.en", "small", "large-v3-turbo", "distil-large-v3")
    assert shipped.names == (*speech, "minilm")


def test_what_somebody_wants_knows_their_language(shipped: Catalogue) -> None:
    assert [each.name for each in wanted(shipped, "base", "en")] == ["base", "minilm"]
    assert [each.name for each in wanted(shipped, "small", "de")] == ["small"]
    assert [each.name for each in wanted(shipped, "base", "auto")] == ["base", "minilm"]


@pytest.mark.parametrize(
    ("base_share", "language", "name"),
    [
        (0.01, "en", "large-v3-turbo"),
        (0.01, "de", "large-v3-turbo"),
        (0.1, "en", "small"),
        (0.3, "en", "base"),
        (0.8, "en", "tiny.en"),
        (3.0, "en", "tiny.en"),
        (3.0, "de", "base"),
    ],
)
def test_the_model_proposed_leaves_the_machine_time(
    shipped: Catalogue, base_share: float, language: str, name: str
) -> None:
    proposed = best_that_fits(shipped, base_share, language)
    assert proposed is not None
    assert proposed.name == name


def test_the_hashes_of_wheels_are_those_that_make_asks_for(shipped: Catalogue) -> None:
    asked = set()
    for file in ("models", "models-fast"):
        text = (REQUIREMENTS / f"{file}.txt").read_text("utf-8")
        asked |= set(re.findall(r"^(\S+)==(\S+) --hash=sha256:(\S+)$", text, re.MULTILINE))
    wheels = {
        (name, each.version, each.sha256)
        for model in shipped.models
        for name, each in model.wheels.items()
    }
    assert wheels == asked


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
    text = "\n".join(line for line in ONE.splitlines() if not line.startswith("wheels"))
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
        ('wheels.pebble = { version = "1.0"', 'wheels.stone = { version = "1.0"'),
        ('{ version = "1.0"', '{ version = "--pre"'),
        ("wheels.pebble = ", "wheels.-pebble = "),
        ('licence = "MIT"', ""),
        ("[[models.files]]", "[[models.others]]"),
        ("[[models]]", "[models]"),
        ("wheels.pebble", 'hub = { repo = "a/b" }\nwheels.pebble'),
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
