"""Whether a vault is sealed, or on its way there or back."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

BEFORE_SEALING: Final = (
    "Sealing keeps what you said from whoever takes or opens this machine while you are away, "
    "and gets its disk or a backup. Dates, sizes and how many entries there are can be seen.",
    "It does not keep out who watches while you use it. To read and to search you type a "
    "passphrase; to speak you need not.",
    "Twelve recovery words, on paper, open it as well.",
    "Passphrase and recovery words lost together are final: nobody can open the vault then, "
    "and nothing of ours can help.",
)
AFTER_SEALING: Final = (
    "The plain files are deleted. A disk may keep deleted bytes for a while (SSDs, snapshots, "
    "backups, sync folders): only a disk that is encrypted as a whole rules that out."
)


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
    lost: tuple[str, ...] = ()
    """What should open it and is not there; below the vault."""
