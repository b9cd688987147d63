"""A small vault with everything in it, sealed and unsealed by somebody who may die at any step.

Nothing is faked but the person: files, locks, keys and the age format are real.
"""

import random
import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from tests.support.deaths import Dead, Life, MortalFiles
from tests.support.vaults import (
    ID,
    RATE_HZ,
    made_entry,
    make_entry,
    make_vault,
    noise,
    recorded,
)
from voicereflect.adapters.seal.age import AgeCipher, new_identity, recipient_of
from voicereflect.adapters.seal.recovery import new_words, understood
from voicereflect.adapters.seal.wrapping import ScryptWrapping
from voicereflect.adapters.vault.condition import label
from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.sealed_files import SealedFiles
from voicereflect.adapters.vault.sealing.key_files import KeyFiles
from voicereflect.adapters.vault.sealing.walk import VaultWalk
from voicereflect.core.sealing.fates import SealFate, fate_of
from voicereflect.flows.sealing.sealing import SealFlow
from voicereflect.model import TakeInfo
from voicereflect.ports.sealing import Cipher

CANARY: Final = "The canary sang of Ostend."
DECK: Final = "letter-to-her-sister"
PASSPHRASE: Final = "four words of mine"
CHEAP: Final = 2
OTHER: Final = "20261101T083012Z-abcd"
GONE: Final = "20261005T083012Z-gone"
PLAIN: Final = (b"canary", b"Ostend", b"fLaC\0\0\0\x22", b"her-biography", DECK.encode())
"""What must stand nowhere in a sealed vault; nor may it in a name."""


def made_vault(root: Path) -> None:
    """Make a vault with one of every kind of file, a half save and a stranger among them."""
    files = Files(root)
    vault = make_vault(files)
    made_entry(vault, make_entry(text=CANARY, answers=2))
    recorded(vault, [noise(3_000)])
    vault.open_take(ID, 2, TakeInfo(rate_hz=RATE_HZ)).append(noise(500, 2))
    vault.left_take(ID, 2).append(noise(500, 3))
    made_entry(vault, make_entry(OTHER, text=CANARY))
    folder = vault.root / "entries" / "2026" / "11" / "2026-11-01T0930-her-biography-abcd"
    folder.rename(folder.with_name("the day in Ostend"))
    made_entry(vault, make_entry(GONE, text=CANARY))
    vault.discard(GONE, CANARY)
    vault.add_to_vocabulary("Ostend")
    vault.change_page("programme.toml", lambda _: f"# {CANARY}\n")
    files.save(root / "themes.toml", f"# {CANARY}\n".encode())
    files.make_folder(root / "decks" / "programmes")
    files.save(root / "decks" / f"{DECK}.toml", f"# {CANARY}\n".encode())
    files.save(root / "decks" / "programmes" / f"{DECK}.toml", f"# {CANARY} Too.\n".encode())
    files.save(root / "entries" / "2026" / "11" / "the day in Ostend" / "photo.jpg", b"canary")
    (root / "entries" / "2026" / "11" / "the day in Ostend" / ".entry.md.ab.tmp").write_text(CANARY)
    (root / ".themes.toml.ab.tmp").write_text(CANARY)
    (root / "notes").mkdir()
    (root / "notes" / "mine.txt").write_text("left alone")


@dataclass
class Owner:
    """Types what is asked, and writes down what is shown."""

    typed: str = PASSPHRASE
    words: str = ""
    notes: str = ""

    def ask(self, question: str) -> str | None:
        return self.words if "wrote them down" in question else self.typed

    def show_once(self, words: tuple[str, ...]) -> bool:
        self.words = " ".join(words)
        return True

    def note(self, line: str) -> None:
        self.notes += line


class MortalSealed(MortalFiles, SealedFiles):
    """Sealed files of somebody who may die."""

    def __init__(self, root: Path, cipher: Cipher, life: Life) -> None:
        SealedFiles.__init__(self, root, cipher)
        self._life = life


