"""Shuts this process and its children in; knows no library, sound or entry.

Importing this package changes nothing; only calling what it offers does.
"""

import os
import sys

from voicereflect.adapters.offline.hook import install
from voicereflect.adapters.offline.kernel import install_filter
from voicereflect.adapters.offline.memory import hide_memory

__all__ = ["hide_memory", "quiet_libraries", "shut", "shut_child"]

_NO_REPORTS = {
    "DO_NOT_TRACK": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    # It keeps events in a database of the user's, for any later program with a network to send.
    "ORT_DISABLE_TELEMETRY": "1",
    # A public file needs no account; a stored token would say whose machine this is.
    "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1",
}
_NO_HUB = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}


def quiet_libraries(*, hub: bool = False) -> None:
    """Tell libraries to report nothing and, unless `hub`, to fetch nothing.

    They read this once, while they are imported, so it has to come first.
    """
    os.environ.update(_NO_REPORTS)
    if not hub:
        os.environ.update(_NO_HUB)


def shut() -> None:
    """Shut the network until the process ends, for every thread, and on Linux for every child.

    Raises:
        NetworkOpen: it could not be shut; nothing may be run.
    """
    shut_child()
    if sys.platform == "linux":
        install_filter()


def shut_child() -> None:
    """Shut what a child does not inherit: Python's door, the libraries' habits, and its memory.

    Raises:
        NetworkOpen: it could not be shut; nothing may be run.
    """
    hide_memory()
    quiet_libraries()
    install(sys.platform)
