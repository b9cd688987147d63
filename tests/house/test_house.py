"""Rules of the house that no linter knows."""

import ast
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.source import ROOT, SOURCES, nodes
from voicereflect.core.decks.file import reading as decks
from voicereflect.deck_model import CLOSING

MODULE_LINES = 300
FUNCTION_LINES = 40
DISPATCHES = {  # one case for each of a closed set reads better than the same in three functions
    "src/voicereflect/flows/session/effects.py run",
}
PROTOCOLS_ELSEWHERE = {
    "src/voicereflect/adapters/child/frames.py Readable",  # any stream of bytes; no flow sees it
    "src/voicereflect/core/entry/ids.py Dice",  # core may not import random, nor ports
    "src/voicereflect/core/themes/theme.py Head",  # values that core itself takes
    "src/voicereflect/core/themes/theme.py PassageSource",
}

HEAVY = (
    *(
        "numpy",
        "av",
        "soundfile",
        "sounddevice",
        "pyttsx3",
        "hibari",
        "faster_whisper",
        "ctranslate2",
    ),
    *("onnxruntime", "tokenizers", "huggingface_hub", "rich", "ruamel", "yaml", "tomlkit"),
    "filelock",
    *("platformdirs", "textual", "sqlite3", "socket", "asyncio", "ssl"),
)
HELP = """
import sys
sys.argv = ["voicereflect", "--help"]
from voicereflect.__main__ import main
try:
    main()
except SystemExit as end:
    code = end.code
sys.stderr.write("\\n".join([str(code or 0), *sys.modules]))
"""
REVIEW = """
import sys
import voicereflect.flows.review.walking, voicereflect.ui.review.full
import voicereflect.ui.library.listing, voicereflect.flows.library.finding.search
sys.stderr.write("\\n".join(sys.modules))
"""
LIBRARY = """
import sys
before = set(sys.modules)
import voicereflect
sys.stderr.write("\\n".join(set(sys.modules) - before))
"""

# Spelt so that the rules below do not match themselves.
# told by how they look, so that not even this file names one
REGISTRIES = re.compile(
    r"https?://(?:[^\s\"'/]*(?:registry|packages|mirror|index|deb)[^\s\"'/]*/|[^\s\"']*/simple\b)"
    r"|--(?:extra-)?index-url[ =]"
)
MACHINE_PATHS = re.compile(r"(?<![\w.~}/])/(?:work|root|Users|home/\w+|tmp/(?:ve|wheels|models))\b")
REQUIREMENT = re.compile(r"[A-Za-z0-9][\w.-]*==[\w.!+]+(?: *; [^\\]+?)?(?: +--hash=\S+)*(?: \\)?")
HASH = re.compile(r" {4}--hash=sha256:[0-9a-f]{64}(?: \\)?")


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in nodes(path):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def is_too_wide(node: ast.AST) -> bool:
    """Whether this catches whatever there is, or prints."""
    match node:
        case ast.ExceptHandler(type=None | ast.Name(id="Exception")):
            return True
        case ast.ExceptHandler(type=ast.Tuple(elts=caught)):
            return any(isinstance(each, ast.Name) and each.id == "Exception" for each in caught)
        case ast.Call(func=ast.Name(id="print")):
            return True
        case _:
            return False


def test_no_module_is_longer_than_a_person_reads_at_once() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in SOURCES}
    assert len(lengths) > 50
    assert {path.name: lines for path, lines in lengths.items() if lines > MODULE_LINES} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    lengths = {
        (f"{path.relative_to(ROOT).as_posix()} {node.name}", node.lineno): length(node)
        for path in SOURCES
        for node in functions(path)
    }
    assert {name for (name, _), lines in lengths.items() if lines > FUNCTION_LINES} == DISPATCHES


