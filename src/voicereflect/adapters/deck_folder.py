"""Decks as files in folders, and where the shipped ones lie; must not know a deck's keys."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from voicereflect.adapters import regular
from voicereflect.core.decks.file.reading import parse
from voicereflect.core.programme.reading import parse_programme
from voicereflect.core.search.names import did_you_mean, known
from voicereflect.core.store.bounds import readable
from voicereflect.deck_model import Programme
from voicereflect.errors import DeckError, VaultUnwritable
from voicereflect.model import Deck

PACKAGE: Final = Path(__file__).resolve().parents[1]


class DeckFolder:
    """Decks by the stem of their file; an earlier folder's deck hides a later one's."""

    def __init__(self, folders: Sequence[Path], shut: "ShutDecks | None" = None) -> None:
        """Remember where to look; a folder need not exist. `shut` opens what is sealed there."""
        self._folders = tuple(folders)
        self._shut = shut or ShutDecks()
        self._listed: dict[str, Path] = {}
        """What `names` gave last: who reads every deck has the folders looked at once."""

    def names(self) -> tuple[str, ...]:
        self._listed = self._files()
        return tuple(sorted(self._listed))

    def load(self, name: str) -> Deck:
        file = self.file(name)
        return parse(self.text(file), self.stem(file), from_home(file))

    def text(self, file: Path) -> str:
        """Read the text of one of its files.

        Raises:
            DeckError: it cannot be read, or is not UTF-8.
        """
        with translated(file):
            return self._shut.read(file)

    def stem(self, file: Path) -> str:
        """Give the name that one of its files stands for."""
        return readable(self._shut.name(file))

    def file(self, name: str, *, what: str = "deck") -> Path:
        """Give the file of that name; `what` is what a person calls it."""
        files = self._listed if name in self._listed else self._files()
        found = known(name, files)
        if found is None:
            near = _nearest(name, sorted(files), what)
            raise DeckError(f'there is no {what} "{name}"', hint=near)
        return files[found]

    def _files(self) -> dict[str, Path]:
        files: dict[str, Path] = {}
        for folder in self._folders:
            if not folder.is_dir():
                continue
            with translated(folder):
                for file in folder.iterdir():
                    if file.suffix == ".toml" and not file.name.startswith("."):
                        files.setdefault(self.stem(file), file)
        return files


class ProgrammeFolder:
    """Programmes by the stem of their file; an earlier folder's hides a later one's."""

    def __init__(self, folders: Sequence[Path], shut: "ShutDecks | None" = None) -> None:
        """Remember where to look; a folder need not exist. `shut` opens what is sealed there."""
        self._folder = DeckFolder([folder / "programmes" for folder in folders], shut)
        self._hidden = ProgrammeFolder(folders[1:], shut) if folders else None

    def names(self) -> tuple[str, ...]:
        return self._folder.names()

    def load(self, name: str) -> Programme:
        file = self._folder.file(name, what="programme")
        return parse_programme(self._folder.text(file), self._folder.stem(file), from_home(file))

    def readable(self) -> tuple[tuple[Programme, ...], tuple[DeckError, ...]]:
        found: list[Programme] = []
        problems: list[DeckError] = []
        for name in self.names():
            try:
                found.append(self.load(name))
            except DeckError as problem:
                problems.append(problem)
                hidden = self._hidden.readable()[0] if self._hidden else ()
                found.extend(each for each in hidden if each.name == name)
        return tuple(found), tuple(problems)


@dataclass(frozen=True, slots=True)
class ShutDecks:
    """How deck files are read in a sealed vault, where names say nothing; else as plain files."""

    names: Mapping[Path, str] = field(default_factory=dict)
    """What files were called before, where they have other names now."""
    read: Callable[[Path], str] = regular.text
    """Gives a file's text."""

    def name(self, file: Path) -> str:
        """Give the name a deck or programme goes by."""
        return Path(self.names.get(file, file.name)).stem


def from_home(path: Path) -> str:
    """Write a path so that it can be opened, and from the home folder where it lies there."""
    with suppress(ValueError, RuntimeError):  # RuntimeError: no home folder is known
        return readable(f"~/{path.relative_to(Path.home()).as_posix()}")
    return readable(str(path))


def text_of(file: Path) -> str:
    """Read a deck file's text.

    Raises:
        DeckError: it cannot be read, or is not UTF-8.
    """
    with translated(file):
        return regular.text(file)


def write_new(file: Path, text: str) -> None:
    """Make a file that is not there yet, and its folder.

    Raises:
        DeckError: there is one already.
        VaultUnwritable: it cannot be written.
    """
    if file.exists():
        raise DeckError(f"{file} is there already", hint="Choose another name, or edit that file.")
    with translated(file, writing=True):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as target:
            target.write(text)


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
def translated(path: Path, *, writing: bool = False) -> Iterator[None]:
    """Turn what a deck file can raise into one line that names the file."""
    try:
        yield
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise DeckError(
            f"{from_home(path)}, line {line}: this is not UTF-8",
            hint="Save the file with the encoding UTF-8.",
        ) from error
    except OSError as error:
        if writing:
            raise VaultUnwritable(
                f"The file {from_home(path)} cannot be written: {error.strerror or error}",
                hint="Make the folder yours, and see that the disk has room.",
            ) from error
        raise DeckError(
            f"The file {from_home(path)} cannot be read: {error.strerror or error}",
            hint="Check that it is a file or folder you may read.",
        ) from error


def _shipped(package: Path, what: str) -> Path:
    # An editable install sees the checkout, where these stand beside src/.
    for folder in (package / what, package.parents[1] / what):
        if folder.is_dir():
            return folder
    raise DeckError(f"{what} is missing from this installation", hint="Install voicereflect again.")


def _nearest(name: str, names: Sequence[str], what: str) -> str:
    if not names:
        return f"No {what} was found at all; install voicereflect again."
    asked = did_you_mean(name, names)
    if what == "deck":
        return f"{asked} `voicereflect decks list` shows all.".strip()
    return f"{asked} The {what}s are: {', '.join(names)}.".strip()
