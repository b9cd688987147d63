"""The table of all places that hold words is whole: nothing else of ours writes files."""

import ast
from pathlib import Path

import pytest

from tests.support.source import SOURCES, nodes
from voicereflect.core.store.holdings import HOLDINGS, Root, Scrub, Seal

ADAPTERS = Path(__file__).parents[2] / "src" / "voicereflect" / "adapters"
WRITES = frozenset(
    {
        *("write_text", "write_bytes", "touch", "symlink_to", "hardlink_to", "truncate"),
        *("mkstemp", "mkdtemp", "TemporaryDirectory", "TemporaryFile", "NamedTemporaryFile"),
        *("copy2", "copyfile", "copytree", "Connection", "connect", "FileLock"),
    }
)
FLAGS = frozenset({"O_CREAT", "O_WRONLY", "O_RDWR", "O_APPEND"})
STREAMS = frozenset({"__main__.py", "ui/output.py", "adapters/portaudio/survey_child.py"})
"""They open descriptors that they were given."""


def writes_a_file(node: ast.AST) -> bool:
    """Whether a call opens or makes a file for writing."""
    if not isinstance(node, ast.Call):
        return False
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if name in WRITES:
        return True
    if name != "open":
        return False
    given = [*node.args, *(each.value for each in node.keywords)]
    modes = [each.value for each in given if isinstance(each, ast.Constant)]
    flags = {each.attr for part in given for each in ast.walk(part) if hasattr(each, "attr")}
    return any(set(str(mode)) & set("wax+") for mode in modes[:1]) or bool(flags & FLAGS)


@pytest.mark.parametrize(
    ("code", "writes"),
    [
        *(("path.open('xb')", True), ("open(name, 'w')", True), ("path.open(mode='r+b')", True)),
        *(("os.open(path, os.O_RDWR | os.O_CREAT)", True), ("path.write_text('')", True)),
        *(("path.open('rb')", False), ("path.open()", False), ("os.open(p, os.O_RDONLY)", False)),
    ],
)
def test_what_writes_is_told_from_what_reads(code: str, *, writes: bool) -> None:
    assert any(map(writes_a_file, ast.walk(ast.parse(code)))) == writes


def test_only_modules_of_the_table_write_files() -> None:
    known = {f"adapters/{each}" for place in HOLDINGS for each in place.writers}
    found = {
        str(path.relative_to(ADAPTERS.parent))
        for path in SOURCES
        if any(map(writes_a_file, nodes(path)))
    }
    assert found - STREAMS <= known
    assert {each for each in known if not (ADAPTERS.parent / each).is_file()} == set()


def test_whatever_holds_words_in_vault_or_cache_is_scrubbed_by_somebody() -> None:
    scrubbed = {place.pattern for place in HOLDINGS if place.scrub is not Scrub.NOBODY}
    assert {"themes.toml", "trash/*", "entries/*/entry.md", "index/*", "themes/*"} <= scrubbed
    order = list(dict.fromkeys(place.scrub for place in HOLDINGS))
    assert order.index(Scrub.VAULT) < order.index(Scrub.INDEX), "it forgets what is gone"
    assert all(
        place.root is not Root.ELSEWHERE or place.scrub is Scrub.NOBODY for place in HOLDINGS
    )


def test_whatever_is_somebodys_is_shut_where_the_vault_is_sealed() -> None:
    open_places = {place.pattern for place in HOLDINGS if place.seal is Seal.OPEN}
    assert open_places == {
        *("vault.toml", "key*/*.age", "*.lock", ".probe"),
        *("config.toml", "models/*", "vaults/*", "*.key", "run/*.key"),  # nothing that was said
        "*",  # elsewhere: where a person wanted it, and nobody finds it again
    }
    for place in HOLDINGS:
        assert (
            place.scrub is Scrub.NOBODY or place.seal is not Seal.OPEN or place.pattern == ".probe"
        )
    assert {place.pattern for place in HOLDINGS if place.seal is Seal.PAGES} == {"index/*"}
