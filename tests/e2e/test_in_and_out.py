"""One vault through every door, by the command itself: in, found, out, back."""

import json
import os
from pathlib import Path

import pytest

from tests.e2e.test_library import ran


@pytest.mark.slow
def test_what_comes_in_is_found_taken_back_and_kept_in_an_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VOICEREFLECT_MODELS_DIR", str(tmp_path / "no models"))
    entry = {"title": "Peas.", "body": "They came up.", "date": "2024-05-03", "time": "09:15"}
    (tmp_path / "journal.json").write_text(json.dumps({"tags": {}, "entries": [entry, {}]}))
    imported = ("import", "--from", "jrnl", str(tmp_path / "journal.json"))
    looked = ran(*imported, code=1, typed="n\n")
    assert "1 new entry, 3 May 2024" in looked.stderr
    assert not Path(os.environ["VOICEREFLECT_VAULT"]).exists()
    told = json.loads(ran(*imported, "--yes", "--json").stdout)
    assert (told["kept"], told["left_out"][0]["count"]) == (1, 1)
    (hit,) = json.loads(ran("search", "peas", "--json").stdout)
    assert hit["title"] == "Peas."
    archive = str(tmp_path / "backup.tar")
    assert "read again and compared" in ran("backup", "make", archive).stderr
    assert "Moved to the trash: 1 entry" in ran("import", "--undo").stderr
    ran("trash", "empty", "--yes")
    assert "not brought back: 1" in ran("backup", "restore", archive).stderr
    assert "no empty folder" in ran("backup", "restore", archive, "--to", archive, code=2).stderr
    assert "no such file" in ran("backup", "restore", "/nowhere", code=42).stderr
