"""Waiting for what must come: long enough for a busy machine, and over at once when it is there."""

import time
from collections.abc import Callable

import psutil

PATIENCE_S = 60.0
"""No claim about speed: it only ends a test whose event never comes."""


def comes_true(claim: Callable[[], object], *, look_s: float = 0.02) -> bool:
    """Wait until a claim holds; False where it does not in `PATIENCE_S`."""
    deadline_s = time.monotonic() + PATIENCE_S
    while not claim():
        if time.monotonic() > deadline_s:
            return False
        time.sleep(look_s)
    return True


def is_gone(pid: int) -> bool:
    """Whether a process ends; a dead one that nobody waits for counts as gone."""
    return comes_true(lambda: _has_ended(pid))


def _has_ended(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
