"""The table of commands says of each what it says of itself."""

import inspect

import pytest
import typer

from voicereflect.cli.app import COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_the_table_repeats_the_first_line_of_the_help(name: str) -> None:
    command = COMMANDS[name].load()
    own = command.info.help if isinstance(command, typer.Typer) else inspect.getdoc(command)
    assert own
    assert COMMANDS[name].help == own.splitlines()[0]
