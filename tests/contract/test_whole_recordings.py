"""Claims about files that are damaged, changing or odd: all sound that is there is heard."""

from array import array
from collections.abc import Callable
from pathlib import Path

import av
import pytest
from av.audio.stream import AudioStream

from tests.support.memos import make_memo
from tests.support.tones import tone
from voicereflect.adapters.recordings import MediaFile, Recordings
from voicereflect.errors import RecordingUnreadable

RATE_HZ = 16_000


def words(duration_s: float) -> "array[int]":
    """Half a second of sound and half a second of none, like speech."""
    quiet = array("h", [0]) * (RATE_HZ // 2)
    return sum((tone(0.5, RATE_HZ) + quiet for _ in range(round(duration_s))), array("h"))


def silence(duration_s: float) -> "array[int]":
    return array("h", [0]) * round(duration_s * RATE_HZ)


def turned(samples: "array[int]") -> "array[int]":
    return array("h", (-sample for sample in samples))


def frame(*channels: "array[int]", rate_hz: int = RATE_HZ) -> av.AudioFrame:
    count = len(channels)
    layout = {1: "mono", 2: "stereo", 8: "7.1"}[count]
    made = av.AudioFrame(format="s16", layout=layout, samples=len(channels[0]))
    made.sample_rate, made.pts = rate_hz, 0
    pcm = array("h", (each for moment in zip(*channels, strict=True) for each in moment)).tobytes()
    made.planes[0].update(pcm.ljust(made.planes[0].buffer_size, b"\0"))
    return made


def make(path: Path, *tracks: av.AudioFrame, codec: str = "pcm_s16le") -> Path:
    """Write a file of one or several tracks."""
    with av.open(str(path), "w") as container:
        streams = [
            container.add_stream(codec, rate=each.sample_rate, layout=each.layout.name)
            for each in tracks
        ]
        for stream, each in zip(streams, tracks, strict=True):
            assert isinstance(stream, AudioStream)
            container.mux([*stream.encode(each), *stream.encode(None)])
    return path


def read(path: Path) -> tuple["array[int]", str, str]:
    """A file's samples, what is damaged, and what else is said of it."""
    with MediaFile(path).open() as sound:
        heard = array("h", b"".join(sound.blocks()))
        return heard, sound.damage, " ".join(sound.remarks)


def loud_s(samples: "array[int]", rate_hz: int) -> float:
    """How many tenths of seconds are loud."""
    size = rate_hz // 10
    parts = (samples[at : at + size] for at in range(0, len(samples), size))
    return sum(max(map(abs, part)) > 2_000 for part in parts) / 10


@pytest.mark.parametrize(
    ("name", "codec"),
    [("a.m4a", "aac"), ("a.aac", "aac"), ("a.3gp", "aac"), ("a.mp3", "libmp3lame")],
)
def test_sound_behind_a_damaged_packet_is_heard(tmp_path: Path, name: str, codec: str) -> None:
    path = make(tmp_path / name, frame(tone(10.0, RATE_HZ)), codec=codec)
    data = bytearray(path.read_bytes())
    at = len(data) * 4 // 10
    data[at : at + 60] = b"\xff" * 60
    path.write_bytes(data)
    heard, damage, _ = read(path)
    assert len(heard) / RATE_HZ == pytest.approx(10, abs=0.5)
    assert "only its first" not in damage
    assert name == "a.mp3" or damage


@pytest.mark.parametrize(("first_hz", "then_hz"), [(44_100, 22_050), (22_050, 44_100)])
def test_a_rate_and_channels_that_change_inside_a_file_hide_nothing(
    tmp_path: Path, first_hz: int, then_hz: int
) -> None:
    one = make(tmp_path / "1.mp3", frame(tone(3.0, first_hz), rate_hz=first_hz), codec="libmp3lame")
    then = tone(3.0, then_hz)
    two = make(tmp_path / "2.mp3", frame(then, then, rate_hz=then_hz), codec="libmp3lame")
    both = tmp_path / "both.mp3"
    both.write_bytes(one.read_bytes() + two.read_bytes())
    heard, _, _ = read(both)
    assert loud_s(heard, first_hz) == pytest.approx(6, abs=0.4)


def test_channels_of_opposite_polarity_do_not_cancel_each_other(tmp_path: Path) -> None:
    voice = words(4)
    heard, damage, remarks = read(make(tmp_path / "anti.wav", frame(voice, turned(voice))))
    assert heard == voice
    assert (damage, "channels" in remarks) == ("", True)


def test_channels_that_cancel_for_a_while_only_are_heard_throughout(tmp_path: Path) -> None:
    voice = words(4)
    other = voice[: 2 * RATE_HZ] + turned(voice[2 * RATE_HZ :])
    heard, _, _ = read(make(tmp_path / "half.wav", frame(voice, other)))
    assert loud_s(heard, RATE_HZ) == loud_s(voice, RATE_HZ)


@pytest.mark.parametrize("place", range(8))
def test_a_voice_on_one_of_many_channels_is_heard_in_its_strength(
    tmp_path: Path, place: int
) -> None:
    voice = words(2)
    channels = [silence(2)] * 8
    channels[place] = voice
    heard, _, _ = read(make(tmp_path / "many.wav", frame(*channels)))
    assert loud_s(heard, RATE_HZ) == loud_s(voice, RATE_HZ)


def test_an_ordinary_stereo_recording_is_mixed_without_a_word(tmp_path: Path) -> None:
    one, other = words(2) + silence(2), silence(2) + words(2)
    heard, damage, remarks = read(make(tmp_path / "two.wav", frame(one, other)))
    assert loud_s(heard, RATE_HZ) == loud_s(one, RATE_HZ) + loud_s(other, RATE_HZ)
    assert (damage, remarks) == ("", "")


@pytest.mark.parametrize("dull", [silence(4), tone(4, RATE_HZ, 100)], ids=["silence", "hum"])
@pytest.mark.parametrize("place", [0, 1])
def test_the_track_with_the_voice_is_heard(tmp_path: Path, dull: "array[int]", place: int) -> None:
    tracks = [frame(dull), frame(words(4))]
    path = make(tmp_path / "two.mkv", *(tracks if place else reversed(tracks)))
    heard, damage, remarks = read(path)
    assert (heard, damage) == (words(4), "")
    assert (f"number {place + 1} is kept" in remarks) == bool(place or any(dull))


def with_size(path: Path, size: int, more: bytes = b"") -> Path:
    data = path.read_bytes()
    at = data.index(b"data") + 4
    path.write_bytes(data[:at] + size.to_bytes(4, "little") + data[at + 4 :] + more)
    return path


def test_a_wav_that_claims_less_than_is_there_is_heard_whole(tmp_path: Path) -> None:
    path = with_size(make(tmp_path / "a.wav", frame(tone(10, RATE_HZ))), 3 * RATE_HZ * 2)
    heard, damage, remarks = read(path)
    assert len(heard) == 10 * RATE_HZ
    assert (damage, "3 s only" in remarks) == ("", True)


def test_a_wav_behind_a_wav_is_heard_too(tmp_path: Path) -> None:
    path = make(tmp_path / "a.wav", frame(tone(3.0, RATE_HZ)))
    path.write_bytes(path.read_bytes() * 2)
    heard, damage, said = read(path)
    assert loud_s(heard, RATE_HZ) == pytest.approx(6.0, abs=0.2)
    assert not damage
    assert "header tells of 3 s only" in said


@pytest.mark.parametrize("kind", ["m4a", "mov"])
def test_a_film_file_behind_another_is_told(tmp_path: Path, kind: str) -> None:
    path = make(tmp_path / f"one.{kind}", frame(words(2)), codec="aac")
    assert read(path)[2] == ""
    path.write_bytes(path.read_bytes() * 2)
    heard, _, remarks = read(path)
    assert len(heard) < 3 * RATE_HZ
    assert "Another recording stands behind it" in remarks


def test_what_stands_behind_the_sound_of_a_wav_is_no_sound(tmp_path: Path) -> None:
    notes = b"LIST" + (4_000).to_bytes(4, "little") + b"INFO" + b"x" * 3_996
    path = with_size(make(tmp_path / "a.wav", frame(tone(3, RATE_HZ))), 3 * RATE_HZ * 2, notes)
    heard, damage, remarks = read(path)
    assert (heard, damage, remarks) == (tone(3, RATE_HZ), "", "")


LISTS: dict[str, Callable[[Path], str]] = {
    "concat.wav": lambda other: f"ffconcat version 1.0\nfile {other}\n",
    "hls.mp3": lambda other: f"#EXTM3U\n#EXTINF:1,\nfile://{other}\n#EXT-X-ENDLIST\n",
    "plain.m3u": str,
    "old.pls": lambda other: f"[playlist]\nFile1={other}\n",
    "dash.mpd": lambda other: f'<?xml version="1.0"?><MPD><BaseURL>{other}</BaseURL></MPD>',
    "call.sdp": lambda _: "v=0\no=- 0 0 IN IP4 127.0.0.1\nm=audio 5004 RTP/AVP 0\n",
}


@pytest.mark.parametrize("name", LISTS)
def test_a_playlist_is_refused_by_name_and_nothing_it_names_is_read(
    tmp_path: Path, name: str
) -> None:
    other = make_memo(tmp_path / "other.wav")
    (tmp_path / name).write_text(LISTS[name](other))
    with pytest.raises(RecordingUnreadable, match=rf"{name} is a playlist"):
        MediaFile(tmp_path / name).open()


@pytest.mark.parametrize("name", ["2024-08-15T14:33:20.ogg", "12:30.m4a", "memo:1.wav", "%d.wav"])
def test_a_name_may_hold_a_colon(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    make_memo(tmp_path / f"plain{Path(name).suffix}").rename(tmp_path / name)
    monkeypatch.chdir(tmp_path)
    with MediaFile(Path(name)).open() as sound:
        assert list(sound.blocks())


@pytest.mark.parametrize("name", ["memo.qta", "memo.mov", "memo.mkv", "memo", "memo.txt"])
def test_recordings_that_answer_are_known_by_their_content(tmp_path: Path, name: str) -> None:
    make(tmp_path / "made.mkv", frame(words(1))).rename(tmp_path / name)
    (tmp_path / "a.txt").write_text("ffconcat version 1.0\nfile memo.mov\n")
    (tmp_path / "b.jpg").write_bytes(b"\xff\xd8\xff\xe0" + b"\0" * 100)
    (tmp_path / "folder").mkdir()
    recordings = Recordings(tmp_path, "memos")
    assert recordings.more("deck/one")
    recordings.prepare("deck/one")
    assert not recordings.more("deck/two")
    recordings.close()
