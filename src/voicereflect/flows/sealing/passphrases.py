"""Asking for a passphrase: the one that is set, and a new one; nothing of it is ever shown."""

from collections.abc import Callable
from typing import Final

from voicereflect.errors import SettingsError, VaultLocked, WrongPassphrase
from voicereflect.ports.sealing import Secrets, WrappedKeys

TRIES: Final = 3
SHORTEST: Final = 8
_WORDS: Final = 12
ASKED: Final = "Passphrase of the vault (or its twelve recovery words): "


def unlocked(secrets: Secrets, keys: WrappedKeys, understood: Callable[[str], str]) -> str:
    """Give the vault's key, once somebody typed what opens it.

    Raises:
        VaultLocked: nobody is there to type it.
        WrongPassphrase: three tries did not open it.
    """
    for left in range(TRIES - 1, -1, -1):
        typed = secrets.ask(ASKED)
        if not typed:
            raise VaultLocked(
                "The vault is sealed, and its passphrase was not given.",
                hint="Type it at a terminal; `voicereflect unlock` keeps the key for a while.",
            )
        try:
            return _opened(typed, keys, understood)
        except WrongPassphrase as problem:
            if not left:
                raise
            secrets.note(problem.sentence)
    raise AssertionError  # the last try returns or raises


def _opened(typed: str, keys: WrappedKeys, understood: Callable[[str], str]) -> str:
    if len(typed.split()) != _WORDS:
        return keys.open(typed)
    try:
        words = understood(typed)
    except WrongPassphrase:
        return keys.open(typed)  # a passphrase of twelve words of one's own
    try:
        return keys.recover(words)
    except WrongPassphrase:
        return keys.open(typed)


def new_passphrase(secrets: Secrets) -> str:
    """Give a new passphrase, typed twice.

    Raises:
        VaultLocked: nobody is there to type it.
        SettingsError: it is too short, or the two differ.
    """
    first = secrets.ask("New passphrase (four words of your own are good): ")
    if first is None:
        raise VaultLocked(
            "No passphrase was typed, so nothing was changed.",
            hint="It is asked for at a terminal.",
        )
    if len(first) < SHORTEST:
        raise SettingsError(
            f"A passphrase has {SHORTEST} letters or more.", hint="Nothing was changed."
        )
    if secrets.ask("The same once more: ") != first:
        raise SettingsError("The two were not the same.", hint="Nothing was changed.")
    return first
