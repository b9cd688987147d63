"""What a large journal of Day One costs to take in, and whether it goes on where it was killed.

    python -m bench dayone [TEXTS RECORDINGS]

Makes an archive like those that Day One exports (made-up texts with rich text beside them, and
minutes of real speech as AAC), has the command take it in without a model, kills it half way,
has it done again, and counts. Kept within ten minutes is promised, text pending.
"""

import io
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
import uuid
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from hashlib import md5
from pathlib import Path
from typing import Any

import av
import numpy as np

from bench import speech_set
from voicereflect import wiring
from voicereflect.model import AnswerState

TEXTS, RECORDINGS = 8_000, 400
MINUTES = 8
"""How many different ones there are; each file of them has bytes of its own."""
PROMISED_S = 600
RATE_HZ = 32_000
FIRST = datetime(2004, 2, 29, 7, 10, tzinfo=UTC)
PROGRAM = (sys.executable, "-P", "-m", "voicereflect")
LETTERS = "etaoinshrdlu"
PLACE = {"localityName": "Greenwich", "country": "Greenwich", "longitude": -0.0015}


def main() -> None:
    """Make the journal, take it in in two parts, and print what that took."""
    counts = [int(each) for each in sys.argv[1:] if each.isdecimal()]
    texts, recordings = counts if len(counts) == 2 else (TEXTS, RECORDINGS)
    minutes = list(_minutes())
    if not minutes:
        return
    with tempfile.TemporaryDirectory(prefix="vr-dayone-") as name:
        home = Path(name)
        archive = home / "Journal.zip"
        _make(archive, texts, recordings, minutes)
        print(f"{texts} texts, {recordings} minutes: {archive.stat().st_size >> 20} MB.")
        environ = _environment(home)
        whole = texts + recordings
        first = _taken_in(archive, environ, home, kill_at=whole // 2)
        kept = _kept(home)
        second = _taken_in(archive, environ, home, kill_at=0)
        print(f"killed after {first[0]:.0f} s ({first[1]:.0f} of the processor), {kept} kept")
        print(f"done again in {second[0]:.0f} s ({second[1]:.0f} of the processor)")
        print(f"together {first[0] + second[0]:.0f} s, promised {PROMISED_S}")
        print(f"shown at last: {_shown(home)!r}")
        _check(home, environ, texts, recordings)


def _environment(home: Path) -> dict[str, str]:
    kinds = ("CACHE", "CONFIG", "DATA", "STATE")
    environ = os.environ | {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in kinds}
    vault, models = str(home / "vault"), str(home / "no models")
    return environ | {"VOICEREFLECT_VAULT": vault, "VOICEREFLECT_MODELS_DIR": models}


def _taken_in(
    archive: Path, environ: dict[str, str], home: Path, *, kill_at: int
) -> tuple[float, float]:
    """Run the command, or only until so many are kept; seconds, and those of the processor."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun_s = time.monotonic()
    with (home / "shown").open("wb") as shown:
        command = (*PROGRAM, "import", "--from", "dayone", str(archive), "--yes")
        process = subprocess.Popen(command, env=environ, stdout=shown, stderr=shown)
        while process.poll() is None:
            time.sleep(2)
            if kill_at and _kept(home) >= kill_at:
                process.send_signal(signal.SIGKILL)
                process.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if not kill_at and process.returncode:
        raise RuntimeError(_shown(home))
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.monotonic() - begun_s, cpu_s


def _kept(home: Path) -> int:
    return sum(1 for _ in home.glob("vault/entries/*/*/*"))


def _shown(home: Path) -> str:
    return (home / "shown").read_text()[-300:]


def _check(home: Path, environ: dict[str, str], texts: int, recordings: int) -> None:
    """Count what is in the vault now."""
    os.environ.update(environ)
    vault = wiring.vault(wiring.settings())
    entries = [each for each in vault.load_all() if not isinstance(each, Exception)]
    waiting = [a for e in entries for a in e.answers if a.state is AnswerState.PENDING]
    whole = sum(a.duration_s > 59 for a in waiting)
    trash = sum(1 for _ in home.glob("vault/.trash/*"))
    print(f"{len(entries)} of {texts + recordings} entries, {whole} of {recordings} recordings,")
    print(f"{len(vault.left_behind())} left behind, {trash} in the trash")


# The journal


def _make(archive: Path, texts: int, recordings: int, minutes: list[bytes]) -> None:
    dice = random.Random(5)
    words = ["".join(dice.choices(LETTERS, k=dice.randint(2, 9))) for _ in range(4_000)]
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as zipped:
        entries = []
        spoken = set(dice.sample(range(texts + recordings), recordings))
        for number in range(texts + recordings):
            entry = _entry(dice, words, number)
            if number in spoken:
                sound = minutes[number % len(minutes)] + _padding(number)
                named = md5(sound, usedforsecurity=False).hexdigest()
                zipped.writestr(f"audios/{named}.m4a", sound, zipfile.ZIP_STORED)
                entry["text"] = "![](dayone-moment:/audio/0851)"
                entry["audios"] = [{"md5": named, "format": "aac", "duration": 60.0}]
            entries.append(entry)
        whole = {"metadata": {"version": "1.0"}, "entries": entries}
        zipped.writestr("Journal.json", json.dumps(whole, indent=1))


def _entry(dice: random.Random, words: list[str], number: int) -> dict[str, Any]:
    text = "\n\n".join(" ".join(dice.choices(words, k=dice.randint(20, 90))) for _ in range(3))
    parts = [{"text": f"{each}\n", "attributes": {"bold": True}} for each in text.split("\n")]
    moment = FIRST + timedelta(hours=21 * number)
    return {
        "uuid": uuid.UUID(int=dice.getrandbits(128)).hex.upper(),
        "creationDate": f"{moment:%Y-%m-%dT%H:%M:%SZ}",
        "modifiedDate": f"{moment:%Y-%m-%dT%H:%M:%SZ}",
        "timeZone": "Europe/London",
        "tags": dice.sample(words[:20], 2),
        "starred": number % 9 == 0,
        "location": PLACE,
        "text": text.replace(" e", "\\. E"),
        "richText": json.dumps({"contents": parts, "meta": {"version": 1}}),
    }


def _padding(number: int) -> bytes:
    """Give a box that players skip, so that no two files are the same."""
    return (16).to_bytes(4, "big") + b"free" + number.to_bytes(8, "big")


def _minutes() -> Iterator[bytes]:
    """Give minutes of the long recordings, one after the other, as Day One keeps sound."""
    clips = speech_set.clips(speech_set.LONG)
    if not clips:
        return
    said = np.concatenate([each.samples() for each in clips])
    length = 60 * speech_set.RATE_HZ
    for number in range(MINUTES):
        at = number * length % (len(said) - length)
        yield _aac(said[at : at + length])


def _aac(samples: speech_set.Samples) -> bytes:
    file = io.BytesIO()
    with av.open(file, "w", format="ipod") as target:
        stream = target.add_stream("aac", rate=RATE_HZ, layout="mono")
        resampler = av.AudioResampler(format="fltp", layout="mono", rate=RATE_HZ, frame_size=1024)
        frame = av.AudioFrame.from_ndarray(samples[None, :], format="flt", layout="mono")
        frame.sample_rate = speech_set.RATE_HZ
        frame.time_base = Fraction(1, speech_set.RATE_HZ)
        for each in (*resampler.resample(frame), *resampler.resample(None)):
            target.mux(stream.encode(each))
        target.mux(stream.encode(None))
    return file.getvalue()


if __name__ == "__main__":
    main()
