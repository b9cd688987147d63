"""Claims of docs/formats.md, held against a vault that voicereflect made."""

import hashlib
import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from tests.support.vaults import (
    ID,
    RATE_HZ,
    folder_of,
    made_entry,
    make_entry,
    make_vault,
    noise,
    recorded,
)
from voicereflect.adapters.vault.files import Files
from voicereflect.core.entry.entries import with_transcript
from voicereflect.core.entry.page.entry_text import parse
from voicereflect.core.entry.page.transcript_lines import read
from voicereflect.model import Segment, TakeInfo, Transcript, Word

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "formats.md").read_text()
SAID = "She was born at sea.\n\n<!-- answer 2 -->\n\\<!-- answer 1 -->\n---\n🙂 שלום"


def example(language: str, holding: str) -> str:
    found = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    return next(str(each) for each in found if holding in each)


def test_the_reader_prints_a_vault_we_made(tmp_path: Path) -> None:
    vault = make_vault(Files(tmp_path))
    made_entry(vault, make_entry(answers=2))
    recorded(vault, [noise(100)])
    word = Word(text=" She", start_s=0.0, end_s=0.5, probability=0.9)
    segment = Segment(words=(word,), avg_logprob=-0.1, no_speech=0.0)
    vault.add_transcript(
        ID,
        1,
        Transcript(
            model="base",
            language="en",
            made_at=datetime(2026, 11, 22, tzinfo=UTC),
            segments=(segment,),
        ),
    )
    entry = vault.update(ID, lambda e: with_transcript(e, 1, SAID, silent=False))
    program = example("python", "entry.md")
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, check=True, text=True
    )
    first, *answers = done.stdout.splitlines()
    asked = entry.answers[0].asked
    assert first == f"{ID} Her biography"
    assert [json.loads(line) for line in answers] == [
        [1, "done", asked, SAID, ["base"], [RATE_HZ]],
        [2, "pending", asked, "", [], []],
    ]


def test_the_reader_is_as_short_as_the_page_says() -> None:
    program = example("python", "entry.md")
    lines = [line for line in program.splitlines() if line.strip()]
    assert len(lines) <= 25


def test_the_example_entry_is_an_entry() -> None:
    entry = parse(example("markdown", "machine_hash"), "entry.md")
    assert entry.answers[0].text == "She was born at sea.\n\nIn winter."
    assert entry.extra == {}


def test_the_example_lines_are_lines() -> None:
    lines = read(example("json", "transcript"), "1.jsonl")
    assert lines.take is not None
    assert len(lines.transcripts) == 1


def test_the_hash_is_made_as_the_page_says(tmp_path: Path) -> None:
    vault = make_vault(Files(tmp_path))
    made_entry(vault, make_entry())
    made = vault.update(
        ID, lambda e: with_transcript(e, 1, "\nOne. \t\n\n\n\nTwo.\n", silent=False)
    )
    assert made.answers[0].machine_hash == hashlib.sha256(b"One.\n\nTwo.").hexdigest()


def test_blocks_are_framed_as_the_page_says(tmp_path: Path) -> None:
    vault = make_vault(Files(tmp_path))
    made_entry(vault, make_entry())
    take = vault.open_take(ID, 1, TakeInfo(rate_hz=RATE_HZ))
    take.append(b"\x01\x02")
    take.append(b"\x03\x04\x05\x06")
    blocks = (folder_of(tmp_path) / "1.blocks").read_bytes()
    assert blocks == b"\x02\0\0\0\x01\x02\x04\0\0\0\x03\x04\x05\x06"


def test_the_page_names_every_key_of_an_entry(tmp_path: Path) -> None:
    vault = make_vault(Files(tmp_path))
    made_entry(vault, make_entry())
    head = (folder_of(tmp_path) / "entry.md").read_text().split("\n---\n")[0]
    keys = re.findall(r"^(?:- |  )?([a-z_]+):", head, re.MULTILINE)
    assert len(keys) == 17
    assert [key for key in keys if f"`{key}`" not in PAGE] == []


def test_the_page_has_one_sentence_a_line() -> None:
    prose = re.sub(r"^```.*?^```$", "", PAGE, flags=re.MULTILINE | re.DOTALL)
    assert [line for line in prose.splitlines() if re.search(r"[.!?] [A-Z]", line)] == []
