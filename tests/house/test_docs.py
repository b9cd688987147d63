"""The pages say what the program does: its help, its exit codes, its files."""

import ast
import dataclasses
import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tools import docs, page_commands

from tests.support.source import ROOT, SOURCES, nodes
from voicereflect import errors
from voicereflect.core.decks.file import reading as decks
from voicereflect.errors import ReflectError
from voicereflect.model import Deck, Prompt

CLI = (ROOT / "docs/cli.md").read_text("utf-8")
ADRS = sorted((ROOT / "docs/adr").glob("*.md"))
PAGES = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]


@pytest.fixture(scope="module")
def real_helps() -> dict[str, str]:
    return docs.helps()


def test_every_help_block_is_what_the_command_prints(real_helps: dict[str, str]) -> None:
    written = {command: text.strip("\n") for command, text in docs.blocks(CLI).items()}
    assert written == {
        command: docs.block(text).strip("\n") for command, text in real_helps.items()
    }


def test_no_help_line_is_wider_than_80_columns(real_helps: dict[str, str]) -> None:
    lines = [line for text in real_helps.values() for line in text.splitlines()]
    assert [line for line in lines if len(line) > 80] == []


def test_the_page_is_what_the_tool_would_write(real_helps: dict[str, str]) -> None:
    assert docs.renewed(CLI, real_helps) == CLI


def test_shells_complete_from_what_the_tool_would_write() -> None:
    for file, text in docs.completions().items():
        assert file.read_text("utf-8") == text


def test_the_manual_tells_every_command_as_the_page_does() -> None:
    manual = (ROOT / "hatch_build.py").read_text("utf-8")
    made: dict[str, Any] = {}
    exec(compile(manual, "hatch_build.py", "exec"), made)
    page = made["manual"](CLI).replace("\\-", "-")
    for text in docs.blocks(CLI).values():
        assert text.strip("\n").removeprefix("```text\n").removesuffix("\n```") in page


@pytest.mark.parametrize("page", ["README.md", "docs/guide.md"])
def test_each_line_of_a_command_block_can_be_tried(page: str) -> None:
    """Those of ours are run by tools/wheel-smoke.sh, in order; targets of make are there."""
    targets = set(re.findall(r"^([a-z-]+):", _text("Makefile"), re.MULTILINE))
    lines = list(page_commands.lines(_text(page)))
    assert lines
    for line in lines:
        program, *words = line.split()
        assert program == "voicereflect" or (program == "make" and words[0] in targets), line


def test_an_outdated_block_is_found() -> None:
    page = "<!-- help: voicereflect -->\nold\n<!-- end of help -->\n"
    assert docs.blocks(page) == {"voicereflect": "old\n"}
    assert "new" in docs.renewed(page, {"voicereflect": "new"})


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_a_page_names_exists(page: Path) -> None:
    known = {" ".join(words[1:]) for words in docs.commands()}
    typed = re.findall(r"`voicereflect ([a-z-]+)(?: ([a-z-]+))?", page.read_text("utf-8"))
    groups = {words[1] for words in docs.commands() if len(words) > 2}
    wanted = {
        f"{first} {second}" if second and first in groups else first for first, second in typed
    }
    assert wanted - known == set()


# Errors


@dataclass(frozen=True)
class Row:
    """A line of the tree at the top of errors.py."""

    name: str
    parent: str | None
    code: int | None
    meaning: str


def tree() -> Iterator[Row]:
    above: list[tuple[int, str]] = []
    for line in inspect.getdoc(errors).splitlines()[2:]:  # type: ignore[union-attr]
        found = re.fullmatch(r"( *)(\w+) +(?:(\d+) +(\S.*)|never raised itself)", line)
        assert found, f"not a row of the tree: {line!r}"
        depth, name = len(found[1]), found[2]
        above = [each for each in above if each[0] < depth]
        yield Row(
            name=name,
            parent=above[-1][1] if above else None,
            code=int(found[3]) if found[3] else None,
            meaning=found[4] or "",
        )
        above.append((depth, name))


def classes() -> dict[str, type[ReflectError]]:
    return {
        name: thing
        for name, thing in vars(errors).items()
        if isinstance(thing, type) and issubclass(thing, ReflectError)
    }


def leaves() -> dict[str, type[ReflectError]]:
    return {name: thing for name, thing in classes().items() if not thing.__subclasses__()}


def test_the_tree_drawn_in_errors_is_the_tree() -> None:
    drawn = {row.name: row.parent for row in tree()}
    real = {
        name: None if thing is ReflectError else thing.__base__.__name__  # type: ignore[union-attr]
        for name, thing in classes().items()
    }
    assert drawn == real


def test_the_tree_tells_each_leaf_its_code() -> None:
    drawn = {row.name: row.code for row in tree()}
    real = {
        name: thing.exit_code if name in leaves() else None for name, thing in classes().items()
    }
    assert drawn == real


