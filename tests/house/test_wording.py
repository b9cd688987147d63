"""Every string that the program can show or say, wherever it stands in the code."""

import ast
import re
import tomllib
from collections.abc import Iterator

import pytest

from tests.support.shipped import PROGRAMME, PROMPTS, ROOT
from voicereflect.core.words.speakable import forbidden_phrases

SOURCE = ROOT / "src/voicereflect"
# Lists of what others may say; none of it is ever shown.
OF_OTHERS = {
    *(
        "core/safety/calm.py",
        "core/safety/mirror.py",
        "core/search/query.py",
        "core/words/speakable.py",
    ),
    "core/themes/words.py",
}
PRONOUN = re.compile(r"\b(?:she|her|hers|herself)\b", re.IGNORECASE)
WHY = re.compile(r"(?:^|[.!?] )why\b[^.]*\?", re.IGNORECASE)


def strings(name: str) -> Iterator[tuple[int, str]]:
    """Every literal of a module but its docstrings; those of a command are its help."""
    tree = ast.parse((SOURCE / name).read_text("utf-8"))
    nodes = tuple(ast.walk(tree))
    helps = [n.body[0] for n in nodes if isinstance(n, ast.FunctionDef)]
    shown = {id(each) for each in helps} if name.startswith("cli/") else set()
    silent = {id(n.value) for n in nodes if isinstance(n, ast.Expr) and id(n) not in shown}
    for node in nodes:
        if not isinstance(node, ast.Constant) or id(node) in silent:
            continue
        if isinstance(node.value, str):
            yield node.lineno, node.value


MODULES = sorted(
    name
    for path in SOURCE.rglob("*.py")
    if (name := path.relative_to(SOURCE).as_posix()) not in OF_OTHERS
)


@pytest.mark.parametrize("name", MODULES)
def test_no_string_of_the_program_holds_what_is_never_said(name: str) -> None:
    assert [
        (line, phrase) for line, text in strings(name) for phrase in forbidden_phrases(text)
    ] == []


@pytest.mark.parametrize("name", MODULES)
def test_no_string_of_the_program_asks_why_or_speaks_of_her(name: str) -> None:
    assert [
        (line, text)
        for line, text in strings(name)
        if WHY.search(text) or (PRONOUN.search(text) and not text.startswith("(?"))
    ] == []


def test_what_is_shown_from_files_holds_nothing_of_it_either() -> None:
    lines = tomllib.loads((SOURCE / "help_lines.toml").read_text("utf-8"))
    told = [lines["anywhere"][key] for key in ("emergency", "directory_name")]
    for country in lines["countries"].values():
        told += [each.get("name", "") for each in country.values() if isinstance(each, dict)]
    told += [PROGRAMME.title, PROGRAMME.why]
    for fact in PROGRAMME.facts:
        told += [fact.ask, *(choice.say for choice in fact.choices)]
    themes = tomllib.loads((SOURCE / "themes.toml").read_text("utf-8"))
    told += [theme["title"] for theme in themes["themes"].values()]
    assert [phrase for text in told for phrase in forbidden_phrases(text)] == []
    assert not any(WHY.search(text) for text in told)


def test_the_notes_to_authors_in_shipped_decks_are_mild_as_well() -> None:
    for path in PROMPTS.rglob("*.toml"):
        assert forbidden_phrases(path.read_text("utf-8")) == [], path.name
