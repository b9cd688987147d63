"""Every command there is, once each, over any vault that has what they ask for.

A command that the manual has and this list has not is found by whoever runs it.
"""

import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "cli.md"
ELSEWHERE: Final = {"models get", "reflect", "talk"}
"""One has a network of its own; whole sessions are looked at by suites that know what they say."""
DRIVER: Final = """
import gc, importlib, os, pkgutil, sys, voicereflect
from voicereflect.__main__ import _open_streams, _shut_in
_open_streams()
_shut_in(hub=False)
import voicereflect.cli.app as app
for each in pkgutil.walk_packages(voicereflect.__path__, "voicereflect."):
    if each.name.split(".")[1] in ("cli", "core", "flows", "ui", "wiring"):
        importlib.import_module(each.name)
gc.freeze()
for number, line in enumerate(open(sys.argv[1], encoding="utf-8")):
    if (child := os.fork()) == 0:
        for stream, kind in ((1, "out"), (2, "err")):
            os.dup2(os.open(f"{sys.argv[2]}/{number}.{kind}", os.O_CREAT | os.O_WRONLY), stream)
        sys.argv = ["voicereflect", *line.rstrip("\\n").split("\\t")]
        app.run()
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
"""Python is started once and loads what is cheap to load; a process is forked for each command."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """A command that ended."""

    words: str
    code: int
    out: str
    err: str


def every_command(out: Path, word: str) -> list[tuple[str, ...]]:
    """Name them with what they are asked; files go to `out`, and `word` is looked for."""
    (out / "memo.txt").write_text(f"{word.capitalize()} in spring.\n")
    listed = f"""
        help | completion bash | help-lines | config | config set country IE | config unset country
        models list | models verify | models add {out}/memo.txt
        vault begin | vault status | vault check | vault seal | vault unseal | vault passphrase
        vault merge | unlock
        decks list | decks show everyday | decks check {out}/memo.txt | decks new mine
        programme start work | programme next | programme skip work morning | programme status
        programme stop
        import --from text {out}/memo.txt --yes | date last 2026-11-03
        list | show last | search {word} | today | play last | edit last | fix last | open last
        tag last +garden | keep last | echo everyday/week | review
        themes | themes show one | themes play one | themes rename one two | themes apart one two
        themes merge one two | themes hide one | themes pin one | themes confirm one
        themes move last/1:1 two | themes add mine --word {word} | themes undo
        sheet add last/1:1 | sheet write {out}/sheet.html --yes | sheet remove 1
        lookback | lookback --page {out}/back.html | report {out}/report.html
        export --to {out}/export | backup make {out}/all.tar | backup verify {out}/all.tar
        backup restore {out}/all.tar
        consent list | consent copy last {out}/copies | consent withdraw last
        two interview | transcribe --pending | recover
        trash list | trash restore last | delete last | trash empty --yes
        setup --yes | doctor | privacy | lock
    """
    return [tuple(each.split()) for each in listed.replace("\n", "|").split("|") if each.strip()]


def of_manual() -> set[str]:
    """Name every command of the manual that does something here."""
    named = set(re.findall(r"<!-- help: voicereflect (.+) -->", PAGE.read_text("utf-8")))
    groups = {each.partition(" ")[0] for each in named if " " in each}
    return named - ELSEWHERE - (groups - {"themes", "config"})


def run_all(
    commands: Sequence[tuple[str, ...]],
    folder: Path,
    env: Mapping[str, str],
    before: Sequence[str],
) -> list[Ran]:
    """Run them in this order, with nobody at the keyboard."""
    (folder / "commands").write_text("".join("\t".join(each) + "\n" for each in commands))
    done = subprocess.run(
        [*before, sys.executable, "-I", "-c", DRIVER, str(folder / "commands"), str(folder)],
        env=dict(env),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=240,
    )
    codes = map(int, done.stdout.split())
    return [
        Ran(
            words=" ".join(words),
            code=code,
            out=(folder / f"{number}.out").read_text("utf-8"),
            err=(folder / f"{number}.err").read_text("utf-8"),
        )
        for number, (words, code) in enumerate(zip(commands, codes, strict=True))
    ]
