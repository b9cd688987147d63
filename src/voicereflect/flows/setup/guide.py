"""The one guided minute: looks at the machine, fetches models, asks what it cannot know.

Whatever fails, the other steps are done; what was done stays, and the next run goes on from there.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from voicereflect.core.safety.help_lines import HelpLines, unknown
from voicereflect.core.store.catalogue import (
    SPEECH,
    Catalogue,
    Model,
    best_that_fits,
    megabytes,
    wanted,
)
from voicereflect.errors import ModelError, ReflectError, SettingsError
from voicereflect.flows.setup.asking import AskingVoice
from voicereflect.flows.setup.doctor import Finding, Probe, examine
from voicereflect.flows.setup.offering import VaultSeal, offer_seal
from voicereflect.ports.models import ModelKeeper
from voicereflect.ports.screen import Progress
from voicereflect.ports.setup import ModelFetcher, SetupScreen

HEARD = frozenset({"voice", "loudspeaker"})
"""The parts that have to work for questions to be said aloud."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What the settings say when setting up begins."""

    vault: Path
    vault_is_there: bool
    model: str
    language: str
    country: str
    microphone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Microphones:
    """What there is to hear with."""

    names: tuple[str, ...]
    usual: str
    """The system's own choice; empty where there is none."""
    find: Callable[[str], str]
    """The whole name of the one meant by a number or a part of a name; or NoMicrophone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideParts:
    """What the guide works with."""

    screen: SetupScreen
    aloud: AskingVoice
    probes: Sequence[Probe]
    packages: Callable[[], tuple[str, ...]]
    """Packages of the system that are missing."""
    voice_advice: str
    """How to install the natural voice; empty where it is there."""
    catalogue: Catalogue
    store: ModelKeeper
    fetcher: ModelFetcher
    progress: Progress
    wheels: Sequence[Path]
    """Wheels that are at hand, from a folder that was named."""
    microphones: Callable[[], Microphones]
    help_lines: HelpLines
    share_of_time: Callable[[], float | None]
    """Which share of the time that somebody speaks base takes to write it down."""
    remember: Callable[[str, str], None]
    writable: Callable[[], str]
    """Tries the vault that the settings name now; says what was found."""
    seal: VaultSeal


class Guide:
    """Walks through the steps."""

    def __init__(self, parts: GuideParts, kept: Kept) -> None:
        self._parts = parts
        self._kept = kept
        self._speech = kept.model
        self._problem: ReflectError | None = None

    def run(self) -> None:
        """Do every step.

        Raises:
            ReflectError: a model or the vault is not ready; the first such problem.
        """
        self._look()
        self._fetch()
        self._choose_country()
        self._choose_microphone()
        self._choose_vault()
        self._propose()
        if self._problem is not None:
            raise self._problem
        self._parts.screen.heading("Ready: `voicereflect` says what comes first.")

    def _look(self) -> None:
        screen = self._parts.screen
        screen.heading("Network, voice and sound")
        findings: list[Finding] = []
        told: set[str] = set()
        for finding in examine(self._parts.probes):
            findings.append(finding)
            screen.tell(f"{'works' if finding.works else 'FAILS'}  {finding.part}: {finding.found}")
            if finding.hint and finding.hint not in told:
                screen.tell(f"  {finding.hint}")
            told.add(finding.hint)
        if missing := self._parts.packages():
            screen.tell(f"Missing here: `sudo apt-get install {' '.join(missing)}`")
        if self._parts.voice_advice:
            screen.tell(f"A natural voice: {self._parts.voice_advice}")
        works = {each.part for each in findings if each.works}
        if works >= HEARD:
            self._parts.aloud.begin()
        if "microphone" not in works:
            screen.tell("Without a microphone answers can be typed: `voicereflect reflect --typed`")

    def _fetch(self) -> None:
        parts, screen = self._parts, self._parts.screen
        screen.heading("Models")
        try:
            self._agree()
            models = wanted(parts.catalogue, self._speech, self._kept.language)
            if parts.wheels:
                for name in parts.store.add(parts.wheels, parts.progress):
                    screen.tell(f"{name} was in the folder, and is installed.")
            for model in models:
                self._have(model)
            for model in parts.catalogue.models:
                if model.kind != SPEECH and model not in models:
                    screen.tell(f"{model.name} is left out: it does not know your language")
        except ModelError as problem:
            self._failed(problem)

    def _agree(self) -> None:
        """Have another speech model used where the chosen one does not know the language."""
        catalogue, language = self._parts.catalogue, self._kept.language
        if catalogue.find(self._speech).knows(language):
            return
        for model in catalogue.models:
            if model.kind == SPEECH and model.knows(language):
                told = f"{self._speech} does not know your language; {model.name} is used instead"
                if self._keep("model", model.name, told):
                    self._speech = model.name
                return

    def _have(self, model: Model) -> None:
        """Verify a model, or have it fetched."""
        parts = self._parts
        try:
            parts.store.verify(model.name, parts.progress)
        except ModelError:
            parts.fetcher.get(model.name, parts.screen.tell, parts.progress)
        parts.screen.tell(f"{model.name} is installed: {model.title}, {megabytes(model.size)}")

    def _choose_country(self) -> None:
        parts = self._parts
        parts.screen.heading("Help lines")
        if self._kept.country:
            known = parts.help_lines.of(self._kept.country)
            parts.screen.tell(f"Those of {known.name if known else self._kept.country}, as set")
            return
        said = parts.screen.ask("In which country are you? Its name; ENTER leaves it open.")
        while said:
            if found := parts.help_lines.of(said):
                self._keep("country", found.code, f"{found.name}: H in a session shows its numbers")
                return
            parts.screen.tell(unknown(parts.help_lines, said).line)
            said = parts.screen.ask("In which country are you? ENTER leaves it open.")
        parts.screen.tell("No country is set: the first H in a session asks for it")

    def _choose_microphone(self) -> None:
        parts = self._parts
        parts.screen.heading("Microphone")
        there = parts.microphones()
        if self._kept.microphone or len(there.names) < 2:
            name = self._kept.microphone or there.usual or "none is there now"
            parts.screen.tell(name if self._kept.microphone else f"The system's own: {name}")
            return
        for number, name in enumerate(there.names, 1):
            parts.screen.tell(f"{number}  {name}")
        question = f"Which one? A number; ENTER: the system's own ({there.usual or 'none'})."
        while said := parts.screen.ask(question):
            chosen = there.names[int(said) - 1 : int(said)] if said.isdecimal() else ()
            try:
                name = chosen[0] if chosen else there.find(said)
            except ReflectError as problem:
                parts.screen.tell(problem.line)
                continue
            self._keep("microphone", name, f"{name} is used from now on")
            return
        parts.screen.tell("The system's own, whichever it is")

    def _choose_vault(self) -> None:
        parts = self._parts
        parts.screen.heading("Where what you say is kept")
        if not self._kept.vault_is_there:
            question = f"A folder; ENTER: {self._kept.vault}"
            while said := parts.screen.ask(question):
                if self._keep("vault", said, ""):
                    break
        try:
            parts.screen.tell(parts.writable())
        except ReflectError as problem:
            self._failed(problem)
        else:
            offer_seal(parts.screen, parts.seal, asks=not self._kept.vault_is_there)

    def _propose(self) -> None:
        """Name the speech model that fits this machine, if it is another one."""
        parts, name = self._parts, self._speech
        if self._problem is not None:
            return
        parts.screen.heading("How fast this machine is")
        parts.screen.tell("A recorded sample is written down now; ten seconds or so")
        if (share := parts.share_of_time()) is None:
            parts.screen.tell("It could not be measured; nothing is changed")
            return
        work = parts.catalogue.find(name).work
        parts.screen.tell(f"A minute of speech takes {60 * share:.0f} s to write down with {name}")
        best = best_that_fits(parts.catalogue, share / work, self._kept.language)
        if best is None or best.name == name or best.kind != SPEECH:
            return
        fits = "fits it too" if best.work > work else "leaves it more time"
        parts.screen.tell(
            f"{best.name} {fits}, by an estimate: {best.brings}; {megabytes(best.size)}"
        )
        said = parts.screen.ask(f"Fetch {best.name} and use it? Y; ENTER keeps {name}.")
        if (said or "").lower() not in ("y", "yes"):
            parts.screen.tell(f"`voicereflect models get {best.name}` fetches it any time")
            return
        try:
            self._have(best)
            self._keep("model", best.name, f"{best.name} writes down what you say from now on")
        except ModelError as problem:
            self._failed(problem)

    def _keep(self, name: str, value: str, told: str) -> bool:
        try:
            self._parts.remember(name, value)
        except SettingsError as problem:
            self._parts.screen.tell(problem.line)
            return False
        if told:
            self._parts.screen.tell(told)
        return True

    def _failed(self, problem: ReflectError) -> None:
        """Remember the first problem that keeps a session from being whole, and go on."""
        self._parts.screen.tell(f"Not now: {problem.sentence}")
        self._problem = self._problem or problem
