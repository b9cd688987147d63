"""Lists the sound devices and leaves; may be aborted by PortAudio, so it runs alone.

Knows sounddevice; must not know what the devices are for. Run as
`python -m voicereflect.adapters.portaudio.survey_child`.
"""

import signal
from typing import Any

from voicereflect.adapters.child import frames
from voicereflect.adapters.child.inside import begin

LEAVE_AFTER_S = 12
"""A little longer than anyone waits for the report."""


def main() -> None:
    """Write one framed report to stdout."""
    out = begin()
    if hasattr(signal, "alarm"):  # a sound system may hang, and our parent be gone
        signal.alarm(LEAVE_AFTER_S)
    with out:
        out.write(frames.encode(_report()))


def _report() -> dict[str, Any]:
    try:
        import sounddevice  # noqa: PLC0415 - the very thing that is tried here
    except OSError:
        return {"problem": "no library"}
    devices = [
        {
            "index": device["index"],
            "name": device["name"],
            "inputs": device["max_input_channels"],
            "outputs": device["max_output_channels"],
            "rate_hz": round(device["default_samplerate"]),
        }
        for device in sounddevice.query_devices()
    ]
    default_input, default_output = sounddevice.default.device
    return {
        "devices": devices,
        "default_input": default_input,
        "default_output": default_output,
    }


if __name__ == "__main__":
    main()
