"""What the system may do with what is in memory or on the disk, as far as it tells."""

import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from voicereflect.errors import NetworkOpen

_SYNCED: Final = ("dropbox", "onedrive", "google drive", "nextcloud", "owncloud", "icloud", "sync")
_MARKS: Final = (".stfolder", ".dropbox", ".sync")
_PATIENCE_S: Final = 60.0


def swap_is_on() -> bool | None:
    """Tell whether parts of memory may be written to a disk; None where nobody tells."""
    with suppress(OSError):
        return len(Path("/proc/swaps").read_text("utf-8").splitlines()) > 1
    return None


def may_hibernate() -> bool | None:
    """Tell whether all of memory may be; None where nobody tells."""
    with suppress(OSError):
        return "disk" in Path("/sys/power/state").read_text("utf-8").split()
    return None


def synced_folder(folder: Path) -> str:
    """Name the folder above that some program seems to copy elsewhere; empty without one."""
    for each in (folder, *folder.parents):
        named = any(word in each.name.lower() for word in _SYNCED)
        if named or any((each / mark).exists() for mark in _MARKS):
            return str(each)
    return ""


def tried_in_a_child() -> str:
    """Have a process of ours try every way off this machine; one JSON line, as it prints it.

    Raises:
        NetworkOpen: it could not be asked.
    """
    # -I: no file of other people's may stand in for a module
    command = [sys.executable, "-I", "-m", "voicereflect.adapters.offline"]
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_PATIENCE_S,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise NetworkOpen(
            "A child process could not be asked what it can reach.", hint="Try again."
        ) from error
    return done.stdout
