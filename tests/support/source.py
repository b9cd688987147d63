"""The program's own source, parsed once for all rules that look at it."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = tuple(sorted((ROOT / "src").rglob("*.py")))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Every node of a module; the first is the module."""
    return tuple(ast.walk(ast.parse(path.read_text("utf-8"))))
