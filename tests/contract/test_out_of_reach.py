"""Other programs are out of our reach, and what is said is out of theirs.

Everything that shuts a process in runs in one of its own; what another program sees is tried by
another program.
"""

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.fresh import SHUT, run, said
from tests.support.product import COMMAND
from voicereflect.adapters.child.process import python
from voicereflect.errors import SettingsError

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="the kernel's part exists on Linux alone"
)

NOBODY = 65_534
CALLS = {"ptrace": (16, 1), "pidfd_getfd": (0, 0, 0), "process_vm_readv": (1, 0, 0, 0, 0, 0),
         "process_vm_writev": (1, 0, 0, 0, 0, 0)}  # fmt: skip
CALL = """
import ctypes, sys
number = ctypes.CDLL("libseccomp.so.2").seccomp_syscall_resolve_name(sys.argv[1].encode())
libc = ctypes.CDLL(None, use_errno=True)
print(libc.syscall(number, *map(int, sys.argv[2:])), ctypes.get_errno())
"""


class TestOtherProcesses:
    @pytest.mark.parametrize("call", CALLS)
    def test_are_refused_to_this_process(self, call: str) -> None:
        assert said(SHUT + CALL, call, *map(str, CALLS[call])) == "-1 1"

    @pytest.mark.parametrize("call", CALLS)
    def test_are_refused_to_its_children(self, call: str) -> None:
        code = SHUT + "import subprocess, sys; subprocess.run([sys.executable, *sys.argv[1:]])"
        assert said(code, "-c", CALL, call, *map(str, CALLS[call])) == "-1 1"

    def test_keep_their_sockets(self) -> None:
        """What was once taken: the connected socket of another process of this user."""
        code = SHUT + (
            "import ctypes, os, sys\n"
            "libc = ctypes.CDLL(None, use_errno=True)\n"
            "other = os.pidfd_open(int(sys.argv[1]))\n"
            "print(libc.syscall(438, other, 0, 0), ctypes.get_errno())"
        )
        assert said(code, str(os.getpid())) == "-1 1"


class TestMemory:
    def test_is_written_to_no_core_file(self, tmp_path: Path) -> None:
        code = SHUT + (
            "import os, resource\n"
            "print(*resource.getrlimit(resource.RLIMIT_CORE), flush=True)\n"
            "os.chdir(os.sys.argv[1]); os.abort()"
        )
        _, hard = resource.getrlimit(resource.RLIMIT_CORE)
        done = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path)],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (hard, hard)),
        )
        assert done.returncode == -signal.SIGABRT
        assert done.stdout.split() == ["0", "0"]
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("call", ["shut", "shut_child"])
    def test_belongs_to_nobody_else(self, call: str) -> None:
        # files of a process that may not be looked into are root's
        code = (
            f"from voicereflect.adapters.offline import {call}\n"
            "print(os.stat('/proc/self/mem').st_uid == os.getuid(), end=' ')\n"
            f"{call}(); print(os.stat('/proc/self/mem').st_uid)"
        )
        assert preloaded(code) == "True 0"

    def test_stays_open_to_the_debugger_that_started_the_program(self) -> None:
        code = (
            "import ctypes, os\n"
            "libc = ctypes.CDLL(None)\n"
            "child = os.fork()\n"
            "if child == 0:\n"
            "    libc.ptrace(0, 0, 0, 0)\n"  # let the parent trace me
            "    from voicereflect.adapters.offline import shut; shut()\n"
            "    print(libc.prctl(3, 0, 0, 0, 0), flush=True); os._exit(0)\n"
            "os.waitpid(child, 0)"
        )
        assert said(code) == "1"

    def test_of_a_file_without_a_name_is_still_written_by_its_path(self) -> None:
        """As the voice is, in a process that may not be looked into, by a user without rights."""
        code = (
            "from voicereflect.adapters.offline import shut; shut()\n"
            "memory = os.memfd_create('voice')\n"
            "with open(f'/proc/self/fd/{memory}', 'wb') as file: file.write(b'sound')\n"
            "print(os.fstat(memory).st_size)"
        )
        assert preloaded(code) == "5"


