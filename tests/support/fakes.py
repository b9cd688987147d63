"""Stand-ins for devices, a person and the speech worker: deterministic, a few lines each.

A person is played by a screen that presses keys when something appears on it.
"""

import hashlib
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from voicereflect.core.programme.preferences import HANDS_FREE, Preferences
from voicereflect.core.programme.so_far import PickedChoice
from voicereflect.core.session.offers import ShownKey
from voicereflect.errors import DeviceError, ReflectError, VoiceError
from voicereflect.model import (
    Answer,
    Clip,
    Deck,
    Entry,
    Report,
    Segment,
    Span,
    WindowRead,
    Word,
    WorkerLost,
    WorkerReady,
)
from voicereflect.ports.sound import Listener

RATE_HZ = 16_000


def _nobody(*_: object) -> None:
    """Nobody listens yet."""


class StubVoice:
    """Renders a text as its own letters, or fails, or hangs until it is set free."""

    def __init__(self, problem: BaseException | None = None, *, hangs: bool = False) -> None:
        self.problem = problem
        self.free = threading.Event()
        if not hangs:
            self.free.set()
        self.rendered: list[str] = []
        self.private: list[str] = []

    def render(
        self,
        text: str,
        *,
        pace: float = 1.0,
        private: bool = False,
        ahead: bool = False,  # noqa: ARG002 - it is always at once
    ) -> Clip:
        (self.private if private else self.rendered).append(text)
        self.free.wait()
        if self.problem is not None:
            raise self.problem
        return Clip(pcm=text.encode("utf-16-le"), rate_hz=int(RATE_HZ * pace))

    def close(self) -> None:
        """Nothing lasts."""


NO_VOICE = VoiceError("There is no voice.", hint="Install one.")


def at_once(text: str) -> bool:
    """Every text has been spoken as soon as it begins."""
    return bool(text)


def never(text: str) -> bool:
    """No text comes to its end."""
    return not text


class StubLoudspeaker:
    """Plays a text in no time if `ends` says so, or else until `end`; remembers every clip."""

    def __init__(
        self,
        ends: Callable[[str], bool] = at_once,
        *,
        cannot: BaseException | None = None,
        breaks: DeviceError | None = None,
    ) -> None:
        self.ends = ends
        self.cannot = cannot
        self.breaks = breaks
        self.clips: list[Clip] = []
        self.stops = 0
        self.playing: Callable[[DeviceError | None], None] | None = None

    def play(self, clip: Clip, ended: Callable[[DeviceError | None], None]) -> None:
        self.end()
        if self.cannot is not None:
            raise self.cannot
        self.clips.append(clip)
        if self.ends(clip.pcm.decode("utf-16-le", errors="ignore")):
            ended(self.breaks)
        else:
            self.playing = ended

    def end(self) -> None:
        """The clip that plays has come to its end, or is cut off."""
        ended, self.playing = self.playing, None
        if ended is not None:
            ended(None)

    def stop(self) -> None:
        self.stops += 1
        self.end()


@dataclass
class Said:
    """What a recorder hears in one take; without an end the take waits for a key."""

    blocks: Sequence[bytes]
    ends: bool = True
    problem: DeviceError | None = None


class StubRecorder:
    """Hears what it was told to, take after take, as fast as it is taken."""

    def __init__(self, takes: Sequence[Said], *, cannot: ReflectError | None = None) -> None:
        self.takes = list(takes)
        self.cannot = cannot
        self.rate_hz = RATE_HZ
        self.overflows = 0
        self.begun = 0
        self.used: list[str] = []
        self.closed = False

    def more(self, prompt: str) -> bool:
        assert "/" in prompt
        return self.cannot is not None or self.begun < len(self.takes)

    def prepare(self, prompt: str) -> None:
        assert "/" in prompt
        if self.cannot is not None:
            raise self.cannot

    def use(self, name: str) -> None:
        self.used.append(name)

    def start(self, listener: Listener) -> None:
        said = self.takes[self.begun]
        self.begun += 1
        self.overflows = 0
        for block in said.blocks:
            if not listener.heard(block):
                self.overflows += 1
        if said.ends or said.problem is not None:
            listener.ended(said.problem)

    def stop(self) -> None:
        """What was heard is in the inbox already."""

    def close(self) -> None:
        self.closed = True


class StubKeyboard:
    """Keys for a test to press; `ahead` are pressed before anything happens."""

    def __init__(self, *ahead: str) -> None:
        self.ahead = ahead
        self.press: Callable[[str], None] = _nobody

    @contextmanager
    def listen(self, pressed: Callable[[str], None]) -> Iterator[None]:
        self.press = pressed
        for key in self.ahead:
            pressed(key)
        try:
            yield
        finally:
            self.press = _nobody


def digest_of(pcm: bytes) -> str:
    """What `StubTranscriber` makes of a stretch of sound: two letters of its hash a word."""
    return hashlib.sha256(pcm).hexdigest()[:8]


