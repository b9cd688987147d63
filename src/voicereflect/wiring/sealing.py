"""Wires sealing: the key of a sealed vault, asked for once, and what works with it."""

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from voicereflect import wiring

if TYPE_CHECKING:
    from voicereflect.adapters.deck_folder import ShutDecks
    from voicereflect.adapters.seal.age import AgeCipher
    from voicereflect.adapters.seal.client import HeldKey
    from voicereflect.adapters.vault.files import Files
    from voicereflect.adapters.vault.sealed_files import SealedFiles
    from voicereflect.adapters.vault.sealing.key_files import KeyFiles
    from voicereflect.core.sealing.states import SealState, Turned
    from voicereflect.flows.sealing.sealing import SealFlow
    from voicereflect.ui.secrets import TerminalSecrets

_COMPLETING = "_VOICEREFLECT_COMPLETE"
_PATIENCE_S = 10.0
_OPENED: "dict[Path, AgeCipher]" = {}
"""Vaults whose key somebody gave; for this process alone."""


def state_at(root: Path) -> "SealState":
    """Whether a vault is sealed."""
    from voicereflect.adapters.vault.condition import label
    from voicereflect.adapters.vault.files import Files

    return label.state(Files(root))


def files_at(root: Path) -> "Files":
    """The bytes of a vault; where it is sealed, with its key at hand.

    Raises:
        VaultLocked: nobody gave the passphrase.
    """
    from voicereflect.adapters.vault.files import Files

    return _shut_files(root) or Files(root)


def cipher_at(root: Path) -> "AgeCipher | None":
    """What seals and opens a vault's bytes; None where it is not sealed."""
    from voicereflect.adapters.seal.age import AgeCipher, recipient_of
    from voicereflect.core.sealing.states import SealState

    if state_at(root) is SealState.OPEN:
        return None
    if root not in _OPENED:
        identity = _held_identity(root) or _asked_identity(root)
        _OPENED[root] = AgeCipher(recipient_of(identity), lambda: identity)
    return _OPENED[root]


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

    names = {root / path: name for path, name in ShutNames(files).known().items()}
    return ShutDecks(names=names, read=read)


def sealed() -> "Turned":
    """Seal the vault, or what was put into a sealed one by hand.

    Raises:
        ReflectError: something hinders it; what is done stays done.
    """
    return seal_flow(_there()).seal()


def unsealed() -> "Turned":
    """Take the seal away; like `sealed`."""
    root = _there()
    turned = seal_flow(root).unseal()
    _held_key(root).forget()
    return turned


def passphrase_changed() -> None:
    """Change the passphrase of the sealed vault."""
    seal_flow(_there()).change_passphrase()


def unlocked_for(time: str) -> int:
    """Ask for the passphrase, and have the key held for a time such as 30m; gives seconds.

    Raises:
        SettingsError: that is no time, or the vault is not sealed.
        VaultLocked, WrongPassphrase: nothing is held.
    """
    from voicereflect.core.sealing.holding import seconds_of
    from voicereflect.core.sealing.states import SealState
    from voicereflect.errors import SettingsError

    root, for_s = _there(), seconds_of(time)
    if state_at(root) is SealState.OPEN:
        raise SettingsError("The vault is not sealed.", hint="`voicereflect vault seal` seals it.")
    _held_key(root).hold(_asked_identity(root), for_s)
    return for_s


def locked() -> bool:
    """Have the key forgotten; whether one was held."""
    return _held_key(wiring.settings().vault).forget()


def seal_flow(root: Path) -> "SealFlow":
    """What seals a vault, takes the seal away, and changes the passphrase."""
    from voicereflect.adapters.seal.age import AgeCipher, new_identity, recipient_of
    from voicereflect.adapters.seal.recovery import new_words, understood
    from voicereflect.adapters.vault.files import Files
    from voicereflect.adapters.vault.sealing.walk import VaultWalk
    from voicereflect.flows.sealing.parts import SealParts
    from voicereflect.flows.sealing.sealing import SealFlow
    from voicereflect.ui.progress import LineProgress

    progress = LineProgress()

    def walk(identity: str) -> VaultWalk:
        recipient = recipient_of(identity)
        cipher = AgeCipher(recipient, lambda: identity)
        return VaultWalk(Files(root), cipher, recipient, patience_s=_PATIENCE_S)

    return SealFlow(
        SealParts(
            secrets=_secrets(),
            keys=_keys(root),
            state=lambda: state_at(root),
            walk=walk,
            new_identity=new_identity,
            new_words=new_words,
            understood=understood,
            empty_caches=lambda: _empty_caches(root),
            progress=lambda what, done, total: progress.step(what, done=done, total=total),
        )
    )


