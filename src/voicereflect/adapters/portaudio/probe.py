"""What sound devices there are, asked in a child: loading PortAudio can abort a process.

Knows a child process; must not load sounddevice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from voicereflect.adapters.child.process import Child, python
from voicereflect.errors import NoMicrophone

CHILD = python("voicereflect.adapters.portaudio.survey_child")


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """One device as PortAudio sees it."""

    index: int
    name: str
    inputs: int
    outputs: int
    rate_hz: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceTrouble:
    """Why something cannot be used, and what to do now."""

    what: str
    hint: str


NO_LIBRARY = DeviceTrouble(
    what="PortAudio is not installed",
    hint="Install it (Debian and Ubuntu: sudo apt install libportaudio2).",
)
ABORTED = DeviceTrouble(
    what="PortAudio cannot be loaded: the sound configuration is broken",
    hint="Look for a mistake in ~/.asoundrc and /etc/asound.conf; `aplay -L` shows the same one.",
)
NOT_STARTED = DeviceTrouble(
    what="the sound system cannot be started",
    hint="See whether `aplay -L` lists devices, and whether the sound server runs.",
)
NO_INPUT = DeviceTrouble(
    what="no microphone was found",
    hint="Plug one in, or answer from recordings with --answers FOLDER.",
)
NO_OUTPUT = DeviceTrouble(
    what="no loudspeaker was found",
    hint="Plug one in; whatever is spoken can be read as well.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """The devices, and which are used when none is named."""

    devices: tuple[Device, ...] = ()
    default_input: Device | None = None
    default_output: Device | None = None
    trouble: DeviceTrouble | None = None
    """Set when PortAudio itself is unusable; then it must not be loaded."""

    @property
    def no_input(self) -> DeviceTrouble | None:
        """Why there is no default microphone, or None when there is one."""
        return self.trouble or (None if self.default_input else NO_INPUT)

    @property
    def no_output(self) -> DeviceTrouble | None:
        """Why there is no default loudspeaker, or None when there is one."""
        return self.trouble or (None if self.default_output else NO_OUTPUT)

    @property
    def listed(self) -> str:
        """Every device by number and name, for a person."""
        heard = ", ".join(f"{each.index} {each.name}" for each in self.devices if each.inputs)
        played = ", ".join(f"{each.index} {each.name}" for each in self.devices if each.outputs)
        return f"microphones: {heard or 'none'}; loudspeakers: {played or 'none'}"

    def input_named(self, wanted: str) -> Device:
        """The microphone with this number, or the one whose name holds this text.

        Raises:
            NoMicrophone: there is none, or more than one; all are listed.
        """
        inputs = [device for device in self.devices if device.inputs]
        exact = [each for each in inputs if wanted in (str(each.index), each.name)]
        found = exact or [each for each in inputs if wanted.lower() in each.name.lower()]
        if len(found) == 1 or exact:
            return found[0]
        there = ", ".join(f"{each.index} {each.name}" for each in inputs) or "none at all"
        problem = "fits more than one" if found else "is not there, or something else is using it"
        raise NoMicrophone(
            f"The microphone {wanted!r} {problem}.",
            hint=f"There are: {there}. Choose one with --device NUMBER or a name.",
        )


def survey(timeout_s: float = 10.0, *, command: Sequence[str] = CHILD) -> Survey:
    """List the devices; never raises, whatever the sound system does."""
    try:
        with Child(command) as child, child.limited(timeout_s):
            message = child.read()
            code = child.wait()
    except TimeoutError:
        return Survey(
            trouble=DeviceTrouble(
                what=f"the sound system gave no answer within {timeout_s:g} s",
                hint="Restart the sound server "
                "(often: systemctl --user restart pipewire pulseaudio).",
            )
        )
    except OSError:
        return Survey(trouble=NOT_STARTED)
    if code < 0:
        return Survey(trouble=ABORTED)
    return _read(message[0]) if message else Survey(trouble=NOT_STARTED)


def _read(report: dict[str, Any]) -> Survey:
    if "problem" in report:
        return Survey(trouble=NO_LIBRARY)
    devices = tuple(Device(**device) for device in report["devices"])
    by_index = {device.index: device for device in devices}
    return Survey(
        devices=devices,
        default_input=by_index.get(report["default_input"]),
        default_output=by_index.get(report["default_output"]),
    )
