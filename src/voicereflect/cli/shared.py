"""What several commands share: options, groups of commands, and JSON; knows no command."""

import json
import sys
from collections.abc import Callable, Iterable
from typing import Annotated, Any, Final, TypeVar

import typer

from voicereflect.cli import completing
from voicereflect.ui.wrapping import fitted
from voicereflect.wiring import desktop, library

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def _in_full(context: typer.Context, reference: str) -> str:
    """Give the id for a day in plain words; not while a shell completes what is typed."""
    return reference if context.resilient_parsing else library.in_full(reference)


def _words_in_full(context: typer.Context, words: list[str]) -> list[str]:
    """Give one reference for the words of it: `last tuesday` needs no quotes."""
    return [_in_full(context, " ".join(words))] if words else words


WHICH: Final = "`last`, `-2`, `yesterday`, or the letters `list` begins with"


def _argument(more: str, callback: Callable[..., Any] = _in_full, **others: Any) -> Any:
    return typer.Argument(
        help=f"{WHICH}{more}.",
        callback=callback,
        autocompletion=completing.references,
        **others,
    )


def _words(more: str, default: str) -> Any:
    return _argument(
        more,
        _words_in_full,
        metavar="REFERENCE",
        default_factory=lambda: [default],
        show_default=default or False,
    )


Reference = Annotated[str, _argument("")]
AnswerReference = Annotated[str, _argument("; /2 for an answer")]
EntryWords = Annotated[list[str], _words("", "last")]
"""The words of one reference: always a list of one, as with the two below."""
AnswerWords = Annotated[list[str], _words("; /2 for an answer", "last")]
PlaceWords = Annotated[list[str], _words("; /2 for an answer, /2:14 for a word", "last")]
VaultOrEntryWords = Annotated[list[str], _words("; none: the vault", "")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]

SOMETHING_WRONG: Final = 1
"""Exit code of a command that found a fault and says so."""
Row = TypeVar("Row")


def group(about: str, **more: Any) -> typer.Typer:
    """Begin a group of commands; alone it shows its help."""
    settings = {"no_args_is_help": True, **more}
    return typer.Typer(
        help=about, rich_markup_mode=None, pretty_exceptions_enable=False, **settings
    )


def print_json(value: Any, *, escaped: bool = True) -> None:
    """Print JSON for programs; letters beyond ASCII as escapes, or as they are."""
    typer.echo(json.dumps(value, ensure_ascii=escaped, indent=2))


def print_rows(
    rows: Iterable[Row], line: Callable[[Row], str], value: Callable[[Row], Any], *, as_json: bool
) -> None:
    """Print each row as a line, or all of them as JSON."""
    if as_json:
        print_json([value(row) for row in rows])
        return
    with desktop.paged():
        for row in rows:
            typer.echo(line(row))


def show_text(text: str) -> None:
    """Print a text, by pages where it is longer than a person's screen."""
    with desktop.paged():
        typer.echo(text)


def say(line: str, *, indent: int = 0) -> None:
    """Print a line in whole words where a terminal is narrow; what follows a break is indented."""
    typer.echo(fitted(line, sys.stdout, indent=indent))


def expect_yes(question: str) -> None:
    """Ask beside the output, in whole words; anything but a yes leaves all as it is."""
    asked = fitted(f"{question} [y/N]:", sys.stderr)
    typer.confirm(asked, abort=True, show_default=False, prompt_suffix=" ", err=True)


def note(*lines: str) -> None:
    """Say something beside the output, in whole words."""
    for line in lines:
        typer.echo(fitted(line, sys.stderr), err=True)
