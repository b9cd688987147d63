"""How long after ENTER all that was said is read, at real speed through a paced sound server.

A whole session with the real microphone, worker and vault hears the long recordings;
ENTER is pressed at moments spread through them. `python -m bench.latency [MOMENTS]`.
How fast the machine is, and how busy with something else, a lone decode tells before and after.
`python -m bench.latency MOMENTS sealed` hears at 48 kHz for a sealed vault, `plain` for a plain.
"""

import os
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from tests.support.fakes import StubKeyboard, StubMemory, StubScreen
from tests.support.rigs import PulseRig
from tests.support.sealed_files import OpenedFiles

from bench import speech_set
from voicereflect.adapters.vault.files import Files
from voicereflect.model import Deck, Entry, Prompt, Report, SegmentRead, Span, WindowRead
from voicereflect.ports.speech import Transcriber

MOMENTS = 40
SHORTEST_S, LONGEST_S = 8.0, 24.0
MEDIAN_S, P95_S, LONE_S = 0.6, 1.0, 0.42
"""What is promised, and the lone decode of the machine it was promised on."""
POINTS = 1.0
THREADS = 2
FULL_RATE_HZ = 48_000


@dataclass
class Watched:
    """A transcriber, and when it gave what."""

    inner: Transcriber
    ends: dict[int, int] = field(default_factory=dict)
    whole_at: dict[int, float] = field(default_factory=dict)
    """When the last words of an answer had been read, at least for now."""
    final_at: dict[int, float] = field(default_factory=dict)

    def start(self, report: Callable[[Report], None]) -> None:
        """Begin to load the model."""

        def seen(each: Report) -> None:
            if isinstance(each, SegmentRead | WindowRead):
                self._note(each, time.monotonic())
            report(each)

        self.inner.start(seen)

    def _note(self, each: SegmentRead | WindowRead, now: float) -> None:
        if each.span.end < self.ends.get(each.recording, sys.maxsize):
            return
        self.whole_at.setdefault(each.recording, now)
        if isinstance(each, WindowRead):
            self.final_at.setdefault(each.recording, now)

    def window(self, recording: int, span: Span, *, last: bool) -> None:
        """Ask for a window; the last one tells where the answer ends."""
        if last:
            self.ends[recording] = span.end
        self.inner.window(recording, span, last=last)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)


@dataclass
class Watching(StubScreen):
    """A screen that remembers when it showed the texts."""

    texts: list[tuple[float, int, str]] = field(default_factory=list)

    def live(self, number: int, text: str) -> None:
        """Text that is still being worked on."""
        self.texts.append((time.monotonic(), number, text))
        super().live(number, text)


@dataclass
class Run:
    """What a run gave."""

    pressed_at: dict[int, float]
    worker: Watched
    screen: Watching
    of: dict[int, int]
    """The recording each answer belongs to."""
    overflows: int = 0
    """Blocks of sound that were lost because nobody took them in time."""

    def at_once(self) -> list[float]:
        """From each ENTER to the last words."""
        return [self.worker.whole_at[n] - at for n, at in self.pressed_at.items()]

    def settled(self) -> list[float]:
        """From each ENTER to the text that stays."""
        return [self.worker.final_at[n] - at for n, at in self.pressed_at.items()]

    def shown(self, number: int) -> str:
        """What stood on the screen when the last words came, before they were settled."""
        whole_at = self.worker.whole_at[number]
        texts = [(at, text) for at, n, text in self.screen.texts if n == number]
        after = [text for at, text in texts if at >= whole_at]
        return after[0] if after else next((text for _, text in reversed(texts)), "")


def main() -> None:
    """Print the figures, each beside what is promised."""
    numbers = [int(each) for each in sys.argv[1:] if each.isdecimal()]
    clips = speech_set.clips(speech_set.LONG)
    if not clips:
        return
    moments = numbers[0] if numbers else MOMENTS
    for name, kind in (("plain", Files), ("sealed", OpenedFiles)):
        if name in sys.argv:
            _at_48_khz(clips, moments, kind)
            return
    lone = _lone(clips[0])
    run = _run(clips, moments, Files)
    taken, settled = run.at_once(), run.settled()
    lone_s = statistics.median([*lone, *_lone(clips[0])])
    print(f"lone short-padded decode of 5 s: median {lone_s:.2f} s")
    print(f"ENTER to the last words read, {len(taken)} moments:")
    for name, taken_s, promised_s in (
        ("median", statistics.median(taken), MEDIAN_S),
        ("95 %", float(np.percentile(taken, 95)), P95_S),
    ):
        print(
            f"  {name} {taken_s:.2f} s (promised {promised_s}), {taken_s / lone_s:.2f} times the"
            f" lone decode (promised {promised_s / LONE_S:.2f})"
        )
    print(
        f"ENTER to the settled text: median {statistics.median(settled):.2f} s,"
        f" 95 % within {float(np.percentile(settled, 95)):.2f} s"
    )
    _print_words(run, clips)


def _at_48_khz(clips: list[speech_set.Clip], moments: int, kind: type[Files]) -> None:
    """Print what a vault of that kind gives; a process of its own for each, as PortAudio asks."""
    from voicereflect.adapters.portaudio import microphone

    with patch.object(microphone, "settings_to_try", lambda _: iter([(FULL_RATE_HZ, 1)])):
        taken = (run := _run(clips, moments, kind)).at_once()
    print(
        f"{'sealed' if kind.sealed else 'plain'}: ENTER to the last words read, median"
        f" {statistics.median(taken):.2f} s, longest {max(taken):.2f} s; to the settled text"
        f" {statistics.median(run.settled()):.2f} s; {run.overflows} blocks lost"
    )


