"""A session for tests: the real flow, core and vault, with stand-ins for everything else."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.fakes import (
    Said,
    StubKeyboard,
    StubLoudspeaker,
    StubMemory,
    StubRecorder,
    StubScreen,
    StubTranscriber,
    StubVoice,
)
from tests.support.vaults import NOW, make_vault, noise
from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.folder import FolderVault
from voicereflect.core.safety.help_lines import HelpLines
from voicereflect.flows.session.loop import Session
from voicereflect.flows.session.parts import Parts, Plan, Question
from voicereflect.model import Deck, Entry, Prompt
from voicereflect.ports.index import Sense
from voicereflect.ports.voice import PromptPack

QUESTIONS = ("first", "second", "third")
ID = "20261122T083012Z-kzqv"
BLOCK = 1600


def blocks(seed: int, count: int = 5) -> list[bytes]:
    """Tenths of a second of sound; another seed, other sound."""
    return [noise(BLOCK, seed * 1000 + number) for number in range(count)]


@dataclass(kw_only=True)
class Sitting:
    """What a session is made of; change a part before `run`."""

    root: Path
    takes: Sequence[Said] = field(
        default_factory=lambda: [Said(blocks(seed)) for seed in range(len(QUESTIONS))]
    )
    attended: bool = False
    voice: StubVoice | None = field(default_factory=StubVoice)
    loudspeaker: StubLoudspeaker | None = field(default_factory=StubLoudspeaker)
    keyboard: StubKeyboard = field(default_factory=StubKeyboard)
    transcriber: StubTranscriber = field(default_factory=StubTranscriber)
    screen: StubScreen = field(default_factory=StubScreen)
    plan: Plan = field(default_factory=lambda: plan())  # noqa: PLW0108 - defined below
    memory: StubMemory = field(default_factory=StubMemory)
    hands_free: bool = False
    introduces: bool = False
    pack: PromptPack | None = None
    sense: Sense | None = None
    countries: HelpLines | None = None
    remembered: list[str] = field(default_factory=list)
    """Countries that were kept."""
    tick_s: float = 1.0
    """How far the clock goes on whenever it is looked at."""
    recorder: StubRecorder = field(init=False)
    vault: FolderVault = field(init=False)

    def __post_init__(self) -> None:
        self.recorder = StubRecorder(self.takes)
        self.on(Files(self.root))

    def on(self, files: Files) -> None:
        """Keep the vault in other files."""
        self.vault = make_vault(files)

    def person(self, act: Callable[[str, int], str | None]) -> None:
        """Somebody sits there and presses a key at some of what is shown."""

        def react(what: str, number: int) -> None:
            if key := act(what, number):
                self.keyboard.press(key)

        self.attended = True
        self.screen.react = react

    def run(self) -> Entry:
        """Hold the session."""
        return Session(self.parts(), self.plan).run()

    def parts(self) -> Parts:
        """The stand-ins, as a session takes them."""
        ticks = itertools.count()
        return Parts(
            voice=self.voice,
            loudspeaker=self.loudspeaker,
            recorder=self.recorder,
            keyboard=self.keyboard,
            attended=self.attended,
            transcriber=self.transcriber,
            vault=self.vault,
            screen=self.screen,
            source="a test",
            now=lambda: NOW,
            monotonic_s=lambda: next(ticks) * self.tick_s,
            memory=self.memory,
            hands_free=self.hands_free,
            introduces=self.introduces,
            pack=self.pack,
            sense=self.sense,
            countries=self.countries,
            remember_country=self.remembered.append,
        )

    def sound(self, number: int) -> bytes:
        """An answer's samples as the vault gives them back."""
        return b"".join(self.vault.sound(ID, number))

    @property
    def texts(self) -> list[str]:
        """The texts of the entry on disk."""
        return [answer.text for answer in self.vault.load(ID).answers]

    @property
    def entries(self) -> list[Path]:
        """The entry folders there are."""
        return sorted((self.root / "entries").glob("*/*/*"))


def plan() -> Plan:
    """Three questions of a deck."""
    deck = Deck(
        name="stones",
        edition=1,
        title="Stones",
        why="To test.",
        minutes=1,
        depth="light",
        opening=("Welcome.",),
        prompts=tuple(Prompt(id=each, words=(f"The {each}?",)) for each in QUESTIONS),
        closing=("Bye.",),
    )
    entry = Entry(id=ID, started_at=NOW, deck="stones", edition=1, title="Stones", language="en")
    questions = tuple(Question(prompt=f"stones/{id_}", words=f"The {id_}?") for id_ in QUESTIONS)
    return Plan(deck=deck, opening=("Welcome.",), questions=questions, entry=entry)
