"""The command line: which commands there are, and the one place that prints errors and exits.

Only the module of the command that was typed is loaded; the others are names here.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from shutil import get_terminal_size
from typing import Annotated, Any, NamedTuple

import typer

from voicereflect import wiring
from voicereflect.cli.options import INTERRUPTED, LOOSE, Group, LazyCommand, words_to_complete
from voicereflect.errors import ReflectError
from voicereflect.ui import output
from voicereflect.ui.wrapping import NARROW, fitted

NAME = "voicereflect"
NO_SHORT_HELP = {**LOOSE, "help_option_names": ["--help"]}
"""Without -h, which would be read out of a tag like -health."""

LEAST_OF_TYPER = 52
"""Columns of a terminal for which typer breaks the lines of help by itself."""
OUTPUT_LOST = 1
"""Exit code of a command that did its work and could not show all of it."""
OWN = 0o077
"""What is taken from the mode of every file and folder we make: nobody else reads or writes it."""


class Late(NamedTuple):
    """A command that is loaded when it is typed."""

    where: str
    """Module in this package, and the function or typer application in it."""
    help: str
    """The first line of its own help, checked against it."""
    settings: Mapping[str, Any] | None = None

    def load(self) -> Any:
        """The function or the application."""
        module, _, name = self.where.partition(":")
        return getattr(import_module(f"voicereflect.cli.{module}"), name)


SECTIONS: Mapping[str, Mapping[str, Late]] = {
    "Speak": {
        "reflect": Late(
            "reflect:reflect", "Hear each prompt, answer aloud, and keep sound and words."
        ),
        "talk": Late("talk:talk", "Just speak, for as long as you like; no prompts."),
        "two": Late(
            "two:two",
            "Take turns with somebody; the other agrees first, and is asked first at the end.",
        ),
        "import": Late(
            "import_files:import_files",
            "Keep recordings as entries, dated by what they tell, and write them down.",
        ),
    },
    "Find and hear again": {
        "list": Late("list_entries:list_entries", "List the entries, oldest first."),
        "show": Late(
            "show:show", "Show an entry as it stands in its file, hand edits and all.", LOOSE
        ),
        "search": Late("search:search", "Find what you said, by its words and by its meaning."),
        "today": Late(
            "today:today", "Show what you said a month ago, and on this day in earlier years."
        ),
        "play": Late("play:play", "Hear answers again in your own voice, from any word on.", LOOSE),
        "echo": Late("echo:echo", "Show your answers to one prompt over time, oldest first."),
        "themes": Late("themes:app", "See what you keep coming back to, in your own words."),
        "review": Late(
            "review:review",
            "Walk through what you said, a key at a time: entries, sentences, themes, names.",
        ),
        "report": Late(
            "report:report",
            "Write a page: themes over time, days, quotes, then and now; one HTML file.",
        ),
        "sheet": Late("sheet:app", "Pick quotes, and write them on a sheet to take along."),
        "export": Late(
            "export:export",
            "Copy entries for other programs: text, JSON, subtitles, Obsidian, jrnl.",
            LOOSE,
        ),
        "lookback": Late(
            "lookback:lookback",
            "Look back in your own words: days, themes, then and now, questions asked twice.",
        ),
    },
    "Put right": {
        "edit": Late(
            "edit:edit",
            "Change an entry's page in your editor, which may leave copies of its own.",
            LOOSE,
        ),
        "fix": Late(
            "fix:fix", "Hear the words the machine was unsure of, and say what they are.", LOOSE
        ),
        "transcribe": Late(
            "transcribe:transcribe",
            "Write down what was said: later, again, or with a better model; your edits stay.",
            LOOSE,
        ),
        "date": Late(
            "date:date",
            "Put right when an entry began; its id and its folder stay as they are.",
            LOOSE,
        ),
        "tag": Late(
            "tag:tag",
            "Add tags to an entry, or take them away; without changes, show them.",
            NO_SHORT_HELP,
        ),
        "keep": Late(
            "keep:keep",
            "Keep what still waits for that choice; or close an entry, or open it again.",
            LOOSE,
        ),
        "delete": Late(
            "delete:delete", "Move an entry to the trash, where it can be taken back.", LOOSE
        ),
        "trash": Late("trash:app", "See what was thrown away, and take it back."),
    },
    "What to speak of": {
        "decks": Late("decks:app", "See which decks there are, check one, or begin your own."),
        "programme": Late("programme:app", "Decks in an order, and no calendar."),
    },
    "People": {
        "help-lines": Late(
            "help_lines:help_lines",
            "Show whom to call: emergency, crisis, violence at home, older people, children.",
        ),
        "consent": Late(
            "consent:app",
            "See what other speakers agreed to; copy their words, or destroy them.",
        ),
    },
    "Look after": {
        "setup": Late(
            "setup:setup", "Check voice and sound, fetch the models, and ask what cannot be known."
        ),
        "help": Late("help:show_help", "Show what a command does and takes."),
        "config": Late("config:app", "Show every setting and where it comes from; change one."),
        "completion": Late(
            "completion:completion",
            "Print what a shell needs to complete commands, decks, tags, themes and entries.",
        ),
        "open": Late(
            "open:open_folder",
            "Tell in which folder an entry is, or the vault; show it where there is a desktop.",
            LOOSE,
        ),
        "backup": Late("backup:app", "Keep everything in one archive, or put it back."),
        "doctor": Late(
            "doctor:doctor",
            "Try every part: vault, network, voice, loudspeaker, microphone, speech model.",
        ),
        "models": Late("models:app", "See, fetch and check the models."),
        "vault": Late("vault:app", "Look after the folder that everything is kept in."),
        "privacy": Late(
            "privacy:privacy",
            "Show what is kept where, try every way off this machine, and say what the system "
            "may do.",
        ),
        "unlock": Late(
            "unlock:unlock",
            "Ask for the passphrase of a sealed vault once, and hold its key for a while.",
        ),
        "lock": Late("unlock:lock", "Forget the key of a sealed vault at once."),
        "recover": Late(
            "recover:recover",
            "Finish what a crash or a power cut left behind; every session does this first.",
        ),
    },
}
"""Every command, under the headings of the help."""
COMMANDS: Mapping[str, Late] = {
    name: late for section in SECTIONS.values() for name, late in section.items()
}
OFFER = Late("offer:offer", "Say what comes next; nothing is begun.")
"""What the program says without a command."""


def application(wanted: Sequence[str]) -> typer.Typer:
    """Every command by name, the wanted ones whole."""
    app = typer.Typer(
        name=NAME,
        cls=Group,
        help="Speak a reflection aloud. Nothing you say leaves this machine.",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], **_narrow()},
    )
    app.callback()(_all_commands)
    for heading, section in SECTIONS.items():
        for name, late in section.items():
            if name in wanted:
                _add(app, name, late, heading)
            else:
                app.command(name, help=late.help, rich_help_panel=heading)(_elsewhere)
    return app


def _narrow() -> dict[str, int]:
    """Settings for help where a terminal is narrower than typer would let it be."""
    columns = get_terminal_size().columns
    return {"terminal_width": max(columns - 2, NARROW)} if columns < LEAST_OF_TYPER else {}


def _add(app: typer.Typer, name: str, late: Late, heading: str) -> None:
    """Load a command and add it under its heading."""
    command = late.load()
    if isinstance(command, typer.Typer):
        for each in command.registered_commands:
            each.cls = LazyCommand
        app.add_typer(command, name=name, cls=Group, rich_help_panel=heading)
    else:
        settings = dict(late.settings) if late.settings else None
        app.command(name, cls=LazyCommand, context_settings=settings, rich_help_panel=heading)(
            command
        )


def run() -> None:
    """Run one command; whatever it says passes one seam."""
    os.umask(OWN)
    shown = output.install()
    try:
        _run()
    except SystemExit as end:
        if end.code or (lost := shown.lost()) is None:
            raise
        sys.stderr.write(f"Not everything could be shown: {(lost.strerror or '').lower()}.\n")
        raise SystemExit(OUTPUT_LOST) from lost
    finally:
        shown.flush()
        sys.stderr.flush()


def _run() -> None:
    """Run it; a problem is one line and what to do, and its own exit code."""
    completed = words_to_complete()
    words = sys.argv[1:] if completed is None else completed
    typed = next((word for word in words if not word.startswith("-")), "")
    try:
        if completed is not None:
            _complete([typed])
        elif words:
            if typed and typed not in COMMANDS:
                import_module("voicereflect.cli.instead").refuse(words)
            application([typed])()
        else:
            OFFER.load()()
            raise SystemExit(0)
    except ReflectError as error:
        sys.stderr.write(
            f"{fitted(error.sentence, sys.stderr)}\n{fitted(error.hint, sys.stderr)}\n"
        )
        raise SystemExit(error.exit_code) from error
    except KeyboardInterrupt as error:
        raise SystemExit(INTERRUPTED) from error


def _complete(wanted: Sequence[str]) -> None:
    """Answer a shell; what cannot be read completes nothing, and the next command tells of it."""
    with suppress(ReflectError):
        application(wanted)(prog_name=NAME)


def _tell_version(*, wanted: bool) -> None:
    if wanted:
        typer.echo(f"{NAME} {wiring.version()}")
        raise typer.Exit


def _all_commands(
    version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=_tell_version, help="Show the version."),
    ] = False,
) -> None:
    """What stands before a command."""


def _elsewhere() -> None:
    """A command that was not typed; never run."""
