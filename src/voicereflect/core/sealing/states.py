"""Whether a vault is sealed, or on its way there or back."""

from dataclasses import dataclass
from enum import Enum


class SealState(Enum):
    """As it stands in the vault's label; on the way, plain and sealed files stand side by side."""

    OPEN = "open"
    SEALING = "sealing"
    SEALED = "sealed"
    UNSEALING = "unsealing"

    @property
    def writes_sealed(self) -> bool:
        """Whether what is written now is to be sealed."""
        return self in {SealState.SEALING, SealState.SEALED}

    @property
    def on_the_way(self) -> bool:
        """Whether a walk over all files has not come to its end."""
        return self in {SealState.SEALING, SealState.UNSEALING}


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """What came of a walk over all files."""

    files: int
    """How many are now as they should be, those that were so before included."""
    left: tuple[str, ...] = ()
    """Files of ours that stay as they were: damaged, or links; below the vault."""
    others: tuple[str, ...] = ()
    """What is not ours, and was not touched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealStatus:
    """What can be told of a vault without its key."""

    state: SealState
    held_s: int = 0
    """For how many seconds a key holder still has its key."""
    plain: tuple[str, ...] = ()
    """Files that are to be sealed and are not; below the vault."""
