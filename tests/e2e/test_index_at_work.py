"""Claims about an index that is killed, or broken, while the command itself uses it."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.libraries import entry_id, spoken
from tests.support.vaults import make_vault
from voicereflect.adapters.vault.files import Files
from voicereflect.core.entry.ids import folder_name
from voicereflect.core.entry.page import entry_text

ENTRIES = 620
SENTENCES = ("The tulips came up", "We quarrelled about money", "The boat was late again")

pytestmark = pytest.mark.slow


def started(*arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "voicereflect", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: "subprocess.Popen[str]") -> tuple[str, str]:
    out, told = process.communicate(timeout=120)
    assert process.returncode == 0, told
    return out, told


@pytest.fixture
def vault() -> Path:
    """A vault of many short entries, written without a disk's patience."""
    root = make_vault(Files(Path(os.environ["VOICEREFLECT_VAULT"]))).root
    page = entry_text.render(spoken(0, "TEXT"))
    for number in range(ENTRIES):
        entry = spoken(number, "TEXT")
        folder = root / "entries" / f"{entry.started_at:%Y/%m}" / folder_name(entry)
        folder.mkdir(parents=True)
        own = page.replace(entry_id(0), entry.id).replace(
            spoken(0, "").started_at.isoformat(), entry.started_at.isoformat()
        )
        words = f"{SENTENCES[number % 3]}, day {number}."
        (folder / "entry.md").write_text(own.replace("TEXT", words), "utf-8")
    return root


def index_file() -> Path | None:
    found = Path(os.environ["XDG_CACHE_HOME"]).glob("voicereflect/index/*.sqlite")
    return next(found, None)


def rows() -> dict[str, int]:
    """The index's own key of every entry that it has read."""
    file = index_file()
    if file is None:
        return {}
    database = sqlite3.connect(file)
    try:
        return dict(database.execute("SELECT id, key FROM entries"))
    except sqlite3.OperationalError:  # not made yet
        return {}
    finally:
        database.close()


def listed(out: str) -> int:
    """Count the entries of a list; the years above them are none."""
    return sum(not line.isdigit() for line in out.splitlines() if line)


def damages() -> Iterator[bytes]:
    file = index_file()
    assert file is not None
    data, rng = file.read_bytes(), random.Random(1)
    yield rng.randbytes(9000)
    torn = bytearray(data)
    for _ in range(30):
        at = rng.randrange(100, len(data) - 600)
        torn[at : at + 512] = rng.randbytes(512)
    yield bytes(torn)


def test_a_first_build_that_was_killed_goes_on_from_there(vault: Path) -> None:
    building = started("list")
    while not (kept := rows()) and building.poll() is None:
        time.sleep(0.01)
    building.send_signal(signal.SIGKILL)
    building.communicate()
    assert 0 < len(kept) < ENTRIES
    out, told = ended(started("list"))
    assert listed(out) == ENTRIES
    assert "Indexing entries 100%" in told
    assert kept.items() <= rows().items()
    assert vault.exists()


def test_processes_that_meet_a_damaged_index_at_once_all_answer(vault: Path) -> None:
    asked = (["list"], ["search", "--exact", "tulips", "--limit", "50"])
    wanted = [ended(started(*each))[0] for each in asked]
    file = index_file()
    assert file is not None
    for damage in damages():
        for beside in ("-wal", "-shm"):
            Path(f"{file}{beside}").unlink(missing_ok=True)
        file.write_bytes(damage)
        assert [ended(each)[0] for each in [started(*each) for each in asked]] == wanted
        assert ended(started(*asked[1]))[0] == wanted[1]
    assert vault.exists()


@pytest.mark.parametrize(
    "command",
    [("tag", "last", "+late"), ("delete", "last"), ("list",), ("trash", "empty", "--yes")],
    ids=" ".join,
)
def test_a_command_that_is_killed_leaves_vault_and_index_usable(
    vault: Path, command: tuple[str, ...]
) -> None:
    ended(started("list"))
    ended(started("delete", "-2"))
    for page in sorted(vault.glob("entries/*/*/*/entry.md"))[::2]:
        page.write_text(page.read_text("utf-8") + "\nAnd so to bed.\n", "utf-8")
    rng = random.Random(" ".join(command))
    for _ in range(3):
        dying = started(*command)
        time.sleep(rng.uniform(0.1, 0.6))
        dying.send_signal(signal.SIGKILL)
        dying.communicate()
    out, _ = ended(started("list"))
    assert ENTRIES - 4 <= listed(out) <= ENTRIES - 1
    checked = started("vault", "check", "--json")
    found = json.loads(checked.communicate(timeout=120)[0])
    assert found["index"] == "sound, and up to date"
    assert found["entries"] == listed(out)
