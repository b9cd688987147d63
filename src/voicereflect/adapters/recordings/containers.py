"""Opens files of sound or film, and nothing that leads to another file; knows PyAV's containers.

A playlist is no recording: FFmpeg would follow it to whatever it names.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import av
from av.container import InputContainer

from voicereflect.adapters import regular
from voicereflect.adapters.recordings import riff
from voicereflect.core.store.bounds import readable
from voicereflect.errors import RecordingUnreadable

HINT = "Play it to see whether it is whole; ffmpeg can often mend it. Or take it out of the folder."
_OF_SOUND = (
    "aa,aac,ac3,act,aea,aiff,amr,amrnb,amrwb,ape,au,avr,caf,dsf,dss,dts,dtshd,eac3,flac,gsm,hcom,iff,"
    "ircam,lc3,loas,mlp,mmf,mp3,mpc,mpc8,nistsphere,ogg,oma,paf,pvf,qcp,shn,sox,tak,truehd,tta,voc,vqf,"
    "w64,wav,wv,xwma"
)
_OF_FILM = "asf,avi,dv,flv,matroska,mov,mpeg,mpegts,mxf,nut,rm,webm,wtv"
_OPTIONS = {"format_whitelist": f"{_OF_SOUND},{_OF_FILM}", "protocol_whitelist": "file"}
_LISTS = (
    b"ffconcat",
    b"#extm3u",
    b"[playlist]",
    b"[reference]",
    b"<asx",
    b"<smil",
    b"<playlist",
    b"<mpd",
    b"<smoothstreamingmedia",
    b"v=0",
)
_NAMES_OF_LISTS = frozenset({".asx", ".ffconcat", ".m3u", ".m3u8", ".mpd", ".pls", ".sdp", ".xspf"})
_HEAD_BYTES = 1024


@contextlib.contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what PyAV raises into RecordingUnreadable, naming the file."""
    try:
        yield
    except (av.FFmpegError, OSError, ValueError, EOFError) as error:
        where = readable(str(path))
        raise RecordingUnreadable(f"{where} cannot be decoded", hint=HINT) from error


def opened(path: Path) -> InputContainer:
    """Open a file that holds sound.

    Raises:
        RecordingUnreadable: it is a playlist, or no file of sound or film.
    """
    with translated(path), regular.opened(path) as file:
        head = file.read(_HEAD_BYTES)
    if _is_list(path, head):
        raise RecordingUnreadable(
            f"{readable(str(path))} is a playlist, which only names other files",
            hint="Name the sound files themselves.",
        )
    with translated(path):
        unending = {"ignore_length": "1"} if riff.length(path).is_short else {}
        # with its protocol, so that a colon in the name stands for none
        container = av.open(f"file:{path}", options=_OPTIONS | unending, metadata_errors="ignore")
    if not container.streams.audio:
        container.close()
        with translated(path):
            raise ValueError("no sound in it")
    return container


def holds_sound(path: Path) -> bool:
    """Tell by its content whether a file is one of sound or film with sound."""
    try:
        opened(path).close()
    except RecordingUnreadable:
        return False
    return True


def _is_list(path: Path, head: bytes) -> bool:
    """Tell a playlist by its first words, or a text by its name."""
    start = head.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").lstrip().lower()
    if start.startswith(b"<?xml"):
        start = start.partition(b"?>")[2].lstrip()
    named = path.suffix.lower() in _NAMES_OF_LISTS and b"\0" not in head
    return named or start.startswith(_LISTS)