def preloaded(code: str) -> str:
    """Run code as a user without rights, with all loaded before that it needs from disk."""
    return said(
        "import ctypes, os, resource, voicereflect.adapters.offline\n"
        f"os.setuid({NOBODY}) if os.getuid() == 0 else None\n"
        # who changes the user may not be looked into either; a program that is started may
        "ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)\n" + code
    )


def test_no_program_is_started_before_the_filter_is_there() -> None:
    code = (
        "import sys\n"
        "started = []\n"
        "sys.addaudithook(lambda event, args: event in ('subprocess.Popen', 'os.system',"
        " 'os.posix_spawn', 'os.exec', 'os.fork') and started.append((event, args)))\n"
        + SHUT
        + "print(started)"
    )
    assert run(code).stdout.strip() == "[]"


SPY = "import os; open(os.environ['SPIED'], 'a').write(__name__ + ' ')\n"
NAMES = ("sitecustomize", "usercustomize", "pyseccomp", "ctypes", "collections", "contextlib",
         "resource", "typing", "dataclasses", "typer")  # fmt: skip
LOADED_BY_PYTHON = ("collections", "contextlib", "typing")
MODULE = (sys.executable, "-m", "voicereflect")


def unmeasured() -> dict[str, str]:
    """The environment without what measures coverage: that loads modules and opens files too."""
    return {name: text for name, text in os.environ.items() if not name.startswith("COVERAGE_")}


