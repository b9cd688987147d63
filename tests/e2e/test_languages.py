"""Claims about several languages in one run: recordings of real people, read by the real model."""

from pathlib import Path

import pytest

from tests.support.product import entries, run, vault

WORDS = {"de": "portal", "es": "arenas", "fr": "consulat", "pt": "raposa"}
"""What the small model hears rightly in each recording."""

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("models_dir")]


@pytest.fixture
def recordings(shared: Path) -> dict[str, Path]:
    return {code: shared / "non_english" / f"test_{code}.wav" for code in WORDS}


def written() -> dict[str, tuple[str, str]]:
    """Of each recording: the language it was written down in, and the words."""
    found = {}
    for entry in entries():
        (transcript,) = vault().transcripts(entry.id, 1)
        found[entry.title.removeprefix("test_")] = transcript.language, transcript.text.lower()
    return found


def assert_each_is_in_its_own() -> None:
    read = written()
    assert {code: language for code, (language, _) in read.items()} == {
        code: code for code in WORDS
    }
    for code, word in WORDS.items():
        assert word in read[code][1]


@pytest.mark.parametrize("order", [sorted(WORDS), sorted(WORDS, reverse=True)])
def test_each_recording_of_an_import_is_in_the_language_that_is_heard_in_it(
    recordings: dict[str, Path], order: list[str]
) -> None:
    paths = [str(recordings[code]) for code in order]
    done = run("import", "--language", "auto", *paths)
    assert done.returncode == 0, done.stderr
    assert_each_is_in_its_own()


def test_what_waited_is_written_down_in_the_language_of_its_entry(
    recordings: dict[str, Path], tmp_path: Path
) -> None:
    for day, code in enumerate(WORDS, start=1):
        no_model = {"VOICEREFLECT_MODELS_DIR": str(tmp_path)}
        date = f"2024-05-0{day}"
        run("import", "--language", code, "--date", date, str(recordings[code]), env=no_model)
    done = run("transcribe", "--pending")
    assert done.returncode == 0, done.stderr
    assert_each_is_in_its_own()


def test_another_language_than_the_one_set_is_not_settled_and_one_command_reads_it(
    recordings: dict[str, Path],
) -> None:
    done = run("import", str(recordings["de"]), str(recordings["pt"]))
    assert done.returncode == 0, done.stderr
    for name in ("German", "Portuguese"):
        assert f"sounds like {name}" in done.stdout + done.stderr
    assert {(a.state.value, a.text) for e in entries() for a in e.answers} == {("unsure", "")}
    assert {a.heard for e in entries() for a in e.answers} == {"de", "pt"}
    german = next(e for e in entries() if e.answers[0].heard == "de")
    command = f"transcribe {german.id[-4:]}/1 --language de"
    assert f"`voicereflect {command}`" in " ".join(run("show", german.id).stdout.split())
    assert run(*command.split()).returncode == 0
    (answer,) = next(e for e in entries() if e.id == german.id).answers
    assert (answer.state.value, answer.heard) == ("done", "")
    assert "portal" in answer.text.lower()
