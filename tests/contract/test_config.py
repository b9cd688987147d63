"""Claims about settings: where each comes from, and what is said of a bad one."""

from pathlib import Path

import pytest

from voicereflect import config
from voicereflect.adapters import settings_file
from voicereflect.config import Loaded
from voicereflect.errors import SettingsError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def load(file: Path, **environment: str) -> Loaded:
    chosen = {f"VOICEREFLECT_{name.upper()}": value for name, value in environment.items()}
    return config.load({"VOICEREFLECT_CONFIG": str(file), **chosen})


def problem(file: Path, text: str = "", **environment: str) -> SettingsError:
    file.write_text(text)
    with pytest.raises(SettingsError) as caught:
        load(file, **environment)
    assert caught.value.hint
    return caught.value


def test_without_a_file_everything_is_a_default(file: Path) -> None:
    loaded = load(file)
    assert {sourced.source for sourced in loaded.sources.values()} == {"default"}
    assert loaded.settings.model == "base"
    assert loaded.settings.vault.is_absolute()
    assert loaded.settings.models_dir.is_absolute()
    assert loaded.file == file


def test_the_file_wins_over_the_defaults_and_the_environment_over_the_file(file: Path) -> None:
    file.write_text('# mine\nmodel = "base"\nlanguage = "DE"\n\nvoice_rate = 120\n')
    loaded = load(file, model="tiny.en", threads="3")
    chosen = loaded.settings
    assert (chosen.model, chosen.language, chosen.voice_rate) == ("tiny.en", "de", 120)
    assert chosen.threads == 3
    sources = {name: sourced.source for name, sourced in loaded.sources.items()}
    assert sources["model"] == "VOICEREFLECT_MODEL"
    assert sources["language"] == f"{file}, line 3"
    assert sources["voice_rate"] == f"{file}, line 5"
    assert sources["threads"] == "VOICEREFLECT_THREADS"
    assert sources["voice"] == "default"
    assert loaded.sources["voice_rate"].value == 120


def test_without_being_told_the_file_is_in_the_folder_for_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert config.config_file({}).name == "config.toml"
    assert config.config_file({}).parent.name == "voicereflect"


def test_a_home_is_understood_in_paths(file: Path) -> None:
    file.write_text('vault = "~/words"\n')
    assert load(file).settings.vault == Path.home() / "words"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('vault = "words"', "vault must be a whole path, not 'words'"),
        ("vault = 3", "vault must be a text"),
        ('models_dir = ""', "models_dir must be a text"),
        ("model = 3", "model must be a text"),
        ('model = "bass"', "model must be one of base, tiny.en"),
        ('model = "minilm"', "model must be one of base, tiny.en"),
        ('language = "english"', "language must be a code"),
        ('language = "e1"', "language must be a code"),
        ('voice = "siri"', "voice must be 'natural', 'pyttsx3' or 'none'"),
        ("voice = true", "voice must be 'natural', 'pyttsx3' or 'none'"),
        ("voice_pause_ms = 3001", "voice_pause_ms must be from 0 to 3000, not 3001"),
        ("voice_rate = 79", "voice_rate must be from 80 to 400, not 79"),
        ("voice_rate = 401", "voice_rate must be from 80 to 400, not 401"),
        ("voice_rate = 100.5", "voice_rate must be a number"),
        ('voice_rate = "fast"', "voice_rate must be a number"),
        ("voice_rate = true", "voice_rate must be a number"),
        ("threads = 0", "threads must be from 1 to 64"),
        ("threads = -1", "threads must be a number"),
        ("microphone = true", "microphone must be a device's name or number"),
        ("loudspeaker = 1.5", "loudspeaker must be a device's name or number"),
        ("loudspeaker = [1]", "loudspeaker must be a device's name or number"),
        ('country = "Atlantis"', "country must be one of "),
        ("microphones = 1", "there is no setting 'microphones'"),
    ],
)
def test_a_bad_line_is_named_with_its_file_and_place(file: Path, line: str, words: str) -> None:
    told = problem(file, f"# a comment\n\n{line}\n")
    assert told.what.startswith(f"{file}, line 3: {words}")


