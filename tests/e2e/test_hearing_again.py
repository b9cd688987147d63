"""Claims about `play`, `fix`, `import` and `show --diff` as commands, with a virtual sound card."""

import io
import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pexpect
import pytest

from tests.support.memos import make_memo
from tests.support.rigs import AlsaFileCard
from tests.support.vaults import ID, make_entry, make_vault
from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.folder import FolderVault
from voicereflect.core.entry.entries import with_state, with_transcript
from voicereflect.model import AnswerState, Entry, Segment, TakeInfo, Transcript, Word

RATE_HZ = 44_100
OLD = "She met casimir in lodz. He sang."
NEW = "She met casimir in lots. He sang."
PCM = random.Random(1).randbytes(RATE_HZ * 2 * 7)


def transcript(text: str, model: str) -> Transcript:
    words = tuple(
        Word(
            text=f" {word}",
            start_s=float(n),
            end_s=n + 0.6,
            probability=0.3 if word == "casimir" else 0.9,
        )
        for n, word in enumerate(text.split())
    )
    return Transcript(
        model=model,
        language="en",
        made_at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=len(model)),
        segments=(Segment(words=words, avg_logprob=-0.2, no_speech=0.0),),
    )


@pytest.fixture
def vault() -> FolderVault:
    """The vault the command will find; one answer of seven words and seven seconds."""
    vault = make_vault(Files(Path(os.environ["VOICEREFLECT_VAULT"])))
    with vault.create(make_entry()):
        take = vault.open_take(ID, 1, TakeInfo(rate_hz=RATE_HZ))
        take.append(PCM)
        take.finish()
    for each in (transcript(OLD, "small"), transcript(NEW, "larger")):
        vault.add_transcript(ID, 1, each)

    def change(entry: Entry) -> Entry:
        entry = with_transcript(entry, 1, NEW, silent=False)
        return with_state(entry, 1, AnswerState.DONE, duration_s=7.0)

    vault.update(ID, change)
    return vault


def run(*words: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "voicereflect", *words],
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def terminal(*words: str, env: Mapping[str, str]) -> "pexpect.spawn[str]":
    return pexpect.spawn(
        sys.executable,
        ["-m", "voicereflect", *words],
        env={**env, "TERM": "xterm-256color"},
        encoding="utf-8",
        timeout=30,
        dimensions=(24, 80),
    )


@pytest.mark.usefixtures("vault")
def test_play_gives_the_loudspeaker_the_very_samples_and_prints_what_is_said(
    tmp_path: Path,
) -> None:
    card = AlsaFileCard(tmp_path)
    done = run("play", env=card.env)
    assert done.returncode == 0, done.stderr
    assert PCM in card.heard()
    assert "She met casimir in lots.\nHe sang.\n" in done.stdout


@pytest.mark.usefixtures("vault")
def test_play_begins_at_a_word(tmp_path: Path) -> None:
    card = AlsaFileCard(tmp_path)
    done = run("play", "-1/1:6", env=card.env)
    assert done.returncode == 0, done.stderr
    begin = round((5 - 0.15) * RATE_HZ) * 2
    assert PCM[begin:] in card.heard()
    assert PCM[begin - 2 : begin + 200] not in card.heard()


@pytest.mark.usefixtures("vault")
def test_play_lights_words_and_obeys_keys_in_a_terminal(tmp_path: Path) -> None:
    card = AlsaFileCard(tmp_path)
    child = terminal("play", "last", env=card.env)
    child.logfile_read = shown = io.StringIO()
    child.expect(r"\x1b\[1;7m\w+\x1b\[0m")
    child.send("s")
    child.expect(pexpect.EOF)
    child.close()
    moves = re.findall(r"(.?)\[(?:2K|1A)", shown.getvalue())
    assert set(moves) == {"\x1b"}, "a move of the cursor was shown as text"
    assert child.exitstatus == 0


