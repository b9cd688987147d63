"""What kills leave and what holds no answer goes at the next start; nothing else does."""

import os
from pathlib import Path

from tests.support.libraries import Library, spoken
from voicereflect.adapters.vault import locks
from voicereflect.flows.library.recovering import recover

LONG_AGO = (1_600_000_000, 1_600_000_000)


def test_litter_goes_and_everything_else_stays(tmp_path: Path) -> None:
    library = Library(tmp_path)
    entry = spoken(1, "Tulips.")
    library.keep(entry)
    root = library.vault.root
    month = library.page(entry).parent.parent
    for name in ("unborn", "held", "new", "copied", "old copy", "with sound"):
        (month / name).mkdir()
        (month / name / ".entry.md.x1.tmp").write_text("half")
    for name in ("unborn", "held", "new", "with sound"):
        (month / name / ".lock").touch()
    (month / "with sound" / "1.blocks").write_bytes(b"")
    (root / ".probe").write_bytes(b"\0")
    (root / ".themes.toml.x1.tmp").write_text("half a sentence")
    for name in ("unborn", "held", "old copy", "with sound"):
        os.utime(month / name, LONG_AGO)
    with locks.held(month / "held" / ".lock", timeout_s=0, remove=False):
        recover(library.vault)
    assert {path.name for path in month.iterdir()} == {
        *("held", "copied", "with sound"),
        library.page(entry).parent.name,
    }
    assert {path.name for path in root.iterdir()} == {".lock", "entries", "vault.toml"}
    assert (month / "with sound" / "1.blocks").exists()
