"""Claims about recordings that stand in for a microphone."""

from __future__ import annotations

import threading
import time
from array import array
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import av
import pytest
import soundfile

from tests.support.tones import tone
from tests.support.waiting import PATIENCE_S
from voicereflect.adapters.recordings import Recordings, translated
from voicereflect.errors import DeviceError, DeviceLost, RecordingUnreadable
from voicereflect.ports.sound import Recorder

if TYPE_CHECKING:
    Samples = array[int]


class Ear:
    """A listener that keeps everything."""

    def __init__(self) -> None:
        self.blocks: list[bytes] = []
        self.problems: list[DeviceError | None] = []
        self.over = threading.Event()

    def heard(self, pcm: bytes) -> bool:
        self.blocks.append(pcm)
        return True

    def ended(self, problem: DeviceError | None) -> None:
        self.problems.append(problem)
        self.over.set()


def ready(recordings: Recordings, prompt: str) -> bool:
    """Whether there was a recording for the prompt, which is open then."""
    more = recordings.more(prompt)
    if more:
        recordings.prepare(prompt)
    return more


def write(path: Path, samples: Samples, rate_hz: int, **options: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with soundfile.SoundFile(path, "w", rate_hz, 1, **options) as file:
        file.buffer_write(samples, dtype="int16")


def named(folder: Path, *names: str) -> Recordings:
    """Lay out files whose lengths, in tenths of a second, count up from one."""
    for number, name in enumerate(names, start=1):
        write(folder / name, tone(number / 10, 8_000), 8_000)
    return Recordings(folder, "recordings")


def hear(recorder: Recorder) -> Ear:
    ear = Ear()
    recorder.start(ear)
    assert ear.over.wait(PATIENCE_S)
    recorder.stop()
    return ear


def tenths(recorder: Recorder) -> int:
    return round(len(b"".join(hear(recorder).blocks)) / 2 / 800)


@pytest.mark.parametrize("rate_hz", [8_000, 16_000, 44_100, 48_000])
@pytest.mark.parametrize("suffix", ["flac", "wav"])
def test_lossless_recordings_are_heard_bit_by_bit_at_their_own_rate(
    tmp_path: Path, suffix: str, rate_hz: int
) -> None:
    samples = tone(0.73, rate_hz)
    write(tmp_path / f"memo.{suffix}", samples, rate_hz)
    recordings = Recordings(tmp_path, "memos")
    assert ready(recordings, "any/prompt")
    assert recordings.rate_hz == rate_hz
    ear = hear(recordings)
    assert b"".join(ear.blocks) == samples.tobytes()
    assert ear.problems == [None]
    assert {len(block) for block in ear.blocks[:-1]} == {rate_hz // 10 * 2}


@pytest.mark.parametrize(
    ("name", "rate_hz", "options"),
    [
        ("memo.ogg", 44_100, {"format": "OGG", "subtype": "VORBIS"}),
        ("memo.opus", 48_000, {"format": "OGG", "subtype": "OPUS"}),
        ("memo.mp3", 44_100, {"format": "MP3"}),
    ],
)
def test_lossy_recordings_sound_as_long_and_as_high(
    tmp_path: Path, name: str, rate_hz: int, options: dict[str, str]
) -> None:
    write(tmp_path / name, tone(2.0, rate_hz), rate_hz, **options)
    assert_is_a_two_second_tone(tmp_path)


@pytest.mark.parametrize(("layout", "channels"), [("mono", 1), ("stereo", 2)])
def test_a_phone_memo_is_heard_in_mono(tmp_path: Path, layout: str, channels: int) -> None:
    with av.open(str(tmp_path / "memo.m4a"), "w") as container:
        stream = container.add_stream("aac", rate=44_100, layout=layout)
        frame = av.AudioFrame(format="s16", layout=layout, samples=88_200)
        frame.sample_rate = 44_100
        once = tone(2.0, 44_100)
        frame.planes[0].update(array("h", (s for s in once for _ in range(channels))).tobytes())
        container.mux([*stream.encode(frame), *stream.encode(None)])
    assert_is_a_two_second_tone(tmp_path)


def assert_is_a_two_second_tone(folder: Path) -> None:
    recordings = Recordings(folder, "memos")
    assert ready(recordings, "any/prompt")
    rate_hz = recordings.rate_hz
    samples = array("h", b"".join(hear(recordings).blocks))
    assert len(samples) / rate_hz == pytest.approx(2.0, abs=0.1)
    middle = samples[rate_hz // 2 : rate_hz * 3 // 2]  # an encoder's edges ring
    assert sum(a < 0 <= b for a, b in pairwise(middle)) == pytest.approx(440, abs=10)


def test_strange_files_answer_prompts_in_the_order_a_person_counts(tmp_path: Path) -> None:
    recordings = named(tmp_path, "Memo 1.flac", "memo 2.flac", "Memo 10.flac")
    heard: list[int] = []
    while ready(recordings, f"deck/prompt-{len(heard)}"):
        heard.append(tenths(recordings))
    assert heard == [1, 2, 3]
    assert not ready(recordings, "deck/another")


def test_a_file_named_after_the_prompt_wins(tmp_path: Path) -> None:
    recordings = named(tmp_path, "a.flac", "week.flac")
    assert ready(recordings, "everyday/week")
    assert tenths(recordings) == 2


def test_a_prompt_asked_again_is_answered_by_its_file_again(tmp_path: Path) -> None:
    recordings = named(tmp_path, "week.flac")
    assert ready(recordings, "everyday/week")
    assert tenths(recordings) == 1
    assert ready(recordings, "everyday/week")
    assert tenths(recordings) == 1


def test_a_folder_that_goes_by_names_gives_no_other_file(tmp_path: Path) -> None:
    recordings = named(tmp_path, "closing.flac", "week.flac")
    assert ready(recordings, "everyday/week")
    assert not ready(recordings, "everyday/moment")
    assert ready(recordings, "everyday/closing")
    assert tenths(recordings) == 1


def test_a_folder_named_after_the_deck_goes_by_names_from_the_start(tmp_path: Path) -> None:
    recordings = named(tmp_path, "everyday/closing.flac", "loose.flac", "everyday/week.flac")
    assert not ready(recordings, "everyday/moment")
    assert ready(recordings, "everyday/week")
    assert tenths(recordings) == 3
    assert ready(recordings, "other/moment")
    assert tenths(recordings) == 2


def test_files_that_are_no_recordings_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / ".hidden.flac").write_bytes(b"")
    recordings = named(tmp_path, "memo.flac")
    assert ready(recordings, "deck/one")
    assert not ready(recordings, "deck/two")


def test_an_empty_folder_says_so_when_it_is_needed(tmp_path: Path) -> None:
    recordings = Recordings(tmp_path, "memos")
    with pytest.raises(RecordingUnreadable, match="holds no recording"):
        recordings.prepare("deck/one")


def test_a_missing_folder_says_so_when_it_is_needed(tmp_path: Path) -> None:
    recordings = Recordings(tmp_path / "nowhere", "memos")
    with pytest.raises(RecordingUnreadable, match="nowhere is no folder"):
        recordings.prepare("deck/one")


@pytest.mark.parametrize("content", [b"", b"Dear diary,\n" * 100, b"RIFF\x24\0\0\0WAVEfmt "])
def test_a_file_that_is_no_sound_is_named_and_the_next_still_answers(
    tmp_path: Path, content: bytes
) -> None:
    recordings = named(tmp_path, "b.flac")
    (tmp_path / "a.wav").write_bytes(content)
    with pytest.raises(RecordingUnreadable, match=r"a\.wav cannot be decoded"):
        recordings.prepare("deck/one")
    assert ready(recordings, "deck/two")
    assert tenths(recordings) == 1


def test_a_film_without_sound_is_named(tmp_path: Path) -> None:
    with av.open(str(tmp_path / "film.mp4"), "w") as container:
        stream = container.add_stream("mpeg4", rate=10, width=32, height=32, pix_fmt="yuv420p")
        container.mux([*stream.encode(av.VideoFrame(32, 32, "yuv420p")), *stream.encode(None)])
    with pytest.raises(RecordingUnreadable, match=r"film\.mp4"):
        Recordings(tmp_path, "memos").prepare("deck/one")


def decodable(path: Path) -> int:
    """How many samples come before the damage."""
    samples = 0
    with av.open(str(path)) as container, suppress(av.FFmpegError):
        for frame in container.decode(audio=0):
            samples += frame.samples
    return samples


@pytest.mark.parametrize("memo", ["memo.flac", "memo.wav"])
def test_a_truncated_recording_is_heard_as_far_as_it_goes_and_reported(
    tmp_path: Path, memo: str
) -> None:
    samples = tone(6.0, 44_100)
    write(tmp_path / memo, samples, 44_100)
    whole = (tmp_path / memo).read_bytes()
    (tmp_path / memo).write_bytes(whole[: len(whole) * 6 // 10])
    recordings = Recordings(tmp_path, "memos")
    assert ready(recordings, "deck/one")
    ear = hear(recordings)
    heard = b"".join(ear.blocks)
    assert len(heard) > len(samples.tobytes()) // 3
    assert samples.tobytes().startswith(heard)
    assert len(heard) == 2 * decodable(tmp_path / memo)
    (problem,) = ear.problems
    assert isinstance(problem, DeviceLost)
    assert memo in problem.what


def test_a_block_without_room_is_offered_again_until_it_is_taken(tmp_path: Path) -> None:
    class CrowdedEar(Ear):
        def __init__(self) -> None:
            super().__init__()
            self.refused = 0

        def heard(self, pcm: bytes) -> bool:
            if self.refused < 3 * len(self.blocks):
                self.refused += 1
                return False
            return super().heard(pcm)

    samples = tone(1.0, 8_000)
    write(tmp_path / "memo.wav", samples, 8_000)
    recordings = Recordings(tmp_path, "memos")
    recordings.prepare("deck/one")
    ear = CrowdedEar()
    recordings.start(ear)
    assert ear.over.wait(PATIENCE_S)
    assert b"".join(ear.blocks) == samples.tobytes()
    assert ear.refused > 20
    assert recordings.overflows == 0


def test_after_stop_nothing_more_is_delivered_not_even_the_end(tmp_path: Path) -> None:
    class FullEar(Ear):
        def heard(self, pcm: bytes) -> bool:
            super().heard(pcm)
            return False

    write(tmp_path / "memo.wav", tone(2.0, 8_000), 8_000)
    recordings = Recordings(tmp_path, "memos")
    recordings.prepare("deck/one")
    ear = FullEar()
    recordings.start(ear)
    recordings.stop()
    offered = len(ear.blocks)
    time.sleep(0.1)
    assert len(ear.blocks) == offered
    assert ear.problems == []


PYAV_ERRORS = [
    kind
    for name, kind in sorted(vars(av.error).items())
    if isinstance(kind, type) and issubclass(kind, av.FFmpegError) and name == kind.__name__
]


@pytest.mark.parametrize("error", PYAV_ERRORS)
def test_everything_pyav_raises_is_translated(error: type[av.FFmpegError]) -> None:
    with pytest.raises(RecordingUnreadable), translated(Path("memo.flac")):
        raise error(1, "broken")