def _there() -> Path:
    """Where the vault is, once that is sure.

    Raises:
        VaultMissing: it was there and is gone.
        VaultUnwritable: there never was one.
    """
    from voicereflect.adapters.vault.condition.known import is_there
    from voicereflect.errors import VaultUnwritable

    chosen = wiring.settings()
    wiring.expected(chosen)
    if not is_there(chosen.vault):
        raise VaultUnwritable(
            f"There is no vault in {chosen.vault}.",
            hint="`voicereflect vault begin` begins one.",
        )
    return chosen.vault


def _shut_files(root: Path) -> "SealedFiles | None":
    cipher = cipher_at(root)
    if cipher is None:
        return None
    from voicereflect.adapters.vault.sealed_files import SealedFiles, UnsealingFiles

    return (SealedFiles if state_at(root).writes_sealed else UnsealingFiles)(root, cipher)


def _asked_identity(root: Path) -> str:
    """The key, once somebody typed what opens it."""
    from voicereflect.adapters.seal.age import recipient_of
    from voicereflect.adapters.seal.recovery import understood
    from voicereflect.flows.sealing.passphrases import unlocked

    identity = unlocked(_secrets(), _keys(root), understood)
    _expect_its_own(root, recipient_of(identity))
    return identity


def _held_identity(root: Path) -> str:
    """The key, if a key holder has it and it is this vault's; else empty."""
    from voicereflect.adapters.seal.age import recipient_of
    from voicereflect.adapters.vault.condition import label
    from voicereflect.adapters.vault.files import Files

    identity = _held_key(root).identity()
    with suppress(ValueError):
        if identity and recipient_of(identity) == label.recipient(Files(root)):
            return identity
    return ""


def _held_key(root: Path) -> "HeldKey":
    from voicereflect.adapters.seal.client import HeldKey
    from voicereflect.adapters.vault.condition import label
    from voicereflect.adapters.vault.files import Files
    from voicereflect.config import runtime_folder

    return HeldKey(runtime_folder(), label.identity(Files(root)))


def _expect_its_own(root: Path, recipient: str) -> None:
    from voicereflect.adapters.vault.condition import label
    from voicereflect.adapters.vault.files import Files
    from voicereflect.errors import VaultUnwritable

    if label.recipient(Files(root)) != recipient:
        raise VaultUnwritable(
            f"{root / 'vault.toml'} names another key than the one in key/.",
            hint="Take both from the same backup; nothing was opened or changed.",
        )


def _empty_caches(root: Path) -> None:
    from voicereflect.adapters.cache_files import CacheFiles
    from voicereflect.adapters.vault.condition import label
    from voicereflect.adapters.vault.files import Files
    from voicereflect.config import cache_folder

    cache, files = cache_folder(), Files(root)
    named = (label.identity(files), label.identity(files, by_path=True))
    places = [(cache / name, "*") for name in ("prompts", "aloud")]
    places += [(cache / "index", f"{each}.sqlite*") for each in named]
    places += [(cache / "themes" / each, "*") for each in named]
    CacheFiles(places).remove()


def _keys(root: Path) -> "KeyFiles":
    from voicereflect.adapters.seal.wrapping import ScryptWrapping
    from voicereflect.adapters.vault.files import Files
    from voicereflect.adapters.vault.sealing.key_files import KeyFiles

    return KeyFiles(Files(root), ScryptWrapping())


def _secrets() -> "TerminalSecrets":
    from voicereflect.adapters.keyboard import hidden_line, typed_line
    from voicereflect.ui.secrets import TerminalSecrets

    def hidden(question: str) -> str | None:
        # a shell that completes a word has the person's terminal, and must not ask
        return None if _COMPLETING in os.environ else hidden_line(question)

    return TerminalSecrets(hidden, typed_line)