def test_every_protocol_is_declared_in_ports() -> None:
    found = {
        f"{path.relative_to(ROOT).as_posix()} {node.name}"
        for path in SOURCES
        for node in nodes(path)
        if isinstance(node, ast.ClassDef)
        and any(ast.unparse(base).split("[")[0].endswith("Protocol") for base in node.bases)
    }
    ports = {each for each in found if each.startswith("src/voicereflect/ports/")}
    assert found - ports == PROTOCOLS_ELSEWHERE
    names = [each.split()[1] for each in ports]
    assert sorted(names) == sorted(set(names))


def test_a_class_name_stands_for_one_thing() -> None:
    places: dict[str, list[str]] = {}
    for path in SOURCES:
        module = nodes(path)[0]
        assert isinstance(module, ast.Module)
        for node in module.body:
            if isinstance(node, ast.ClassDef):
                places.setdefault(node.name, []).append(path.relative_to(ROOT / "src").parts[1])
    twice = {name: sorted(where) for name, where in places.items() if len(where) > 1}
    assert twice == {}


def test_nothing_is_printed_and_nothing_swallows_every_error() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
        for path in SOURCES
        for node in nodes(path)
        if is_too_wide(node)
    ]
    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        "print(1)",
        "try: pass\nexcept Exception: pass",
        "try: pass\nexcept: pass",
        "try: pass\nexcept (OSError, Exception): pass",
    ],
)
def test_what_is_too_wide_is_found(code: str) -> None:
    assert any(map(is_too_wide, ast.walk(ast.parse(code))))


def test_help_loads_nothing_heavy() -> None:
    code, *loaded = _stderr_of(HELP)
    assert code == "0"
    assert "voicereflect.cli.app" in loaded
    assert _heavy(loaded) == set()


def test_importing_the_package_loads_no_other_module() -> None:
    assert _stderr_of(LIBRARY) == ["voicereflect"]


def _heavy(loaded: list[str]) -> set[str]:
    return {name.partition(".")[0] for name in loaded} & set(HEAVY)


def test_what_a_review_begins_with_needs_no_numbers_and_no_sound() -> None:
    loaded = _stderr_of(REVIEW)
    assert {name.partition(".")[0] for name in loaded}.isdisjoint(HEAVY[:10])


