"""`voicereflect doctor`: does every part work, and what to do if not."""

import sys
from dataclasses import asdict

import typer

from voicereflect.cli.shared import SOMETHING_WRONG, AsJson, print_json
from voicereflect.ui.wrapping import fitted
from voicereflect.wiring import setup

INDENT = 7


def doctor(
    as_json: AsJson = False,
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
        print_json([asdict(each) for each in findings])
    if not all(finding.works for finding in findings):
        raise typer.Exit(SOMETHING_WRONG)


def _tell(line: str) -> None:
    typer.echo(fitted(line, sys.stdout, indent=INDENT))
