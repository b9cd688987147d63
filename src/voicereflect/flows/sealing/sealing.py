"""Sealing a whole vault, and taking the seal away; what a kill broke off goes on with the next try.

Nothing is sealed before both ways to the key were tried, and no plain file goes before
its sealed one was opened and compared.
"""

from contextlib import suppress
from functools import partial

from voicereflect.core.sealing.states import SealState, Turned
from voicereflect.errors import SettingsError, VaultLocked, VaultUnwritable, WrongPassphrase
from voicereflect.flows.sealing.parts import SealParts
from voicereflect.flows.sealing.passphrases import new_passphrase, unlocked

TRIES = 3


class SealFlow:
    """Sealing and unsealing of one vault."""

    def __init__(self, parts: SealParts) -> None:
        """Remember; nothing is asked yet."""
        self._parts = parts

    def seal(self) -> Turned:
        """Seal it, or go on with what was broken off; plain files put there later too.

        Raises:
            VaultLocked, WrongPassphrase, SettingsError: no passphrase; nothing was sealed.
            VaultBusy: a session goes on.
            VaultUnwritable: the disk refuses; what is done stays done.
        """
        state = self._parts.state()
        if state is SealState.UNSEALING:
            raise VaultUnwritable(
                "The seal of this vault is being taken away.",
                hint="`voicereflect vault unseal` ends that; then seal it.",
            )
        identity = self._begun() if state is SealState.OPEN else self._unlocked()
        if state is SealState.OPEN:
            self._parts.foretell()
        walk = self._parts.walk(identity)
        with walk.held():
            if state is not SealState.SEALED:
                walk.mark(SealState.SEALING)
            turned = walk.turn(partial(self._parts.progress, "Sealing"))
            self._parts.empty_caches()
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
        if self._parts.state() is SealState.OPEN:
            raise SettingsError("The vault is not sealed.", hint="Nothing was changed.")
        walk = self._parts.walk(self._unlocked())
        with walk.held():
            walk.mark(SealState.UNSEALING)
            turned = walk.turn(partial(self._parts.progress, "Unsealing"))
            self._parts.empty_caches()
            walk.mark(SealState.OPEN)
            if turned.left:
                self._parts.keys.set_aside()
            else:
                self._parts.keys.remove()
        return turned

    def change_passphrase(self) -> None:
        """Wrap the key by a new passphrase; the recovery words stay.

        Raises:
            VaultLocked, WrongPassphrase, SettingsError: nothing was changed.
        """
        if self._parts.state() is SealState.OPEN:
            raise SettingsError(
                "The vault is not sealed.", hint="`voicereflect vault seal` seals it."
            )
        identity = self._unlocked()
        self._parts.keys.change(identity, new_passphrase(self._parts.secrets))

    def _unlocked(self) -> str:
        return unlocked(self._parts.secrets, self._parts.keys, self._parts.understood)

    def _begun(self) -> str:
        """Make a key, and see that passphrase and recovery words both open it."""
        passphrase = new_passphrase(self._parts.secrets)
        identity, words = self._parts.new_identity(), self._parts.new_words()
        self._learnt(words)
        self._parts.keys.make(identity, passphrase, words)
        return identity

    def _learnt(self, words: str) -> None:
        """Show the recovery words until they are typed as they are."""
        secrets = self._parts.secrets
        for _ in range(TRIES):
            if not secrets.show_once(tuple(words.split())):
                break
            typed = secrets.ask("The twelve words, as you wrote them down: ")
            if typed is None:
                break
            with suppress(WrongPassphrase):
                if self._parts.understood(typed) == words:
                    return
            secrets.note("That is not what was shown. It is shown once more.")
        raise VaultLocked(
            "The recovery words were not tried, so nothing was sealed.",
            hint="Begin again with paper and pencil; there will be other words.",
        )
