"""Whether a vault is sealed, or on its way there or back."""

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