def _stderr_of(code: str) -> list[str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=plain,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stderr.splitlines()


# What is in the repository


def ours() -> list[Path]:
    """Every file that is tracked, or would be if it were added."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "-co", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    names = [name for name in listed.stdout.split("\0") if name]
    return [ROOT / name for name in dict.fromkeys(names) if (ROOT / name).is_file()]


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in ours()
        for number, line in enumerate(_text_lines(path), start=1)
        if pattern.search(line)
    ]


def _text_lines(path: Path) -> list[str]:
    data = path.read_bytes()
    return [] if b"\0" in data else data.decode("utf-8").splitlines()


def test_no_file_names_a_package_registry() -> None:
    assert lines_with(REGISTRIES) == []


def test_no_file_names_a_folder_of_the_machine_it_was_written_on() -> None:
    assert lines_with(MACHINE_PATHS) == []


def test_registries_and_machine_folders_are_recognised() -> None:
    dot, slash = ".", "/"
    for name in (("registry", "example", "org/x"), ("files", "example", "org/a/simple/")):
        assert REGISTRIES.search(f"https:{slash * 2}{dot.join(name)}")
    assert not REGISTRIES.search(f"https:{slash * 2}www{dot}example{dot}org/help")
    for text in (f"{slash}work/x", f"cd {slash}root", f'"{slash}home/anna/x"'):
        assert MACHINE_PATHS.search(text)
    for text in ("$work/x", "homework/x", "/rooting", "deck/work", "~/work/x"):
        assert not MACHINE_PATHS.search(text)


def test_no_lock_that_holds_addresses_is_kept() -> None:
    names = {path.name for path in ours()}
    assert names & {"uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "pylock.toml"} == set()


@pytest.mark.parametrize(
    "path", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda path: path.name
)
def test_requirements_are_versions_and_hashes_and_nothing_else(path: Path) -> None:
    lines = [line for line in _text_lines(path) if line and not line.startswith("#")]
    odd = [line for line in lines if not (REQUIREMENT.fullmatch(line) or HASH.fullmatch(line))]
    assert odd == []
    assert "://" not in path.read_text("utf-8")


@pytest.mark.parametrize(
    "path", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda path: path.name
)
def test_every_requirement_has_a_hash(path: Path) -> None:
    joined = path.read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in joined.splitlines() if line and not line.startswith("#")]
    assert lines
    assert [line for line in lines if "--hash=sha256:" not in line] == []


# What is in the wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of the wheel, as it is built for everybody."""
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(
    ("folder", "suffix"), [("prompts", "*.toml"), ("examples/answers", "*/*.flac")]
)
def test_every_deck_and_sample_is_in_the_wheel(
    wheel: dict[str, bytes], folder: str, suffix: str
) -> None:
    shipped = {
        f"voicereflect/{path.relative_to(ROOT).as_posix()}": path.read_bytes()
        for path in (ROOT / folder).glob(suffix)
    }
    assert shipped
    assert {name: wheel.get(name) for name in shipped} == shipped


def test_every_module_and_the_catalogue_are_in_the_wheel(wheel: dict[str, bytes]) -> None:
    files = {path.relative_to(ROOT / "src").as_posix() for path in SOURCES}
    assert files | {"voicereflect/models.toml"} <= wheel.keys()


def test_nothing_else_of_the_repository_is_in_the_wheel(wheel: dict[str, bytes]) -> None:
    tops = {name.partition("/")[0] for name in wheel}
    assert {top for top in tops if not top.startswith("voicereflect-")} == {"voicereflect"}


@pytest.mark.parametrize(
    "path", sorted((ROOT / "prompts").glob("*.toml")), ids=lambda path: path.stem
)
def test_samples_answer_prompts_that_exist(path: Path) -> None:
    deck = decks.parse(path.read_text("utf-8"), path.stem)
    asked = {prompt.id for prompt in deck.prompts} | {CLOSING}
    answered = {file.stem for file in (ROOT / "examples/answers" / path.stem).glob("*.flac")}
    assert answered <= asked


def test_the_deck_asked_by_default_has_an_answer_to_every_prompt() -> None:
    deck = decks.parse((ROOT / "prompts/everyday.toml").read_text("utf-8"), "everyday")
    asked = {prompt.id for prompt in deck.prompts} | {CLOSING}
    answered = {file.stem for file in (ROOT / "examples/answers/everyday").glob("*.flac")}
    assert answered == asked


def test_what_the_wheel_needs_stands_in_every_lock() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = {_name(line) for line in project["dependencies"] if ";" not in line}
    for platform in ("linux", "macos", "windows"):
        text = (ROOT / f"requirements/{platform}.txt").read_text("utf-8")
        locked = {_name(line) for line in re.findall(r"^\S+==", text, re.MULTILINE)}
        assert needed - locked == set(), platform


def _name(requirement: str) -> str:
    return re.split(r"[=><;\[ ]", requirement)[0].lower().replace("_", "-").replace(".", "-")


def _methods(path: Path) -> Iterator[tuple[ast.ClassDef, ast.FunctionDef]]:
    for node in nodes(path):
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            for each in node.body:
                if isinstance(each, ast.FunctionDef) and not each.name.startswith("_"):
                    yield node, each


def test_a_method_says_what_it_does_itself_or_by_its_port() -> None:
    ported = {each.name for path in SOURCES if "ports" in path.parts for _, each in _methods(path)}
    silent = [
        f"{path}: {of.name}.{each.name}"
        for path in SOURCES
        for of, each in _methods(path)
        if not ast.get_docstring(each) and each.name not in ported
    ]
    assert silent == []
