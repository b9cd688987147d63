"""What a port promises is kept by its adapter and by the stand-in that other tests use.

Each claim is made once and of both; what only an adapter can do stands in its own suite.
"""

import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import psutil
import pytest
import soundfile

from tests.support.fakes import (
    RATE_HZ,
    Said,
    StubLoudspeaker,
    StubMemory,
    StubRecorder,
    StubTranscriber,
    StubVoice,
    at_once,
    never,
)
from tests.support.natural import natural_voice
from tests.support.promises import keep_loudspeaker_promises
from tests.support.rigs import AlsaFileCard
from tests.support.waiting import PATIENCE_S
from voicereflect.adapters.portaudio.resample import resampled
from voicereflect.adapters.recordings import Recordings
from voicereflect.adapters.speech.client import SpeechWorker
from voicereflect.adapters.voice.natural import NaturalVoice
from voicereflect.adapters.voice.parent import Pyttsx3Voice
from voicereflect.core.programme.so_far import PickedChoice
from voicereflect.errors import DeviceError, ModelMissing, VoiceError
from voicereflect.model import Clip, Report, Span, WindowRead, WorkerLost, WorkerReady
from voicereflect.ports.decks import SessionMemory
from voicereflect.ports.sound import Recorder
from voicereflect.ports.speech import Transcriber
from voicereflect.ports.voice import Voice
from voicereflect.wiring import decks

ROOT = Path(__file__).resolve().parents[2]
ANSWER = ROOT / "examples" / "answers" / "everyday" / "week.flac"
BLOCKS = [bytes([n, 0]) * 400 for n in range(1, 6)]

slow = pytest.mark.slow


# The voice


@pytest.fixture(
    params=[StubVoice, lambda: Pyttsx3Voice(None, 170), natural_voice],
    ids=["stub", "pyttsx3", "natural"],
)
def voice(request: pytest.FixtureRequest) -> Iterator[Voice]:
    made: Voice = request.param()
    yield made
    made.close()


def test_a_voice_gives_the_same_sound_for_the_same_text(voice: Voice) -> None:
    clip = voice.render("Take your time.")
    assert clip.samples > 0
    assert voice.render("Take your time.") == clip
    assert voice.render("Take your time.", private=True) == clip


def test_a_slower_pace_takes_longer(voice: Voice) -> None:
    text = "What did you notice today?"
    assert voice.render(text, pace=0.7).duration_s > 1.2 * voice.render(text).duration_s


