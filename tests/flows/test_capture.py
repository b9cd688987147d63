"""Claims about takes: which blocks are in them, whatever is pressed while they arrive."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.fakes import Said, StubRecorder, StubTranscriber
from tests.support.vaults import ID, NOW, RATE_HZ, make_entry, make_vault, noise
from voicereflect.adapters.vault.files import Files
from voicereflect.errors import DeviceError, DeviceLost
from voicereflect.flows.session.queue import Closed, Inbox
from voicereflect.flows.session.recording.capture import Capture
from voicereflect.flows.session.recording.running import SYNC_EVERY_S, RunningTake
from voicereflect.flows.session.recording.transcription import TranscriptionTracker
from voicereflect.flows.session.recording.writing import EntryWriter
from voicereflect.model import Answer

GONE = DeviceLost("It is gone.", hint="Plug it in.")
BLOCK = 800
BLOCK_S = BLOCK / RATE_HZ


@dataclass
class Room:
    """A capture with its vault; blocks are given by hand, each another sound."""

    root: Path
    recorder: StubRecorder = field(default_factory=lambda: StubRecorder([Said([])] * 9))
    files: Files | None = None
    blocks: int = 0
    now_s: float = 0.0
    inbox: Inbox = field(default_factory=Inbox)

    def __post_init__(self) -> None:
        self.vault = make_vault(self.files or Files(self.root))
        self.writer = EntryWriter(self.vault, make_entry(answers=0), self.inbox)
        tracker = TranscriptionTracker(
            StubTranscriber(read=False), now=lambda: NOW, sound=lambda _: iter(())
        )
        self.capture = Capture(
            self.recorder, self.writer, tracker, self.inbox, monotonic_s=lambda: self.now_s
        )

    @contextmanager
    def opened(self) -> Iterator["Room"]:
        try:
            yield self
        finally:
            self.capture.leave()
            self.writer.close()

    def begin(self, number: int) -> None:
        answer = Answer(number=number, speaker="me", prompt="her-biography/birth", asked="?")
        assert isinstance(self.capture.begin(answer), RunningTake)

    def hear(self, number: int) -> bytes:
        self.blocks += 1
        pcm = noise(BLOCK, self.blocks)
        assert self.capture.keep(number, pcm) is None
        return pcm

    def stop(self, number: int) -> Closed:
        """Stop, and give the message that comes after the last block."""
        self.capture.stop(number, lost=False)
        self.capture.wait_for_device()
        (closed,) = (each for each in self.inbox.rest() if isinstance(each, Closed))
        return closed

    def sound(self, number: int) -> bytes:
        return b"".join(self.vault.sound(ID, number))


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


def test_the_last_blocks_of_an_ended_take_are_kept_until_it_is_closed(room: Room) -> None:
    with room.opened():
        room.begin(1)
        closed = room.stop(1)
        room.begin(2)
        late, other = room.hear(1), room.hear(2)
        assert room.capture.end(closed) is None
        room.hear(1)  # nobody waits for this one
        room.capture.end(room.stop(2))
    assert (room.sound(1), room.sound(2)) == (late, other)


def test_a_take_that_ends_in_a_pause_keeps_none_of_its_last_blocks(room: Room) -> None:
    with room.opened():
        room.begin(1)
        before = room.hear(1)
        room.capture.pause(1, paused=True)
        room.hear(1)
        closed = room.stop(1)
        room.hear(1)
        room.capture.end(closed)
    assert room.sound(1) == before


def test_of_a_reply_nothing_is_written(room: Room) -> None:
    with room.opened():
        assert isinstance(room.capture.overhear(-1), RunningTake)
        room.hear(-1)
        room.capture.end(room.stop(-1))
        assert room.capture.is_last_safe() is None
    assert list(room.root.rglob("*")) == []


def test_it_is_told_once_that_a_take_is_on_the_disk(room: Room) -> None:
    with room.opened():
        room.begin(1)
        room.hear(1)
        closed = room.stop(1)
        is_safe = room.capture.is_last_safe()
        assert is_safe is not None
        assert not is_safe.done()
        room.capture.end(closed)
        assert is_safe.result(timeout=0)
        assert room.capture.is_last_safe() is None


def test_a_take_that_was_never_closed_is_not_called_safe_and_has_its_blocks(room: Room) -> None:
    with room.opened():
        room.begin(1)
        heard = room.hear(1)
        room.stop(1)
        is_safe = room.capture.is_last_safe()
    assert is_safe is not None
    assert not is_safe.result(timeout=0)
    with room.vault.adopt(ID):
        assert heard in b"".join(room.vault.sound(ID, 1))


class CountedFiles(Files):
    """Counts the records that no sync has made durable."""

    unsynced = 0

    def append(self, path: Path, record: bytes) -> None:
        super().append(path, record)
        self.unsynced += 1

    def sync(self, path: Path) -> None:
        super().sync(path)
        self.unsynced = 0


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from([0.0, BLOCK_S, 3 * BLOCK_S, 0.4, 5.0]), max_size=60))
def test_what_no_sync_has_made_durable_is_never_older_or_longer_than_half_a_second(
    waits_s: list[float],
) -> None:
    with TemporaryDirectory() as folder:
        files = CountedFiles(Path(folder))
        with Room(Path(folder), files=files).opened() as room:
            room.begin(1)
            files.unsynced, safe_at_s = 0, room.now_s
            for wait_s in waits_s:
                room.now_s += wait_s
                room.hear(1)
                if files.unsynced == 0:
                    safe_at_s = room.now_s
                assert room.now_s - safe_at_s < SYNC_EVERY_S
                assert files.unsynced * BLOCK_S <= SYNC_EVERY_S


def test_a_take_that_cannot_begin_is_not_stopped(room: Room) -> None:
    class Deaf(StubRecorder):
        def start(self, listener: object) -> None:  # noqa: ARG002 - the port
            raise GONE

    room = Room(room.root, recorder=Deaf([]))
    answer = Answer(number=1, speaker="me", prompt="her-biography/birth", asked="?")
    with room.opened():
        assert isinstance(room.capture.begin(answer), DeviceError)
        room.capture.stop(1, lost=True)
        room.capture.wait_for_device()
        assert [each for each in room.inbox.rest() if isinstance(each, Closed)] == []
        assert room.capture.is_last_safe() is None


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(["block", "late block", "pause", "stop", "close"]), max_size=25))
def test_a_take_has_what_was_heard_of_it_outside_pauses_until_it_was_closed(
    happens: list[str],
) -> None:
    with TemporaryDirectory() as folder, Room(Path(folder)).opened() as room:
        number, paused, closing = 1, False, list[tuple[Closed, bool]]()
        expected: dict[int, bytes] = {1: b""}
        room.begin(1)
        for what in [*happens, "stop", "close", "close"]:
            match what:
                case "block":
                    heard = room.hear(number)
                    expected[number] += b"" if paused else heard
                case "late block" if number > 1:
                    heard = room.hear(number - 1)
                    if closing and not closing[-1][1]:
                        expected[number - 1] += heard
                case "pause":
                    paused = not paused
                    room.capture.pause(number, paused=paused)
                case "stop" if not closing and number < 5:
                    closing.append((room.stop(number), paused))
                    number, paused = number + 1, False
                    expected[number] = b""
                    room.begin(number)
                case "close" if closing:
                    assert room.capture.end(closing.pop()[0]) is None
        room.capture.end(room.stop(number))
        room.writer.close()
        assert {n: room.sound(n) for n in expected} == expected
