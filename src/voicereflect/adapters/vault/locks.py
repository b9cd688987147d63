"""Who may write: the vault's lock for one save, an entry's lock for a whole sitting.

The only importer of filelock. A lock dies with the process that holds it.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from voicereflect.adapters.vault.refusals import translated
from voicereflect.errors import VaultBusy, VaultError

LOCK = ".lock"
_POLL_S = 0.01

Saving = Callable[[], AbstractContextManager[None]]
"""Holds the vault's lock, for one save."""


@contextmanager
def held(path: Path, *, timeout_s: float, remove: bool, marks: bool = True) -> Iterator[None]:
    """Hold the lock file at `path` while inside; `remove` takes it away at the end.

    With `marks` it stays after a problem of the vault or Ctrl-C: something is to be finished.

    Raises:
        VaultBusy: another process held it all the time.
    """
    lock = FileLock(path, timeout=timeout_s, mode=0o600, thread_local=False)
    with translated(path):
        try:
            lock.acquire(poll_interval=_POLL_S)
        except Timeout as error:
            raise VaultBusy(
                f"{path.parent} is in use by another voicereflect.",
                hint="Wait until it is done, or end it, then try again.",
            ) from error
    done = True
    try:
        yield
    except (VaultError, KeyboardInterrupt):
        done = not marks
        raise
    finally:
        if remove and done:
            # Before the release: a process that waits then sees no file, and makes a new one.
            with suppress(OSError):
                path.unlink(missing_ok=True)
        lock.release()


def is_free(path: Path) -> bool:
    """Tell whether no process holds the lock now; a lock file that is there stays."""
    try:
        with held(path, timeout_s=0, remove=not path.exists()):
            return True
    except VaultBusy:
        return False
