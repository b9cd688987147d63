"""The network is shut where it has to be, and open where nobody shut it.

Everything that shuts it runs in a process of its own: a filter cannot be taken off again.
"""

import json
import os
import platform
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import voicereflect
from tests.support.fresh import SHUT, refusing, run, said
from tests.support.product import COMMAND
from voicereflect.__main__ import wants_network
from voicereflect.adapters.offline.hook import RESOLVERS, refuses

SOURCE = Path(voicereflect.__file__).parents[1]
LINUX = sys.platform == "linux"
AMD64 = LINUX and platform.machine() == "x86_64"

PROBE = (sys.executable, "-m", "voicereflect.adapters.offline")
WAYS = ["IPv4", "IPv6", "UDP", "raw packet", "netlink", "io_uring", "name look-up"]
HOOKED = "refused by Python's audit hook"
FILTERED = "refused by the kernel's filter"


def ways(report: str) -> dict[str, tuple[str, str]]:
    return {way["what"]: (way["python"], way["native"]) for way in json.loads(report)}


@pytest.fixture(scope="module")
def own() -> dict[str, tuple[str, str]]:
    return ways(
        said(
            SHUT + "import json; from dataclasses import asdict\n"
            "from voicereflect.adapters.offline.probe import attempts\n"
            "print(json.dumps([asdict(attempt) for attempt in attempts()]))"
        )
    )


@pytest.fixture(scope="module")
def child() -> dict[str, tuple[str, str]]:
    return ways(said(SHUT + "import subprocess, sys; subprocess.run(sys.argv[1:])", *PROBE))


@pytest.fixture(scope="module")
def grandchild() -> dict[str, tuple[str, str]]:
    through_a_shell = SHUT + (
        "import subprocess, sys; subprocess.run(['sh', '-c', '\"$@\"; exit $?', *sys.argv])"
    )
    return ways(said(through_a_shell, *PROBE))


@pytest.fixture(scope="module")
def child_of_ours() -> dict[str, tuple[str, str]]:
    code = (
        "from voicereflect.adapters.offline import shut_child; shut_child()\n"
        "import runpy; runpy.run_module('voicereflect.adapters.offline', run_name='__main__')"
    )
    return ways(said(SHUT + "import subprocess, sys; subprocess.run(sys.argv[1:])", *PROBE[:1],
                     "-c", code))  # fmt: skip


def native_for(way: str) -> str:
    """Tell what the C library should find: look-ups may reach a resolver over AF_UNIX."""
    if way == "name look-up" and any(Path(path).exists() for path in RESOLVERS):
        return ""
    return FILTERED


@pytest.mark.skipif(not LINUX, reason="the kernel's part exists on Linux alone")
class TestEveryWayOut:
    @pytest.mark.parametrize("way", WAYS)
    def test_is_refused_in_this_process_by_both_locks(
        self, own: dict[str, tuple[str, str]], way: str
    ) -> None:
        python, native = own[way]
        assert python == ("does not exist here" if way == "io_uring" else HOOKED)
        assert native_for(way) in native

    @pytest.mark.parametrize("way", WAYS)
    @pytest.mark.parametrize("generation", ["child", "grandchild"])
    def test_is_refused_in_any_child_by_the_kernel(
        self, request: pytest.FixtureRequest, generation: str, way: str
    ) -> None:
        python, native = request.getfixturevalue(generation)[way]
        assert native_for(way) in native
        assert way == "io_uring" or native_for(way) in python

    @pytest.mark.parametrize("way", WAYS)
    def test_is_refused_in_a_child_of_ours_by_both_locks(
        self, child_of_ours: dict[str, tuple[str, str]], way: str
    ) -> None:
        python, native = child_of_ours[way]
        assert python == ("does not exist here" if way == "io_uring" else HOOKED)
        assert native_for(way) in native

    def test_is_tried_by_the_probe(self, own: dict[str, tuple[str, str]]) -> None:
        assert list(own) == WAYS


