"""`vocabulary.txt`: a person's names and words, one a line, edited by hand."""

from voicereflect.adapters.vault.files import Files
from voicereflect.core.store.bounds import readable

NAME = "vocabulary.txt"


def read(files: Files) -> tuple[str, ...]:
    """The words, in the file's order."""
    path = files.root / NAME
    if not path.exists():
        return ()
    lines = files.read(path).decode("utf-8-sig", "replace").splitlines()
    return tuple(word for line in lines if (word := line.strip()))


def add(files: Files, word: str) -> None:
    """Put a word at the end; every byte that is there stays."""
    path = files.root / NAME
    old = files.read(path) if path.exists() else b""
    gap = b"" if not old or old.endswith(b"\n") else b"\n"
    files.save(path, old + gap + f"{readable(word)}\n".encode())
