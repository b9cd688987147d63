"""Whether a vault can be written at all, tried before anything depends on it."""

import shutil
from pathlib import Path

from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.refusals import translated
from voicereflect.errors import VaultUnwritable

PROBE = ".probe"


def free_bytes(root: Path) -> int:
    """Write and remove a file where the vault is or would be; give the room that is left.

    Raises:
        VaultUnwritable: it cannot be written; says why.
    """
    place = next(each for each in (root, *root.parents) if each.exists())
    files = Files(place)
    try:
        with files.writer(place / PROBE) as target:
            target.write(b"\0" * 4096)
        files.remove(place / PROBE)
    except VaultUnwritable as error:
        # a person knows the vault by its name, and nothing of a probe
        what = error.what.replace(str(place / PROBE), str(root))
        raise VaultUnwritable(what, hint=error.hint) from error
    with translated(place):
        return shutil.disk_usage(place).free
