"""The command line: which commands there are, and the one place that prints errors and exits."""

import sys

import typer

from voicereflect.cli import config, doctor, models, read, reflect, themes
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
app.command("list")(read.list_entries)
app.command("show", context_settings={"ignore_unknown_options": True})(read.show)
app.add_typer(models.app, name="models")
app.command("config")(config.show_config)
app.command("doctor")(doctor.doctor)
app.add_typer(themes.app, name="themes")


def run() -> None:
    """Run one command; a problem is one line and what to do, and its own exit code."""
    try:
        app()
    except ReflectError as error:
        sys.stderr.write(f"{error.what}\n{error.hint}\n")
        raise SystemExit(error.exit_code) from error
    except KeyboardInterrupt as error:
        raise SystemExit(INTERRUPTED) from error