class MortalWalk(VaultWalk):
    """A walk of somebody who may die, also while names change."""

    def __init__(self, root: Path, identity: str, life: Life) -> None:
        recipient = recipient_of(identity)
        cipher = AgeCipher(recipient, lambda: identity)
        super().__init__(MortalFiles(root, life), cipher, recipient, patience_s=1)
        self._life = life

    def _sides(self, *, sealing: bool) -> SealedFiles:
        files = MortalSealed(self._root, self._cipher, self._life)
        files.sealed = sealing
        return files


def flow(root: Path, owner: Owner, life: Life | None = None) -> SealFlow:
    """What seals the vault for its owner."""
    mortal = life or Life()
    return SealFlow(
        secrets=owner,
        keys=KeyFiles(MortalFiles(root, mortal), ScryptWrapping(CHEAP)),
        state=lambda: label.state(Files(root)),
        walk=lambda identity: MortalWalk(root, identity, mortal),
        new_identity=new_identity,
        new_words=new_words,
        understood=understood,
        foretell=lambda: None,
        forget_held=lambda: None,
        empty_caches=lambda: None,
        progress=lambda *_: None,
    )


def opened(root: Path) -> SealedFiles:
    """A vault's files as whoever has the passphrase reads them; plain ones where it is open."""
    try:
        identity = KeyFiles(Files(root), ScryptWrapping(CHEAP)).open(PASSPHRASE)
    except Exception:  # noqa: BLE001 - before there is a key nothing can be sealed
        identity = new_identity()
    return SealedFiles(root, AgeCipher(recipient_of(identity), lambda: identity))


def ours(root: Path) -> list[Path]:
    """Every file that is to be sealed."""
    every = (path for path in root.rglob("*") if path.is_file())
    wanted = {SealFate.WHOLE, SealFate.BLOCKS}
    return sorted(p for p in every if fate_of(p.relative_to(root).as_posix()) in wanted)


def contents(root: Path) -> Counter[bytes]:
    """What stands in all of them, whether it is sealed or not."""
    files = opened(root)
    return Counter(
        b"".join(files.records(path)) if path.suffix == ".blocks" else files.read(path)
        for path in ours(root)
    )


def tree(root: Path) -> dict[str, bytes]:
    """Every file by its path, but for what a killed save left and locks."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and not path.name.endswith((".tmp", ".lock"))
    }


def plain_left(root: Path) -> list[str]:
    """Where something plain, or a telling name, stands in a sealed vault."""
    found = []
    for path in root.rglob("*"):
        below = path.relative_to(root)
        if below.parts[0] == "notes":
            continue
        told = below.as_posix().encode() + (path.read_bytes() if path.is_file() else b"")
        if any(each in told for each in PLAIN):
            found.append(below.as_posix())
    return found


def died(life: Life, deed: Callable[[], object]) -> bool:
    """Whether somebody died over it."""
    with suppress(Dead):
        deed()
        return False
    return life.is_over


def killed_and_done_again(template: Path, root: Path, seed: int) -> list[str]:
    """Seal, change the passphrase and unseal, killed at one step of each; say what was lost."""
    rng, owner = random.Random(seed), Owner()
    shutil.copytree(template, root, symlinks=True)
    before, names = contents(root), tree(root)
    problems = []
    deeds = (SealFlow.seal, SealFlow.change_passphrase, SealFlow.unseal)
    for deed, steps in zip(deeds, (135, 7, 122), strict=True):
        life = Life(rng.randrange(1, steps))
        was_killed = died(life, partial(deed, flow(root, owner, life)))
        if contents(root) != before:
            problems.append(f"seed {seed}: {deed.__name__} lost something")
        if was_killed:
            if deed is SealFlow.unseal and label.state(Files(root)).value == "open":
                continue
            deed(flow(root, owner))
        if contents(root) != before:
            problems.append(f"seed {seed}: {deed.__name__}, done again, lost something")
        if deed is not SealFlow.unseal and (plain := plain_left(root)):
            problems.append(f"seed {seed}: {deed.__name__} left {plain} plain")
    after = tree(root)
    after = {path: data for path, data in after.items() if not path.startswith("key")}
    names.pop("vault.toml"), after.pop("vault.toml")
    if after != names:
        problems.append(f"seed {seed}: not as it was: {sorted(set(after) ^ set(names))}")
    shutil.rmtree(root)
    return problems
