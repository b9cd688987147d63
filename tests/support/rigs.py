"""Two sound cards without hardware: one of files and no daemon, one paced by PulseAudio.

Both are reached through environment variables, so they serve child processes
(this process loads PortAudio at most once, with the devices it finds then).
"""

import contextlib
import fcntl
import os
import shutil
import subprocess
import tempfile
import termios
import threading
import time
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import pytest

from tests.support.waiting import PATIENCE_S, comes_true
from voicereflect.adapters.portaudio.microphone import BLOCK_S

CARD_RATE_HZ = 44_100
"""What PortAudio takes for the default rate of both cards."""

_BLOCK_BYTES = round(CARD_RATE_HZ * BLOCK_S) * 2


def required(*programs: str) -> None:
    """Skip the test where a program is missing; fail where nothing may be."""
    missing = [program for program in programs if shutil.which(program) is None]
    if missing and os.environ.get("CI"):
        pytest.fail(f"not installed: {', '.join(missing)}")
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")


class AlsaFileCard:
    """An ALSA card made of files; needs no daemon, and any number can run side by side.

    The loudspeaker keeps what is played, bit by bit, and takes it as fast as it
    comes. The microphone hears `load_mic`. Unpaced, it runs thousands of times
    faster than time, starts anew whenever it is opened and ends in silence:
    open it and start to hear in one breath. With `pace` (1.0 is real time) it
    gives silence until `load_mic`, then that sound, wherever the listener is.
    """

    def __init__(self, folder: Path, *, pace: float | None = None) -> None:
        """Lay the card's files into `folder`; a paced one must be entered with `with`."""
        self._folder = folder
        self._mic = folder / "mic.raw"
        self._feeder = None if pace is None else _Feeder(self._mic, pace)
        if self._feeder is None:
            self._mic.write_bytes(b"")
        conf = folder / "asound.conf"
        conf.write_text(
            f"""
pcm.null {{ type null }}
pcm.mic {{ type file slave.pcm "null" file "/dev/null" infile "{self._mic}" format "raw" }}
pcm.spk {{ type file slave.pcm "null" file "{folder}/spk.raw" format "raw" truncate false }}
pcm.!default {{ type asym playback.pcm "spk" capture.pcm "mic" }}
"""
        )
        self.env = os.environ | {"ALSA_CONFIG_PATH": str(conf)}
        """For the process that is to use this card."""

    def __enter__(self) -> Self:
        if self._feeder:
            self._feeder.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._feeder:
            self._feeder.stop()
            self._feeder.close()

    def load_mic(self, pcm: bytes) -> None:
        """Give the microphone mono 16-bit sound at `CARD_RATE_HZ` to hear."""
        if self._feeder:
            self._feeder.say(pcm)
            return
        fresh = self._folder / "mic.new"
        fresh.write_bytes(pcm)
        fresh.replace(self._mic)

    def wait_until_said(self, timeout_s: float = 60.0) -> None:
        """Wait until a paced microphone has given all that was loaded."""
        assert self._feeder, "an unpaced card cannot be waited for"
        assert self._feeder.silent.wait(timeout_s), "nobody listened to the microphone"

    def unplug_mic(self) -> None:
        """Let a paced microphone fall dead: not even silence comes any more."""
        assert self._feeder, "an unpaced card cannot be unplugged"
        self._feeder.stop()

    def played(self) -> list[bytes]:
        """Everything the loudspeaker was given, one item for each time it was opened.

        At the rate and channels it was opened with, with some silence around.
        """
        return [file.read_bytes() for file in sorted(self._folder.glob("spk.raw*"))]

    def heard(self) -> bytes:
        """Everything the loudspeaker was given, in one piece."""
        return b"".join(self.played())


