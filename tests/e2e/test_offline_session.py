"""Claims about the network: a whole session needs none and has none, in each of its processes."""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest

from tests.support.product import ON_SAMPLES, entries, run
from tests.support.rigs import required
from tests.support.straces import SOCKET_CALLS, seen, strace
from voicereflect.adapters.offline.hook import RESOLVERS
from voicereflect.adapters.offline.probe import Door
from voicereflect.model import AnswerState

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="the kernel's part exists on Linux alone"),
]

WAYS = ["IPv4", "IPv6", "UDP", "raw packet", "netlink", "io_uring", "name look-up"]
# Tries every way out from a thread inside each Python process of a session, as soon as that
# process has shut its own doors, and says which program it was. A process that is done at once
# waits for its thread; one that never shuts a door does not.
SPY = """
import sys, threading, time

def is_shut():
    if "voicereflect" in sys.orig_argv:
        return "voicereflect.cli.app" in sys.modules  # what is loaded once all is shut
    hook = sys.modules.get("voicereflect.adapters.offline.hook")
    return getattr(hook, "_is_installed", bool)()

def spy():
    while not is_shut():
        if not threading.main_thread().is_alive():
            return
        time.sleep(0.005)
    import json, os
    from dataclasses import asdict
    from voicereflect.adapters.offline.probe import attempts
    told = {"program": sys.orig_argv, "ways": [asdict(each) for each in attempts()]}
    path = os.path.join(os.environ["SPY_FOLDER"], str(os.getpid()))
    with open(path + ".part", "w") as file:
        json.dump(told, file)
    os.rename(path + ".part", path + ".json")

threading.Thread(target=spy).start()
"""
PROCESSES = {
    "the session": r"^voicereflect$",
    "the speech worker": r"voicereflect\.adapters\.speech$",
    "the voice": r"voicereflect\.adapters\.voice\.(natural_)?child$",
    "the look at the devices": r"voicereflect\.adapters\.portaudio\.survey_child$",
}
LONE_CARD = "pcm.!default { type null }\n"
Env = dict[str, str]


@pytest.fixture
def spied(tmp_path: Path) -> Path:
    """A Python with the spy in every process: the only way in is its own folder of libraries."""
    subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "venv")], check=True
    )
    (libraries,) = (tmp_path / "venv" / "lib").glob("python*/site-packages")
    (libraries / "spy.py").write_text(SPY)
    ours = sysconfig.get_path("purelib")
    (libraries / "spy.pth").write_text(f"import site; site.addsitedir({ours!r}); import spy\n")
    (tmp_path / "spied").mkdir()
    return tmp_path / "venv" / "bin" / "python"


@pytest.fixture
def lone_card(tmp_path: Path) -> Env:
    """A sound card that takes everything and hears silence: the voice speaks, samples answer."""
    conf = tmp_path / "asound.conf"
    conf.write_text(LONE_CARD)
    return {"ALSA_CONFIG_PATH": str(conf)}


def told(folder: Path) -> dict[str, list[Any]]:
    """What each kind of process found, by the end of its command."""
    found: dict[str, list[Any]] = {name: [] for name in PROCESSES}
    for file in folder.glob("*.json"):
        report = json.loads(file.read_text())
        words = " ".join(report["program"])
        for name, pattern in PROCESSES.items():
            if any(re.search(pattern, word) for word in (words, *report["program"])):
                found[name].append(report["ways"])
    return found


@pytest.mark.usefixtures("fast")
def test_every_way_out_is_shut_in_each_process_of_a_session(
    spied: Path, lone_card: Env, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = subprocess.run(
        [spied, "-I", "-m", "voicereflect", "reflect", "small-steps"],
        env={**os.environ, **lone_card, "SPY_FOLDER": str(tmp_path / "spied")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    samples = Path(os.environ["XDG_DATA_HOME"]) / "voicereflect" / "samples"
    monkeypatch.setenv("VOICEREFLECT_VAULT", str(samples))
    assert {answer.state for answer in entries()[0].answers} == {AnswerState.DONE}
    found = told(tmp_path / "spied")
    assert all(found.values()), f"not seen: {[name for name, ways in found.items() if not ways]}"
    for name, reports in found.items():
        for ways in reports:
            assert [way["what"] for way in ways] == WAYS
            for way in ways:
                assert_shut(name, way)


def assert_shut(name: str, way: dict[str, str]) -> None:
    assert Door.OPEN not in (way["python"], way["native"]), f"{name}: {way}"
    if way["what"] != "io_uring":
        assert way["python"] == Door.HOOK, f"{name}: {way}"
    a_resolver_listens = any(Path(path).exists() for path in RESOLVERS)
    if not (way["what"] == "name look-up" and a_resolver_listens):
        assert way["native"] == Door.FILTER, f"{name}: {way}"


def test_the_same_probe_finds_this_machine_open() -> None:
    """Or else the test above would prove nothing."""
    probe = [sys.executable, "-m", "voicereflect.adapters.offline"]
    ways = json.loads(subprocess.run(probe, capture_output=True, check=True).stdout)
    assert {way["what"]: way["python"] for way in ways}["IPv4"] == Door.OPEN


@pytest.mark.usefixtures("fast")
def test_a_session_runs_where_there_is_no_network_at_all(no_devices: Env) -> None:
    alone = empty_namespace()
    done = run("reflect", "small-steps", *ON_SAMPLES, env=no_devices, before=alone)
    assert done.returncode == 0, done.stderr
    assert {answer.state for answer in entries()[0].answers} == {AnswerState.DONE}


def empty_namespace() -> list[str]:
    """The command that gives another one a network namespace of its own, with nothing in it."""
    required("unshare")
    for flags in (["-n"], ["-rn"]):
        command = [str(shutil.which("unshare")), *flags]
        links = ["cat", "/proc/net/dev"]
        tried = subprocess.run([*command, *links], capture_output=True, text=True, check=False)
        if tried.returncode == 0:
            devices = re.findall(r"^\s*(\w+):", tried.stdout, re.MULTILINE)
            assert set(devices) <= {"lo"}, devices
            return command
    pytest.skip("this kernel gives no network namespace to this user")


@pytest.mark.usefixtures("fast")
def test_a_session_opens_no_socket_but_those_of_this_machine(
    lone_card: Env, tmp_path: Path
) -> None:
    """Its own check that an internet socket no longer opens is refused, and so is all else."""
    required("strace")
    log = tmp_path / "calls"
    done = run(
        "reflect", "small-steps", *ON_SAMPLES, env=lone_card, before=strace(SOCKET_CALLS, log)
    )
    assert done.returncode == 0, done.stderr
    calls = list(seen(log))
    asked = [call for call in calls if not call.args.startswith("AF_UNIX")]
    # one, by which the program itself makes sure; no library even tries
    found = [(call.args.partition(",")[0], call.error.partition(" ")[0]) for call in asked]
    assert found == [("AF_INET", "EPERM")]
