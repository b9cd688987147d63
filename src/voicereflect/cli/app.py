"""The command line: which commands there are, and the one place that prints errors and exits."""

import sys

import typer

from voicereflect.cli import (
    config,
    decks,
    doctor,
    fix,
    help_lines,
    importing,
    models,
    play,
    programme,
    read,
    reflect,
    search,
    tend,
    themes,
    transcribe,
)
from voicereflect.errors import ReflectError

INTERRUPTED = 130
"""What shells call a program that Ctrl-C ended."""

app = typer.Typer(
    name="voicereflect",
    help="Speak a reflection aloud. Nothing you say leaves this machine.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("reflect")(reflect.reflect)
app.command("talk")(reflect.talk)
app.command("list")(read.list_entries)
app.command("show", context_settings={"ignore_unknown_options": True})(read.show)
app.command("transcribe", context_settings={"ignore_unknown_options": True})(transcribe.transcribe)
app.command("recover")(transcribe.recover)
app.add_typer(models.app, name="models")
app.command("config")(config.show_config)
app.command("doctor")(doctor.doctor)
app.command("play", context_settings={"ignore_unknown_options": True})(play.play)
app.command("fix", context_settings={"ignore_unknown_options": True})(fix.fix)
app.command("import")(importing.import_files)
app.command("search")(search.search)
app.command("today")(search.today)
# without -h, which would be read out of a tag like -health
app.command(
    "tag", context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]}
)(tend.tag)
app.command("delete", context_settings={"ignore_unknown_options": True})(tend.delete)
app.add_typer(tend.trash, name="trash")
app.add_typer(tend.vault, name="vault")
app.add_typer(decks.app, name="decks")
app.command("echo")(decks.echo)
app.add_typer(programme.app, name="programme")
app.command("help-lines")(help_lines.help_lines)
app.add_typer(themes.app, name="themes")


def run() -> None:
    """Run one command; a problem is one line and what to do, and its own exit code."""
    try:
        app()
    except ReflectError as error:
        sys.stderr.write(f"{error.sentence}\n{error.hint}\n")
        raise SystemExit(error.exit_code) from error
    except KeyboardInterrupt as error:
        raise SystemExit(INTERRUPTED) from error
