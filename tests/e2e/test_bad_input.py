"""Claims about what goes wrong for people: one clear line, what to do, and nothing lost."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
import soundfile

from tests.support.product import (
    COMMAND,
    ENTER,
    ON_SAMPLES,
    SAMPLES,
    Person,
    entries,
    entry_folders,
    flac,
    leftovers,
    run,
    vault_folder,
)
from tests.support.rigs import AlsaFileCard, required
from tests.support.vaults import noise
from voicereflect.errors import (
    DeckError,
    EntryUnreadable,
    ModelDamaged,
    NoMicrophone,
    SettingsError,
    VaultUnwritable,
)
from voicereflect.model import AnswerState

Env = dict[str, str]
Done = subprocess.CompletedProcess[str]


def told(done: Done) -> str:
    return " ".join(done.stderr.split())


@pytest.mark.parametrize(("closed", "typed"), [("2>&-", ["trash", "list"]), (">&-", ["doctor"])])
def test_a_stream_that_is_closed_changes_nothing(
    no_devices: Env, closed: str, typed: list[str]
) -> None:
    before = ["sh", "-c", f'exec "$@" {closed}', "sh"]
    done = run(*typed, env=no_devices, before=before)
    assert done.returncode == run(*typed, env=no_devices).returncode
    assert "Traceback" not in done.stderr


def assert_refused(done: Done, exit_code: int, *words: str) -> None:
    """What happened and what to do, the documented code, and no traceback."""
    assert done.returncode == exit_code, done.stderr
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in told(done), f"{word!r} is not in {done.stderr!r}"
    assert len(done.stderr.strip().splitlines()) >= 2, "a problem and a hint"


@pytest.mark.usefixtures("no_model")
class TestDevices:
    def test_no_microphone_and_no_speaker_are_said_once_each(self, no_devices: Env) -> None:
        done = run("reflect", env=no_devices)
        assert done.returncode == 0
        assert "because no microphone was found" in told(done)
        assert "shown and not spoken: no loudspeaker was found" in told(done)
        assert "Traceback" not in done.stderr

    @pytest.mark.xdist_group("paced")
    def test_a_microphone_that_is_not_there_is_named_by_its_setting(self, tmp_path: Path) -> None:
        with AlsaFileCard(tmp_path, pace=1.0) as card:
            env = card.env | {"VOICEREFLECT_MICROPHONE": "the blue one", "NO_COLOR": "1"}
            with Person("reflect", env=env) as person:
                person.sees("the blue one")
                person.sees("Choose one with --device")
                person.sees("Type your answers instead")
                person.presses("n" + ENTER)
                assert person.leaves() == NoMicrophone.exit_code
        assert "Traceback" not in person.shown
        assert person.shown.count("the blue one") == 1
        assert entry_folders() == []

    @pytest.mark.parametrize("instead", [["--answers", str(SAMPLES)], []])
    def test_a_microphone_that_would_not_be_opened_is_not_asked_for(
        self, no_devices: Env, instead: list[str]
    ) -> None:
        done = run("reflect", "--device", "the blue one", *instead, env=no_devices)
        assert_refused(done, SettingsError.exit_code, "--device the blue one", "is opened")
        assert entry_folders() == []

    @pytest.mark.xdist_group("paced")
    def test_without_a_loudspeaker_a_person_is_asked_in_text(self, tmp_path: Path) -> None:
        with AlsaFileCard(tmp_path, pace=1.0) as card:
            conf = Path(card.env["ALSA_CONFIG_PATH"])
            lines = conf.read_text().splitlines()
            conf.write_text("\n".join(line for line in lines if "spk" not in line) + ONLY_HEARS)
            with Person("reflect", env=card.env) as person:
                person.sees("ENTER begins")
                person.presses(ENTER)
                person.sees(r"Recording\.")
                card.load_mic(noise(44_100))
                card.wait_until_said()
                person.presses("q")
                person.sees("Saved: 1 answer")
                assert person.leaves() == 0
        assert noise(44_100) in flac(entry_folders()[0], 1)

    def test_without_a_speech_engine_the_session_goes_on_in_text(self, tmp_path: Path) -> None:
        for name in ("libespeak-ng.so.1", "libespeak.so.1"):
            (tmp_path / name).write_bytes(b"no library")
        conf = tmp_path / "asound.conf"
        conf.write_text("pcm.!default { type null }\n")
        env = {"LD_LIBRARY_PATH": str(tmp_path), "ALSA_CONFIG_PATH": str(conf)}
        done = run("reflect", *ON_SAMPLES, env={**env, "VOICEREFLECT_VOICE": "pyttsx3"})
        assert done.returncode == 0, done.stderr
        assert told(done).casefold().count("no speech engine") == 1
        assert "espeak-ng" in told(done)
        assert told(done).count("Going on in text.") == 1
        assert len(entries()[0].answers) == 5


ONLY_HEARS = '\npcm.!default { type asym capture.pcm "mic" }\n'


class TestModels:
    def half(self, models_dir: Path, folder: Path) -> Path:
        """A copy of the small model whose weights stop in the middle."""
        shutil.copytree(models_dir / "tiny.en", folder / "tiny.en")
        weights = folder / "tiny.en" / "model.bin"
        os.truncate(weights, weights.stat().st_size // 2)
        return weights

    @pytest.mark.usefixtures("fast")
    def test_half_a_model_is_refused_by_name(self, models_dir: Path, tmp_path: Path) -> None:
        weights = self.half(models_dir, tmp_path)
        env = {"VOICEREFLECT_MODELS_DIR": str(tmp_path)}
        done = run("models", "verify", "tiny.en", env=env)
        assert_refused(done, ModelDamaged.exit_code, "tiny.en is damaged", str(weights), "models")

    @pytest.mark.usefixtures("fast")
    def test_a_session_with_half_a_model_keeps_its_answers(
        self, models_dir: Path, tmp_path: Path, no_devices: Env
    ) -> None:
        weights = self.half(models_dir, tmp_path)
        env = no_devices | {"VOICEREFLECT_MODELS_DIR": str(tmp_path)}
        done = run("reflect", *ON_SAMPLES, env=env)
        assert done.returncode == 0, done.stderr
        assert "tiny.en is damaged" in told(done)
        assert str(weights) in "".join(done.stderr.split())
        states = {answer.state for answer in entries()[0].answers}
        assert states == {AnswerState.PENDING}

    def test_an_unknown_model_is_one_line(self, no_devices: Env) -> None:
        done = run("transcribe", "--pending", "--model", "huge", env=no_devices)
        assert "Traceback" not in done.stderr


@pytest.mark.usefixtures("no_model")
class TestVault:
    def test_a_file_in_the_place_of_the_vault_is_said_and_left_alone(self, no_devices: Env) -> None:
        vault_folder().parent.mkdir(parents=True, exist_ok=True)
        vault_folder().write_text("not a folder")
        done = run("reflect", *ON_SAMPLES, env=no_devices)
        assert_refused(done, VaultUnwritable.exit_code, str(vault_folder()), "Move that file away")
        assert vault_folder().read_text() == "not a folder"

    def test_a_place_where_nobody_can_write_is_said(self, no_devices: Env) -> None:
        env = no_devices | {"VOICEREFLECT_VAULT": "/proc/voicereflect/vault"}
        done = run("reflect", *ON_SAMPLES, env=env)
        assert_refused(done, VaultUnwritable.exit_code, "/proc/voicereflect")

    @pytest.mark.parametrize("room", [0, 16 * 1024], ids=["at the start", "very soon"])
    def test_a_disk_that_is_full_ends_the_session_with_one_line(
        self, no_devices: Env, room: int
    ) -> None:
        done = limited(room, "reflect", *ON_SAMPLES, env=no_devices)
        assert done.returncode == VaultUnwritable.exit_code, done.stderr
        assert "Traceback" not in done.stderr
        assert "the disk takes no larger file" in told(done)

    @pytest.mark.slow
    def test_a_disk_that_fills_up_in_the_middle_keeps_what_is_on_it(self, no_devices: Env) -> None:
        room = 200 * 1024
        done = limited(room, "reflect", *ON_SAMPLES, env=no_devices)
        assert done.returncode == VaultUnwritable.exit_code, done.stderr
        assert "Traceback" not in done.stderr
        assert run("recover", env=no_devices).returncode == 0
        (answer,) = entries()[0].answers
        kept = flac(entry_folders()[0], answer.number)
        assert room // 2 < len(kept) <= room
        assert leftovers() == []

    @pytest.mark.slow
    def test_a_disk_without_room_is_called_full_and_its_sound_is_whole(
        self, no_devices: Env, tmp_path: Path
    ) -> None:
        """A real file system of 300 kB, in a mount namespace that only this session sees."""
        disk, kept = tmp_path / "disk", tmp_path / "kept"
        disk.mkdir()
        script = (
            f"mount -t tmpfs -o size=300k none {disk} || exit 99\n"
            f'"$@"; code=$?; cp -r {disk}/vault {kept}; exit $code'
        )
        before = [*mounting(), "sh", "-c", script, "sh"]
        env = no_devices | {"VOICEREFLECT_VAULT": str(disk / "vault")}
        done = run("reflect", *ON_SAMPLES, env=env, before=before)
        assert_refused(done, VaultUnwritable.exit_code, "the disk is full", "Free some space")
        kept.rename(vault_folder())
        assert run("recover", env=no_devices).returncode == 0
        (answer,) = entries()[0].answers
        recorded, _ = soundfile.read(SAMPLES / "everyday" / "free.flac", dtype="int16")
        sound = flac(entry_folders()[0], answer.number)
        assert len(sound) > 150_000
        assert recorded.tobytes().startswith(sound)


def mounting() -> list[str]:
    """The command that gives another one mounts of its own."""
    required("unshare")
    for flags in ("-m", "-rm"):
        trial = f"mount -t tmpfs none {Path(__file__).parent}"
        tried = subprocess.run(
            ["unshare", flags, "sh", "-c", trial], capture_output=True, check=False
        )
        if tried.returncode == 0:
            return ["unshare", flags]
    pytest.skip("this kernel gives no mount namespace to this user")


def limited(most_bytes: int, *arguments: str, env: Env) -> Done:
    """Run a command that can write no file beyond a size, as on a disk without room.

    Whoever counts which lines are run would write a larger one: here nobody counts.
    """
    uncounted = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}
    return subprocess.run(
        ["prlimit", f"--fsize={most_bytes}", COMMAND, *arguments],
        env=uncounted | env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


class TestTexts:
    def test_a_deck_with_a_typo_is_told_with_file_line_and_word(self, no_devices: Env) -> None:
        shipped = Path(__file__).resolve().parents[2] / "prompts" / "everyday.toml"
        text = shipped.read_text().replace("minutes =", "minuets =")
        line = text[: text.index("minuets")].count("\n") + 1
        deck = vault_folder() / "decks" / "everyday.toml"
        deck.parent.mkdir(parents=True)
        deck.write_text(text)
        done = run("reflect", "everyday", *ON_SAMPLES, env=no_devices)
        assert_refused(done, DeckError.exit_code, f"{deck.name}, line {line}", "minuets", "minutes")
        assert entry_folders() == []

    @pytest.mark.usefixtures("no_model")
    def test_a_mangled_entry_is_named_with_its_line_and_hides_no_other(
        self, no_devices: Env
    ) -> None:
        for _ in range(2):
            assert run("reflect", *ON_SAMPLES, env=no_devices).returncode == 0
        mangled = entry_folders()[0] / "entry.md"
        lines = mangled.read_text().splitlines(keepends=True)
        assert lines[2].startswith("id:")
        lines[2] = "id: [unclosed\n"
        mangled.write_text("".join(lines))
        done = run("list")
        assert "Traceback" not in done.stderr
        assert len(done.stdout.splitlines()) == 1
        assert f"{mangled}" in told(done)
        assert "line " in told(done)

    @pytest.mark.usefixtures("no_model")
    def test_recover_tells_a_program_that_an_entry_could_not_be_finished(
        self, no_devices: Env
    ) -> None:
        assert run("reflect", *ON_SAMPLES, env=no_devices).returncode == 0
        (folder,) = entry_folders()
        (folder / "9.take.json").write_text("[")
        done = run("recover")
        assert done.returncode == EntryUnreadable.exit_code
        assert "could not be finished" in done.stdout

    def test_a_bad_setting_is_told_with_file_and_line(self, tmp_path: Path) -> None:
        file = tmp_path / "config.toml"
        file.write_text('# mine\nlanguage = "en"\nvoice_rate = "quick"\n')
        done = run("list", env={"VOICEREFLECT_CONFIG": str(file)})
        assert_refused(done, SettingsError.exit_code, f"{file}, line 3", "voice_rate", "quick")

    @pytest.mark.parametrize("command", ["reflect", "two"])
    def test_a_language_nobody_speaks_is_told_before_anything_else(self, command: str) -> None:
        done = run(command, "everyday", "--language", "klingon")
        assert_refused(done, SettingsError.exit_code, "--language", "klingon")

    def test_a_recording_that_is_no_sound_is_named(self, no_devices: Env, tmp_path: Path) -> None:
        (tmp_path / "memo.wav").write_bytes(b"no sound at all")
        done = run("reflect", "--answers", str(tmp_path), env=no_devices)
        assert_refused(done, 40, "memo.wav")

    @pytest.mark.parametrize("words", [["show", "last"], ["show", "zzzz"], ["transcribe", "zzzz"]])
    def test_what_is_not_there_is_said(self, words: list[str]) -> None:
        assert_refused(run(*words), 52)

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("last", "voicereflect show last"),
            ("Small steps", "voicereflect reflect small-steps"),
        ],
    )
    def test_a_word_that_is_no_command_names_the_one_that_was_meant(
        self, typed: str, meant: str
    ) -> None:
        assert_refused(run(*typed.split()), SettingsError.exit_code, "is no command", meant)

    def test_words_of_a_day_need_no_quotes(self) -> None:
        assert_refused(run("show", "last", "tuesday"), 52, "`last tuesday`")

    @pytest.mark.parametrize(
        ("typed", "told"),
        [
            ("config unset contry", 'Did you mean "country"?'),
            ("tag last --garden", "No such option: --garden"),
            ("delete last --for-goood", "No such option: --for-goood"),
            ("decks check mine", "The file mine cannot be read"),
            ("reflect zebra", "`voicereflect decks list` shows all."),
            ("list --deck zebra", "among them: a-decision"),
            ("lookback last year", "A look back takes week, month or year"),
            ("programme start work --know a=b", "It asks nothing; leave out --know."),
        ],
    )
    def test_what_was_mistyped_is_named_with_what_to_do(self, typed: str, told: str) -> None:
        done = run(*typed.split())
        assert_refused(done, done.returncode or 1, told)
