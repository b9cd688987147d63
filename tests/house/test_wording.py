"""Every string that the program can show or say, wherever it stands in the code."""

import ast
import re
import tomllib
from collections.abc import Iterator

from tests.support.shipped import PROGRAMME, PROMPTS, ROOT
from tests.support.source import SOURCES, nodes
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
    "core/themes/names/words.py",
}
PRONOUN = re.compile(r"\b(?:she|her|hers|herself)\b", re.IGNORECASE)
WHY = re.compile(r"(?:^|[.!?] )why\b[^.]*\?", re.IGNORECASE)


def strings() -> Iterator[tuple[str, str]]:
    """Every literal of the program but docstrings, with its place; a command's is its help."""
    for path in SOURCES:
        name = path.relative_to(SOURCE).as_posix()
        if name in OF_OTHERS:
            continue
        helps = [n.body[0] for n in nodes(path) if isinstance(n, ast.FunctionDef)]
        shown = {id(each) for each in helps} if name.startswith("cli/") else set()
        silent = {
            id(n.value) for n in nodes(path) if isinstance(n, ast.Expr) and id(n) not in shown
        }
        for node in nodes(path):
            if not isinstance(node, ast.Constant) or id(node) in silent:
                continue
            if isinstance(node.value, str):
                yield f"{name}:{node.lineno}", node.value


def test_no_string_of_the_program_holds_what_is_never_said() -> None:
    assert [
        (place, phrase) for place, text in strings() for phrase in forbidden_phrases(text)
    ] == []


def test_no_string_of_the_program_asks_why_or_speaks_of_her() -> None:
    assert [
        (place, text)
        for place, text in strings()
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