def test_an_unknown_setting_is_answered_with_the_known_ones(file: Path) -> None:
    hint = problem(file, "colour = 1\n").hint
    assert all(name in hint for name in load(Path("nowhere")).sources)


def test_a_bad_variable_is_named(file: Path) -> None:
    told = problem(file, "voice_rate = 100\n", voice_rate="quick")
    assert told.what == "VOICEREFLECT_VOICE_RATE: voice_rate must be a number, not 'quick'."


def test_a_variable_does_not_excuse_a_bad_line(file: Path) -> None:
    assert "line 1" in problem(file, "voice_rate = 1\n", voice_rate="100").what


@pytest.mark.parametrize("edge", [80, 400])
def test_the_ends_of_a_range_are_inside(file: Path, edge: int) -> None:
    assert load(file, voice_rate=str(edge)).settings.voice_rate == edge


@pytest.mark.parametrize("said", ["", "IE", "ireland", "uk"])
def test_a_country_is_one_whose_help_lines_are_known(file: Path, said: str) -> None:
    assert load(file, country=said).settings.country == said
    assert "IE Ireland" in problem(file, 'country = "Nowhere"\n').what


@pytest.mark.parametrize(("value", "setting"), [("7", "7"), (" USB Mic ", "USB Mic"), ("", "")])
def test_a_device_is_a_name_or_a_number(file: Path, value: str, setting: str) -> None:
    assert load(file, microphone=value).settings.microphone == setting
    file.write_text("microphone = 7\n")
    assert load(file).settings.microphone == "7"


def test_a_file_that_is_no_toml_is_named_with_the_place(file: Path) -> None:
    told = problem(file, "model = base\n")
    assert str(file) in told.what
    assert "line 1" in told.what


def test_a_file_that_is_no_text_is_told(file: Path) -> None:
    file.write_bytes(b"\xff\xfe\0")
    with pytest.raises(SettingsError, match="cannot be read"):
        load(file)


def test_a_folder_in_the_place_of_the_file_is_told(file: Path) -> None:
    file.mkdir()
    with pytest.raises(SettingsError, match="cannot be read"):
        load(file)


def test_a_home_of_nobody_is_told(file: Path) -> None:
    assert "vault" in problem(file, 'vault = "~nobody-of-this-name/words"\n').what


def test_a_path_that_no_system_takes_is_told(file: Path) -> None:
    assert "vault" in problem(file, 'vault = "/tmp/a\\u0000b"\n').what


def test_a_setting_is_kept_as_the_file_would_have_it(file: Path) -> None:
    file.write_text('# mine\nmodel = "base"  # small\n')
    for name, typed in (("calm", "no"), ("voice_rate", "170"), ("country", "Ireland")):
        settings_file.remember(file, name, config.checked(name, typed))
    found = load(file).settings
    assert (found.calm, found.voice_rate, found.country) == (False, 170, "Ireland")
    assert file.read_text().startswith('# mine\nmodel = "base"  # small\n')
    settings_file.remember(file, "calm", None)
    settings_file.remember(file, "calm", None)
    assert load(file).settings.calm


def test_only_a_setting_that_there_is_is_taken_out() -> None:
    config.expect_setting("country")
    with pytest.raises(SettingsError, match="no setting 'contry'") as caught:
        config.expect_setting("contry")
    assert 'Did you mean "country"?' in caught.value.hint


@pytest.mark.parametrize(
    ("name", "typed", "told"),
    [
        ("contry", "IE", 'Did you mean "country"?'),
        ("country", "germny", "Nothing was changed."),
        ("voice_rate", "fast", "Nothing was changed."),
    ],
)
def test_a_setting_that_cannot_be_is_refused(name: str, typed: str, told: str) -> None:
    with pytest.raises(SettingsError) as caught:
        config.checked(name, typed)
    assert told in caught.value.hint