def test_no_two_errors_share_an_exit_code() -> None:
    codes = [thing.exit_code for thing in leaves().values()]
    assert sorted(set(codes)) == sorted(codes)


def test_no_error_takes_a_code_that_means_something_else() -> None:
    taken_by_shells_and_ourselves = {0, 1, *range(126, 256)}
    codes = {thing.exit_code for thing in leaves().values()}
    assert codes & taken_by_shells_and_ourselves == set()


def test_every_error_has_a_row_with_its_code_and_meaning_in_the_page() -> None:
    rows = re.findall(r"^\| (\d+) \| (\w+) \| ([^|\n]+) \|$", CLI, re.MULTILINE)
    written = {name: (int(code), _first_clause(meaning)) for code, name, meaning in rows}
    assert written == {
        row.name: (row.code, _first_clause(row.meaning)) for row in tree() if row.code is not None
    }


def test_every_error_says_what_it_is() -> None:
    assert [name for name, thing in classes().items() if not thing.__doc__] == []


def test_every_error_stands_in_errors() -> None:
    names = {*classes()}
    elsewhere = [
        f"{path}: {node.name}"
        for path in SOURCES
        if path != Path(errors.__file__)
        for node in nodes(path)
        if isinstance(node, ast.ClassDef)
        and any(isinstance(base, ast.Name) and base.id in names for base in node.bases)
    ]
    assert elsewhere == []


def test_the_deck_in_the_formats_page_is_one() -> None:
    section = _text("docs/formats.md").partition("## Decks")[2]
    example = re.search(r"```toml\n(.*?)```", section, re.DOTALL)
    assert example
    deck = decks.parse(example[1], "winter")
    assert deck.prompts[0].gentler


def test_the_page_about_decks_names_every_key_of_a_deck() -> None:
    tables = _text("docs/decks.md").partition("## What stands at the top")[2]
    section = tables.partition("## Conditions")[0]
    rows = set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE))
    values = {field.name for kind in (Deck, Prompt) for field in dataclasses.fields(kind)}
    assert rows == values - {"name"} | {"format"}


# Paths and decisions


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("name", ["ARCHITECTURE.md", "README.md", "CONTRIBUTING.md"])
def test_every_path_named_in_the_page_exists(name: str) -> None:
    named = list(paths_named_in(_text(name)))
    assert named, "no path was found: is the pattern wrong?"
    assert [path for path in named if not exists(path)] == []


@pytest.mark.parametrize("path", ["core/nothing.py", "docs/nothing.md", "src/nothing/"])
def test_a_path_that_does_not_exist_is_found(path: str) -> None:
    assert list(paths_named_in(f"see `{path}` there")) == [path]
    assert not exists(path)


def test_every_adapter_has_a_place_in_the_architecture() -> None:
    named = {path.rstrip("/") for path in paths_named_in(_text("ARCHITECTURE.md"))}
    adapters = {
        f"adapters/{path.name}"
        for path in (ROOT / "src/voicereflect/adapters").iterdir()
        if not path.name.startswith("__") and (path.suffix == ".py" or any(path.glob("*.py")))
    }
    parts_of_packages = {str(Path(*Path(path).parts[:2])) for path in named}
    assert adapters - named - parts_of_packages == set()


def paths_named_in(text: str) -> Iterator[str]:
    """Paths of the repository or the package; a vault's own file names are none."""
    tops = {path.name for path in ROOT.iterdir() if path.is_dir() and path.name != ".git"}
    rooms = {path.name for path in (ROOT / "src/voicereflect").iterdir() if path.is_dir()}
    for token in re.findall(r"[\w.-]+(?:/[\w.*-]+)*/?", text):
        path = token.rstrip(".")
        top, slash, _ = path.partition("/")
        if (slash and top in tops | rooms) or path in MODULES:
            yield path


MODULES = {"errors.py", "deck_model.py", "sound_model.py", "model.py", "config.py", "__main__.py"}


def exists(path: str) -> bool:
    return any((base / path).exists() for base in (ROOT, ROOT / "src/voicereflect"))


def test_no_two_decisions_have_one_number() -> None:
    numbers = [int(path.name[:4]) for path in ADRS]
    assert len(numbers) == len(set(numbers))
    assert ADRS


@pytest.mark.parametrize("path", ADRS, ids=lambda path: path.stem)
def test_a_decision_says_why_what_and_what_follows(path: Path) -> None:
    text = path.read_text("utf-8")
    assert re.findall(r"^\*\*(\w+)\.\*\*", text, re.MULTILINE) == [
        "Context",
        "Decision",
        "Consequences",
    ]
    assert len(text.splitlines()) <= 15


@pytest.mark.parametrize("path", ADRS, ids=lambda path: path.stem)
def test_a_decision_is_headed_by_its_number(path: Path) -> None:
    first = path.read_text("utf-8").splitlines()[0]
    assert re.fullmatch(rf"# {int(path.name[:4])}\. \S.*[^.]", first)


def _text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def _first_clause(meaning: str) -> str:
    return meaning.partition(";")[0]
