"""The schema for editors, the parser and the page about decks agree."""

import dataclasses
import json
import re
import tomllib
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tools import docs

from tests.support.shipped import DECKS, PROGRAMME, PROMPTS, ROOT
from voicereflect.core.decks.file import keys
from voicereflect.core.decks.file.checks import check
from voicereflect.core.decks.file.reading import parse
from voicereflect.core.decks.file.template import new_deck
from voicereflect.deck_model import Offered, Variant
from voicereflect.errors import DeckError
from voicereflect.model import Deck, Prompt

SCHEMA: dict[str, Any] = json.loads((ROOT / "docs/deck.schema.json").read_text("utf-8"))
PAGE = (ROOT / "docs/decks.md").read_text("utf-8")
VALIDATOR = Draft202012Validator(SCHEMA)


def valid(text: str) -> bool:
    return bool(VALIDATOR.is_valid(tomllib.loads(text)))


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", sorted(DECKS))
def test_every_shipped_deck_keeps_to_the_schema(name: str) -> None:
    table = tomllib.loads((PROMPTS / f"{name}.toml").read_text("utf-8"))
    assert [error.message for error in VALIDATOR.iter_errors(table)] == []


def test_the_schema_and_the_page_are_what_the_tool_would_write() -> None:
    assert json.loads(docs.schema()) == SCHEMA
    assert docs.renewed(PAGE, {}) == PAGE


def test_the_tables_of_keys_fill_the_values_that_they_make() -> None:
    values = {Deck: keys.DECK, Prompt: keys.PROMPT, Variant: keys.VARIANT}
    for value, table in {**values, Offered: keys.OFFER}.items():
        names = {field.name for field in dataclasses.fields(value)}
        assert names - {"name"} == table.keys.keys() - {"format"}


def test_the_examples_of_the_page_can_be_used() -> None:
    examples = re.findall(r"```toml\n(format = 1\n.*?)```", PAGE, re.DOTALL)
    assert examples
    for text in examples:
        assert check(text, "walks", facts=PROGRAMME.facts, decks=DECKS) == ()
        assert valid(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("minutes = 8", "minutes = 0"),
        ('depth = "light"', 'depth = "deep"'),
        ('id = "first"', 'id = "closing"'),
        ("echo = true", 'echo = "yes"'),
        ('words = ["How is it now?"]', ""),
        ("edition = 1", "editon = 1"),
    ],
)
def test_schema_and_parser_refuse_the_same(old: str, new: str) -> None:
    text = new_deck("walks").replace(old, new, 1)
    assert text != new_deck("walks")
    assert not valid(text)
    with pytest.raises(DeckError):
        parse(text, "walks")


def test_a_new_deck_passes_both() -> None:
    assert valid(new_deck("my-walks"))
    assert check(new_deck("my-walks"), "my-walks") == ()
    assert parse(new_deck("my-walks"), "my-walks").title == "My walks"
