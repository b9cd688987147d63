"""Claims about every command: it opens no socket but Unix ones, and tells nobody what was said."""

import os
import shutil
from pathlib import Path

import pytest

from tests.support.every_command import every_command, of_manual, run_all
from tests.support.product import vault_folder
from tests.support.rigs import required
from tests.support.sealed_vaults import (
    CANARY,
    CHEAP,
    PASSPHRASE,
    Owner,
    flow,
    made_vault,
    plain_left,
)
from tests.support.straces import SOCKET_CALLS, seen, strace
from voicereflect.adapters.seal.client import HeldKey
from voicereflect.adapters.seal.wrapping import ScryptWrapping
from voicereflect.adapters.vault.condition import label
from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.sealing.key_files import KeyFiles

WORD = CANARY.split()[-1].strip(".")
"""Stands in entries, decks, names and arguments, and in no file of ours that is not sealed."""


@pytest.mark.slow
@pytest.mark.usefixtures("at_login", "no_model")
def test_no_command_opens_a_socket_or_leaves_a_word_outside_of_a_sealed_vault(
    tmp_path: Path, no_devices: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    required("strace")
    root, home = vault_folder(), vault_folder().parent
    made_vault(root)
    shutil.rmtree(root / "decks" / "programmes")  # it is none, and would be all that is told
    flow(root, Owner()).seal()
    folder = Path(os.environ["XDG_RUNTIME_DIR"]) / "voicereflect"
    identity = KeyFiles(Files(root), ScryptWrapping(CHEAP)).open(PASSPHRASE)
    HeldKey(folder, label.identity(Files(root))).hold(identity, 600)
    for here in (tmp_path / "out", tmp_path / "told", home / "tmp"):
        here.mkdir()
    monkeypatch.setenv("TMPDIR", str(home / "tmp"))
    commands = every_command(tmp_path / "out", WORD)
    named = {" ".join(each[:length]) for each in commands for length in (1, 2)}
    assert of_manual() - named == set(), "a command is not among them"
    log, env = tmp_path / "strace", {**os.environ, **no_devices}
    ran = run_all(commands, tmp_path / "told", env, strace(SOCKET_CALLS, log, refused=False))
    opened = {call.args.partition(",")[0] for call in seen(log) if call.result >= 0}
    assert opened == {"AF_UNIX"}, "and those are the key holder's"
    assert not [each.words for each in ran if "Traceback" in each.err]
    told = {each.words: each for each in ran}
    assert WORD in told[f"search {WORD}"].out, "nothing was there to leak"
    assert not [each.words for each in ran if CANARY in each.err]
    assert plain_left(root) == []
    outside = [path for path in home.rglob("*") if path.is_file() and root not in path.parents]
    assert [path for path in outside if WORD.encode() in path.read_bytes()] == []
    assert any(path.suffix == ".sqlite" for path in outside), "the index is among them"
