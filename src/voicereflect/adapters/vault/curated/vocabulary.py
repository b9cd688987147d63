"""`vocabulary.txt`: a person's names and words, one a line, edited by hand.

A line may say how its word sounds, `Siobhan = Shivawn`, or what is always meant by a word
that is heard, `casimir > Kasimir`.
"""

from voicereflect.adapters.vault.files import Files
from voicereflect.core.store.bounds import readable
from voicereflect.core.words.comparing.sounds import meant_always, parse
from voicereflect.errors import VaultLocked

NAME = "vocabulary.txt"


def read(files: Files) -> tuple[str, ...]:
    """The words, in the file's order."""
    return tuple(word for word, _ in parse(_lines(files)))


def sounds(files: Files) -> dict[str, str]:
    """How words are to be said, where a line tells."""
    return {word: sound for word, sound in parse(_lines(files)) if sound}


def always(files: Files) -> dict[str, str]:
    """What is always meant by words that were heard, where a line tells."""
    return meant_always(_lines(files))


def _lines(files: Files) -> tuple[str, ...]:
    path = files.root / NAME
    try:
        text = files.read(path) if path.exists() else b""
    except VaultLocked:  # who speaks into a locked vault knows no names
        return ()
    return tuple(text.decode("utf-8-sig", "replace").splitlines())


def add(files: Files, word: str) -> None:
    """Put a word at the end; every byte that is there stays."""
    path = files.root / NAME
    old = files.read(path) if path.exists() else b""
    gap = b"" if not old or old.endswith(b"\n") else b"\n"
    files.save(path, old + gap + f"{readable(word)}\n".encode())
