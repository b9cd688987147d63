"""Claims about the installed command over a sealed vault: what it asks, and what lies about."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pexpect
import pytest

from tests.support.product import ENTER, SAMPLES, Person, run, vault, vault_folder
from tests.support.sealed_vaults import CANARY, PASSPHRASE, made_vault, plain_left, tree
from voicereflect.adapters.programme_file import ProgrammeFile
from voicereflect.adapters.seal.wrapping import unwrap, wrap
from voicereflect.adapters.vault.condition import label
from voicereflect.adapters.vault.files import Files

PAGE = Path(__file__).resolve().parents[2] / "docs" / "formats.md"
QUESTION = "Passphrase of the vault"


def sealed_by_hand() -> str:
    """Seal the vault as a person does; give the recovery words."""
    with Person("vault", "seal") as person:
        person.sees("New passphrase")
        person.presses(PASSPHRASE, ENTER)
        person.sees("once more")
        person.presses(PASSPHRASE, ENTER)
        person.sees("ENTER when they are on paper")
        words = " ".join(
            word
            for _, word in sorted(
                (int(n), w) for n, w in re.findall(r"(\d+) ([a-z]+)", person.shown)
            )
        )
        person.presses(ENTER)
        person.sees("The twelve words")
        person.presses(words, ENTER)
        assert person.leaves() == 0, person.shown
        _, _, after = person.shown.rpartition("The twelve words")
        assert "opened again and compared" in after
        assert words not in " ".join(after.split())
    return words


def asked(*arguments: str, typed: str = PASSPHRASE, times: int = 1) -> tuple[int, str]:
    """Run a command that asks for the passphrase; its exit code and what it shows."""
    with Person(*arguments) as person:
        for _ in range(times):
            person.sees(QUESTION)
            person.presses(typed, ENTER)
        return person.leaves(), person.shown


def made_cheap(root: Path, words: str) -> None:
    """Let the same passphrase and words open the vault without a second of work."""
    identity = unwrap((root / "key" / "passphrase.age").read_bytes(), PASSPHRASE)
    for name, typed in (("passphrase", PASSPHRASE), ("recovery", words)):
        (root / "key" / f"{name}.age").write_bytes(wrap(identity, typed, cost=2))


def telling() -> list[str]:
    """Files of ours, anywhere, in which the canary stands."""
    home = vault_folder().parent
    files = (path for path in home.rglob("*") if path.is_file() and path.name != "mine.txt")
    return [str(path) for path in files if CANARY.split()[1].encode() in path.read_bytes()]


@pytest.mark.slow
@pytest.mark.usefixtures("at_login", "no_model")
def test_a_vault_is_sealed_read_and_unsealed_by_the_command(
    tmp_path: Path, no_devices: dict[str, str]
) -> None:
    root = vault_folder()
    made_vault(root)
    ProgrammeFile(vault()).never("walks")
    assert "Her biography" in run("list").stdout
    before = tree(root)
    assert any(each.endswith(".sqlite") for each in telling()), "the index has its words"
    words = sealed_by_hand()
    assert telling() == []
    assert plain_left(root) == []
    assert label.asks_first(Files(root)), "something was put aside, so no deck begins locked"
    made_cheap(root, words)

    assert asked("unlock")[0] == 0
    ran = run("show", "kzqv")
    assert (ran.returncode, "canary" in ran.stdout) == (0, True), ran.stderr
    exported = run("export", "--to", str(tmp_path / "out"))
    assert "outside of the sealed vault" in exported.stderr, exported.stderr
    assert "Locked" in run("lock").stderr
    answers = ("--answers", str(SAMPLES / "small-steps"))
    spoken = run("talk", *answers, env=no_devices)
    assert spoken.returncode == 0, spoken.stderr
    assert "The vault is locked" in spoken.stderr
    assert plain_left(root) == []
    (folder,) = (f for f in root.glob("entries/*/*/*") if f.name[-4:] not in {"kzqv", "abcd"})
    assert (folder / "1.flac").read_bytes().startswith(b"age-encryption.org/v1\n")
    shutil.rmtree(folder)
    code, shown = asked("list", typed=words)
    assert (code, "Her biography" in shown) == (0, True)
    assert telling() == [], "not in the index that was made anew, either"
    code, shown = asked("show", "kzqv", typed="something else", times=3)
    assert (code, CANARY in shown) == (58, False)
    alone = run("show", "kzqv")
    assert (alone.returncode, alone.stdout) == (57, "")
    assert "sealed" in alone.stderr

    seen = run("privacy").stdout
    assert "The vault is sealed." in seen
    assert "All are shut." in seen

    _opened_by_age_alone(root, tmp_path / "opened", before)
    assert asked("vault", "unseal")[0] == 0
    after = tree(root)
    assert b"/out" in after.pop("pages.jsonl"), "that something was exported was noted"
    for each in (before, after):
        each["vault.toml"] = b"".join(sorted(each["vault.toml"].splitlines()))
    assert after == before


def _opened_by_age_alone(sealed: Path, opened: Path, before: dict[str, bytes]) -> None:
    """Run the script of the page, which knows nothing of ours."""
    if not shutil.which("age") and "CI" not in os.environ:
        return
    script = re.search(r"```sh\n(#!/bin/sh.*?)```", PAGE.read_text(), re.DOTALL)
    assert script is not None
    file = opened.with_name("open-vault.sh")
    file.write_text(script[1])
    age = pexpect.spawn("sh", [str(file), str(sealed), str(opened)], encoding="utf-8", timeout=60)
    age.expect("passphrase")
    age.sendline(PASSPHRASE)
    age.expect(pexpect.EOF)
    age.close()
    assert age.exitstatus == 0, age.before
    found = {path: data for path, data in tree(opened).items() if not path.endswith(".blocks")}
    wanted = {data for path, data in before.items() if not path.endswith((".blocks", ".toml"))}
    assert wanted <= set(found.values())
    names = subprocess.run(
        ["grep", "-c", "her-biography", str(opened / "key" / "names.age")],
        check=True,
        capture_output=True,
    )
    assert names.stdout.strip() == b"1"
