"""Ways off this machine."""

from typing import Protocol


class WayOut(Protocol):
    """One way off this machine, tried."""

    @property
    def what(self) -> str:
        """Its name."""

    @property
    def refused(self) -> bool:
        """Whether it is shut."""
