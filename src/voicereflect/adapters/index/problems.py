"""What SQLite raises, in words a person can act on; knows no table."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import apsw

from voicereflect.errors import IndexDamaged, NotEnoughMemory, VaultBusy, VaultUnwritable

BUSY: Final = (apsw.BusyError, apsw.LockedError)
UNWRITABLE: Final = (
    apsw.CantOpenError,
    apsw.FullError,
    apsw.IOError,
    apsw.PermissionsError,
    apsw.ReadOnlyError,
    apsw.AuthError,
    apsw.NoLFSError,
)
DAMAGED: Final = (
    apsw.CorruptError,
    apsw.NotADBError,
    apsw.FormatError,
    apsw.SQLError,  # a table is missing or has other columns
    apsw.SchemaChangeError,
    apsw.ConstraintError,
    apsw.MismatchError,
    apsw.ProtocolError,
    apsw.TooBigError,
    apsw.EmptyError,
    apsw.NotFoundError,
    apsw.RangeError,
    apsw.InternalError,
)


@contextmanager
def translated(file: Path | None) -> Iterator[None]:
    """Turn what SQLite raises into one line with a hint; never with a word of a row."""
    where = file or "The index in memory"
    try:
        yield
    except BUSY as error:
        raise VaultBusy(
            f"{where} is in use by another voicereflect.",
            hint="Wait until it is done, or end it, then try again.",
        ) from error
    except (apsw.NoMemError, MemoryError) as error:
        raise NotEnoughMemory(
            "There is not enough memory to read the index.",
            hint="Close other programs, then try again; nothing is lost.",
        ) from error
    except UNWRITABLE as error:
        raise VaultUnwritable(
            f"{where} cannot be written.",
            hint="See whether the disk is full or write-protected.",
        ) from error
    except (*DAMAGED, ValueError) as error:  # or a row holds what is no text and no date
        raise IndexDamaged(
            f"{where} is damaged.", hint="Remove that file; it is made again from the vault."
        ) from error
