"""Claims about whole sessions on recorded answers, on a machine without any sound card."""

import json
import os
import subprocess
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile

from tests.support.product import (
    COMMAND,
    ON_SAMPLES,
    SAMPLES,
    entries,
    entry_folders,
    flac,
    leftovers,
    on_few_samples,
    run,
    vault_folder,
)
from tests.support.words import word_error
from voicereflect.model import AnswerState

MOST_WRONG = 0.15
FEW = ("own-step", "own-when")

Words = dict[str, dict[str, str]]
Env = dict[str, str]


def unwrapped(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.slow
@pytest.mark.usefixtures("models_dir")
def test_a_session_on_the_samples_keeps_sound_and_words_in_a_vault_of_their_own(
    no_devices: Env, sample_words: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = run("reflect", "everyday", env=no_devices)
    assert done.returncode == 0, done.stderr
    assert not vault_folder().exists()
    samples = Path(os.environ["XDG_DATA_HOME"]) / "voicereflect" / "samples"
    assert f"in a vault of their own: {samples}." in unwrapped(done.stderr)
    monkeypatch.setenv("VOICEREFLECT_VAULT", str(samples))
    assert "recorded sample answers in a synthetic voice, because" in unwrapped(done.stderr)
    assert "Saved: 5 answers." in done.stderr
    (entry,) = entries()
    said = sample_words["everyday"]
    assert [answer.prompt for answer in entry.answers] == [f"everyday/{name}" for name in said]
    assert entry.speakers == ("synthetic sample",)
    for answer, expected in zip(entry.answers, said.values(), strict=True):
        assert answer.state is AnswerState.DONE
        assert word_error([expected], [answer.text]) <= MOST_WRONG, answer.prompt
        assert unwrapped(answer.text) in unwrapped(done.stdout)
    (folder,) = entry_folders()
    for number, name in enumerate(said, start=1):
        recorded, _ = soundfile.read(SAMPLES / "everyday" / f"{name}.flac", dtype="int16")
        assert flac(folder, number) == recorded.tobytes()
    assert leftovers() == []
    assert_read_back(entry.id)


def assert_read_back(entry_id: str) -> None:
    """`list` and `show` give the same entry to people and to programs."""
    (entry,) = entries()
    (listed,) = json.loads(run("list", "--json").stdout)
    shown = json.loads(run("show", "last", "--json").stdout)
    doubts = [(answer.pop("unsure"), answer.pop("perhaps")) for answer in shown["answers"]]
    assert all(word["probability"] < 0.5 for words, _ in doubts for word in words)
    assert listed == shown
    assert listed["id"] == entry_id
    assert [answer["text"] for answer in shown["answers"]] == [each.text for each in entry.answers]
    assert run("list").stdout.startswith(f"{entry_id[-4:]}  {entry.started_at:%Y-%m-%d %H:%M}")
    one = run("show", f"{entry_id[-4:]}/2")
    assert unwrapped(entry.answers[1].text) in unwrapped(one.stdout)
    assert unwrapped(entry.answers[0].text) not in unwrapped(one.stdout)


@pytest.mark.slow
@pytest.mark.usefixtures("fast")
def test_without_a_model_answers_wait_and_are_written_down_later(
    no_devices: Env, tmp_path: Path, sample_words: Words
) -> None:
    bare = no_devices | {"VOICEREFLECT_MODELS_DIR": str(tmp_path / "none")}
    few = on_few_samples(tmp_path, "small-steps", *FEW)
    for count in (1, 2):
        done = run("reflect", "small-steps", *few, env=bare)
        assert done.returncode == 0, done.stderr
        told = unwrapped(done.stderr)
        assert told.count("The speech model tiny.en is not installed.") == 1, told
        assert "What you say is kept, and can be written down later." in told
        assert len(entries()) == count
    waiting = [answer.state for entry in entries() for answer in entry.answers]
    assert waiting == [AnswerState.PENDING] * 4
    later = run("transcribe", "--pending", env=no_devices)
    assert (later.returncode, later.stdout) == (0, "4 of 4 answers written down.\n")
    assert "No answer waits" in run("transcribe", "--pending", env=no_devices).stderr
    said = [sample_words["small-steps"][name] for name in FEW]
    for entry in entries():
        read = [answer.text for answer in entry.answers]
        assert word_error(said, read) <= MOST_WRONG


@pytest.mark.slow
@pytest.mark.usefixtures("fast")
def test_what_waits_is_written_down_by_the_next_session(no_devices: Env, tmp_path: Path) -> None:
    bare = no_devices | {"VOICEREFLECT_MODELS_DIR": str(tmp_path / "none")}
    few = on_few_samples(tmp_path, "small-steps", *FEW)
    assert run("reflect", "small-steps", *few, env=bare).returncode == 0
    done = run("reflect", "small-steps", *few, env=no_devices)
    assert done.returncode == 0, done.stderr
    assert "Earlier answers wait for their text: 2." in done.stderr
    states = [answer.state for entry in entries() for answer in entry.answers]
    assert states == [AnswerState.DONE] * 4


def written_as(folder: Path, name: str, source: Path) -> None:
    """The same recording in another format."""
    samples, rate_hz = soundfile.read(source, dtype="int16")
    if name.endswith(".wav"):
        soundfile.write(folder / name, np.stack([samples, samples], axis=1), rate_hz)
        return
    with av.open(str(folder / name), "w") as target:
        stream = target.add_stream("libmp3lame", rate=rate_hz, layout="mono")
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = rate_hz
        resampler = av.AudioResampler("s16p", "mono", rate_hz, frame_size=1152)
        for piece in (*resampler.resample(frame), None):
            target.mux(stream.encode(piece))


@pytest.mark.slow
@pytest.mark.usefixtures("fast")
def test_own_recordings_of_any_kind_are_heard_in_order(
    no_devices: Env, tmp_path: Path, sample_words: Words
) -> None:
    folder = tmp_path / "memos"
    folder.mkdir()
    written_as(folder, "memo 10.mp3", SAMPLES / "everyday" / "week.flac")
    written_as(folder, "memo 2.wav", SAMPLES / "everyday" / "moment.flac")
    done = run("reflect", "everyday", "--answers", str(folder), env=no_devices)
    assert done.returncode == 0, done.stderr
    (entry,) = entries()
    said = [sample_words["everyday"][name] for name in ("moment", "week")]
    read = [answer.text for answer in entry.answers]
    assert word_error(said, read) <= MOST_WRONG
    assert entry.speakers == ("me",)


@pytest.mark.usefixtures("no_model")
def test_a_session_without_a_terminal_waits_for_no_key(no_devices: Env) -> None:
    """Also where standard input is a pipe that never ends, or none at all."""
    ours, theirs = os.pipe()
    try:
        done = subprocess.run(
            [COMMAND, "reflect", *ON_SAMPLES],
            env=os.environ | no_devices,
            stdin=ours,
            capture_output=True,
            timeout=60,
            check=False,
        )
    finally:
        os.close(ours)
        os.close(theirs)
    assert done.returncode == 0, done.stderr
    assert len(entries()[0].answers) == 5
