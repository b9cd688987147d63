"""Claims about finding and tending entries, made to the command itself."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from tests.support.libraries import entry_id, spoken
from tests.support.vaults import made_entry, make_vault
from voicereflect.adapters.vault.files import Files

CANARY = "The canary sang of Ostend."


def ran(*arguments: str, code: int = 0, typed: str = "") -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "voicereflect", *arguments],
        input=typed,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == code, done.stderr
    return done


@pytest.fixture
def vault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("VOICEREFLECT_MODELS_DIR", str(tmp_path / "no models"))
    kept = make_vault(Files(Path(os.environ["VOICEREFLECT_VAULT"])))
    for number, text in enumerate((CANARY, "I planted tulips. They came up."), start=1):
        made_entry(kept, spoken(number, text))
    return kept.root


@pytest.mark.slow
def test_a_hit_is_a_reference_that_show_accepts(vault: Path) -> None:
    done = ran("search", "tulips", "--json")
    (hit,) = json.loads(done.stdout)
    assert hit["reference"] == f"{entry_id(2)}/1:1"
    assert [hit["text"][a:b] for a, b in hit["marks"]] == ["tulips"]
    assert done.stderr.count("Searching by words alone") == 1
    assert "tulips" in ran("show", hit["reference"]).stdout
    assert "*tulips*" in ran("search", '"planted tulips"', "--since", "2026-11-01").stdout
    assert vault.exists()


@pytest.mark.slow
def test_filters_and_bad_dates(vault: Path) -> None:
    assert len(ran("list", "--on", "2026-11-02").stdout.splitlines()) == 1
    assert len(json.loads(ran("list", "--json").stdout)) == 2
    refused = ran("list", "--since", "the day it snowed", code=2)
    assert "last spring" in refused.stderr
    turned = ran("list", "--since", "2027", "--until", "2026", code=2)
    assert "--since takes the earlier day" in turned.stderr
    page = next(vault.glob("entries/*/*/*/entry.md"))
    page.write_text(page.read_text().replace("state: done", "state: lost"))
    told = ran("list")
    assert len(told.stdout.splitlines()) == 1
    assert "canary" not in told.stderr


@pytest.mark.slow
def test_tagged_deleted_taken_back_and_destroyed(vault: Path) -> None:
    assert ran("tag", "last", "+garden", "-health").stdout == "#garden\n"
    assert len(ran("list", "--tag", "garden").stdout.splitlines()) == 1
    asked = ran("delete", entry_id(1), "--for-good", typed="n\n", code=1).stderr
    assert f"({entry_id(1)[-4:]}) for good, words and sound?" in asked
    assert "trash restore" in ran("delete", entry_id(1)).stderr
    assert len(json.loads(ran("trash", "list", "--json").stdout)) == 1
    ran("trash", "empty", typed="n\n", code=1)
    assert ran("trash", "restore", entry_id(1)).stdout == f"{entry_id(1)[-4:]} is back.\n"
    ran("delete", entry_id(1))
    ran("trash", "empty", typed="y\n")
    assert not list(vault.glob("trash/*/*"))
    checked = json.loads(ran("vault", "check", "--json", code=1).stdout)
    assert checked["index"] == "sound, and up to date"
    assert [each["what"] for each in checked["problems"]] == [
        f"{entry_id(2)}/1 has no sound any more."
    ]


@pytest.mark.slow
def test_what_is_said_beside_the_list_breaks_between_words(vault: Path) -> None:
    page = next(vault.glob("entries/*/*/*/entry.md"))
    page.write_text("Words alone.")
    child = pexpect.spawn(
        sys.executable,
        ["-P", "-m", "voicereflect", "list"],
        encoding="utf-8",
        timeout=60,
        dimensions=(24, 80),
    )
    child.expect(pexpect.EOF)
    lines = str(child.before).splitlines()
    words = "the first line must be `---`. Put back what stood above the title, out of a"
    assert words in " ".join(lines)
    assert all(len(line) <= 80 for line in lines if "entry.md" not in line)


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [["reflect", "--help"], ["help-lines", "--country", "nope"], ["delete", "last", "--for-good"]],
)
@pytest.mark.usefixtures("vault")
def test_no_word_is_broken_at_the_edge_of_a_narrow_terminal(
    monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    child = pexpect.spawn(
        sys.executable,
        ["-P", "-m", "voicereflect", *words],
        encoding="utf-8",
        timeout=60,
        dimensions=(50, 40),
    )
    child.sendline("no")
    child.expect(pexpect.EOF)
    lines = [line.partition("[y/N]: ")[0] for line in str(child.before).splitlines()]
    assert len(lines) > 1
    assert max(map(len, lines)) <= 40
