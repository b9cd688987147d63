#!/usr/bin/env python3
"""Writes what the program knows best: help texts, tables of keys, the schema of decks.

`python tools/docs.py` writes docs/cli.md, docs/decks.md, docs/deck.schema.json and the files that
shells complete from anew; with `--check` it only says which would differ.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import typer

from voicereflect.cli.app import COMMANDS, application
from voicereflect.cli.options import completion_script
from voicereflect.core.decks.file import keys as deck_keys
from voicereflect.core.decks.file import reader
from voicereflect.core.decks.file.values import Table
from voicereflect.core.session.keys import KEYS, binding
from voicereflect.core.session.state import Phase

DOCS = Path(__file__).resolve().parents[1] / "docs"
SHARED = DOCS.parent / "share"
"""What an installation puts where shells look."""
COMPLETIONS = {
    "bash": "voicereflect.bash",
    "zsh": "_voicereflect",
    "fish": "voicereflect.fish",
}
PAGE = DOCS / "cli.md"
DECK_PAGE = DOCS / "decks.md"
SCHEMA = DOCS / "deck.schema.json"
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
_TABLE = re.compile(
    r"^(?P<begin><!-- keys: (?P<which>[a-z]+) -->)\n.*?^(?P<end><!-- end of keys -->)$",
    re.MULTILINE | re.DOTALL,
)
_KEY_NAMES = {"q": "Q, Ctrl-C", **dict.fromkeys("0123456789", "1 to 4, 0")}
_ELSEWHERE = {
    Phase.OPENING: "the opening is shown",
    Phase.HELD: "the microphone is gone",
    Phase.CHOOSING: "a choice about the session is put",
    Phase.AWAITING_TEXTS: "the last words are written down",
}

Words = tuple[str, ...]


@cache
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
        [sys.executable, "-I", "-c", _PRINTER],
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


def key_tables() -> dict[str, str]:
    """The tables of keys: around a question, and at any other moment of a session."""
    around = dict.fromkeys(
        (_shown(key), _help(key, Phase.ASKING), _help(key, Phase.ANSWERING)) for key in KEYS
    )
    asked = [row for row in around if any(row[1:])]
    columns = ("enter", "s", "q")
    elsewhere = [
        (when, *(_help(key, phase) for key in columns)) for phase, when in _ELSEWHERE.items()
    ]
    return {
        "question": _table(("key", "while you are asked", "while you answer"), asked),
        "elsewhere": _table(("while", *map(_shown, columns)), elsewhere),
        "deck": _deck_keys(deck_keys.DECK),
        "prompt": _deck_keys(deck_keys.PROMPT),
    }


def _deck_keys(table: Table) -> str:
    rows = [(f"`{name}`", key.takes, key.means) for name, key in table.keys.items()]
    return _table(("key", "takes", "means"), rows)


def schema() -> str:
    """The keys of a deck as JSON Schema, for editors."""
    parts = (deck_keys.PROMPT, deck_keys.STEP, deck_keys.VARIANT, deck_keys.OFFER)
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"A deck of voicereflect, format {reader.FORMAT}",
        **_schema_of(deck_keys.DECK),
        "$defs": {part.word: _schema_of(part) for part in parts},
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _schema_of(table: Table) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": "object",
        "required": [key for key in table.needed if key not in table.stand_ins],
        "additionalProperties": False,
        "properties": {
            name: {
                **key.kind.schema,
                **key.schema,
                **({"description": key.means} if key.means else {}),
            }
            for name, key in table.keys.items()
        },
    }
    for pair in table.stand_ins.items():
        found["anyOf"] = [{"required": [key]} for key in pair]
    return found


def _shown(key: str) -> str:
    return _KEY_NAMES.get(key, key.upper())


def _help(key: str, phase: Phase) -> str:
    found = binding(key, phase)
    return found.help if found else ""


def _table(head: Words, rows: Sequence[Words]) -> str:
    lines = (" | ".join(row).strip() for row in (head, *rows))
    first, *rest = (f"| {line} |".replace("|  |", "| |") for line in lines)
    return "\n".join((first, "|---" * len(head) + "|", *rest))


def renewed(page: str, texts: dict[str, str]) -> str:
    """The page with every block and table written anew; a block of no command becomes empty."""
    tables = key_tables()

    def fresh(found: re.Match[str]) -> str:
        text = texts.get(found["command"], "")
        return f"{found['begin']}\n{block(text)}\n{found['end']}"

    def fresh_table(found: re.Match[str]) -> str:
        return f"{found['begin']}\n\n{tables[found['which']]}\n\n{found['end']}"

    return _TABLE.sub(fresh_table, _BLOCK.sub(fresh, page))


def completions() -> dict[Path, str]:
    """What shells complete from, by the file."""
    return {
        SHARED / name: completion_script(shell).rstrip() + "\n"
        for shell, name in COMPLETIONS.items()
    }


def main() -> int:
    """Write the pages, or check them; 1 if one differs or lacks a command."""
    page, texts = PAGE.read_text("utf-8"), helps()
    if missing := [command for command in texts if command not in blocks(page)]:
        sys.stderr.write(f"{PAGE.name} has no block for: {', '.join(missing)}\n")
    fresh = {
        PAGE: renewed(page, texts),
        DECK_PAGE: renewed(DECK_PAGE.read_text("utf-8"), {}),
        SCHEMA: schema(),
        **completions(),
    }
    stale = [
        file for file, text in fresh.items() if not file.exists() or text != file.read_text("utf-8")
    ]
    if "--check" not in sys.argv[1:]:
        for file in stale:
            file.write_text(fresh[file], "utf-8")
    elif stale:
        names = ", ".join(file.name for file in stale)
        sys.stderr.write(f"out of date: {names}; run `python tools/docs.py`.\n")
        return 1
    return 1 if missing else 0


if __name__ == "__main__":
    raise SystemExit(main())
