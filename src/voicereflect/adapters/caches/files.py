"""Files of caches, taken away; must not know what is in them."""

from collections.abc import Sequence
from pathlib import Path

from voicereflect.errors import VaultUnwritable


class CacheFiles:
    """Files by folder and pattern; all of them can be made again."""

    def __init__(self, places: Sequence[tuple[Path, str]]) -> None:
        self._places = tuple(places)

    def remove(self) -> None:
        """Remove all of them, halves of saves included.

        Raises:
            VaultUnwritable: one stays; it names the folder.
        """
        for folder, pattern in self._places:
            try:
                for path in folder.glob(pattern):
                    path.unlink(missing_ok=True)
            except OSError as error:
                raise VaultUnwritable(
                    f"{folder} cannot be emptied.", hint="Delete that folder; it is a cache."
                ) from error