class _Feeder:
    """Paces sound into a named pipe; a pipe keeps a reader waiting, as a card does."""

    def __init__(self, path: Path, pace: float) -> None:
        os.mkfifo(path)
        # read and write, so that opening never waits and closing never ends a reader's stream
        self._pipe = os.open(path, os.O_RDWR)
        self._block_s = BLOCK_S / pace
        self._lock = threading.Lock()
        self._speech = bytearray()
        self.silent = threading.Event()
        self.silent.set()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join()

    def close(self) -> None:
        os.close(self._pipe)  # lets go of a reader that still waits

    def say(self, pcm: bytes) -> None:
        with self._lock:
            self._speech += pcm
            self.silent.clear()

    def _run(self) -> None:
        due = time.monotonic()
        while not self._stopped.wait(max(0.001, due - time.monotonic())):
            if self._taken():
                self._give()
                due = max(due + self._block_s, time.monotonic() - 1)
            else:
                due = max(due, time.monotonic())  # nobody listens: time passes unheard

    def _taken(self) -> bool:
        waiting = array("i", [0])
        fcntl.ioctl(self._pipe, termios.FIONREAD, waiting)
        return not waiting[0]

    def _give(self) -> None:
        """Put one block into the empty pipe: ALSA takes what one read gives for a whole block."""
        with self._lock:
            piece = bytes(self._speech[:_BLOCK_BYTES])
            del self._speech[:_BLOCK_BYTES]
            os.write(self._pipe, piece.ljust(_BLOCK_BYTES, b"\0"))
            if not self._speech:
                self.silent.set()


@dataclass
class Heard:
    """What a loudspeaker's monitor gave, with the moment each piece arrived."""

    rate_hz: int
    pieces: list[tuple[float, bytes]] = field(default_factory=list)
    """`time.monotonic()` at arrival, and the samples."""

    @property
    def pcm(self) -> bytes:
        """All samples so far."""
        return b"".join(piece for _, piece in self.pieces)

    def loud_from_to(self, threshold: int = 500) -> tuple[float, float]:
        """Moments of arrival of the first and the last piece with sound in it."""
        loud = [at for at, piece in self.pieces if _peak(piece) > threshold]
        return (loud[0], loud[-1]) if loud else (0.0, 0.0)


def _peak(pcm: bytes) -> int:
    samples = memoryview(pcm).cast("h")
    return max(map(abs, samples), default=0)


