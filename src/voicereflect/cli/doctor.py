"""`voicereflect doctor`: does every part work, and what to do if not."""

from dataclasses import asdict

import typer

from voicereflect.cli.shared import SOMETHING_WRONG, AsJson, print_json, say
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
            say(f"{state}  {finding.part}: {finding.found}", indent=INDENT)
            if finding.hint and finding.hint not in {each.hint for each in findings[:-1]}:
                say(f"       {finding.hint}", indent=INDENT)
    if as_json:
        print_json([asdict(each) for each in findings])
    if not all(finding.works for finding in findings):
        raise typer.Exit(SOMETHING_WRONG)
