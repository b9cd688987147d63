"""What sealing needs of the outside: who is asked, where the key lies, what walks the files."""

from collections.abc import Callable
from dataclasses import dataclass

from voicereflect.core.sealing.states import SealState
from voicereflect.ports.sealing import SealWalk, Secrets, WrappedKeys


@dataclass(frozen=True, slots=True, kw_only=True)
class SealParts:
    """Everything sealing is made of."""

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
    empty_caches: Callable[[], None]
    progress: Callable[[str, float, float], None]
