"""Claims about the speech worker's process, with a real model and real sound."""

import os
import queue
import re
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import psutil
import pytest
import soundfile

from tests.support.waiting import PATIENCE_S
from voicereflect.adapters.child import frames
from voicereflect.adapters.speech.client import WORKER, SpeechWorker
from voicereflect.errors import ModelMissing
from voicereflect.model import (
    ANY_LANGUAGE,
    Report,
    SegmentRead,
    Span,
    SpeechHeard,
    WindowProgress,
    WindowRead,
    WorkerLost,
    WorkerReady,
)

REPO = Path(__file__).resolve().parents[2]
ANSWER = REPO / "examples" / "answers" / "everyday" / "week.flac"
SAID = (
    "on wednesday i took the long way home over the old bridge i had not noticed how early it gets "
    "dark now and how quiet the street is on the other side"
)
WAIT_S = 120.0
BLOCK_BYTES = 9_600

R = TypeVar("R")


class Worker:
    """A real worker, and all it reported."""

    def __init__(self, find_model: Callable[[], Path], *, live: bool = True) -> None:
        self.speech = SpeechWorker(find_model, threads=2, live=live)
        self.reports: queue.SimpleQueue[Report] = queue.SimpleQueue()
        self.seen: list[Report] = []
        self.before = set(psutil.Process().children())

    def start(self) -> None:
        self.speech.start(self.reports.put)

    def until(self, kind: type[R]) -> R:
        while True:
            report = self.reports.get(timeout=WAIT_S)
            self.seen.append(report)
            if isinstance(report, kind):
                return report

    def feed(self, pcm: bytes, rate_hz: int, *, language: str = "en") -> tuple[int, int]:
        """Give a recording; its number, and how many samples it has."""
        number = self.speech.open(rate_hz, language)
        for at in range(0, len(pcm), BLOCK_BYTES):
            self.speech.feed(number, pcm[at : at + BLOCK_BYTES])
        return number, len(pcm) // 2

    def read(self, pcm: bytes, rate_hz: int, *, language: str = "en") -> WindowRead:
        number, samples = self.feed(pcm, rate_hz, language=language)
        self.speech.window(number, Span(0, samples), last=True)
        return self.until(WindowRead)

    def rest(self) -> list[Report]:
        """What was reported and not yet seen."""
        return [self.reports.get() for _ in range(self.reports.qsize())]

    @property
    def process(self) -> psutil.Process:
        (child,) = set(psutil.Process().children()) - self.before
        return child


@pytest.fixture
def answer() -> tuple[bytes, int]:
    samples, rate_hz = soundfile.read(ANSWER, dtype="int16")
    return samples.tobytes(), rate_hz


@pytest.fixture
def minute() -> tuple[bytes, int]:
    files = sorted(ANSWER.parent.glob("*.flac"))
    sounds = [soundfile.read(file, dtype="int16")[0].tobytes() for file in files]
    return b"".join(sounds), soundfile.info(ANSWER).samplerate


@pytest.fixture
def worker(models_dir: Path) -> Iterator[Worker]:
    worker = Worker(lambda: models_dir / "base")
    worker.start()
    yield worker
    worker.speech.close()
    assert set(psutil.Process().children()) == worker.before


def words_of(text: str) -> str:
    return " ".join(re.sub(r"[^a-z' ]", " ", text.lower()).split())


def text_of(read: WindowRead) -> str:
    return words_of("".join(segment.text for segment in read.segments))


def wrong_words(heard: str) -> int:
    """How many words of `SAID` are missing or too much."""
    said, got = SAID.split(), heard.split()
    row = list(range(len(got) + 1))
    for i, word in enumerate(said, 1):
        before, row[0] = row[0], i
        for j, other in enumerate(got, 1):
            best = min(row[j] + 1, row[j - 1] + 1, before + (word != other))
            before, row[j] = row[j], best
    return row[-1]


