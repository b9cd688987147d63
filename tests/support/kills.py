"""Kills sessions at random moments and says what was lost; everything is real, time included."""

import os
import random
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.support.product import (
    ENTER,
    SAMPLES,
    Person,
    card_sound,
    entry_folders,
    flac,
    leftovers,
    run,
    vault,
)
from tests.support.rigs import AlsaFileCard
from tests.support.waiting import comes_true
from voicereflect.model import Answer, AnswerState

LONGEST_S = 11.0
"""Longer than a session of this person takes, so that some kills come after its end."""
ANSWER_S = 3.0
SAFE_AFTER_S = 1.0
CARD_S = 0.5
"""What may be on its way from the card: sound that no program has seen yet."""
LAST = 2
"""What looks at the sound devices may hang in there, and then ends itself."""
ECHOES = ("ENTER begins", "Recording.", "Saved: ")


@dataclass
class Killed:
    """One session and its sudden end."""

    seed: int
    at_s: float
    phase: str = "starting"
    begun: int = 0
    """Answers whose recording was shown to have begun."""
    safe: dict[int, int] = field(default_factory=dict)
    """Of each answer: bytes of speech given to the microphone long enough before the kill."""
    new: tuple[Path, ...] = ()
    """The folders it left."""
    problems: list[str] = field(default_factory=list)


class Speech:
    """What is said into the microphone, and how much of it by when."""

    def __init__(self, card: AlsaFileCard, pcm: bytes) -> None:
        self._card = card
        self.pcm = pcm
        self._given: list[tuple[float, int]] = []
        self.is_over = False
        card.load_mic(pcm)

    def look(self) -> None:
        """Note how far the card has come."""
        feeder = self._card._feeder
        assert feeder
        given = len(self.pcm) - len(feeder._speech)
        self._given.append((time.monotonic(), given))
        self.is_over = given == len(self.pcm)

    def given_before(self, moment_s: float) -> int:
        """Bytes that had been given at a moment."""
        return max((given for at_s, given in self._given if at_s <= moment_s), default=0)


def killed_session(seed: int, folder: Path) -> Killed:
    """Hold a session of two answers and kill it without warning at a moment the seed names."""
    folder.mkdir()
    dice = random.Random(seed)
    killed = Killed(seed=seed, at_s=dice.uniform(0.2, LONGEST_S))
    before = set(entry_folders())
    speech: dict[int, Speech] = {}
    with (
        AlsaFileCard(folder, pace=1.0) as card,
        Person("reflect", "everyday", env=card.env) as person,
    ):
        _live_until_killed(person, card, killed, speech)
        moment_s = time.monotonic()
        os.kill(person.process.pid, signal.SIGKILL)
        person.process.wait()
    killed.safe = {
        number: each.given_before(moment_s - SAFE_AFTER_S - CARD_S)
        for number, each in speech.items()
    }
    killed.new = tuple(sorted(set(entry_folders()) - before))
    _check_what_is_left(killed)
    return killed


def killed_and_recovered(seed: int, folder: Path) -> Killed:
    """The same, then the next start; odd seeds ask for recovery, even ones just begin anew."""
    killed = killed_session(seed, folder)
    again = folder / "next"
    again.mkdir()
    killed.problems += recovered_by_command() if seed % 2 else recovered_by_next_session(again)
    check_recovered(killed)
    return killed


def _live_until_killed(
    person: Person, card: AlsaFileCard, killed: Killed, speech: dict[int, Speech]
) -> None:
    """Answer twice and finish, however far that gets."""
    deadline = time.monotonic() + killed.at_s
    answering = False
    seen = ""
    while time.monotonic() < deadline:
        seen += person.glance(0.03)
        if killed.phase == "starting" and ECHOES[0] in seen:
            person.presses(ENTER)
            killed.phase = "opening"
        if seen.count(ECHOES[1]) > killed.begun:
            killed.begun += 1
            killed.phase = f"answer {killed.begun}"
            speech[killed.begun] = Speech(card, said(killed.begun))
            answering = True
        if killed.begun in speech:
            speech[killed.begun].look()
        if answering and speech[killed.begun].is_over:
            person.presses(ENTER if killed.begun < LAST else "q")
            killed.phase = f"after answer {killed.begun}"
            answering = False
        if ECHOES[2] in seen:
            killed.phase = "saved"


