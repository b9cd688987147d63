"""The table of commands says of each what it says of itself."""

import inspect
import os
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner, Result

from voicereflect.cli.app import COMMANDS, NAME, SECTIONS, application
from voicereflect.cli.knowing import answer
from voicereflect.cli.options import LEFT, STOPPED, Group, LazyCommand, plainly
from voicereflect.cli.reflect import reflect
from voicereflect.cli.talk import talk
from voicereflect.core.session.speech.commands import TOLD
from voicereflect.deck_model import Fact, FactChoice
from voicereflect.model import AnswerState

LOADED = """
import sys
from voicereflect.__main__ import main
try:
    main()
except SystemExit:
    sys.stderr.write("\\n".join(sys.modules))
"""


@pytest.mark.parametrize("name", COMMANDS)
def test_the_table_repeats_the_first_line_of_the_help(name: str) -> None:
    command = COMMANDS[name].load()
    own = command.info.help if isinstance(command, typer.Typer) else inspect.getdoc(command)
    assert own
    assert COMMANDS[name].help == own.splitlines()[0]


def test_the_help_tells_each_command_whole_under_a_heading() -> None:
    page = typed("--help").output
    words = " ".join(page.split())
    for heading, section in SECTIONS.items():
        assert f"\n{heading}:\n" in page
        for name, late in section.items():
            assert f" {name} {late.help}" in words


@pytest.mark.parametrize("words", [["decks", "list"], ["show"], []])
def test_help_prints_what_the_option_prints(words: list[str]) -> None:
    assert typed("help", *words).output == typed(*words, "--help").output != ""


def test_the_version_is_told() -> None:
    assert typed("--version").output == f"voicereflect {version('voicereflect')}\n"


def typed(*words: str) -> Result:
    return CliRunner().invoke(application(words[:1]), list(words), prog_name=NAME)


def told(
    words: list[str],
    tag: Annotated[list[str] | None, typer.Option("--tag")] = None,
    deck: Annotated[str, typer.Option("--deck")] = "",
    limit: Annotated[int | None, typer.Option(min=1)] = None,
    count: Annotated[int, typer.Option(min=1)] = 10,
    state: Annotated[AnswerState | None, typer.Option("--state")] = None,
) -> None:
    typer.echo(repr((words, tag, deck, limit, count, state)))


@pytest.mark.parametrize(
    "typed",
    [
        "a b",
        "a --tag x --tag y --deck d",
        "a --limit 3 --count 4 --state done",
        "",
        "a --limit 0",
        "a --count x",
        "a --state lost",
        "a --deck",
        "--help",
    ],
)
def test_options_are_read_as_typer_reads_them(typed: str) -> None:
    results = []
    for kind in (LazyCommand, None):
        app = typer.Typer(rich_markup_mode=None)
        app.command(cls=kind)(told)
        done = CliRunner().invoke(app, typed.split())
        before, why, after = done.output.partition("Invalid value for ")
        where, colon, what = after.partition(": ")
        said = what if kind is LazyCommand else plainly(what)
        results.append((done.exit_code, before, why, where, colon, said))
    assert results[0] == results[1]
    assert "Input should" not in results[0][-1]


@pytest.mark.parametrize(("typed", "word"), [("n\n", LEFT), ("", STOPPED)])
def test_who_does_not_say_yes_is_told_in_our_words(typed: str, word: str) -> None:
    app = typer.Typer(cls=Group, rich_markup_mode=None)
    app.command("keep")(lambda: None)
    app.command("lose")(lambda: typer.confirm("Really?", abort=True))
    done = CliRunner().invoke(app, ["lose"], input=typed)
    assert done.exit_code == 1
    assert word in done.output.splitlines()
    assert "Abort" not in done.output


def shouted(name: str) -> str:
    return name.upper()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["one", "my", "dog", "--deep"], "my dog True"),
        (["one", "--deep", "my", "dog"], "my dog True"),
        (["one", "my dog"], "my dog False"),
        (["read", "my", "dog"], "MY DOG"),
        (["pair", "my", "dog", "Bruno"], "Too many words: Bruno. What has several words stands"),
    ],
)
def test_a_name_that_stands_alone_needs_no_quotes(words: list[str], told: str) -> None:
    app = typer.Typer(cls=Group, rich_markup_mode=None)

    @app.command(cls=LazyCommand)
    def one(name: str, *, deep: Annotated[bool, typer.Option("--deep")] = False) -> None:
        typer.echo(f"{name} {deep}")

    @app.command(cls=LazyCommand)
    def read(name: Annotated[str, typer.Argument(callback=shouted)]) -> None:
        typer.echo(name)

    @app.command(cls=LazyCommand)
    def pair(name: str, other: str) -> None:
        typer.echo(name + other)

    assert told in CliRunner().invoke(app, words).output


SHE = Fact(
    id="her",
    ask="Is she living?",
    choices=(FactChoice(id="living", say="She is living"), FactChoice(id="died", say="No")),
)


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("2\n", "died"),
        ("she is living\n", "living"),
        ("living\n", "living"),
        ("\n", ""),
        ("3\nperhaps\n1\n", "living"),
    ],
)
def test_an_answer_that_cannot_be_is_asked_for_again(typed: str, known: str) -> None:
    app = typer.Typer(rich_markup_mode=None)
    app.command()(lambda: typer.echo(f"<{answer(SHE)}>"))
    done = CliRunner().invoke(app, [], input=typed)
    assert f"<{known}>" in done.output
    asked_again = done.output.count("Type a number from 1 to 2, or ENTER alone.")
    assert asked_again == typed.count("\n") - 1


@pytest.mark.slow
@pytest.mark.parametrize("typed", [["list"], ["search", "--exact", "x"], ["trash", "list"]])
def test_what_is_plain_is_read_without_pydantic(typed: list[str], tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-c", LOADED, *typed],
        env={**os.environ, "VOICEREFLECT_VAULT": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    loaded = done.stderr.split()
    assert "voicereflect.cli.options" in loaded
    assert "pydantic" not in loaded


@pytest.mark.parametrize("command", [reflect, talk])
def test_the_help_lists_every_spoken_command(command: Callable[..., None]) -> None:
    told = " ".join((command.__doc__ or "").split())
    assert f"{', '.join(TOLD)}." in told
