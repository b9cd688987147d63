"""Claims about a process of ours, whatever it is for: each child here is a real one."""

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from tests.support.waiting import PATIENCE_S, is_gone
from voicereflect.adapters.child import frames
from voicereflect.adapters.child.process import Child, Outbox, ask_once
from voicereflect.adapters.meaning.client import MeaningWorker
from voicereflect.adapters.speech.client import SpeechWorker
from voicereflect.errors import MeaningFailed
from voicereflect.model import Report, WorkerLost

ECHO = """
import sys
from voicereflect.adapters.child import frames
while message := frames.read(sys.stdin.buffer):
    sys.stdout.buffer.write(frames.encode(*message))
    sys.stdout.buffer.flush()
"""
HELLO = frames.encode({"is": "hello"}, b"xyz")
CUT_OFF = f"import sys; sys.stdout.buffer.write({HELLO[:-2]!r})"
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"


def python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


def test_messages_go_there_and_back_in_order() -> None:
    with Child(python(ECHO)) as child:
        for number in range(3):
            assert child.send(frames.encode({"n": number}, bytes(number)))
        assert [child.read() for _ in range(3)] == [({"n": n}, bytes(n)) for n in range(3)]


@pytest.mark.parametrize(
    "code", ["raise SystemExit(3)", "import os; os.abort()", CUT_OFF, "print('no frame' * 99)"]
)
def test_a_child_that_dies_or_prints_gives_no_message(code: str) -> None:
    with Child(python(code)) as child:
        assert child.read() is None
    assert is_gone(child.pid)


def test_what_is_sent_to_a_child_that_is_gone_is_told() -> None:
    with Child(python("")) as child:
        assert child.wait(PATIENCE_S) == 0
        assert not child.send(bytes(1 << 20))


def test_a_child_that_cannot_be_started_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Child([str(tmp_path / "no-such-program")])


@pytest.mark.parametrize("request_bytes", [1, 1 << 20])
def test_a_child_that_never_answers_is_ended_with_all_it_started(
    tmp_path: Path, request_bytes: int
) -> None:
    pids = tmp_path / "pids"
    script = f"sleep 600 & echo $! >> {pids}; echo $$ >> {pids}; wait"
    with pytest.raises(TimeoutError):
        ask_once(("/bin/sh", "-c", script), bytes(request_bytes), 0.5)
    assert all(is_gone(int(pid)) for pid in pids.read_text().split())


def test_an_answer_in_time_ends_the_child_too() -> None:
    before = psutil.Process().children()
    assert ask_once(python(ECHO), HELLO, 30) == ({"is": "hello"}, b"xyz")
    assert psutil.Process().children() == before


def test_a_child_leaves_by_itself_at_the_end_of_its_input() -> None:
    child = Child(python(ECHO))
    child.send(HELLO)
    assert child.read()
    child.end(30)
    assert child.wait(0) == 0


def test_a_child_that_does_not_leave_is_killed() -> None:
    child = Child(python(DEAF))
    child.end(0.1)
    assert child.wait(0) == -signal.SIGKILL


def test_ctrl_c_does_not_reach_a_child() -> None:
    with Child(python(DEAF)) as child:
        assert os.getsid(child.pid) == os.getpgid(child.pid) == child.pid


def test_what_is_put_aside_is_sent_until_none_ends_the_input() -> None:
    outbox: Outbox = queue.SimpleQueue()
    with Child(python(ECHO)) as child, child.fed_from(outbox):
        for _ in range(3):
            outbox.put(HELLO)
        outbox.put(None)
        assert [child.read() for _ in range(4)] == [({"is": "hello"}, b"xyz")] * 3 + [None]
        assert child.wait(PATIENCE_S) == 0


def test_a_child_that_reads_nothing_keeps_nobody_waiting() -> None:
    outbox: Outbox = queue.SimpleQueue()
    threads = threading.active_count()
    with Child(python(DEAF)) as child, child.fed_from(outbox):
        outbox.put(bytes(1 << 24))  # more than any pipe holds
    assert threading.active_count() == threads
    assert is_gone(child.pid)


def test_a_killed_parent_leaves_no_child_behind() -> None:
    code = (
        "import sys, time\nfrom voicereflect.adapters.child.process import Child\n"
        f"child = Child([sys.executable, '-c', {ECHO!r}])\n"
        "print(child.pid, flush=True)\ntime.sleep(600)"
    )
    with subprocess.Popen(python(code), stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
        parent.kill()
    assert is_gone(pid)


def speech_lost(command: tuple[str, ...], folder: Path) -> None:
    reports: queue.SimpleQueue[Report] = queue.SimpleQueue()
    worker = SpeechWorker(lambda: folder, threads=1, live=False, command=command)
    worker.start(reports.put)
    lost = [reports.get(timeout=PATIENCE_S) for _ in range(2)]
    worker.close()
    assert [report.restarting for report in lost if isinstance(report, WorkerLost)] == [True, False]


def meaning_lost(command: tuple[str, ...], folder: Path) -> None:
    with MeaningWorker(lambda: folder, command=command) as worker, pytest.raises(MeaningFailed):
        worker.embed(["one"])


@pytest.mark.parametrize("lost", [speech_lost, meaning_lost])
@pytest.mark.parametrize("last", ["", CUT_OFF])
def test_a_worker_that_is_lost_is_started_again_once(
    tmp_path: Path, lost: Callable[[tuple[str, ...], Path], None], last: str
) -> None:
    starts = tmp_path / "starts"
    lost(python(f"open({str(starts)!r}, 'a').write('x')\n{last}"), tmp_path)
    assert starts.read_text() == "xx"
