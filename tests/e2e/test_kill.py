"""Claims about sudden death: whatever kills a session, the next start has everything."""

from pathlib import Path

import pytest

from tests.support.kills import killed_and_recovered
from tests.support.product import entries, run
from voicereflect.model import AnswerState

pytestmark = pytest.mark.xdist_group("paced")

KILLS = 8
FIRST_SEED = 1


@pytest.mark.slow
@pytest.mark.usefixtures("fast")
def test_no_kill_loses_an_entry_and_the_next_start_finishes_all(tmp_path: Path) -> None:
    problems: list[str] = []
    phases: set[str] = set()
    for seed in range(FIRST_SEED, FIRST_SEED + KILLS):
        killed = killed_and_recovered(seed, tmp_path / f"kill-{seed}")
        phases.add(killed.phase)
        problems += [f"seed {seed}, {killed.phase}: {each}" for each in killed.problems]
    assert problems == []
    assert {"answer 1", "answer 2"} <= phases, f"no kill came in the middle: {phases}"
    assert run("transcribe", "--pending").returncode == 0
    states = [answer.state for entry in entries() for answer in entry.answers]
    assert set(states) <= {
        AnswerState.DONE,
        AnswerState.SILENT,
        AnswerState.UNSURE,
        AnswerState.SKIPPED,
    }
    assert AnswerState.DONE in states
