"""Which folders were vaults: one that is gone is told to be missing, and not begun again."""

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from voicereflect.core.store.bounds import readable
from voicereflect.errors import VaultMissing

LABEL: Final = "vault.toml"
_ENTRIES: Final = "entries"


class KnownVaults:
    """A folder of small files, one for each vault: its name is a digest of the vault's path."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def expect(self, root: Path) -> None:
        """See that a vault that was there is there; note one that is.

        Raises:
            VaultMissing: it was there and is gone.
        """
        if is_there(root):
            self.note(root)
        elif self._mark(root).exists():
            raise missing(root)

    def forget(self, root: Path) -> None:
        """Forget a vault that is gone for good, so that another may begin there."""
        self._mark(root).unlink(missing_ok=True)

    def note(self, root: Path) -> None:
        """Remember that here is a vault."""
        mark = self._mark(root)
        if mark.exists():
            return
        with suppress(OSError):  # then its loss goes untold; nothing of the vault depends on it
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            mark.write_bytes(os.fsencode(root))
            mark.chmod(0o600)

    def _mark(self, root: Path) -> Path:
        return self._folder / hashlib.sha256(os.fsencode(root.absolute())).hexdigest()[:16]


def is_there(root: Path) -> bool:
    """Tell whether a folder is a vault; one without a label has entries at least."""
    return (root / LABEL).exists() or (root / _ENTRIES).is_dir()


def place_of(descriptor: int) -> Path | None:
    """Tell where an open file is by now; None where the system does not say."""
    with suppress(OSError):
        place = Path(f"/proc/self/fd/{descriptor}").readlink()
        if os.path.samestat(place.stat(), os.fstat(descriptor)):
            return place
    return None


def missing(root: Path, now: Path | None = None) -> VaultMissing:
    """Say that the vault is gone, or where it is `now`."""
    if now is not None:
        return VaultMissing(
            f"The vault was moved: from {readable(str(root))} to {readable(str(now))}. "
            "What you said is in it.",
            hint="Put the folder back, or set `vault` as `voicereflect config` shows.",
        )
    return VaultMissing(
        f"The vault is not where it was: {readable(str(root))} holds none now.",
        hint="Connect its disk or put the folder back; if it moved, set `vault` as "
        "`voicereflect config` shows. `voicereflect vault begin` begins an empty one there.",
    )
