"""The index's file: opened, brought up to date, and thrown away when it cannot be used.

Knows files and versions, not what is looked for.
"""

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Concatenate, Final, ParamSpec, TypeVar

import apsw

from voicereflect.adapters.index import filters, schema
from voicereflect.adapters.index.problems import translated
from voicereflect.adapters.index.schema import transaction
from voicereflect.errors import IndexDamaged, VaultUnwritable

PATIENCE_MS: Final = 10_000
DERIVED: Final = "3"
"""Change it when the same text is cut or stored differently: older files are then made again."""
_BESIDE: Final = ("-wal", "-shm", "-journal", "")

P = ParamSpec("P")
R = TypeVar("R")
D = TypeVar("D", bound="Database")


class Database:
    """One index file and the connection to it."""

    def __init__(
        self,
        file: Path,
        *,
        patience_ms: int = PATIENCE_MS,
        older: Path | None = None,
        key: bytes = b"",
    ) -> None:
        """Remember; nothing is opened yet.

        `older` is where the file was before the vault had an id; `vacuum` removes it.
        With a `key` of 32 bytes every page of the file is encrypted; a file that is not,
        or with another key, is made again.
        """
        self._key = key
        self._older = older if older != file else None
        self.file: Path | None = file
        """Where it is; None where no file can be written and the index lives in memory."""
        self._named = file
        self._patience_ms = patience_ms
        self._db: apsw.Connection | None = None

    @property
    def db(self) -> apsw.Connection:
        """The connection, opened on first use; a file of another version is thrown away.

        Where no file can be written the index is made in memory, for this command alone.
        """
        try:
            return self.as_it_is()
        except IndexDamaged:
            self.begin_again()
        return self.as_it_is()

    def as_it_is(self) -> apsw.Connection:
        """The connection; a file that cannot be used is left alone.

        Raises:
            IndexDamaged: it is damaged, or a newer version's.
        """
        if self._db is None:
            try:
                self._db = self._opened()
            except VaultUnwritable:
                self.file = None
                self._db = self._opened()
        return self._db

    def begin_again(self) -> None:
        self.close()
        try:
            if self.file is not None:
                _remove(self.file)
        except VaultUnwritable:
            self.file = None
        self.as_it_is()

    def vacuum(self) -> None:
        """Rewrite the file so that no trace of dropped rows stays in it; takes a second.

        Raises:
            VaultUnwritable: the file cannot be written, or an older one not be removed.
        """
        db = self.db
        if self.file is None and self._named.exists():
            raise VaultUnwritable(
                f"{self._named} cannot be written, and words stay in it.",
                hint="Delete that file; it is made again from the vault.",
            )
        with translated(self.file):
            # words that were dropped are only marked so until the segments they are in are merged
            db.execute("INSERT INTO words (words) VALUES ('optimize')")
            db.execute("INSERT INTO spelt (spelt) VALUES ('optimize')")
            db.execute("VACUUM")
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        if self._older is not None:
            _remove(self._older)

    def close(self) -> None:
        """Let go of the file."""
        if self._db is not None:
            with translated(self.file):
                self._db.close()
            self._db = None

    def _opened(self) -> apsw.Connection:
        with translated(self.file):
            db = self._connected()
            try:
                self._prepare(db)
            except BaseException:
                db.close()
                raise
            return db

    def _prepare(self, db: apsw.Connection) -> None:
        if self._key and self.file is not None:
            db.pragma("cipher", "chacha20")
            db.pragma("key", f"raw:{self._key.hex()}")
        db.set_busy_timeout(self._patience_ms)
        for name, function in filters.FUNCTIONS.items():
            db.create_scalar_function(name, function, 1, deterministic=True)
        if self.file is not None:
            db.pragma("journal_mode", "wal")
        db.pragma("synchronous", "normal")
        db.pragma("temp_store", "memory")
        if schema.version_of(db) > schema.VERSION:
            raise apsw.SchemaChangeError
        schema.migrate(db)
        kept = db.execute("SELECT value FROM facts WHERE name = 'derived'").get
        if kept is None:
            db.execute("INSERT OR IGNORE INTO facts VALUES ('derived', ?)", (DERIVED,))
        elif kept != DERIVED:
            raise apsw.SchemaChangeError

    def _connected(self) -> apsw.Connection:
        if self.file is None:
            return apsw.Connection(":memory:")
        try:
            self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not self.file.exists():  # closing it would end the locks of another connection
                # SQLite gives its other files the mode of this one
                os.close(os.open(self.file, os.O_RDWR | os.O_CREAT, 0o600))
        except OSError as error:
            raise apsw.CantOpenError from error
        return apsw.Connection(str(self.file))


def _remove(file: Path) -> None:
    for suffix in _BESIDE:
        try:
            Path(f"{file}{suffix}").unlink(missing_ok=True)
        except OSError as error:
            raise VaultUnwritable(
                f"{file} cannot be removed.", hint="Remove it yourself."
            ) from error


def translating(method: Callable[Concatenate[D, P], R]) -> Callable[Concatenate[D, P], R]:
    """Have a method raise errors of ours where SQLite raises its own."""

    @wraps(method)
    def translated_method(self: D, /, *args: P.args, **options: P.kwargs) -> R:
        with translated(self.file):
            return method(self, *args, **options)

    return translated_method


def changing(method: Callable[Concatenate[D, P], R]) -> Callable[Concatenate[D, P], R]:
    """Have a method write all of it or nothing; else like `translating`."""

    @wraps(method)
    def changing_method(self: D, /, *args: P.args, **options: P.kwargs) -> R:
        db = self.db  # may make the file anew, and that is no part of the transaction
        with translated(self.file), transaction(db):
            return method(self, *args, **options)

    return changing_method