def said(number: int) -> bytes:
    """What is said in answer `number`."""
    name = ("free", "moment")[number - 1]
    return card_sound(SAMPLES / "everyday" / f"{name}.flac", ANSWER_S)


def _check_what_is_left(killed: Killed) -> None:
    """Everything that can be said before recovery."""
    if killed.begun and len(killed.new) != 1:
        killed.problems.append(f"{killed.begun} answers begun, {len(killed.new)} folders left")
    comes_true(lambda: not _ours(), look_s=0.05)
    killed.problems.extend(f"still running: {name}" for name in _ours())


def _ours() -> list[str]:
    """Processes of this test's vault."""
    home = os.environ["VOICEREFLECT_VAULT"]
    found = []
    for process in psutil.process_iter():
        try:
            mine = (
                process.pid != os.getpid() and process.environ().get("VOICEREFLECT_VAULT") == home
            )
            if mine and "voicereflect" in " ".join(process.cmdline()):
                found.append(" ".join(process.cmdline()))
        except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
            continue
    return found


def recovered_by_command() -> list[str]:
    """Recover on demand; what went wrong."""
    done = run("recover")
    return [] if done.returncode == 0 else [f"recover: {done.returncode}, {done.stderr}"]


def recovered_by_next_session(folder: Path) -> list[str]:
    """Begin another session and leave at once; it recovers without being asked."""
    with AlsaFileCard(folder, pace=1.0) as card, Person("reflect", env=card.env) as person:
        person.sees("ENTER begins")
        person.presses("q")
        code = person.leaves()
    return [] if code == 0 else [f"the next session ended with {code}: {person.shown}"]


def check_recovered(killed: Killed) -> None:
    """After recovery: every answer is there, whole, and nothing waits to be finished."""
    if left := leftovers():
        killed.problems.append(f"left over: {left}")
    for folder in killed.new:
        if not folder.exists() or not any(folder.iterdir()):
            if killed.begun:
                killed.problems.append(f"{folder.name} is gone")
            continue
        entry = next(e for e in map(vault().load, vault().ids()) if folder.name.endswith(e.id[-4:]))
        numbers = {answer.number for answer in entry.answers}
        if missing := set(range(1, killed.begun + 1)) - numbers:
            killed.problems.append(f"answers {missing} are lost")
        for answer in entry.answers:
            _check_answer(killed, folder, answer)


def _check_answer(killed: Killed, folder: Path, answer: Answer) -> None:
    if answer.state is AnswerState.RECORDING:
        killed.problems.append(f"answer {answer.number} is still called a recording")
    promised = killed.safe.get(answer.number, 0)
    if not (folder / f"{answer.number}.flac").exists():
        if promised:
            killed.problems.append(f"answer {answer.number}: {promised} bytes and no sound")
        return
    kept = without_lead(flac(folder, answer.number))
    spoken = without_lead(said(answer.number))
    lead = len(said(answer.number)) - len(spoken)
    heard = kept[: len(spoken)]
    if not spoken.startswith(heard.rstrip(b"\0")):
        killed.problems.append(f"answer {answer.number} is not what was said")
    if len(kept) + lead < promised:
        killed.problems.append(f"answer {answer.number}: {len(kept) + lead} of {promised} bytes")


def without_lead(pcm: bytes) -> bytes:
    """Sound without the silent samples at its begin."""
    silent = len(pcm) - len(pcm.lstrip(b"\0"))
    return pcm[silent // 2 * 2 :]