@pytest.mark.skipif(not LINUX, reason="the kernel's part exists on Linux alone")
class TestTheKernel:
    def test_refuses_a_socket_made_by_the_c_library(self) -> None:
        code = SHUT + (
            "import ctypes\n"
            "libc = ctypes.CDLL(None, use_errno=True)\n"
            "print(libc.socket(2, 1, 0), ctypes.get_errno())"
        )
        assert said(code) == "-1 1"

    def test_refuses_a_pair_of_another_family(self) -> None:
        code = SHUT + (
            "import ctypes\n"
            "libc = ctypes.CDLL(None, use_errno=True)\n"
            "pair = (ctypes.c_int * 2)()\n"
            "print(libc.socketpair(30, 1, 0, pair), ctypes.get_errno())"
        )
        assert said(code) == "-1 1"

    @pytest.mark.parametrize("call", [425, 426, 427])
    def test_knows_no_ring(self, call: int) -> None:
        code = SHUT + (
            "import ctypes, sys\n"
            "libc = ctypes.CDLL(None, use_errno=True)\n"
            "print(libc.syscall(int(sys.argv[1]), 1, None, 0, 0, 0, 0), ctypes.get_errno())"
        )
        assert said(code, str(call)) == "-1 38"

    def test_shuts_threads_that_were_there_before(self) -> None:
        code = (
            "import ctypes, threading\n"
            "go = threading.Event(); libc = ctypes.CDLL(None, use_errno=True)\n"
            "def late():\n"
            "    go.wait(30)\n"
            "    print(libc.socket(2, 1, 0), ctypes.get_errno())\n"
            "thread = threading.Thread(target=late); thread.start()\n"
            + SHUT
            + "go.set(); thread.join()"
        )
        assert said(code) == "-1 1"

    def test_gives_no_new_rights_to_children(self) -> None:
        status = said(SHUT + "print(open('/proc/self/status').read())")
        assert "NoNewPrivs:\t1" in status

    @pytest.mark.skipif(not AMD64, reason="this processor has no x32 calls")
    def test_kills_a_whole_process_of_which_one_thread_calls_as_x32(self) -> None:
        code = (
            "import ctypes, os, threading\n"
            "call = threading.Thread(target=ctypes.CDLL(None).syscall, daemon=True,\n"
            "    args=(0x40000000 | 41, 2, 1, 0))\n"
            "call.start(); call.join(5); os._exit(0)"
        )
        assert run(code).returncode == 0
        assert run(SHUT + code).returncode == -signal.SIGSYS

    @pytest.mark.skipif(not AMD64, reason="this processor has no calls of 32-bit x86")
    def test_kills_a_process_that_calls_as_32_bit_x86(self) -> None:
        code = (
            "import ctypes, mmap\n"
            "page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)\n"
            # mov eax, 20 (getpid); int 0x80; ret
            "page.write(bytes.fromhex('b814000000cd80c3'))\n"
            "start = ctypes.addressof(ctypes.c_char.from_buffer(page))\n"
            "ctypes.CFUNCTYPE(ctypes.c_int)(start)()\n"
        )
        without = run(code).returncode
        # A kernel built without that ABI ends the process by itself.
        assert without in (0, -signal.SIGSEGV)
        assert run(SHUT + code).returncode == (-signal.SIGSYS if without == 0 else without)


class TestThisMachine:
    def test_is_still_reached_through_a_unix_socket(self, tmp_path: Path) -> None:
        code = SHUT + (
            "import socket, sys\n"
            "door = socket.socket(socket.AF_UNIX); door.bind(sys.argv[1]); door.listen()\n"
            "guest = socket.socket(socket.AF_UNIX); guest.connect(sys.argv[1])\n"
            "guest.sendall(b'here'); print(door.accept()[0].recv(4).decode())"
        )
        assert said(code, str(tmp_path / "door")) == "here"

    def test_still_has_pairs_of_sockets(self) -> None:
        code = SHUT + (
            "import socket\n"
            "a, b = socket.socketpair(); a.sendmsg([b'here']); print(b.recv(4).decode())"
        )
        assert said(code) == "here"

    def test_still_runs_an_event_loop(self) -> None:
        assert said(SHUT + "import asyncio; print(asyncio.run(asyncio.sleep(0, 'done')))") == "done"


