"""jrnl itself reads what we export, and what it writes comes in."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.flows.test_exporting import Exporter
from tests.flows.test_journal_import import Importer
from tests.support.libraries import spoken
from voicereflect.core.exchange.values import ExportFormat, ToExport
from voicereflect.core.journals.values import Program
from voicereflect.model import Entry

pytestmark = pytest.mark.slow

INSTALLED = Path(sys.prefix, "jrnl")
CONFIG = {
    "version": "v4.6",
    "colors": dict.fromkeys(("body", "date", "tags", "title"), "none"),
    "default_hour": 9,
    "default_minute": 0,
    "editor": "",
    "encrypt": False,
    "highlight": False,
    "indent_character": "|",
    "linewrap": 79,
    "tagsymbols": "@",
    "template": False,
    "timeformat": "%F %r",
}
WRITTEN = (
    "Peas came up",
    "[2020-01-01 10:00] A line that begins like an entry.",
    "One.\n\n\n[2020-01-01 10:00 AM] Two.\n[x] three\n@garden",
    "Äpfel, „Birnen“, 梨 and 🍐.",
    "  Indented.\n\tSo is this.",
)


class Jrnl:
    """A journal of jrnl's, kept by jrnl."""

    def __init__(self, folder: Path) -> None:
        if not (INSTALLED / "jrnl").is_dir():
            missing = "jrnl is not installed: `make` does it"
            (pytest.fail if os.environ.get("CI") else pytest.skip)(missing)
        folder.mkdir()
        self._config = folder / "jrnl.yaml"
        self.journal = folder / "journal.txt"
        self.journal.touch()
        told = CONFIG | {"journals": {"default": {"journal": str(self.journal)}}}
        lines = (f"{key}: {json.dumps(value)}\n" for key, value in told.items())
        self._config.write_text("".join(lines))
        self._env = os.environ | {"PYTHONPATH": str(INSTALLED), "HOME": str(folder)}

    def runs(self, *arguments: str) -> str:
        """Run it; what it prints."""
        command = [sys.executable, "-P", "-m", "jrnl", "--config-file", str(self._config)]
        done = subprocess.run(
            [*command, *arguments],
            env=self._env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def entries(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.runs("--format", "json"))["entries"]
        return found


def words(text: str) -> list[str]:
    return re.findall(r"\S+", text)


def said(entries: Sequence[Entry]) -> list[tuple[str, list[str]]]:
    return sorted(
        (f"{each.started_at:%Y-%m-%d %H:%M}", words(each.answers[0].text)) for each in entries
    )


def test_real_jrnl_reads_what_leaves_and_writes_what_comes_in(tmp_path: Path) -> None:
    jrnl, here, there = Jrnl(tmp_path / "jrnl"), Exporter(tmp_path / "a"), Importer(tmp_path / "b")
    kept = [
        replace(spoken(number, text), title=f"Day {number}.", tags=("a b", "dark/blue"))
        for number, text in enumerate(WRITTEN, start=1)
    ]
    here.keep(*kept)
    leaving = tmp_path / "leaving.txt"
    leaving.write_text(here.text(ToExport(into=ExportFormat.JRNL)))
    jrnl.runs("--import", "--file", str(leaving))
    jrnl.runs("yesterday at 3pm: We baked. It @rained\nall *day*.")

    *ours, typed = jrnl.entries()
    assert [each["title"].split(" @")[0] for each in ours] == [each.title for each in kept]
    assert [f"{each['date']} {each['time']}" for each in ours] == [
        f"{each.started_at:%Y-%m-%d %H:%M}" for each in kept
    ]
    assert all({"@a-b", "@dark/blue"} <= set(each["tags"]) for each in ours)
    for each, text in zip(ours, WRITTEN, strict=True):
        assert words(text) == words(each["body"])[-len(words(text)) :]

    exported = tmp_path / "exported.json"
    exported.write_text(json.dumps({"tags": {}, "entries": [*ours, typed]}))
    assert there.bring(exported, Program.JRNL).entries == len(kept) + 1
    from_json = there.entries()
    again = Importer(tmp_path / "c")
    assert again.bring(jrnl.journal, Program.JRNL).entries == len(kept) + 1
    assert said(again.entries()) == said(from_json)
    assert {"rained"} == set(again.entries()[-1].tags)
    for library in (here, there, again):
        library.index.close()
