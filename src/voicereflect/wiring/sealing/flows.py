"""Wires what the commands of sealing do: seal, unseal, unlock, lock, and tell how it stands."""

from pathlib import Path
from typing import TYPE_CHECKING

from voicereflect import wiring
from voicereflect.config import cache_folder
from voicereflect.errors import EntryUnreadable, SettingsError, VaultUnwritable
from voicereflect.ui.progress import LineProgress
from voicereflect.wiring.sealing.keys import (
    ask_first,
    asked_identity,
    held_key,
    keys_at,
    plain,
    refuse,
    secrets,
    state_at,
)

if TYPE_CHECKING:
    from voicereflect.core.sealing.states import SealStatus
    from voicereflect.flows.sealing.sealing import SealFlow

_PATIENCE_S = 10.0


def told_if_there() -> str:
    """Whether the vault is sealed, in a word; also where there is none yet."""
    return state_at(wiring.settings().vault).value


def told() -> "SealStatus":
    """Whether the vault is sealed, and whose key is held; asks for nothing."""
    from voicereflect.adapters.seal.age import AgeCipher
    from voicereflect.adapters.vault.condition import label
    from voicereflect.adapters.vault.sealing.walk import VaultWalk
    from voicereflect.core.sealing.states import SealState, SealStatus

    root = _there()
    files, state = plain(root), state_at(root)
    if state is SealState.OPEN:
        return SealStatus(state=state)
    recipient = label.recipient(files)
    walk = VaultWalk(files, AgeCipher(recipient, refuse), recipient, patience_s=_PATIENCE_S)
    return SealStatus(
        state=state,
        held_s=held_key(root).left_s(),
        plain=walk.plain(),
        lost=keys_at(root).lost(),
    )


def unlocked_for(time: str) -> int:
    """Ask for the passphrase, and have the key held for a time such as 30m; gives seconds.

    Raises:
        SettingsError: that is no time, or the vault is not sealed.
        VaultLocked, WrongPassphrase: nothing is held.
    """
    from voicereflect.core.sealing.holding import seconds_of
    from voicereflect.core.sealing.states import SealState

    root, for_s = _there(), seconds_of(time)
    if state_at(root) is SealState.OPEN:
        raise SettingsError("The vault is not sealed.", hint="`voicereflect vault seal` seals it.")
    held_key(root).hold(asked_identity(root), for_s)
    return for_s


def locked() -> bool:
    """Have the key forgotten; whether one was held."""
    return held_key(wiring.settings().vault).forget()


def sealing() -> "SealFlow":
    """What seals the vault, takes the seal away, and changes the passphrase."""
    from voicereflect.adapters.seal.age import AgeCipher, new_identity, recipient_of
    from voicereflect.adapters.seal.recovery import new_words, understood
    from voicereflect.adapters.vault.sealing.walk import VaultWalk
    from voicereflect.flows.sealing.sealing import SealFlow

    root, progress = _there(), LineProgress()

    def walk(identity: str) -> VaultWalk:
        recipient = recipient_of(identity)
        cipher = AgeCipher(recipient, lambda: identity)
        return VaultWalk(plain(root), cipher, recipient, patience_s=_PATIENCE_S)

    return SealFlow(
        secrets=secrets(),
        keys=keys_at(root),
        state=lambda: state_at(root),
        walk=walk,
        new_identity=new_identity,
        new_words=new_words,
        understood=understood,
        foretell=_foretell,
        forget_held=held_key(root).forget,
        empty_caches=lambda: _empty_caches(root),
        progress=lambda what, done, total: progress.step(what, done=done, total=total),
    )


def _there() -> Path:
    """Where the vault is, once that is sure.

    Raises:
        VaultMissing: it was there and is gone.
        VaultUnwritable: there never was one.
    """
    from voicereflect.adapters.vault.condition.known import is_there

    chosen = wiring.settings()
    wiring.expected(chosen)
    if not is_there(chosen.vault):
        raise VaultUnwritable(
            f"There is no vault in {chosen.vault}.",
            hint="`voicereflect vault begin` begins one.",
        )
    return chosen.vault


def _foretell() -> None:
    """Have a vault that is about to be sealed tell whether anything was put aside for good."""
    from voicereflect.adapters.programme_file import ProgrammeFile

    try:
        aside = bool(ProgrammeFile(wiring.vault(wiring.settings())).read().never)
    except EntryUnreadable:  # what stands there may be just that
        aside = True
    if aside:
        ask_first(wiring.settings().vault, sealed=False)


def _empty_caches(root: Path) -> None:
    from voicereflect.adapters.caches.files import CacheFiles
    from voicereflect.adapters.vault.condition import label

    cache, files = cache_folder(), plain(root)
    named = (label.identity(files), label.identity(files, by_path=True))
    places = [(cache / name, "*") for name in ("prompts", "aloud")]
    places += [(cache / "index", f"{each}.sqlite*") for each in named]
    places += [(cache / "themes" / each, "*") for each in named]
    CacheFiles(places).remove()