class TestTheHook:
    @pytest.mark.parametrize("resolver", ["/run/nscd/socket", "/run/systemd/resolve/io.example"])
    def test_refuses_a_resolver_through_any_spelling(self, tmp_path: Path, resolver: str) -> None:
        link = tmp_path / "innocent"
        link.symlink_to(resolver)
        code = (
            "from voicereflect.adapters.offline import shut_child; shut_child()\n"
            "import socket, sys\n"
            "try: socket.socket(socket.AF_UNIX).connect(sys.argv[1])\n"
            "except OSError as error: print(error.strerror)"
        )
        for spelling in (resolver, f"/var{resolver}", f"/tmp/..{resolver}", str(link)):
            assert said(code, spelling) == "the network is shut for this program"

    def test_refuses_to_connect_a_socket_that_was_handed_in(self) -> None:
        code = (
            "import os, socket, sys\n"
            "handed = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
            + SHUT
            + "try: handed.connect(('127.0.0.1', 9))\n"
            "except OSError as error: print(error.strerror)"
        )
        assert said(code) == "the network is shut for this program"

    @pytest.mark.parametrize(
        ("event", "args", "refusing"),
        [
            ("socket.__new__", (None, 1, 1, 0), ""),
            ("socket.__new__", (None, 2, 1, 0), "linux darwin"),
            ("socket.__new__", (None, -1, -1, -1), "linux darwin"),
            ("socket.__new__", (None, 17, 3, 0), "linux darwin win32"),
            ("socket.connect", (None, "/tmp/a"), ""),
            ("socket.connect", (None, b"\0abstract"), ""),
            ("socket.connect", (None, ("127.0.0.1", 9)), "linux darwin"),
            ("socket.connect", (None, ("192.0.2.1", 9)), "linux darwin win32"),
            ("socket.connect", (None, ("", 9)), "linux darwin win32"),
            ("socket.bind", (None, ("0.0.0.0", 9)), "linux darwin win32"),
            ("socket.bind", (None, ("::1", 9, 0, 0)), "linux darwin"),
            ("socket.sendto", (None, ("192.0.2.1", 9)), "linux darwin win32"),
            ("socket.sendto", (None, bytearray(b"/run/nscd/socket")), "linux darwin win32"),
            ("socket.sendmsg", (None, None), ""),
            ("socket.sendmsg", (None, ("2001:db8::1", 9, 0, 0)), "linux darwin win32"),
            ("socket.connect", (None, "/private/var/run/mDNSResponder"), "linux darwin win32"),
            ("socket.getaddrinfo", ("localhost", 9, 0, 0, 0), "linux darwin win32"),
            ("socket.gethostbyname", ("localhost",), "linux darwin win32"),
            ("socket.gethostbyaddr", ("127.0.0.1",), "linux darwin win32"),
            ("socket.getnameinfo", (("127.0.0.1", 9),), "linux darwin win32"),
            ("socket.gethostname", (), ""),
            ("open", ("/etc/hosts", "r", 0), ""),
        ],
    )
    def test_lets_nothing_but_this_machine_pass(
        self, event: str, args: tuple[object, ...], refusing: str
    ) -> None:
        systems = ("linux", "darwin", "win32")
        refused = [system for system in systems if refuses(event, args, platform=system)]
        assert refused == refusing.split()

    def test_is_installed_once_however_often_it_is_asked_for(self) -> None:
        code = (
            "import sys\n"
            "seen = []\n"
            "sys.addaudithook(lambda event, args: seen.append(event))\n"
            "from voicereflect.adapters.offline import shut_child\n"
            "shut_child(); shut_child(); print(seen.count('sys.addaudithook'))"
        )
        assert said(code) == "1"