def _print_words(run: Run, clips: list[speech_set.Clip]) -> None:
    final = {answer.number: answer.text for _, answer in run.screen.named("read")}
    whole = [at for at in range(len(clips)) if at in run.of.values()][:-1]  # the last is cut off
    numbers = {at: [n for n, place in run.of.items() if place == at] for at in whole}
    said = [clips[at].said for at in whole]
    shown = [" ".join(run.shown(n) for n in numbers[at]) for at in whole]
    read = [" ".join(final[n] for n in numbers[at]) for at in whole]
    on_screen, settled = speech_set.errors(said, shown), speech_set.errors(said, read)
    print(f"on the screen at that moment: {on_screen}")
    print(f"settled:                      {settled}")
    print(f"  {on_screen.percent - settled.percent:.1f} points apart (promised {POINTS})")


def _lone(clip: speech_set.Clip) -> list[float]:
    """How long it takes to read five seconds, time after time."""
    from voicereflect.adapters.speech.engine import WhisperEngine

    engine = WhisperEngine(_model(), threads=THREADS)
    samples = clip.samples()
    taken = []
    for at_s in range(0, 50, 5):
        piece = samples[at_s * speech_set.RATE_HZ : (at_s + 5) * speech_set.RATE_HZ]
        begun = time.perf_counter()
        engine.live(piece, "en")
        taken.append(time.perf_counter() - begun)
    return taken


def _run(clips: list[speech_set.Clip], moments: int, kind: Callable[[Path], Files]) -> Run:
    from voicereflect.adapters.portaudio.microphone import Microphone
    from voicereflect.adapters.speech.client import SpeechWorker
    from voicereflect.adapters.vault.answers.flac import Flac
    from voicereflect.adapters.vault.curated.curations import CurationFile
    from voicereflect.adapters.vault.folder import FolderVault
    from voicereflect.flows.session.loop import Session
    from voicereflect.flows.session.parts import Parts

    with PulseRig() as rig, tempfile.TemporaryDirectory() as folder:
        os.environ.update(rig.env)  # before PortAudio is loaded, which looks once
        worker = Watched(SpeechWorker(_model, threads=THREADS, live=True))
        keyboard, screen = StubKeyboard(), Watching()
        parts = Parts(
            voice=None,
            loudspeaker=None,
            recorder=Microphone(None),
            keyboard=keyboard,
            attended=True,
            transcriber=worker,
            vault=FolderVault(
                files := kind(Path(folder)),
                codec=Flac,
                now=lambda: datetime.now(UTC),
                scrub=CurationFile(files).scrub,
            ),
            screen=screen,
            source="recordings",
            now=lambda: datetime.now(UTC),
            monotonic_s=time.monotonic,
            memory=StubMemory(),
        )
        session = threading.Thread(target=Session(parts, _plan(moments + 1)).run)
        session.start()
        run = Run(pressed_at={}, worker=worker, screen=screen, of={})
        _press(rig, clips, keyboard, run, moments)
        session.join()
        vault = parts.vault
        (entry_id,) = vault.ids()
        numbers = [each.number for each in vault.load(entry_id).answers if each.duration_s]
        run.overflows = sum(vault.take_info(entry_id, each).overflows for each in numbers)
    return run


def _press(
    rig: PulseRig, clips: list[speech_set.Clip], keyboard: StubKeyboard, run: Run, moments: int
) -> None:
    """Let the microphone hear one recording after the other; press ENTER now and then."""
    dice = random.Random(3)
    number = 1
    _until(lambda: bool(run.screen.named("listening")))
    for place, clip in enumerate(clips):
        heard = clip.samples()
        pcm = (heard * 32767).astype(np.int16).tobytes()
        speaker = threading.Thread(target=rig.speak, args=(pcm, speech_set.RATE_HZ))
        speaker.start()
        for wait_s in _pauses(dice, len(heard) / speech_set.RATE_HZ):
            time.sleep(wait_s)
            number = _enter(keyboard, run, number, place)
            if number > moments:
                break
        speaker.join()
        if number > moments:
            break
        number = _enter(keyboard, run, number, place)
        if number > moments:
            break
    time.sleep(1)
    keyboard.press("q")


def _pauses(dice: random.Random, length_s: float) -> Iterator[float]:
    """How long to wait for each ENTER inside a recording."""
    left_s = length_s
    while left_s - (wait_s := dice.uniform(SHORTEST_S, LONGEST_S)) >= SHORTEST_S:
        yield wait_s
        left_s -= wait_s


def _enter(keyboard: StubKeyboard, run: Run, number: int, place: int) -> int:
    run.pressed_at[number] = time.monotonic()
    run.of[number] = place
    keyboard.press("enter")
    _until(lambda: any(n == number + 1 for (n,) in run.screen.named("listening")))
    return number + 1


def _until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not happened():
        if time.monotonic() > deadline:
            message = "the session does not go on"
            raise TimeoutError(message)
        time.sleep(0.005)


def _plan(questions: int) -> Any:
    from voicereflect.flows.session.parts import Plan, Question

    ids = [f"moment-{number}" for number in range(1, questions + 1)]
    deck = Deck(
        name="bench", edition=1, title="Bench", why="", minutes=1, depth="light", opening=(),
        prompts=tuple(Prompt(id=each, words=(each,)) for each in ids), closing=(),
    )  # fmt: skip
    started_at = datetime.now(UTC)
    entry = Entry(
        id="20261122T083012Z-kzqv", started_at=started_at, deck="bench", edition=1,
        title="Bench", language="en",
    )  # fmt: skip
    asked = tuple(Question(prompt=f"bench/{each}", words=each) for each in ids)
    return Plan(deck=deck, opening=(), questions=asked, entry=entry)


def _model() -> Path:
    from voicereflect import wiring

    return wiring.settings().models_dir / "base"


if __name__ == "__main__":
    main()