@pytest.mark.slow
@pytest.mark.usefixtures("vault")
@pytest.mark.parametrize("options", [(), ("--plain",)], ids=["full", "plain"])
def test_the_review_plays_the_word_under_the_cursor(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    card = AlsaFileCard(tmp_path)
    child = terminal("review", *options, env=card.env)
    child.expect("Her biography")
    child.send("\rlll ")
    child.expect(r"SPACE pause|word 4 of 5[^~]*\x1b\[\d+A")
    child.send("h")
    child.expect(r"\x1b\[1;4;7mcasimir|casimir, word 3 of 5")
    child.send("q")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    begin = round((3 - 0.15) * RATE_HZ) * 2
    assert PCM[begin : begin + 200] in card.heard()
    assert PCM[begin - 2 : begin + 200] not in card.heard()


@pytest.mark.usefixtures("vault")
def test_play_without_a_loudspeaker_is_one_error(tmp_path: Path) -> None:
    conf = tmp_path / "asound.conf"
    conf.write_text("", "utf-8")
    done = run("play", env={**os.environ, "ALSA_CONFIG_PATH": str(conf)})
    assert done.returncode == 11
    assert len(done.stderr.splitlines()) == 2


def test_fix_goes_through_words_in_a_terminal_and_saves_them(
    vault: FolderVault, tmp_path: Path
) -> None:
    card = AlsaFileCard(tmp_path)
    child = terminal("fix", "last", env={**card.env, "ACCESSIBLE": "1"})
    child.expect("One word is unsure")
    child.expect_exact("[casimir]")
    child.expect("> ")
    child.sendline("Kasimir")
    child.expect("Add Kasimir")
    child.sendline("y")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert vault.load(ID).answers[0].text == NEW.replace("casimir", "Kasimir")
    assert vault.vocabulary() == ("Kasimir",)
    begin, end = round(1.3 * RATE_HZ) * 2, round(3.3 * RATE_HZ) * 2
    assert PCM[begin:end] in card.heard()


@pytest.mark.usefixtures("vault")
def test_fix_lists_for_programs_and_asks_nobody_who_is_not_there() -> None:
    (word,) = json.loads(run("fix", "--json").stdout)
    assert (word["reference"], word["text"]) == (f"{ID}/1:3", "casimir")
    done = run("fix")
    assert done.returncode == 2
    assert "--json" in done.stderr


def test_differences_between_transcripts_and_with_the_persons_text(vault: FolderVault) -> None:
    mine = NEW.replace("casimir", "Kasimir")
    vault.update(ID, lambda entry: replace(entry, answers=(replace(entry.answers[0], text=mine),)))
    shown = run("show", "last/1", "--diff").stdout
    assert "She met casimir in [-lodz.-] {+lots.+} He sang." in shown
    assert "She met [-casimir-] {+Kasimir+} in lots. He sang." in shown
    tables = json.loads(run("show", "--diff", "--json").stdout)
    assert [table["new"].split(",")[0] for table in tables] == ["larger", "yours"]


@pytest.mark.usefixtures("vault")
def test_unsure_words_are_marked_in_a_terminal_and_told_to_programs() -> None:
    assert run("show").stdout == run("show", "--plain").stdout
    seen = []
    for words in (("show",), ("show", "--plain")):
        child = terminal(*words, env={**os.environ, "COLORTERM": "truecolor"})
        child.expect(pexpect.EOF)
        seen.append(str(child.before))
    assert "\x1b[2;4mcasimir\x1b[0m" in seen[0]
    assert "\x1b" not in seen[1]
    assert seen[0].replace("\x1b[2;4m", "").replace("\x1b[0m", "") == seen[1]
    (answer,) = json.loads(run("show", "--json").stdout)["answers"]
    assert [(each["word"], each["text"]) for each in answer["unsure"]] == [(3, "casimir")]
    assert answer["text"].split()[2] == "casimir"


@pytest.mark.slow
@pytest.mark.usefixtures("models_dir")
def test_a_memo_is_imported_and_written_down(tmp_path: Path) -> None:
    speech = Path(__file__).parents[2] / "examples/answers/everyday/week.flac"
    memo = tmp_path / "2024-05-03 10.22.flac"
    memo.write_bytes(speech.read_bytes())
    (tmp_path / "notes.txt").write_text("no sound", "utf-8")
    done = run("import", str(memo), str(tmp_path / "notes.txt"), str(memo))
    assert done.returncode == 40
    assert "2024-05-03 10:22" in done.stdout
    assert "1 of 3" in done.stderr
    assert "in the vault already" in done.stderr
    (entry,) = json.loads(run("list", "--json").stdout)
    assert "way home" in entry["answers"][0]["text"]
    assert run("play", "last", env=AlsaFileCard(tmp_path).env).returncode == 0


def test_without_a_model_a_memo_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICEREFLECT_MODELS_DIR", str(tmp_path / "none"))
    done = run("import", str(make_memo(tmp_path / "memo.m4a")))
    assert done.returncode == 0
    assert "transcribe --pending" in done.stderr
    (entry,) = json.loads(run("list", "--json").stdout)
    assert entry["answers"][0]["state"] == "pending"
