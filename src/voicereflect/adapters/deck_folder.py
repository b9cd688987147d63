"""Decks as files in folders, and where the shipped ones lie; knows not what a deck may say."""

import difflib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from voicereflect.core.deck import parse
from voicereflect.errors import DeckError
from voicereflect.model import Deck

PACKAGE: Final = Path(__file__).resolve().parents[1]


class DeckFolder:
    """Decks by the stem of their file; an earlier folder's deck hides a later one's."""

    def __init__(self, folders: Sequence[Path]) -> None:
        """Remember where to look; a folder need not exist."""
        self._folders = tuple(folders)

    def names(self) -> tuple[str, ...]:
        """Every deck, by name."""
        return tuple(sorted(self._files()))

    def load(self, name: str) -> Deck:
        """Read one deck."""
        files = self._files()
        if name not in files:
            raise DeckError(f'there is no deck "{name}"', hint=_nearest(name, sorted(files)))
        with translated(files[name]):
            # Some editors begin a file with a byte order mark, which TOML does not know.
            text = files[name].read_text("utf-8-sig")
        return parse(text, name)

    def _files(self) -> dict[str, Path]:
        files: dict[str, Path] = {}
        for folder in self._folders:
            if not folder.is_dir():
                continue
            with translated(folder):
                for file in folder.iterdir():
                    if file.suffix == ".toml" and not file.name.startswith("."):
                        files.setdefault(file.stem, file)
        return files


def shipped_folder(package: Path = PACKAGE) -> Path:
    """Give the folder of the decks that come with the product.

    Raises:
        DeckError: the installation has none.
    """
    return _shipped(package, "prompts")


def shipped_answers(package: Path = PACKAGE) -> Path:
    """Give the folder of the recorded sample answers.

    Raises:
        DeckError: the installation has none.
    """
    return _shipped(package, "examples/answers")


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what reading a deck file can raise into one line that names the file."""
    try:
        yield
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise DeckError(
            f"{path.name}, line {line}: this is not UTF-8",
            hint="Save the file with the encoding UTF-8.",
        ) from error
    except OSError as error:
        raise DeckError(
            f"{path} cannot be read: {error.strerror or error}",
            hint="Check that it is a file or folder you may read.",
        ) from error


def _shipped(package: Path, what: str) -> Path:
    # An editable install sees the checkout, where these stand beside src/.
    for folder in (package / what, package.parents[1] / what):
        if folder.is_dir():
            return folder
    raise DeckError(f"{what} is missing from this installation", hint="Install voicereflect again.")


def _nearest(name: str, names: Sequence[str]) -> str:
    if not names:
        return "No deck was found at all; install voicereflect again."
    near = difflib.get_close_matches(name.lower(), names, 1, cutoff=0.5)
    asked = f'Did you mean "{near[0]}"? ' if near else ""
    return f"{asked}The decks are: {', '.join(names)}."
