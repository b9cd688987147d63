"""Commands that load nothing to read what is plain; knows typer's parameters, and no command.

typer reads every option with pydantic, even one that was not typed, and loading
that takes a fifth of the time of `list`.
"""

import os
import re
from pathlib import Path
from typing import Any, get_args

import typer
from typer._click.shell_completion import CompletionItem, add_completion_class
from typer._completion_classes import BashComplete, completion_init
from typer._completion_shared import get_completion_script
from typer.core import TyperCommand, TyperGroup

from voicereflect.core.store.bounds import readable

COMPLETING = "_VOICEREFLECT_COMPLETE"
"""The variable by which a shell asks."""
INTERRUPTED = 130
"""What shells call a program that Ctrl-C ended."""
_SPECIAL = re.compile(r"[^\w@%+=:,./-]")
_IN_PLAIN_WORDS = (
    (re.compile(r"^Value error, "), ""),
    (re.compile(r"^Input should be a valid integer.*"), "it must be a whole number"),
    (re.compile(r"^Input should be a valid number.*"), "it must be a number"),
    (re.compile(r"^Input should be greater than or equal to (.*)"), r"it must be \1 or more"),
    (re.compile(r"^Input should be less than or equal to (.*)"), r"it must be \1 or less"),
    (re.compile(r"^Input should be "), "it must be "),
)
LOOSE = {"ignore_unknown_options": True}
"""For references like `-2`, which look like options."""
WHOLE = 1_000
"""More letters than any command says of itself."""
QUOTES = "What has several words stands in quotes."
LEFT = "Left as it is."
STOPPED = "Stopped."


class LazyCommand(TyperCommand):
    """A command that leaves to typer only what is not plain."""

    def get_params(self, ctx: Any) -> Any:
        """All parameters, and `--help`."""
        return [_sparing(each) for each in super().get_params(ctx)]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read what was typed; one name alone may be of several words: `themes show the dog`."""
        places = [each for each in self.params if each.param_type_name == "argument"]
        if len(places) == 1:
            _joining(places[0])
        ctx.allow_extra_args = len(places) > 1
        if ctx.ignore_unknown_options:
            self._expect_known(ctx, args)
        more = super().parse_args(ctx, args)
        if more:
            ctx.fail(f"Too many words: {' '.join(_written(more))}. {QUOTES}")
        return more

    def _expect_known(self, ctx: Any, args: list[str]) -> None:
        """See that nothing with two hyphens is taken for a reference: none begins so."""
        known = {name for each in self.get_params(ctx) for name in each.opts}
        for word in args[: args.index("--")] if "--" in args else args:
            name = word.partition("=")[0]
            if name.startswith("--") and name not in known:
                ctx.fail(f"No such option: {name}")


class Group(TyperGroup):
    """The same for commands of several words."""

    def get_params(self, ctx: Any) -> Any:
        """All parameters, and `--help`."""
        return [_sparing(each) for each in super().get_params(ctx)]

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write every command under its heading, and all of what it says of itself."""
        sections: dict[str, list[tuple[str, str]]] = {}
        for name in self.list_commands(ctx):
            command: Any = self.get_command(ctx, name)
            row = (name, command.get_short_help_str(WHOLE))
            sections.setdefault(command.rich_help_panel or "Commands", []).append(row)
        widest = max(len(name) for rows in sections.values() for name, _ in rows)
        for heading, rows in sections.items():
            with formatter.section(heading):
                formatter.write_dl([(name.ljust(widest), about) for name, about in rows])

    def invoke(self, ctx: Any) -> Any:
        """Run the command; a no at a question, or Ctrl-C there, ends it with one word."""
        try:
            return super().invoke(ctx)
        except typer.Abort as error:
            asked = error.__context__  # why there was no answer at all
            typer.echo(LEFT if asked is None else f"\n{STOPPED}", err=True)
            raise typer.Exit(INTERRUPTED if isinstance(asked, KeyboardInterrupt) else 1) from error


class QuotingBash(BashComplete):
    """Completes names of several words as bash has to read them."""

    def format_completion(self, item: CompletionItem) -> str:
        """Give the word with a backslash before whatever bash would take for itself."""
        return _SPECIAL.sub(r"\\\g<0>", item.value)


def words_to_complete() -> list[str] | None:
    """Give the words that a shell wants completed, but for the program's name; None if none does.

    typer answers it when the command line is run.
    """
    if COMPLETING not in os.environ:
        return None
    completion_init()
    add_completion_class(QuotingBash, "bash")
    typed = os.environ.get("COMP_WORDS") or os.environ.get("_TYPER_COMPLETE_ARGS", "")
    return typed.split()[1:]


def completion_script(shell: str) -> str:
    """Give what a shell has to read, as typer has it."""
    return get_completion_script(prog_name="voicereflect", complete_var=COMPLETING, shell=shell)


def plainly(message: str) -> str:
    """Say what is wrong with an option's value without the words of a library."""
    for pattern, words in _IN_PLAIN_WORDS:
        message = pattern.sub(words, message)
    return message


def _sparing(param: Any) -> Any:
    kind = getattr(getattr(param, "type_descriptor", None), "annotation", None)
    if kind is None or "process_value" in vars(param):  # another typer, or done already
        return param
    reads = param.process_value

    def process_value(ctx: Any, value: Any) -> Any:
        value = value if _is_of_files(kind) else _written(value)
        if not _is_plain(param, kind, value):
            try:
                return reads(ctx, value)
            except typer.BadParameter as error:
                error.message = plainly(error.message)
                raise
        many = value is None and (param.multiple or param.nargs == -1)
        read = () if many else value
        return param.callback(ctx, param, read) if param.callback else read

    param.process_value = process_value
    return param


def _joining(param: Any) -> None:
    """Have a text that stands alone take all words that are typed."""
    kind = param.type_descriptor.annotation
    if param.nargs != 1 or not (kind is str or str in get_args(kind)):
        return
    reads = param.handle_parse_result

    def handle_parse_result(ctx: Any, opts: dict[str, Any], args: list[str]) -> Any:
        typed = opts.get(param.name)
        if isinstance(typed, str) and args:
            opts, args = {**opts, param.name: " ".join([typed, *args])}, []
        return reads(ctx, opts, args)

    param.handle_parse_result = handle_parse_result


def _is_of_files(kind: Any) -> bool:
    """Tell whether what is typed names files, whose bytes must stay as they are."""
    return kind is Path or Path in get_args(kind)


def _written(value: Any) -> Any:
    """Make every text one that can be kept: a terminal may type bytes that are no UTF-8."""
    if isinstance(value, str):
        return readable(value)
    if isinstance(value, list | tuple):
        return type(value)(map(_written, value))
    return value


def _is_plain(param: Any, kind: Any, value: Any) -> bool:
    """Tell whether typer would give back what it is given."""
    if value is None or value == ():
        return not param.required
    if isinstance(value, tuple | list):
        return kind == list[str] and all(isinstance(each, str) for each in value)
    return isinstance(kind, type) and isinstance(value, kind)