class PulseRig:
    """A PulseAudio server of its own: a loudspeaker that can be overheard, a microphone that
    hears what is fed to it, both in real time. `echo` lets the microphone hear the loudspeaker;
    `spare` is a second microphone, of that name.
    """

    def __init__(self, *, echo: bool = False, spare: bool = False) -> None:
        """Remember the wishes; the server runs inside `with`."""
        self._echo = echo
        self._spare = spare
        self._server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        required("pulseaudio", "pacat", "parec", "pactl")
        # pytest's folders are too deep for a socket's name
        self._folder = Path(tempfile.mkdtemp(prefix="pulse-"))
        script = self._folder / "rig.pa"
        script.write_text(self._script())
        conf = self._folder / "asound.conf"
        conf.write_text(
            "pcm.!default { type pulse }\nctl.!default { type pulse }\n"
            + ("pcm.spare { type pulse device spare }\n" if self._spare else "")
        )
        private = str(self._folder)
        self.env: Mapping[str, str] = os.environ | {
            "XDG_RUNTIME_DIR": private,
            "XDG_CONFIG_HOME": private,
            "PULSE_RUNTIME_PATH": private,
            "PULSE_STATE_PATH": private,
            "PULSE_COOKIE": f"{private}/cookie",
            "PULSE_SERVER": f"unix:{private}/native",
            # a null sink otherwise lets seconds pass between two pieces of sound
            "PULSE_LATENCY_MSEC": "100",
            "ALSA_CONFIG_PATH": str(conf),
        }
        """For the process that is to use these devices."""
        options = ("-n", "-F", str(script), "--daemonize=no", "--exit-idle-time=-1")
        with (self._folder / "log").open("wb") as log:
            self._server = subprocess.Popen(
                ["pulseaudio", *options, "--log-target=stderr"],
                env={key: value for key, value in self.env.items() if key != "PULSE_SERVER"},
                stdin=subprocess.DEVNULL,
                stderr=log,
            )
        try:
            self._wait_for_server()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self._server:
            self._server.terminate()
            self._server.wait(PATIENCE_S)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _script(self) -> str:
        native = self._folder / "native"
        # without norewinds a monitor misses the first tenth of a second of every sound
        sink = f"rate={CARD_RATE_HZ} channels=1 norewinds=1"
        lines = [
            ".fail",
            f"load-module module-native-protocol-unix socket={native} auth-anonymous=1",
            f"load-module module-null-sink sink_name=speaker {sink}",
            f"load-module module-null-sink sink_name=mic_feed {sink}",
            "load-module module-remap-source source_name=mic master=mic_feed.monitor channels=1",
            "set-default-sink speaker",
            "set-default-source mic",
        ]
        if self._spare:
            source = "source_name=spare master=spare_feed.monitor channels=1"
            lines.append(f"load-module module-null-sink sink_name=spare_feed {sink}")
            lines.append(f"load-module module-remap-source {source}")
        if self._echo:
            loop = "source=speaker.monitor sink=mic_feed latency_msec=30"
            lines.append(f"load-module module-loopback {loop}")
        return "\n".join([*lines, ""])

    def _wait_for_server(self) -> None:
        socket, log = self._folder / "native", self._folder / "log"
        server = self._server
        assert server, "entered"
        comes_true(lambda: socket.exists() or server.poll() is not None)
        assert server.poll() is None, f"pulseaudio ended: {log.read_text()}"
        assert socket.exists(), f"pulseaudio does not answer: {log.read_text()}"

    def unplug_microphone(self, *, back: bool = False) -> None:
        """Let the microphone fall dead, or give sound again."""
        suspended = "0" if back else "1"
        subprocess.run(
            ["pactl", "suspend-source", "mic", suspended],
            env=dict(self.env),
            check=True,
            timeout=15,
        )

    def speak(self, pcm: bytes, rate_hz: int = CARD_RATE_HZ, *, spare: bool = False) -> None:
        """Let a microphone hear mono 16-bit sound, in real time, to its end."""
        self._pacat("spare_feed" if spare else "mic_feed", pcm, rate_hz)

    def play(self, pcm: bytes, rate_hz: int = CARD_RATE_HZ) -> None:
        """Play mono 16-bit sound on the loudspeaker, past the product, to its end."""
        self._pacat("speaker", pcm, rate_hz)

    def _pacat(self, device: str, pcm: bytes, rate_hz: int) -> None:
        options = ["--raw", "--format=s16le", f"--rate={rate_hz}", "--channels=1"]
        subprocess.run(
            ["pacat", "--playback", f"--device={device}", *options, "--latency-msec=30"],
            input=pcm,
            env=dict(self.env),
            check=True,
            timeout=len(pcm) / 2 / rate_hz + 15,
        )

    @contextlib.contextmanager
    def record_speaker(self) -> Iterator[Heard]:
        """Overhear the loudspeaker for as long as the block lasts."""
        yield from self._record("speaker.monitor")

    @contextlib.contextmanager
    def record_microphone(self) -> Iterator[Heard]:
        """Hear what the microphone hears for as long as the block lasts."""
        yield from self._record("mic")

    def _record(self, device: str) -> Iterator[Heard]:
        heard = Heard(rate_hz=CARD_RATE_HZ)
        options = ["--raw", "--format=s16le", f"--rate={heard.rate_hz}", "--channels=1"]
        with subprocess.Popen(
            ["parec", f"--device={device}", *options, "--latency-msec=20"],
            env=dict(self.env),
            stdout=subprocess.PIPE,
            bufsize=0,
        ) as parec:
            reader = threading.Thread(target=_collect, args=(parec, heard), daemon=True)
            reader.start()
            try:
                _wait_for_sound(heard)
                yield heard
                time.sleep(0.1)  # what is on its way
            finally:
                parec.terminate()
                reader.join()


def _collect(parec: subprocess.Popen[bytes], heard: Heard) -> None:
    assert parec.stdout
    while piece := parec.stdout.read(882):
        heard.pieces.append((time.monotonic(), piece))


def _wait_for_sound(heard: Heard) -> None:
    assert comes_true(lambda: heard.pieces), "the monitor gives nothing"