class TestWhatCannotBeShut:
    def test_a_vetoed_hook_is_not_taken_for_a_lock(self) -> None:
        code = (
            "import sys\n"
            "def veto(event, args):\n"
            "    if event == 'sys.addaudithook': raise RuntimeError\n"
            "sys.addaudithook(veto)\n" + SHUT
        )
        done = run(code)
        assert done.returncode == 1
        assert "NetworkOpen" in done.stderr

    @pytest.mark.skipif(not LINUX, reason="libseccomp exists on Linux alone")
    def test_without_libseccomp_the_program_leaves_and_names_the_package(
        self, tmp_path: Path
    ) -> None:
        (tmp_path / "libseccomp.so.2").write_bytes(b"no library")
        done = subprocess.run(
            [COMMAND, "list"],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env={**os.environ, "LD_LIBRARY_PATH": str(tmp_path)},
        )
        assert done.returncode == 60
        assert "libseccomp2" in done.stderr
        assert "Traceback" not in done.stderr
        assert done.stdout == ""

    @pytest.mark.skipif(not LINUX, reason="libseccomp exists on Linux alone")
    def test_a_kernel_that_takes_no_filter_is_reported(self) -> None:
        # asked for in one call, and on an older kernel in another
        done = run(refusing(("seccomp", None), ("prctl", 22)) + SHUT)
        assert done.returncode == 1
        assert "NetworkOpen: The network could not be shut" in done.stderr

    @pytest.mark.skipif(not LINUX, reason="prctl exists on Linux alone")
    def test_memory_that_cannot_be_hidden_is_reported(self) -> None:
        done = run(refusing(("prctl", 4)) + SHUT)
        assert done.returncode == 1
        assert "NetworkOpen: What is said could not be kept from other programs" in done.stderr


class TestImporting:
    def test_leaves_the_network_open(self) -> None:
        code = (
            "import voicereflect, voicereflect.__main__, voicereflect.adapters.offline.probe\n"
            "import socket; print(socket.socket(socket.AF_INET).fileno() >= 0)"
        )
        assert said(code) == "True"

    def test_loads_nothing_that_could_be_told_to_keep_quiet(self) -> None:
        # -S: what measures coverage loads modules of its own at the start
        code = (
            f"import sys; sys.path.insert(0, {str(SOURCE)!r}); import voicereflect.__main__\n"
            "print(sorted({'socket', 'ctypes', 'typer', 'huggingface_hub'}"
            " & set(sys.modules)))"
        )
        done = subprocess.run(
            [sys.executable, "-S", "-c", code],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (done.stdout.strip(), done.stderr) == ("[]", "")


class TestLibraries:
    NAMES = (
        "HF_HUB_OFFLINE",
        "HF_HUB_DISABLE_TELEMETRY",
        "ORT_DISABLE_TELEMETRY",
        "DO_NOT_TRACK",
    )
    CODE = (
        "import os, sys; from voicereflect.adapters.offline import quiet_libraries\n"
        "quiet_libraries(hub=sys.argv[1] == 'hub')\n"
        "print(*(os.environ.get(name, '-') for name in sys.argv[2:]))"
    )

    def test_are_kept_off_the_hub_whatever_the_environment_says(self) -> None:
        done = run(self.CODE, "no", *self.NAMES, HF_HUB_OFFLINE="0", DO_NOT_TRACK="0")
        assert done.stdout.split() == ["1", "1", "1", "1"]

    def test_may_use_the_hub_to_get_models_but_report_nothing(self) -> None:
        assert said(self.CODE, "hub", *self.NAMES).split()[1:] == ["1", "1", "1"]
        done = run(self.CODE, "hub", *self.NAMES, HF_HUB_OFFLINE="0")
        assert done.stdout.split() == ["0", "1", "1", "1"]

    @pytest.mark.skipif(not LINUX, reason="threads are counted where Linux lists them")
    def test_multiply_on_one_thread_unless_somebody_asks_for_more(self) -> None:
        code = (
            "import os; from voicereflect.__main__ import multiply_alone; multiply_alone()\n"
            "import numpy; rows = numpy.ones((999, 999)); rows @ rows\n"
            "print(len(os.listdir('/proc/self/task')), os.environ['OPENBLAS_NUM_THREADS'])"
        )
        assert said(code).split() == ["1", "1"]
        assert run(code, OPENBLAS_NUM_THREADS="2").stdout.split()[1] == "2"


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("models get", True),
        ("models get small.en", True),
        ("--verbose models get", True),
        ("models --json get small.en", True),
        ("", False),
        ("models", False),
        ("models add a.whl", False),
        ("models list get", False),
        ("get models", False),
        ("reflect models get", False),
        ("search models get", False),
        ("--vault models list get", False),
        ("--vault=models get", False),
        ("Models get", False),
        ("reflect --deck models get", False),
    ],
)
def test_only_models_get_may_use_the_network(line: str, *, wanted: bool) -> None:
    assert wants_network(line.split()) is wanted
