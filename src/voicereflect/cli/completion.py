"""`voicereflect completion`: what a shell has to read to complete commands and names."""

from enum import StrEnum
from typing import Annotated

import typer

from voicereflect.cli.options import completion_script
from voicereflect.cli.shared import note


class Shell(StrEnum):
    """Shells that typer knows."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"


HOW = {
    Shell.BASH: 'Put this line into ~/.bashrc: eval "$(voicereflect completion bash)"',
    Shell.ZSH: 'Put this line into ~/.zshrc, after compinit: eval "$(voicereflect completion zsh)"',
    Shell.FISH: "Once: voicereflect completion fish > ~/.config/fish/completions/voicereflect.fish",
    Shell.POWERSHELL: "Put this line into $PROFILE: "
    "voicereflect completion powershell | Out-String | Invoke-Expression",
}


def completion(
    shell: Annotated[Shell, typer.Argument(help="bash, zsh, fish or powershell.")],
) -> None:
    """Print what a shell needs to complete commands, decks, tags, themes and entries."""
    typer.echo(completion_script(shell.value))
    note(HOW[shell])
