"""A sealed vault's files whose key is always there, for suites that know nothing of keys."""

from pathlib import Path
from typing import Final

from voicereflect.adapters.seal.age import AgeCipher, recipient_of
from voicereflect.adapters.vault.sealed_files import SealedFiles

IDENTITY: Final = "AGE-SECRET-KEY-1QQQSYQCYQ5RQWZQFPG9SCRGWPUGPZYSNZS23V9CCRYDPK8QARC0SWRYDWG"
"""A key of this test alone."""


class OpenedFiles(SealedFiles):
    """Sealed, and opened without being asked for a passphrase."""

    def __init__(self, root: Path) -> None:
        super().__init__(root, AgeCipher(recipient_of(IDENTITY), lambda: IDENTITY))
