"""What a disk refuses, as one line with a hint: the vault's only catch of system errors."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from voicereflect.adapters import regular
from voicereflect.core.store.bounds import readable
from voicereflect.errors import VaultUnwritable

_HINTS = {
    errno.ENOSPC: ("the disk is full", "Free some space, then try again."),
    errno.EDQUOT: ("your disk quota is used up", "Free some space, then try again."),
    errno.EFBIG: ("the disk takes no larger file", "Move the vault to another disk."),
    errno.EACCES: ("permission is refused", "Make the folder yours: look at its permissions."),
    errno.EPERM: ("permission is refused", "Make the folder yours: look at its permissions."),
    errno.EROFS: ("the disk is read-only", "Mount it for writing, or choose another vault."),
    errno.ENOENT: ("there is no such file or folder", "See whether the disk is connected."),
    errno.ENOTDIR: ("a file stands where a folder should be", "Move that file away."),
    errno.EEXIST: ("something else has that name", "Move it away."),
    **regular.PROBLEMS,
    errno.ELOOP: ("a link leads out of the vault here", "Put what it leads to in its place."),
    errno.EBADMSG: (
        "it is sealed, and damaged or for another key",
        "Take the file from a backup; everything else still opens.",
    ),
    errno.EIO: ("the disk gives errors", "Copy the vault to another disk now."),
}
_OTHERWISE = "See whether the disk is connected and writable."


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what the operating system raises into one line with a hint."""
    try:
        yield
    except OSError as error:
        otherwise = (error.strerror or "the system refuses").lower()
        what, hint = _HINTS.get(error.errno or 0, (otherwise, _OTHERWISE))
        raise VaultUnwritable(f"{readable(str(path))}: {what}.", hint=hint) from error
