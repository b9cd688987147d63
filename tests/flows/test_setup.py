"""Claims about the guided minute: whatever fails, the rest is done, and the next run goes on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import pytest

from tests.support.fakes import StubLoudspeaker, StubTranscriber, StubVoice
from tests.support.models import Steps, made_catalogue, made_wheels
from voicereflect.adapters.help_lines_file import shipped_help_lines
from voicereflect.adapters.model_store import ModelStore
from voicereflect.core.sealing.states import AFTER_SEALING, Turned
from voicereflect.errors import (
    ModelFetchFailed,
    NoLoudspeaker,
    NoMicrophone,
    ReflectError,
    SettingsError,
    VaultUnwritable,
)
from voicereflect.flows.setup.asking import AskingVoice
from voicereflect.flows.setup.doctor import Probe
from voicereflect.flows.setup.guide import Guide, GuideParts, Kept, Microphones
from voicereflect.flows.setup.measuring import share_of_time
from voicereflect.flows.setup.offering import LATER, VaultSeal
from voicereflect.model import Clip
from voicereflect.ports.screen import Progress
from voicereflect.ui.setup import SetupPage

SOUND = Clip(pcm=b"\1\0" * 16_000, rate_hz=16_000)


def works() -> str:
    return "fine"


def nothing_sealed() -> Turned:
    return Turned(files=0)


def fails(error: ReflectError) -> Callable[[], NoReturn]:
    def look() -> NoReturn:
        raise error

    return look


@dataclass
class Page:
    """A screen that keeps lines, and somebody who answers in turn; nobody where there are none."""

    aloud: AskingVoice
    answers: list[str] | None = None
    lines: list[str] = field(default_factory=list)

    def heading(self, text: str) -> None:
        self.lines.append(text)

    def tell(self, line: str) -> None:
        self.lines.append(line)

    def ask(self, question: str) -> str | None:
        self.lines.append(question)
        self.aloud.say(question)
        if self.answers is None:
            return None
        return self.answers.pop(0) if self.answers else ""


@dataclass
class Shop:
    """A fetcher that installs from made wheels, or fails."""

    store: ModelStore
    folder: Path
    problem: ModelFetchFailed | None = None
    asked: list[str] = field(default_factory=list)

    def get(self, name: str, announce: Callable[[str], None], progress: Progress) -> bool:
        self.asked.append(name)
        announce(f"from far away: {name}")
        if self.problem is not None:
            raise self.problem
        self.store.add(made_wheels(self.folder, name), progress)
        return True


class Minute:
    """One guide and all around it."""

    def __init__(self, folder: Path, *answers: str, attended: bool = True) -> None:
        self.catalogue = made_catalogue("pebble", "boulder")
        self.store = ModelStore(folder / "models", self.catalogue)
        self.voice, self.loudspeaker = StubVoice(), StubLoudspeaker()
        self.aloud = AskingVoice(self.voice, self.loudspeaker, wanted=attended)
        self.page = Page(self.aloud, list(answers) if attended else None)
        self.shop = Shop(self.store, folder)
        self.kept: dict[str, str] = {}
        self.share: float | None = None
        self.looks: dict[str, Callable[[], str]] = dict.fromkeys(
            ("network", "voice", "loudspeaker", "microphone"), works
        )
        self.writable: Callable[[], str] = works
        self.packages: Sequence[str] = ()
        self.wheels: Sequence[Path] = ()
        self.settings: dict[str, Any] = {}
        self.is_sealed = False
        self.seal: Callable[[], Turned] = nothing_sealed

    def remember(self, name: str, value: str) -> None:
        if name == "vault" and not value.startswith("/"):
            raise SettingsError("vault must be a whole path.", hint="Nothing was changed.")
        self.kept[name] = value

    def find(self, wanted: str) -> str:
        found = [name for name in ("USB", "Laptop") if wanted.lower() in name.lower()]
        if not found:
            raise NoMicrophone(f"there is no {wanted}", hint="Choose another.")
        return found[0]

    def run(self) -> list[str]:
        parts = GuideParts(
            screen=self.page,
            aloud=self.aloud,
            probes=[Probe(part=part, look=look) for part, look in self.looks.items()],
            packages=lambda: tuple(self.packages),
            voice_advice="",
            catalogue=self.catalogue,
            store=self.store,
            fetcher=self.shop,
            progress=Steps(),
            wheels=self.wheels,
            microphones=lambda: Microphones(
                names=("USB", "Laptop"), usual="Laptop", find=self.find
            ),
            help_lines=shipped_help_lines(),
            share_of_time=lambda: self.share,
            remember=self.remember,
            writable=self.writable,
            seal=VaultSeal(is_set=lambda: self.is_sealed, set=self.seal),
        )
        kept = {
            "vault": Path("/somewhere"),
            "vault_is_there": False,
            "model": "pebble",
            "language": "en",
            "country": "",
            "microphone": "",
            **self.settings,
        }
        Guide(parts, Kept(**kept)).run()
        return self.page.lines


def test_unattended_it_fetches_what_is_wanted_and_sets_nothing(tmp_path: Path) -> None:
    minute = Minute(tmp_path, attended=False)
    lines = minute.run()
    minute.store.verify("pebble", Steps())
    assert minute.kept == {}
    assert minute.shop.asked == ["pebble"]
    assert "from far away: pebble" in lines
    assert lines[-1].startswith("Ready")
    assert minute.voice.rendered == []


def test_what_is_there_is_not_fetched_and_a_folder_comes_before_the_network(tmp_path: Path) -> None:
    minute = Minute(tmp_path)
    minute.wheels = made_wheels(tmp_path)
    minute.run()
    assert minute.shop.asked == []
    minute.wheels = ()
    minute.run()
    assert minute.shop.asked == []


def test_answers_are_kept_and_mistakes_asked_again(tmp_path: Path) -> None:
    minute = Minute(tmp_path, "Narnia", "ireland", "7", "usb", "entries", "/my/entries")
    lines = minute.run()
    assert minute.kept == {"country": "IE", "microphone": "USB", "vault": "/my/entries"}
    assert [any(said in line for line in lines) for said in ("Narnia", "there is no 7", "whole")]


def test_the_seal_is_offered_plainly_and_set_with_a_yes_alone(tmp_path: Path) -> None:
    for answers, sealed in ((["", "", "", "y"], 1), (["", "", "", ""], 0), (None, 0)):
        times: list[int] = []

        def seal(times: list[int] = times) -> Turned:
            times.append(1)
            return Turned(files=0)

        minute = Minute(tmp_path, *answers or (), attended=answers is not None)
        minute.seal = seal
        lines = minute.run()
        assert len(times) == sealed
        assert any("lost together are final" in line for line in lines)
        assert ("Sealed: all that is said from now on" if sealed else LATER) in lines
    minute.is_sealed = True
    assert not any("final" in line for line in minute.run()[len(lines) :])


def test_a_seal_tells_how_many_files_it_closed_and_how_many_stay_open(tmp_path: Path) -> None:
    for left, told in (((), "Sealed: 3 files and"), (("a.flac", "b.flac"), "; 2 stay open: ")):
        minute = Minute(tmp_path, "", "", "", "y")
        minute.seal = partial(Turned, files=3, left=left)
        (said,) = [line for line in minute.run() if line.startswith("Sealed:")]
        assert told in said
        assert said.endswith(AFTER_SEALING)


def test_a_seal_that_is_not_set_stops_no_other_step(tmp_path: Path) -> None:
    minute = Minute(tmp_path, "", "", "", "yes")
    minute.seal = fails(SettingsError("the two were not the same", hint="Nothing was changed."))
    lines = minute.run()
    assert lines[lines.index(LATER) - 1].startswith("The two were not the same")
    assert lines[-1].startswith("Ready")


def test_enter_leaves_everything_as_it_is(tmp_path: Path) -> None:
    minute = Minute(tmp_path, "", "", "")
    minute.run()
    assert minute.kept == {}


def test_what_is_set_is_not_asked_again(tmp_path: Path) -> None:
    minute = Minute(tmp_path, "never read")
    minute.settings = {"country": "IE", "microphone": "USB", "vault_is_there": True}
    lines = minute.run()
    assert minute.page.answers == ["never read"]
    assert "USB" in lines


def test_a_model_that_cannot_be_had_stops_no_other_step(tmp_path: Path) -> None:
    minute = Minute(tmp_path, "ireland")
    minute.shop.problem = ModelFetchFailed("no connection", hint="Again.")
    with pytest.raises(ModelFetchFailed, match="no connection"):
        minute.run()
    assert minute.kept == {"country": "IE"}
    assert not any(line.startswith("Ready") for line in minute.page.lines)
    minute.shop.problem = None
    assert minute.run()[-1].startswith("Ready")


def test_a_full_disk_of_the_vault_is_told_at_the_end(tmp_path: Path) -> None:
    minute = Minute(tmp_path)
    minute.writable = fails(VaultUnwritable("the disk is full", hint="Make room."))
    with pytest.raises(VaultUnwritable):
        minute.run()
    assert "Not now: The disk is full." in minute.page.lines


def test_without_sound_it_says_so_names_packages_and_goes_on(tmp_path: Path) -> None:
    minute = Minute(tmp_path, "ireland")
    minute.looks["loudspeaker"] = fails(NoLoudspeaker("no loudspeaker", hint="Plug one in."))
    minute.looks["microphone"] = fails(NoMicrophone("no microphone", hint="Plug one in."))
    minute.packages = ("libportaudio2", "espeak-ng")
    lines = "\n".join(minute.run())
    assert "sudo apt-get install libportaudio2 espeak-ng" in lines
    assert "reflect --typed" in lines
    assert minute.kept == {"country": "IE"}
    assert minute.voice.rendered == []
    assert [line.strip() for line in minute.page.lines].count("Plug one in.") == 1


def test_questions_are_said_aloud_where_voice_and_loudspeaker_work(tmp_path: Path) -> None:
    minute = Minute(tmp_path, "ireland")
    minute.run()
    said = minute.voice.rendered
    assert [text[:8] for text in said] == ["In which", "Which on", "A folder", "Seal it "]
    assert all(text in minute.page.lines for text in said)


@pytest.mark.parametrize(("answer", "taken"), [("y", True), ("", False)])
def test_a_model_that_fits_the_machine_is_proposed(
    tmp_path: Path, answer: str, *, taken: bool
) -> None:
    minute = Minute(tmp_path, "", "", "", "", answer)
    small, large = minute.catalogue.models
    minute.catalogue = replace(minute.catalogue, models=(small, replace(large, work=4.0)))
    minute.store = minute.shop.store = ModelStore(tmp_path / "models", minute.catalogue)
    minute.share = 0.1
    lines = "\n".join(minute.run())
    assert "takes 6 s to write down with pebble" in lines
    assert "boulder fits it too" in lines
    assert minute.kept == ({"model": "boulder"} if taken else {})
    assert minute.shop.asked == (["pebble", "boulder"] if taken else ["pebble"])


def test_a_model_that_does_not_know_the_language_is_not_used_for_it(tmp_path: Path) -> None:
    minute = Minute(tmp_path, attended=False)
    english, other = minute.catalogue.models
    more = replace(other, name="pearl", kind="embedding")
    minute.catalogue = replace(
        minute.catalogue, models=(english, replace(other, languages=("many",)), more)
    )
    minute.store = minute.shop.store = ModelStore(tmp_path / "models", minute.catalogue)
    minute.settings = {"language": "de"}
    lines = minute.run()
    assert minute.kept == {"model": "boulder"}
    assert minute.shop.asked == ["boulder"]
    assert "pearl is left out: it does not know your language" in lines


def test_the_share_of_time_is_what_reading_takes() -> None:
    moments = iter((10.0, 10.5, 10.5))
    assert share_of_time(StubTranscriber(), SOUND, lambda: next(moments)) == 0.5
    assert share_of_time(StubTranscriber(missing=True), SOUND, lambda: 0.0) is None


def test_a_line_that_broke_off_is_taken_away_before_the_next(
    capsys: pytest.CaptureFixture[str],
) -> None:
    page = SetupPage(None, lambda _: None, lambda: None, tidy=lambda: print("tidied"))  # noqa: T201
    page.tell("Not now.")
    assert capsys.readouterr().out == "tidied\n  Not now.\n"