def test_two_texts_can_be_rendered_at_the_same_time(voice: Voice) -> None:
    lengths: dict[str, float] = {}

    def render(text: str) -> None:
        lengths[text] = voice.render(text).duration_s

    texts = ["One.", "One hundred and twenty three thousand four hundred."]
    threads = [threading.Thread(target=render, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert lengths[texts[1]] > 2 * lengths[texts[0]]


def test_what_is_asked_after_a_close_is_spoken_all_the_same(voice: Voice) -> None:
    clip = voice.render("Take your time.")
    voice.close()
    voice.close()
    assert voice.render("Take your time.") == clip


@pytest.mark.parametrize(
    "voice",
    [
        StubVoice(VoiceError("There is no voice.", hint="Install one.")),
        Pyttsx3Voice(None, 170, command=("/no/such/program",)),
        NaturalVoice(150, command=("/no/such/program",)),
    ],
    ids=["stub", "pyttsx3", "natural"],
)
def test_a_voice_that_fails_says_so_in_one_kind_of_error(voice: Voice) -> None:
    with pytest.raises(VoiceError) as caught:
        voice.render("The canary sang.")
    assert "canary" not in f"{caught.value.what} {caught.value.hint}"
    assert caught.value.hint


# The loudspeaker


@pytest.mark.parametrize("ends", [at_once, never])
def test_a_stand_in_for_a_loudspeaker_ends_each_clip_once(ends: Callable[[str], bool]) -> None:
    clip = Clip(pcm="What was good?".encode("utf-16-le"), rate_hz=RATE_HZ)
    keep_loudspeaker_promises(StubLoudspeaker(ends), clip)


def test_a_real_loudspeaker_ends_each_clip_once(tmp_path: Path) -> None:
    code = (
        "from tests.support.promises import keep_loudspeaker_promises\n"
        "from voicereflect.adapters.portaudio.loudspeaker import PortAudioLoudspeaker\n"
        "from voicereflect.model import Clip\n"
        "clip = Clip(pcm=bytes(1 << 20), rate_hz=16_000)\n"
        "keep_loudspeaker_promises(PortAudioLoudspeaker(None), clip)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=AlsaFileCard(tmp_path).env,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr


# The recorder


class Ear:
    def __init__(self) -> None:
        self.pcm = b""
        self.problems: list[DeviceError | None] = []
        self.over = threading.Event()

    def heard(self, pcm: bytes) -> bool:
        self.pcm += pcm
        return True

    def ended(self, problem: DeviceError | None) -> None:
        self.problems.append(problem)
        self.over.set()


def stub_recorder(_: Path) -> Recorder:
    return StubRecorder([Said(BLOCKS)])


def recordings(folder: Path) -> Recorder:
    with soundfile.SoundFile(folder / "day.flac", "w", RATE_HZ, 1) as file:
        file.buffer_write(b"".join(BLOCKS), dtype="int16")
    return Recordings(folder, "recordings")


@pytest.fixture(params=[stub_recorder, recordings], ids=["stub", "real"])
def recorder(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Recorder]:
    made: Recorder = request.param(tmp_path)
    yield made
    made.close()


def test_a_recorder_gives_every_sample_in_order_and_ends_once(recorder: Recorder) -> None:
    assert recorder.more("everyday/day")
    recorder.prepare("everyday/day")
    assert recorder.rate_hz == RATE_HZ
    ear = Ear()
    recorder.start(ear)
    assert ear.over.wait(PATIENCE_S)
    recorder.stop()
    assert ear.pcm == b"".join(BLOCKS)
    assert ear.problems == [None]
    assert recorder.overflows == 0
    assert not recorder.more("everyday/next")


def test_what_is_delivered_after_a_stop_is_nothing(recorder: Recorder) -> None:
    recorder.more("everyday/day")
    recorder.prepare("everyday/day")
    ear = Ear()
    recorder.start(ear)
    recorder.stop()
    heard = ear.pcm
    assert b"".join(BLOCKS).startswith(heard)
    assert not ear.over.wait(0.2) or ear.pcm == heard


# What remembers choices


def remembered_by_stub(memory: SessionMemory) -> list[tuple[str, str]]:
    assert isinstance(memory, StubMemory)
    return memory.picks


def remembered_by_file(_: SessionMemory) -> list[tuple[str, str]]:
    return [(pick.prompt, pick.choice) for pick in decks.preferences().read().picks]


@pytest.mark.parametrize(
    ("make", "picks"),
    [(StubMemory, remembered_by_stub), (decks.preferences, remembered_by_file)],
    ids=["stub", "real"],
)
def test_the_last_choice_at_a_prompt_is_what_is_taken_back(
    make: Callable[[], SessionMemory], picks: Callable[[SessionMemory], list[tuple[str, str]]]
) -> None:
    memory = make()
    for prompt, choice in (("a/b", "x"), ("a/c", "y"), ("a/b", "z")):
        memory.picked(PickedChoice(prompt=prompt, choice=choice, day=date(2026, 11, 22)))
    memory.unpick("a/b")
    assert dict(picks(memory)) == {"a/b": "x", "a/c": "y"}
    memory.settle("a/c")
    memory.unsettle("a/c")


# The transcriber


@dataclass
class Heard:
    """A transcriber, how it is lost once, and what it reported."""

    transcriber: Transcriber
    lose: Callable[[], None]
    reports: queue.SimpleQueue[Report]

    def until(self, *kinds: type[Report]) -> Report:
        while not isinstance(report := self.reports.get(timeout=PATIENCE_S), kinds):
            pass
        return report

    def feed(self, pcm: bytes) -> int:
        """Give a recording's whole sound, and its number."""
        recording = self.transcriber.open(RATE_HZ, "en")
        for at in range(0, len(pcm), 9_600):
            self.transcriber.feed(recording, pcm[at : at + 9_600])
        return recording

    def read(self, recording: int, samples: int) -> list[WindowRead]:
        """Ask for a whole recording; it may come in parts."""
        self.transcriber.window(recording, Span(0, samples), last=True)
        parts: list[WindowRead] = []
        while not parts or parts[-1].span.end < samples:
            report = self.until(WindowRead)
            assert isinstance(report, WindowRead)
            parts.append(report)
        return parts


def stub_heard(_: pytest.FixtureRequest) -> Heard:
    stub = StubTranscriber()
    return Heard(stub, lambda: stub.lose(restarting=True), queue.SimpleQueue())


def real_heard(request: pytest.FixtureRequest) -> Heard:
    folder = request.getfixturevalue("models_dir") / "base"
    before = set(psutil.Process().children())

    def kill() -> None:
        (child,) = set(psutil.Process().children()) - before
        child.kill()

    worker = SpeechWorker(lambda: folder, threads=2, live=True)
    return Heard(worker, kill, queue.SimpleQueue())


@pytest.fixture(
    params=[stub_heard, pytest.param(real_heard, marks=slow)],
    ids=["stub", "real"],
)
def heard(request: pytest.FixtureRequest) -> Iterator[Heard]:
    made: Heard = request.param(request)
    made.transcriber.start(made.reports.put)
    yield made
    made.transcriber.close()


@pytest.fixture
def speech() -> bytes:
    samples, rate_hz = soundfile.read(ANSWER, dtype="int16")
    return resampled(Clip(pcm=samples[: 4 * rate_hz].tobytes(), rate_hz=rate_hz), RATE_HZ).pcm


def test_an_answer_is_read_from_its_beginning_to_its_end(heard: Heard, speech: bytes) -> None:
    heard.until(WorkerReady)
    recording = heard.feed(speech)
    parts = heard.read(recording, len(speech) // 2)
    assert {part.recording for part in parts} == {recording}
    assert [part.span.start for part in parts] == [0, *(part.span.end for part in parts[:-1])]
    assert parts[0].segments[0].words


def test_no_sound_is_read_as_no_words(heard: Heard) -> None:
    assert [part.segments for part in heard.read(heard.feed(b""), 0)] == [()]


def test_what_a_lost_worker_had_heard_is_asked_for_in_vain(heard: Heard, speech: bytes) -> None:
    heard.until(WorkerReady)
    lost_one = heard.feed(speech)
    heard.lose()
    lost = heard.until(WorkerLost)
    assert isinstance(lost, WorkerLost)
    assert lost.restarting
    assert lost.hint
    heard.until(WorkerReady)
    heard.transcriber.window(lost_one, Span(0, len(speech) // 2), last=True)
    again = heard.feed(speech)
    assert again != lost_one
    assert heard.read(again, len(speech) // 2)[0].recording == again


def missing() -> Path:
    raise ModelMissing("The model 'base' is not installed.", hint="Get it.")


@pytest.mark.parametrize(
    "transcriber",
    [StubTranscriber(missing=True), SpeechWorker(missing, threads=1, live=True)],
    ids=["stub", "real"],
)
def test_without_a_model_everything_that_is_asked_for_waits(transcriber: Transcriber) -> None:
    reports: queue.SimpleQueue[Report] = queue.SimpleQueue()
    transcriber.start(reports.put)
    lost = reports.get(timeout=PATIENCE_S)
    assert isinstance(lost, WorkerLost)
    assert not lost.restarting
    recording = transcriber.open(RATE_HZ, "en")
    transcriber.feed(recording, bytes(3_200))
    transcriber.window(recording, Span(0, 1_600), last=True)
    transcriber.close()
    assert reports.empty()