class StubTranscriber:
    """Reads the hash of what it was given; loses everything after some requests, if told to."""

    def __init__(self, *, missing: bool = False, read: bool = True) -> None:
        self.missing = missing
        self.read = read
        self.report: Callable[[Report], None] = _nobody
        self.heard: dict[int, bytearray] = {}
        self.opened = 0
        self.dead = False
        self.lose_before: dict[int, bool] = {}
        """Windows asked for so far, and whether the worker lost there starts again."""
        self.windows = 0
        self.asked_for: list[int] = []
        self.closed = False
        self.last_words: Callable[[], None] = lambda: None

    def start(self, report: Callable[[Report], None]) -> None:
        self.report = report
        if self.missing:
            self.lose(restarting=False)
        else:
            report(WorkerReady(model="stub"))

    def open(self, rate_hz: int, language: str, *, told: bool = False) -> int:
        assert not told
        assert (rate_hz, language) == (RATE_HZ, "en")
        self.opened += 1
        self.heard[self.opened] = bytearray()
        return self.opened

    def feed(self, recording: int, pcm: bytes) -> None:
        if recording in self.heard:
            self.heard[recording] += pcm

    def segment(self, recording: int, span: Span) -> None:
        """Live text is not this worker's business."""

    def forget(self, recording: int) -> None:
        self.heard.pop(recording, None)

    def window(self, recording: int, span: Span, *, last: bool) -> None:
        self.windows += 1
        self.asked_for.append(recording)
        if self.windows in self.lose_before:
            self.lose(restarting=self.lose_before[self.windows])
        elif self.read and not self.dead and recording in self.heard:
            self.report(self.reading(recording, span))
            if last:
                del self.heard[recording]

    def reading(self, recording: int, span: Span) -> WindowRead:
        said = bytes(self.heard[recording][span.start * 2 : span.end * 2])
        word = Word(text=f" {digest_of(said)}", start_s=0.0, end_s=1.0, probability=0.9)
        segment = Segment(words=(word,), avg_logprob=-0.2, no_speech=0.0)
        return WindowRead(
            recording=recording,
            span=span,
            model="stub",
            language="en",
            segments=(segment,) if said else (),
        )

    def lose(self, *, restarting: bool) -> None:
        """Forget all sound, as a process that was killed does."""
        self.heard.clear()
        self.dead = not restarting
        self.report(WorkerLost(what="It stopped.", hint="Later.", restarting=restarting))
        if restarting:
            self.report(WorkerReady(model="stub"))

    def close(self) -> None:
        self.closed = True
        self.last_words()


@dataclass
class StubScreen:
    """Remembers what was shown; `react` is the person in front of it."""

    react: Callable[[str, int], None] = _nobody
    shown: list[tuple[Any, ...]] = field(default_factory=list)

    def _show(self, what: str, number: int, *rest: Any) -> None:
        self.shown.append((what, number, *rest))
        self.react(what, number)

    def named(self, what: str) -> list[tuple[Any, ...]]:
        return [shown[1:] for shown in self.shown if shown[0] == what]

    @property
    def notes(self) -> list[str]:
        return [line for _, line in self.named("note")]

    def opened(self, deck: Deck, source: str) -> None:
        self._show("opened", 0, deck, source)

    def said(self, words: str) -> None:
        self._show("said", 0, words)

    def asked(self, number: int, total: int, words: str) -> None:
        self._show("asked", number, total, words)

    def offered(self, options: Sequence[str]) -> None:
        self._show("offered", len(options), options)

    def put(self, words: str, options: Sequence[str]) -> None:
        self._show("put", len(options), words)

    def quoted(self, intro: str, words: str) -> None:
        self._show("quoted", 0, intro, words)

    def paused(self, *, paused: bool) -> None:
        self._show("paused", int(paused))

    def held(self, others: Sequence[str]) -> None:
        self._show("held", len(others))

    def listening(self, number: int) -> None:
        self._show("listening", number)

    def level(self, dbfs: float, elapsed_s: float) -> None:
        assert dbfs <= 0
        self._show("level", 0, dbfs, elapsed_s)

    def live(self, number: int, text: str) -> None:
        self._show("live", number, text)

    def read(self, answer: Answer) -> None:
        self._show("read", answer.number, answer)

    def restored(self, number: int) -> None:
        self._show("restored", number)

    def keyed(self, keys: Sequence[ShownKey]) -> None:
        self._show("keyed", len(keys), keys)

    def all_keys(self, keys: Sequence[ShownKey]) -> None:
        self._show("all_keys", len(keys), keys)

    def did(self, line: str) -> None:
        self._show("did", 0, line)

    def picked(self, words: str) -> None:
        self._show("picked", 0, words)

    def unpicked(self) -> None:
        self._show("unpicked", 0)

    def warned(self, line: str) -> None:
        self._show("warned", 0, line)

    def awaiting_texts(self, *, done_s: float, total_s: float, saved: bool) -> None:
        self._show("awaiting_texts", 0, done_s, total_s, saved)

    def note(self, line: str) -> None:
        self._show("note", 0, line)

    def saved(self, entry: Entry, set_aside: int) -> None:
        self._show("saved", 0, entry, set_aside)

    def forget(self) -> None:
        self._show("forget", 0)

    def close(self) -> None:
        self._show("closed", 0)


@dataclass
class StubMemory:
    """Remembers choices, as the file does."""

    picks: list[tuple[str, str]] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    introductions: int = 0
    put_aside: list[str] = field(default_factory=list)
    today: dict[str, date] = field(default_factory=dict)

    def read(self) -> Preferences:
        picks = tuple(PickedChoice(prompt=p, choice=c, day=date.min) for p, c in self.picks)
        return Preferences(never=tuple(self.put_aside), not_today=self.today, picks=picks)

    def never(self, name: str) -> None:
        self.put_aside.append(name)

    def not_today(self, deck: str, day: date) -> None:
        self.today[deck] = day

    def allow(self, name: str) -> None:
        self.today.pop(name, None)
        self.put_aside = [each for each in self.put_aside if each != name]

    def picked(self, pick: PickedChoice) -> None:
        self.picks.append((pick.prompt, pick.choice))

    def unpick(self, prompt: str) -> None:
        last = max(n for n, (name, _) in enumerate(self.picks) if name == prompt)
        del self.picks[last]

    def settle(self, step: str) -> None:
        self.steps.append(step)

    def unsettle(self, step: str) -> None:
        self.steps.remove(step)

    def tell(self, what: str) -> None:
        assert what == HANDS_FREE
        self.introductions += 1
