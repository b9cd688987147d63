"""Sealing a whole vault, and taking the seal away; what a kill broke off goes on with the next try.

Nothing is sealed before both ways to the key were tried, and no plain file goes before
its sealed one was opened and compared.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from voicereflect.core.sealing.states import SealState, Turned
from voicereflect.errors import SettingsError, VaultLocked, VaultUnwritable, WrongPassphrase
from voicereflect.flows.sealing.passphrases import new_passphrase, unlocked
from voicereflect.ports.sealing import SealWalk, Secrets, WrappedKeys

TRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class SealFlow:
    """Sealing and unsealing of one vault."""

    secrets: Secrets
    keys: WrappedKeys
    state: Callable[[], SealState]
    walk: Callable[[str], SealWalk]
    """From the secret key to what walks the files with it."""
    new_identity: Callable[[], str]
    new_words: Callable[[], str]
    understood: Callable[[str], str]
    """Recovery words, from what was typed."""
    foretell: Callable[[], None]
    """Tells in the open what must be known of a sealed vault before it is unlocked."""
    forget_held: Callable[[], object]
    """Ends whatever holds the key."""
    empty_caches: Callable[[], None]
    progress: Callable[[str, float, float], None]

    def seal(self) -> Turned:
        """Seal it, or go on with what was broken off; plain files put there later too.

        Raises:
            VaultLocked, WrongPassphrase, SettingsError: no passphrase; nothing was sealed.
            VaultBusy: a session goes on.
            VaultUnwritable: the disk refuses; what is done stays done.
        """
        state = self.state()
        if state is SealState.UNSEALING:
            raise VaultUnwritable(
                "The seal of this vault is being taken away.",
                hint="`voicereflect vault unseal` ends that; then seal it.",
            )
        identity = self._begun() if state is SealState.OPEN else self._unlocked()
        if state is SealState.OPEN:
            self.foretell()
        walk = self.walk(identity)
        with walk.held():
            if state is not SealState.SEALED:
                walk.mark(SealState.SEALING)
            turned = walk.turn(partial(self.progress, "Sealing"))
            self.empty_caches()
            if not turned.left:
                walk.mark(SealState.SEALED)
        return turned

    def unseal(self) -> Turned:
        """Make every file plain again, or go on with it; the key goes last.

        Raises:
            VaultLocked, WrongPassphrase: no passphrase; nothing was changed.
            VaultBusy: a session goes on.
            VaultUnwritable: the disk refuses; what is done stays done.
        """
        if self.state() is SealState.OPEN:
            raise SettingsError("The vault is not sealed.", hint="Nothing was changed.")
        walk = self.walk(self._unlocked())
        with walk.held():
            walk.mark(SealState.UNSEALING)
            turned = walk.turn(partial(self.progress, "Unsealing"))
            self.empty_caches()
            walk.mark(SealState.OPEN)
            if turned.left:
                self.keys.set_aside()
            else:
                self.keys.remove()
        self.forget_held()
        return turned

    def change_passphrase(self) -> None:
        """Wrap the key by a new passphrase; the recovery words stay.

        Raises:
            VaultLocked, WrongPassphrase, SettingsError: nothing was changed.
        """
        if self.state() is SealState.OPEN:
            raise SettingsError(
                "The vault is not sealed.", hint="`voicereflect vault seal` seals it."
            )
        identity = self._unlocked()
        self.keys.change(identity, new_passphrase(self.secrets))

    def _unlocked(self) -> str:
        return unlocked(self.secrets, self.keys, self.understood)

    def _begun(self) -> str:
        """Make a key, and see that passphrase and recovery words both open it."""
        passphrase = new_passphrase(self.secrets)
        identity, words = self.new_identity(), self.new_words()
        self._learnt(words)
        self.keys.make(identity, passphrase, words)
        return identity

    def _learnt(self, words: str) -> None:
        """Show the recovery words until they are typed as they are."""
        for _ in range(TRIES):
            if not self.secrets.show_once(tuple(words.split())):
                break
            typed = self.secrets.ask("The twelve words, as you wrote them down: ")
            if typed is None:
                break
            with suppress(WrongPassphrase):
                if self.understood(typed) == words:
                    return
            self.secrets.note("That is not what was shown. It is shown once more.")
        raise VaultLocked(
            "The recovery words were not tried, so nothing was sealed.",
            hint="Begin again with paper and pencil; there will be other words.",
        )