@pytest.mark.slow
def test_a_sample_answer_is_read_nearly_word_for_word(
    worker: Worker, answer: tuple[bytes, int]
) -> None:
    pcm, rate_hz = answer
    read = worker.read(pcm, rate_hz)
    assert wrong_words(text_of(read)) <= 2
    assert (read.recording, read.model, read.language) == (1, "base", "en")
    assert read.span == Span(0, len(pcm) // 2)
    words = [word for segment in read.segments for word in segment.words]
    assert all(0 <= word.start_s <= word.end_s <= len(pcm) / 2 / rate_hz + 0.5 for word in words)
    assert [word.start_s for word in words] == sorted(word.start_s for word in words)


@pytest.mark.slow
def test_the_words_of_a_later_window_have_the_times_of_the_take(
    worker: Worker, answer: tuple[bytes, int]
) -> None:
    pcm, rate_hz = answer
    minute = bytes(2 * 60 * rate_hz)
    number, samples = worker.feed(minute + pcm, rate_hz)
    worker.speech.window(number, Span(0, 60 * rate_hz), last=False)
    worker.speech.window(number, Span(60 * rate_hz, samples), last=True)
    read = [worker.until(WindowRead)]
    while read[-1].span.end < samples:
        read.append(worker.until(WindowRead))  # long ones come in parts
    *silence, speech = read
    assert all(each.segments == () for each in silence)
    assert wrong_words(text_of(speech)) <= 2
    assert speech.segments[0].words[0].start_s >= 60


@pytest.mark.slow
def test_speech_is_noticed_while_it_is_still_spoken(
    worker: Worker, answer: tuple[bytes, int]
) -> None:
    pcm, rate_hz = answer
    number, _ = worker.feed(pcm + bytes(2 * rate_hz), rate_hz)
    heard = worker.until(SpeechHeard)
    while not heard.spans or heard.upto < len(pcm) // 2:
        heard = worker.until(SpeechHeard)
    assert 0 <= heard.spans[0].start < rate_hz
    assert heard.spans[-1].end <= heard.upto
    worker.speech.segment(number, Span(0, heard.spans[-1].end))
    assert wrong_words(words_of(worker.until(SegmentRead).text)) <= 4


@pytest.mark.slow
def test_the_last_words_and_their_language_are_told_where_any_will_do(
    worker: Worker, answer: tuple[bytes, int]
) -> None:
    number, samples = worker.feed(*answer, language=ANY_LANGUAGE)
    worker.speech.window(number, Span(0, samples), last=True)
    live = worker.until(SegmentRead)
    assert live.span == Span(0, samples)
    assert wrong_words(words_of(live.text)) <= 4
    # the whole-answer pass begins when they are there: both at once would be late
    assert not [each for each in worker.seen if isinstance(each, WindowProgress | WindowRead)]
    read = worker.until(WindowRead)
    assert read.language == "en"
    assert (read.language_probability or 0) > 0.8


def test_no_two_recordings_have_the_same_number(tmp_path: Path) -> None:
    speech = SpeechWorker(lambda: tmp_path, threads=1, live=False)
    assert len({speech.open(16_000, "en") for _ in range(3)}) == 3


@pytest.mark.slow
def test_each_recording_is_written_in_its_own_language(
    worker: Worker, answer: tuple[bytes, int]
) -> None:
    pcm, rate_hz = answer
    short, wanted = pcm[: 3 * 2 * rate_hz], ["de", "en", "fr"]
    read = [worker.read(short, rate_hz, language=each) for each in wanted]
    assert [each.language for each in read] == wanted
    assert len({each.recording for each in read}) == 3


@pytest.mark.slow
def test_a_live_segment_does_not_wait_for_a_long_window(
    worker: Worker, answer: tuple[bytes, int], minute: tuple[bytes, int]
) -> None:
    first, end = worker.feed(*minute)
    worker.speech.window(first, Span(0, end), last=True)
    worker.until(WindowProgress)
    second, samples = worker.feed(*answer)
    worker.speech.segment(second, Span(0, samples))
    worker.until(SegmentRead)
    read = [report.span.end for report in worker.seen if isinstance(report, WindowRead)]
    assert end not in read  # it comes in parts
    assert worker.until(WindowRead).recording == first


@pytest.mark.slow
def test_a_killed_worker_starts_again_once_and_forgets_what_it_heard(
    worker: Worker, answer: tuple[bytes, int]
) -> None:
    worker.until(WorkerReady)
    lost, _ = worker.feed(*answer)
    worker.process.kill()
    assert worker.until(WorkerLost).restarting
    worker.until(WorkerReady)
    worker.speech.window(lost, Span(0, 8000), last=True)  # of a recording the new one knows not
    assert wrong_words(text_of(worker.read(*answer))) <= 2
    worker.process.kill()
    gone = worker.until(WorkerLost)
    assert not gone.restarting
    assert gone.hint
    worker.feed(*answer)  # to nobody, and without a complaint


@pytest.mark.slow
def test_no_sound_and_no_speech_are_read_as_nothing(worker: Worker) -> None:
    assert worker.read(b"", 16_000).segments == ()
    assert worker.read(bytes(32_000), 16_000).segments == ()
    number, _ = worker.feed(bytes(3200), 16_000)
    worker.speech.segment(number, Span(800, 800))
    assert worker.until(SegmentRead).text == ""


@pytest.mark.slow
def test_segments_without_a_voice_are_not_read_again_in_no_language(worker: Worker) -> None:
    number, samples = worker.feed(bytes(64_000), 16_000, language=ANY_LANGUAGE)
    for start in (0, samples // 2):
        worker.speech.segment(number, Span(start, start + samples // 2))
        worker.until(SegmentRead)
    for _ in range(2):  # between two looks for speech it reads ahead
        worker.speech.feed(number, bytes(16_000))
        worker.until(SpeechHeard)
    worker.speech.window(number, Span(0, samples), last=True)
    kinds = (WindowRead, WorkerLost)
    while not isinstance(report := worker.reports.get(timeout=WAIT_S), kinds):
        pass
    assert isinstance(report, WindowRead)


@pytest.mark.slow
@pytest.mark.parametrize("rate_hz", [8_000, 44_100, 48_000])
def test_any_rate_of_a_device_will_do(worker: Worker, rate_hz: int) -> None:
    samples, _ = soundfile.read(ANSWER, dtype="int16")
    own_rate_hz = soundfile.info(ANSWER).samplerate
    places = range(int(len(samples) * rate_hz / own_rate_hz))
    resampled = samples[[int(place * own_rate_hz / rate_hz) for place in places]]
    assert wrong_words(text_of(worker.read(resampled.tobytes(), rate_hz))) <= 4


@pytest.mark.slow
def test_the_worker_is_out_of_reach_of_ctrl_c(worker: Worker) -> None:
    worker.until(WorkerReady)
    assert os.getsid(worker.process.pid) == worker.process.pid
    assert os.getpgid(worker.process.pid) == worker.process.pid


@pytest.mark.slow
def test_closing_ends_the_worker_in_the_middle_of_a_decode(
    worker: Worker, minute: tuple[bytes, int]
) -> None:
    pcm, rate_hz = minute
    number, samples = worker.feed(pcm * 4, rate_hz)  # far longer than a busy machine is late
    worker.speech.window(number, Span(0, samples), last=True)
    worker.until(WindowProgress)
    worker.speech.close()
    read = [each for each in worker.rest() if isinstance(each, WindowRead)]
    assert all(each.span.end < samples for each in read)  # a part of it may be done
    assert set(psutil.Process().children()) == worker.before


def test_a_missing_model_is_told_in_its_own_words() -> None:
    def find() -> Path:
        raise ModelMissing("The model 'base' is not installed.", hint="Get it.")

    worker = Worker(find)
    worker.start()
    assert worker.until(WorkerLost) == WorkerLost(
        what="The model 'base' is not installed.", hint="Get it.", restarting=False
    )
    worker.speech.close()


@pytest.mark.slow
def test_a_folder_that_is_no_model_gives_up_after_one_more_try(tmp_path: Path) -> None:
    worker = Worker(lambda: tmp_path)
    worker.start()
    assert [worker.until(WorkerLost).restarting for _ in range(2)] == [True, False]
    worker.speech.close()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_worker_that_cannot_be_started_is_told(tmp_path: Path) -> None:
    speech = SpeechWorker(
        lambda: tmp_path, threads=2, live=True, command=[str(tmp_path / "no-such-program")]
    )
    reports: queue.SimpleQueue[Report] = queue.SimpleQueue()
    speech.start(reports.put)
    try:
        report = reports.get(timeout=PATIENCE_S)
    except queue.Empty:
        pytest.fail("nobody tells of it")
    finally:
        speech.close()
    assert isinstance(report, WorkerLost)


def left_alone(models_dir: Path, last_bytes: bytes) -> int | None:
    """How a worker ends whose parent was killed after some bytes; None if it does not."""
    start = {"is": "start", "folder": str(models_dir / "base"), "threads": 1, "live": True}
    with subprocess.Popen(
        WORKER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as child:
        assert child.stdin
        assert child.stdout
        child.stdin.write(frames.encode(start))
        child.stdin.flush()
        assert frames.read(child.stdout)
        child.stdin.write(last_bytes)
        child.stdin.close()
        try:
            return child.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
            return None


@pytest.mark.slow
def test_a_worker_whose_parent_is_gone_leaves(models_dir: Path) -> None:
    assert left_alone(models_dir, b"") == 0


@pytest.mark.slow
def test_a_worker_whose_parent_was_killed_inside_a_message_leaves(models_dir: Path) -> None:
    feed = frames.encode({"is": "feed", "recording": 1}, bytes(65_536))
    assert left_alone(models_dir, feed[:50_000]) is not None
