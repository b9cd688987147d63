#!/usr/bin/env python3
"""Puts every command's real `--help` into docs/cli.md; knows the commands, not what they do.

`python tools/docs.py` writes the page anew; with `--check` it only says whether it would differ.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from voicereflect.cli.app import COMMANDS, application

PAGE = Path(__file__).resolve().parents[1] / "docs" / "cli.md"
PROGRAM = "voicereflect"
COLUMNS = "80"

_BLOCK = re.compile(
    r"^(?P<begin><!-- help: (?P<command>[^\n]*?) -->)\n.*?^(?P<end><!-- end of help -->)$",
    re.MULTILINE | re.DOTALL,
)

_PRINTER = """
import contextlib, io, json, sys
from voicereflect.__main__ import main
texts = []
for words in json.load(sys.stdin):
    sys.argv = [*words, "--help"]
    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out):
            main()
    except SystemExit as end:
        if end.code:
            raise
    texts.append(out.getvalue())
json.dump(texts, sys.stdout)
"""
"""Runs the program itself for one command after the other."""

Words = tuple[str, ...]


def commands() -> tuple[Words, ...]:
    """Every command as it is typed: the program first, then the rest in the order shown."""
    return tuple(_walk(typer.main.get_command(application(tuple(COMMANDS))), (PROGRAM,)))


def _walk(command: Any, words: Words) -> Iterator[Words]:
    yield words
    for name, child in getattr(command, "commands", {}).items():
        yield from _walk(child, (*words, name))


def helps() -> dict[str, str]:
    """What each command's `--help` prints, by the command as it is typed.

    One process prints them all; nothing of ours needs to be loaded again for each.
    """
    typed = commands()
    done = subprocess.run(
        [sys.executable, "-P", "-c", _PRINTER],
        env={**os.environ, "COLUMNS": COLUMNS, "LC_ALL": "C.UTF-8"},
        input=json.dumps(typed),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        timeout=120,
    )
    texts = json.loads(done.stdout)
    return {" ".join(words): text.rstrip() for words, text in zip(typed, texts, strict=True)}


def block(text: str) -> str:
    """A help text as it stands in the page, between its two markers."""
    return f"\n```text\n{text}\n```\n"


def blocks(page: str) -> dict[str, str]:
    """What stands between the markers of a page, by command."""
    return {
        found["command"]: found.group()[len(found["begin"]) + 1 : -len(found["end"])]
        for found in _BLOCK.finditer(page)
    }


def renewed(page: str, texts: dict[str, str]) -> str:
    """The page with every block written anew; a block of no command becomes empty."""

    def fresh(found: re.Match[str]) -> str:
        text = texts.get(found["command"], "")
        return f"{found['begin']}\n{block(text)}\n{found['end']}"

    return _BLOCK.sub(fresh, page)


def main() -> int:
    """Write the page, or check it; 1 if it differs or lacks a command."""
    page, texts = PAGE.read_text("utf-8"), helps()
    fresh = renewed(page, texts)
    if missing := [command for command in texts if command not in blocks(page)]:
        sys.stderr.write(f"{PAGE.name} has no block for: {', '.join(missing)}\n")
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(fresh, "utf-8")
    elif fresh != page:
        sys.stderr.write(f"{PAGE.name} is out of date: run `python tools/docs.py`.\n")
        return 1
    return 1 if missing else 0


if __name__ == "__main__":
    raise SystemExit(main())
