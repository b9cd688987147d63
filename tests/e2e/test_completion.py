"""Completion as a shell asks for it."""

import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.libraries import entry_id, spoken
from tests.support.product import COMMAND, run
from tests.support.vaults import made_entry, make_vault
from voicereflect.adapters.vault.files import Files

ASK = """
eval "$("$PROGRAM" completion bash)"
for words in "reflect small" "show " "list --tag " "themes show " "decks sh"; do
    IFS=' ' read -r -a COMP_WORDS <<< "voicereflect $words"
    [ "${words: -1}" = " " ] && COMP_WORDS+=("")
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    _voicereflect_completion "$PROGRAM"
    echo "$words: ${COMPREPLY[*]}"
done
"""
THEMES = """format = 1
[[theme]]
name = "my mother's garden"
words = ["garden"]
[[theme]]
name = "grief"
seed = "seed:grief"
"""


@pytest.mark.slow
def test_bash_completes_decks_entries_tags_and_themes() -> None:
    root = Path(os.environ["VOICEREFLECT_VAULT"])
    made_entry(make_vault(Files(root)), replace(spoken(1, "Tulips."), tags=("garden",)))
    (root / "themes.toml").write_text(THEMES)
    run("list")
    done = subprocess.run(
        ["bash", "--norc", "-c", ASK],
        env=os.environ | {"PROGRAM": COMMAND},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    found = dict(line.split(": ", 1) for line in done.stdout.splitlines())
    assert found["reflect small"] == "small-steps"
    assert entry_id(1)[-4:] in found["show "].split()
    assert found["list --tag "] == "garden"
    assert found["decks sh"] == "show"
    assert found["themes show "] == r"my\ mother\'s\ garden"  # the other one waits for a yes
