"""Claims about destruction that dies at a system call; `bench.faults` dies at every one."""

from pathlib import Path

import pytest

from tests.support.destruction import EMPTIED, FOR_GOOD, Homes

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("fast")]

MOMENTS = (3, 8)


def test_what_was_to_be_destroyed_is_gone_wherever_the_process_died(tmp_path: Path) -> None:
    homes = Homes(tmp_path)
    found = {
        (what.name, nth): homes.killed(what, nth, same_command=nth % 2 == 0)
        for what in (FOR_GOOD, EMPTIED)
        for nth in MOMENTS
    }
    assert not any(left for left in found.values()), found
