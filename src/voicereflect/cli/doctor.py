"""`voicereflect doctor`: does every part work, and what to do if not."""

import json
import sys
from typing import Annotated

import typer

from voicereflect.ui.wrapping import fitted
from voicereflect.wiring import setup

SOMETHING_FAILS = 1
INDENT = 7


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Try every part: vault, network, voice, loudspeaker, microphone, speech model."""
    findings = []
    for finding in setup.doctor():
        findings.append(finding)
        if not as_json:
            state = "works" if finding.works else "FAILS"
            _tell(f"{state}  {finding.part}: {finding.found}")
            if finding.hint:
                _tell(f"       {finding.hint}")
    if as_json:
        table = [
            {"part": each.part, "works": each.works, "found": each.found, "hint": each.hint}
            for each in findings
        ]
        typer.echo(json.dumps(table, indent=2))
    if not all(finding.works for finding in findings):
        raise typer.Exit(SOMETHING_FAILS)


def _tell(line: str) -> None:
    typer.echo(fitted(line, sys.stdout, indent=INDENT))
