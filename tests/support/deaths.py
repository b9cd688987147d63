"""A process that dies before the n-th thing it asks of the system while it destroys something.

Everything is real: vault, trash, themes.toml, index, cache of themes. Death is an exception
that no code catches, and the dead ask for nothing more: no file is tidied up behind it.
"""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from tests.support.libraries import MODEL, Library, StubMeaning, spoken
from tests.support.models import Steps
from tests.support.vaults import ID, NOW, made_entry, make_entry, make_vault, noise, recorded
from voicereflect.adapters.caches.themes import FolderThemeCache
from voicereflect.adapters.index.index import Index
from voicereflect.adapters.vault.curated.curations import CurationFile
from voicereflect.adapters.vault.files import Files
from voicereflect.core.entry.entries import with_answer, with_transcript
from voicereflect.core.safety.consent import with_consent
from voicereflect.core.themes.curation import CuratedQuote, CuratedTheme, Curation, Move
from voicereflect.flows.library.destroying import Destroying
from voicereflect.flows.library.entry_admin import EntryAdmin
from voicereflect.flows.library.finding.indexing import refresh_meaning
from voicereflect.flows.two.consents import Consents
from voicereflect.model import Answer, Consent, Segment, Transcript, Word

HERS = "The quince tree stood behind Ostend."
OWN = "I planted marigolds in Ghent."
OTHER = "The ferry was late again."
STAYS = "20261123T083012Z-abcd"
RATE_HZ = 16_000


class Dead(BaseException):
    """The process is gone."""


class Life:
    """What is left of it: so many things can still be asked of the system."""

    def __init__(self, steps: int = 1 << 30) -> None:
        self.left = steps

    @property
    def is_over(self) -> bool:
        return self.left <= 0

    def step(self) -> None:
        self.left -= 1
        if self.is_over:
            raise Dead


class MortalFiles(Files):
    """Real files."""

    def __init__(self, root: Path, life: Life) -> None:
        super().__init__(root)
        self._life = life

    def _open(self, path: Path, flags: int) -> int:
        self._life.step()
        return super()._open(path, flags)

    def _temporary(self, path: Path) -> tuple[Path, BinaryIO]:
        self._life.step()
        return super()._temporary(path)

    def _write(self, descriptor: int, data: memoryview) -> int:
        self._life.step()
        return super()._write(descriptor, data)

    def _fsync(self, descriptor: int) -> None:  # noqa: ARG002 - only power cuts need the disk's
        self._life.step()

    def _rename(self, path: Path, target: Path) -> None:
        self._life.step()
        super()._rename(path, target)

    def _mkdir(self, path: Path) -> None:
        self._life.step()
        super()._mkdir(path)

    def _unlink(self, path: Path) -> None:
        self._life.step()
        super()._unlink(path)

    def _rmdir(self, path: Path) -> None:
        self._life.step()
        super()._rmdir(path)


class MortalIndex(Index):
    """A real index; dies before it writes, or before it has forgotten."""

    def __init__(self, file: Path, life: Life) -> None:
        super().__init__(file)
        self._life = life

    def put(self, records: object) -> None:
        self._life.step()
        super().put(records)  # type: ignore[arg-type]

    def drop(self, places: object) -> None:
        self._life.step()
        super().drop(places)  # type: ignore[arg-type]

    def vacuum(self) -> None:
        self._life.step()
        super().vacuum()
        self._life.step()


class MortalCache(FolderThemeCache):
    """A real cache; dies before it is emptied, or after."""

    def __init__(self, folder: Path, life: Life) -> None:
        super().__init__(folder)
        self._life = life

    def forget(self) -> None:
        self._life.step()
        super().forget()
        self._life.step()


