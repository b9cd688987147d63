"""The engine knows nothing of the people its first decks are for."""

import re
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from tests.support.models import Steps
from tests.support.shipped import ROOT
from tests.support.vaults import make_vault
from voicereflect.adapters.deck_folder import DeckFolder, ProgrammeFolder
from voicereflect.adapters.index.index import Index
from voicereflect.adapters.programme_file import ProgrammeFile
from voicereflect.adapters.vault.files import Files
from voicereflect.flows.decks.programme import Programmes
from voicereflect.flows.library.finding.history import History
from voicereflect.flows.session.asking.planning import PlanRequest, plan

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
GARDEN = """\
format = 1
edition = 1
title = "Garden"
why = "What grows."
minutes = 3
depth = "light"
needs = ["soil"]
opening = ["A little time among {plants}."]
closing = ["What will you water next?"]

[[prompts]]
id = "grows"
words = ["How do {plants} do?"]

[[prompts]]
id = "cactus"
when = { soil = "sand" }
words = ["Which of {plants} has thorns?"]

[[prompts]]
id = "mud"
asks = ["digging"]
words = ["Where would you dig?"]
"""
SEASONS = """\
format = 1
edition = 1
title = "Seasons"
why = "A year of it."
order = ["garden"]

[[facts]]
id = "soil"
ask = "What is your soil?"
unknown = "clay"
[[facts.choices]]
id = "sand"
say = "sand"
never = ["digging"]
gives = { plants = "the cacti" }

[[facts]]
id = "plants"
ask = "What do you call them?"
unknown = "the beans"
"""


def test_no_source_names_them() -> None:
    words = re.compile(r"mother|daughter|\bmum\b", re.IGNORECASE)
    assert [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / "src").rglob("*.py"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if words.search(line)
    ] == []


def test_a_garden_is_planned_offered_and_asked_about_like_anything_else(tmp_path: Path) -> None:
    (tmp_path / "programmes").mkdir()
    (tmp_path / "garden.toml").write_text(GARDEN, "utf-8")
    (tmp_path / "programmes/seasons.toml").write_text(SEASONS, "utf-8")
    vault = make_vault(Files(tmp_path / "vault"))
    decks = DeckFolder([tmp_path])
    store = ProgrammeFile(vault)
    history = History(Index(tmp_path / "index.sqlite"), vault, Steps())
    programmes = Programmes(decks, ProgrammeFolder([tmp_path]), store, history)
    deck = decks.load("garden")

    def asked() -> list[str]:
        request = PlanRequest(
            deck=deck, person=programmes.person(), language="en", speaker="me", now=NOW
        )
        found = plan(request, vault, history, Random(1))
        return [" ".join(found.opening), *(question.words for question in found.questions)]

    assert [fact.id for fact in programmes.unknown(deck)] == ["soil"]
    assert asked()[1:] == ["How do the beans do?", "Where would you dig?", deck.closing[0]]
    store.know("soil", "sand")
    assert asked()[0].startswith("A little time among the cacti.")
    assert asked()[1:] == [
        "How do the cacti do?",
        "Which of the cacti has thorns?",
        deck.closing[0],
    ]
    found = programmes.next("seasons", NOW)
    assert found is not None
    assert found.deck == "garden"