class TestOtherPeoplesCode:
    """Modules of the names of those we load: none of them runs, before the filter or after."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        for name in NAMES:
            (tmp_path / f"{name}.py").write_text(SPY)
        return tmp_path

    def start(self, *command: str, folder: Path, **environment: str) -> list[str]:
        """Run a command in the folder, and tell which modules of it were run."""
        spied = folder / "spied"
        done = subprocess.run(
            command,
            cwd=folder,
            capture_output=True,
            timeout=60,
            check=False,
            env={**unmeasured(), "SPIED": str(spied), **environment},
        )
        assert done.returncode == 0, done.stderr
        return spied.read_text().split() if spied.exists() else []

    def test_is_found_by_a_python_that_is_not_isolated(self, folder: Path) -> None:
        """Or else those below would prove nothing."""
        found = self.start(sys.executable, "-c", "", folder=folder, PYTHONPATH=str(folder))
        assert found

    @pytest.mark.parametrize("places", ["", ".", ":"])
    def test_is_not_run_by_the_command(self, folder: Path, places: str) -> None:
        place = places or str(folder)
        for name in LOADED_BY_PYTHON:  # broken ones would keep Python itself from starting
            (folder / f"{name}.py").unlink()
        found = self.start(COMMAND, "decks", "list", folder=folder, PYTHONPATH=place)
        assert found in ([], ["sitecustomize"]), "what Python runs by itself, once"

    def test_is_not_run_by_an_isolated_python_at_all(self, folder: Path) -> None:
        module = (sys.executable, "-I", "-m", "voicereflect")
        assert self.start(*module, "decks", "list", folder=folder, PYTHONPATH=str(folder)) == []

    def test_of_the_current_folder_is_not_run_by_the_module(self, folder: Path) -> None:
        for name in LOADED_BY_PYTHON:  # to find the module; `python -I -m` is what closes that
            (folder / f"{name}.py").unlink()
        assert self.start(*MODULE, "decks", "list", folder=folder) == []

    def test_is_not_run_by_a_child_of_ours(self, folder: Path) -> None:
        child = python("voicereflect.adapters.offline")
        assert self.start(*child, folder=folder, PYTHONPATH=str(folder)) == []


@pytest.mark.parametrize("command", [(COMMAND,), MODULE], ids=["command", "module"])
class TestWhatPythonIsTold:
    """An isolated Python reads no variable, and these two count all the same."""

    def start(self, *command: str, **environment: str) -> "subprocess.CompletedProcess[bytes]":
        return subprocess.run(
            command,
            capture_output=True,
            timeout=60,
            check=False,
            env={**os.environ, "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", **environment},
        )

    def test_is_the_encoding_of_what_is_shown(self, command: tuple[str, ...]) -> None:
        done = self.start(*command, "--help", PYTHONIOENCODING="utf-16")
        assert done.stdout.decode("utf-16").startswith("Usage: ")

    def test_is_the_encoding_of_the_system(self, command: tuple[str, ...]) -> None:
        written = [
            "é" in self.start(*command, "décks", PYTHONUTF8=mode).stderr.decode(errors="replace")
            for mode in "10"
        ]
        assert written == [True, False]


def test_an_encoding_that_does_not_exist_is_refused_in_one_sentence() -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-m", "voicereflect", "list"],  # another Python would not start
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "nonsense"},
    )
    assert done.returncode == SettingsError.exit_code
    assert "PYTHONIOENCODING" in done.stderr
    assert "Traceback" not in done.stderr


class TestLandlock:
    """Where the kernel has it, a process keeps to the folders it is given."""

    @pytest.fixture(autouse=True)
    def here(self) -> None:
        code = "import ctypes; print(ctypes.CDLL(None).syscall(444, None, 0, 1) > 0)"
        if said(code) != "True":
            pytest.skip("this kernel has no Landlock")

    def test_takes_every_other_folder_away(self, tmp_path: Path) -> None:
        for name in ("read", "write", "vault"):
            (tmp_path / name).mkdir()
            (tmp_path / name / "file").write_text(name)
        code = (
            "import os, sys\n"
            "from pathlib import Path\n"
            "from voicereflect.adapters.offline.landlock import keep_to\n"
            "root = Path(sys.argv[1])\n"
            "assert keep_to([root / 'read', root / 'none'], [root / 'write'])\n"
            "def can(act, *words):\n"
            "    try: act(*words)\n"
            "    except PermissionError: return 'no'\n"
            "    return 'yes'\n"
            "for name in ('read', 'write', 'vault'):\n"
            "    folder = root / name\n"
            "    new = folder / 'new'\n"
            "    print(can((folder / 'file').read_text), can(os.listdir, folder), "
            "can(new.write_text, 'x'))"
        )
        assert said(code, str(tmp_path)).splitlines() == ["yes yes no", "yes yes yes", "no no no"]

    def test_has_models_get_fetch_without_the_vault(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What libraries with the network could open: tried where the hub's are loaded."""
        for name in os.environ.keys() - unmeasured().keys():
            monkeypatch.delenv(name)  # what measures keeps its file in a folder that is taken away
        (tmp_path / "vault").mkdir()
        (tmp_path / "vault" / "entry.md").write_text("words")
        code = (
            "import os, sys\n"
            "from voicereflect.wiring.models import models\n"
            "flow = models(warn=print)\n"
            "(flow.store._root / 'new').write_text('x')\n"
            "import ssl; ssl.create_default_context(); open('/etc/hosts').close()\n"
            "try: open(os.environ['VOICEREFLECT_VAULT'] + '/entry.md')\n"
            "except PermissionError: print('refused')"
        )
        places = {"VOICEREFLECT_VAULT": "vault", "VOICEREFLECT_MODELS_DIR": "models"}
        where = {name: str(tmp_path / folder) for name, folder in places.items()}
        done = run(code, **where)
        assert (done.stdout, done.stderr) == ("refused\n", "")

    def test_that_cannot_help_is_told(self, tmp_path: Path) -> None:
        code = "from voicereflect.wiring.models import models; models(warn=print)"
        where = {"VOICEREFLECT_VAULT": str(tmp_path / "models" / "vault")}
        done = run(code, **where, VOICEREFLECT_MODELS_DIR=str(tmp_path / "models"))
        assert "could open it" in done.stdout
