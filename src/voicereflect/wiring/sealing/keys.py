"""Wires sealing: the key of a sealed vault, asked for once, and what works with it."""

import os
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from voicereflect.config import runtime_folder
from voicereflect.errors import VaultLocked, VaultUnwritable

if TYPE_CHECKING:
    from collections.abc import Callable

    from voicereflect.adapters.deck_folder import ShutDecks
    from voicereflect.adapters.seal.age import AgeCipher
    from voicereflect.adapters.seal.client import HeldKey
    from voicereflect.adapters.vault.files import Files
    from voicereflect.adapters.vault.sealed_files import SealedFiles
    from voicereflect.adapters.vault.sealing.key_files import KeyFiles
    from voicereflect.core.sealing.states import SealState
    from voicereflect.ui.secrets import TerminalSecrets

LOCKED = "The vault is locked. What you say is sealed at once, and can be read when it is unlocked."
OUTSIDE = "What is written there lies open: it is outside of the sealed vault."
_COMPLETING = "_VOICEREFLECT_COMPLETE"
_PATIENCE_S = 10.0
_OPENED: "dict[Path, AgeCipher]" = {}
"""Vaults whose key somebody gave; for this process alone."""
_LOCKED: set[Path] = set()
"""Vaults in which this process only writes, and reads what it wrote itself."""

_TOLD: set[Path] = set()
"""Vaults of which this process told that their names cannot be read."""


def plain(root: Path) -> "Files":
    """The bytes of a vault as they lie there, sealed or not."""
    from voicereflect.adapters.vault.files import Files

    return Files(root)


def state_at(root: Path) -> "SealState":
    """Whether a vault is sealed."""
    from voicereflect.adapters.vault.condition import label

    return label.state(plain(root))


def files_at(root: Path) -> "Files":
    """The bytes of a vault; where it is sealed, with its key at hand.

    Raises:
        VaultLocked: nobody gave the passphrase.
    """
    return _shut_files(root) or plain(root)


def cipher_at(root: Path) -> "AgeCipher | None":
    """What seals and opens a vault's bytes; None where it is not sealed."""
    from voicereflect.adapters.seal.age import AgeCipher, recipient_of
    from voicereflect.core.sealing.states import SealState

    if state_at(root) is SealState.OPEN:
        return None
    if root not in _OPENED:
        identity = _held_identity(root) or asked_identity(root)
        _OPENED[root] = AgeCipher(recipient_of(identity), lambda: identity)
    return _OPENED[root]


def tell_outside(root: Path, tell: "Callable[[str], None]") -> None:
    """Say, before something is written outside of a sealed vault, that it lies open there."""
    if files_at(root).private:
        tell(OUTSIDE)


def begin_locked(root: Path) -> None:
    """Let this process speak into a sealed vault whose key nobody holds, without asking for it."""
    from voicereflect.adapters.seal.age import AgeCipher
    from voicereflect.adapters.vault.condition import label

    if root in _OPENED or not state_at(root).writes_sealed or _held_identity(root):
        return
    _OPENED[root] = AgeCipher(label.recipient(plain(root)), refuse, remembers=True)
    _LOCKED.add(root)


def lets_anybody_begin(root: Path) -> bool:
    """Whether decks may begin in a sealed vault without its key: nothing was put aside for good."""
    from voicereflect.adapters.vault.condition import label

    files = plain(root)
    told = label.recipient(files) and not label.asks_first(files)
    return state_at(root).writes_sealed and bool(told)


def ask_first(root: Path, *, sealed: bool = True) -> None:
    """Let no deck begin in a sealed vault without its key; with `sealed=False` in any."""
    from voicereflect.adapters.vault import locks
    from voicereflect.adapters.vault.condition import label

    if not sealed or state_at(root).writes_sealed:
        lock = root / locks.LOCK
        saving = partial(locks.held, lock, timeout_s=_PATIENCE_S, remove=False)
        label.ask_first(plain(root), saving)


def end_locked(root: Path) -> None:
    """Have the key asked for as soon as it is needed again."""
    _LOCKED.discard(root)
    _OPENED.pop(root, None)


def is_locked(root: Path) -> bool:
    """Whether this process reads no more of a vault than what it wrote itself."""
    return root in _LOCKED


def refuse() -> str:
    """Stand in for a key that nobody gave.

    Raises:
        VaultLocked: always.
    """
    raise VaultLocked(
        "The vault is sealed, and this was begun without its passphrase.",
        hint="`voicereflect unlock`, then try again.",
    )


def shut_decks_at(root: Path) -> "ShutDecks | None":
    """How decks in a sealed vault are read; None where it is not sealed."""
    files = _shut_files(root)
    if files is None:
        return None
    from voicereflect.adapters.deck_folder import ShutDecks
    from voicereflect.adapters.vault.sealing.names import ShutNames

    def read(path: Path) -> str:
        found: bytes = files.read(path) if path.is_relative_to(root) else path.read_bytes()
        return found.decode("utf-8-sig")

    known: dict[str, str] = {}
    try:
        known = ShutNames(files).known()
    except VaultUnwritable as problem:  # decks go by the names that say nothing; all else opens
        if root not in _TOLD:
            secrets().note(problem.line)
        _TOLD.add(root)
    names = {root / path: name for path, name in known.items()}
    return ShutDecks(names=names, read=read)


def _shut_files(root: Path) -> "SealedFiles | None":
    cipher = cipher_at(root)
    if cipher is None:
        return None
    from voicereflect.adapters.vault.sealed_files import SealedFiles, UnsealingFiles

    return (SealedFiles if state_at(root).writes_sealed else UnsealingFiles)(root, cipher)


def asked_identity(root: Path) -> str:
    """The key, once somebody typed what opens it."""
    from voicereflect.adapters.seal.age import recipient_of
    from voicereflect.adapters.seal.recovery import understood
    from voicereflect.adapters.vault.condition import label
    from voicereflect.adapters.vault.condition.known import LABEL
    from voicereflect.core.sealing.own_key import expect_own_key
    from voicereflect.flows.sealing.passphrases import unlocked

    identity = unlocked(secrets(), keys_at(root), understood)
    expect_own_key(label.recipient(plain(root)), recipient_of(identity), root / LABEL)
    return identity


def _held_identity(root: Path) -> str:
    """The key, if a key holder has it and it is this vault's; else empty."""
    from voicereflect.adapters.seal.age import recipient_of
    from voicereflect.adapters.vault.condition import label

    identity = held_key(root).identity()
    with suppress(ValueError):
        if identity and recipient_of(identity) == label.recipient(plain(root)):
            return identity
    return ""


def held_key(root: Path) -> "HeldKey":
    """The key holder of a vault, whether it holds anything or not."""
    from voicereflect.adapters.seal.client import HeldKey
    from voicereflect.adapters.vault.condition import label

    return HeldKey(runtime_folder(), label.identity(plain(root)))


def keys_at(root: Path) -> "KeyFiles":
    """Where a vault's wrapped key lies."""
    from voicereflect.adapters.seal.wrapping import ScryptWrapping
    from voicereflect.adapters.vault.sealing.key_files import KeyFiles

    return KeyFiles(plain(root), ScryptWrapping())


def secrets() -> "TerminalSecrets":
    """Somebody at this process's terminal."""
    from voicereflect.adapters.keyboard import hidden_line, typed_line
    from voicereflect.ui.secrets import TerminalSecrets

    def hidden(question: str) -> str | None:
        # a shell that completes a word has the person's terminal, and must not ask
        return None if _COMPLETING in os.environ else hidden_line(question)

    return TerminalSecrets(hidden, typed_line)
