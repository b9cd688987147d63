"""Loads sounddevice once that is known to be safe, and translates its errors.

Knows the library's habits; must not know streams.
"""

import contextlib
import ctypes
import functools
import os
import re
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

from voicereflect.adapters.portaudio.probe import Survey, survey
from voicereflect.errors import NoLoudspeaker, NoMicrophone

Missing = type[NoMicrophone] | type[NoLoudspeaker]

HINTS: dict[Missing, str] = {
    NoMicrophone: "`voicereflect doctor` lists the microphones; close what else may be using it.",
    NoLoudspeaker: "`voicereflect doctor` lists the loudspeakers; close what else may be using it.",
}


_UNAVAILABLE = -9985
_OPENING = re.compile(r"^Error opening \w+: ")
_ITS_OWN = b"Expression '"
_END = b"\0"
_hushing = threading.Lock()
_TEXT = ctypes.c_char_p
_ERROR_WRITER = ctypes.CFUNCTYPE(None, _TEXT, ctypes.c_int, _TEXT, ctypes.c_int, _TEXT)
_say_nothing = _ERROR_WRITER(lambda *_: None)  # ALSA keeps only its address: it must live on


@functools.cache
def survey_once() -> Survey:
    """Give the first survey of this process: PortAudio never looks again either."""
    return survey()


def load(
    missing: Missing, device: str | int | None, look: Callable[[], Survey] = survey_once
) -> Any:
    """Give the sounddevice module, once a survey has said that it can be loaded.

    Raises:
        NoMicrophone: PortAudio is absent or unusable, or `device` is None and there is no
            default one; NoLoudspeaker where `missing` is that.
    """
    found = look()
    trouble = found.trouble
    if device is None:
        trouble = found.no_input if missing is NoMicrophone else found.no_output
    if trouble:
        raise missing(trouble.what, hint=trouble.hint)
    with _undisturbed():
        import sounddevice  # noqa: PLC0415 - it may abort the process where no survey was made
    hush_alsa()
    return sounddevice


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep Ctrl-C and a closing terminal from the children started inside by this thread.

    sounddevice asks `ldconfig` where PortAudio is, and a terminal sends Ctrl-C to all that
    run in it: with `ldconfig` gone, PortAudio would not be found.
    """
    if sys.platform == "win32":
        yield
        return
    held = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, held)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@functools.cache
def hush_alsa() -> None:
    """Keep ALSA from writing across the screen."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(_say_nothing)


@contextlib.contextmanager
def hushed() -> Iterator[None]:
    """Keep off the screen what PortAudio prints of a failure; what others print is passed on."""
    if not _hushing.acquire(blocking=False):
        yield  # it is hushed already
        return
    ours, theirs = os.pipe()
    screen = os.dup(2)
    try:
        os.dup2(theirs, 2)
        yield
    finally:
        os.dup2(screen, 2)
        os.write(theirs, _END)  # a child may keep the pipe open
        said = b""
        while not said.endswith(_END):
            said += os.read(ours, 4096)
        lines = said.removesuffix(_END).splitlines(keepends=True)
        os.write(screen, b"".join(line for line in lines if not line.startswith(_ITS_OWN)))
        for each in (ours, theirs, screen):
            os.close(each)
        _hushing.release()


@contextlib.contextmanager
def translated(library: Any, missing: Missing) -> Iterator[None]:
    """Turn what sounddevice raises into NoMicrophone or NoLoudspeaker."""
    try:
        yield
    except library.PortAudioError as error:
        why = "something else is using it" if is_busy(error) else _first_line(error)
        raise missing(f"the device cannot be opened: {why}", hint=HINTS[missing]) from error
    except ValueError as error:
        raise missing(f"no such device: {_first_line(error)}", hint=HINTS[missing]) from error
    except OSError as error:
        raise missing("PortAudio cannot be used", hint=HINTS[missing]) from error


def is_busy(error: Exception) -> bool:
    """Tell whether another program has the device; then no other settings would help."""
    # the first argument is the sentence; the rest are PortAudio's numbers
    return error.args[1:2] == (_UNAVAILABLE,)


def _first_line(error: Exception) -> str:
    text = str(error.args[0]) if error.args else type(error).__name__
    return _OPENING.sub("", text.splitlines()[0]) if text else type(error).__name__


def let_go(library: Any, stream: Any) -> None:
    """Close a stream; a device that is gone may fail to stop, and is closed all the same."""
    for end in (stream.abort, stream.close):
        with contextlib.suppress(library.PortAudioError):
            end()