class Home:
    """A vault with all that is made of it, as one process sees it."""

    def __init__(self, folder: Path, life: Life | None = None) -> None:
        self.folder = folder
        self.life = life or Life()
        files = MortalFiles(folder / "vault", self.life)
        self.vault = make_vault(files)
        self.index = MortalIndex(folder / "cache" / "index.sqlite", self.life)
        self.curations = CurationFile(files)
        self.cache = MortalCache(folder / "cache" / "themes", self.life)
        self.destroying = Destroying(
            doom=self.vault.doom,
            pages=self.vault,
            cache=self.cache,
            index=self.index,
            progress=Steps(),
        )
        self.consents = Consents(
            vault=self.vault,
            eraser=self.vault.eraser,
            curations=self.curations,
            destroying=self.destroying,
            now=lambda: NOW,
        )
        self.entry_admin = EntryAdmin(
            vault=self.vault,
            trash=self.vault.trash,
            index=self.index,
            destroying=self.destroying,
            progress=Steps(),
        )

    def fill(self) -> None:
        """Two answers of hers and two of the owner's, a take of each set aside; and an entry."""
        entry = replace(make_entry(answers=0), speakers=("me", "Ruth"))
        made_entry(self.vault, with_consent(entry, "Ruth", Consent(kept=True, themes=True)))
        for number in (1, 2, 3, 4):
            self._say(number)
        for number in (3, 4):
            self.vault.discard_answer(ID, number, "set aside during the session")
        kept = self.vault.load(ID).answers[:2]
        self.vault.update(ID, lambda now: replace(now, answers=kept))
        made_entry(self.vault, replace(spoken(22, OTHER), id=STAYS))
        self.curations.change(lambda _: Curation(records=(GARDEN,)))
        self.curations.change(lambda _: Curation(records=(GARDEN, TREES, FERRIES), moves=MOVES))
        self.cache.keep_clusterer(b"quince marigolds")
        library = Library(self.folder)
        library.index = self.index
        library.refresh()
        refresh_meaning(self.index, StubMeaning(), MODEL, Steps())
        self.close()

    def close(self) -> None:
        """Let go of the index."""
        self.index.__exit__(None, None, None)

    def traces(self, *words: bytes) -> list[str]:
        """Files in which any of these words can still be read."""
        return sorted(
            str(path.relative_to(self.folder))
            for path in self.folder.rglob("*")
            if path.is_file() and any(word in path.read_bytes().lower() for word in words)
        )

    def sounds(self) -> list[str]:
        """Every sound that is still there."""
        return sorted(path.name for path in self.folder.rglob("*.flac"))

    def left_to_do(self) -> list[str]:
        """What a destruction leaves while it is not finished."""
        vault = self.folder / "vault"
        return [str(each) for each in (*vault.glob(".doomed/*"), *vault.rglob(".*.tmp"))]

    def _say(self, number: int) -> None:
        speaker, text = ("Ruth", HERS) if number % 2 else ("me", OWN)
        answer = Answer(number=number, speaker=speaker, prompt="d/p", asked="What was it like?")
        self.vault.update(ID, lambda now: with_answer(now, answer))
        recorded(self.vault, [noise(RATE_HZ // 10, seed=number)], number=number)
        self.vault.add_transcript(ID, number, _read(text))
        self.vault.update(ID, lambda now: with_transcript(now, number, text, silent=False))


GARDEN = CuratedTheme(
    name="fruit",
    quotes=(
        CuratedQuote(entry=ID, answer=1, words=HERS),
        CuratedQuote(entry=ID, answer=2, words=OWN),
    ),
)
TREES = CuratedTheme(name="trees", examples=(HERS, OWN, OTHER))
FERRIES = CuratedTheme(name="ferries", quotes=(CuratedQuote(entry=STAYS, answer=1, words=OTHER),))
MOVES = (
    Move(quote=CuratedQuote(entry=ID, answer=1, words=HERS), to="trees"),
    Move(quote=CuratedQuote(entry=ID, answer=2, words=OWN), to=""),
)


def died(folder: Path, steps: int, deed: Callable[[Home], object]) -> bool:
    """Do something with so much life; whether it died of it."""
    home = Home(folder, Life(steps))
    try:
        deed(home)
    except Dead:
        return True
    finally:
        home.close()
    return False


def copied(template: Path, target: Path) -> Path:
    """Give a home of its own to one death."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(template, target)
    return target


def _read(text: str) -> Transcript:
    words = tuple(
        Word(text=f" {each}", start_s=n * 0.3, end_s=n * 0.3 + 0.2, probability=0.9)
        for n, each in enumerate(text.split())
    )
    segment = Segment(words=words, avg_logprob=-0.2, no_speech=0.01)
    return Transcript(model="base", language="en", made_at=NOW, segments=(segment,))
