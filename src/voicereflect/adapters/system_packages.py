"""Which packages of a Debian-like system are missing; looks for libraries, installs nothing."""

import ctypes
import shutil
import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

LIBRARIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "libportaudio.so.2": "libportaudio2",
        "libespeak-ng.so.1": "espeak-ng",
    }
)
"""What is loaded late, and the package that has it; without libseccomp nothing runs at all."""


def missing_packages() -> tuple[str, ...]:
    """Name the packages; none where packages are not Debian's."""
    if sys.platform != "linux" or not shutil.which("apt-get"):
        return ()
    return tuple(package for library, package in LIBRARIES.items() if not _loads(library))


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
