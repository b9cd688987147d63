"""The index's file: opened, brought up to date, thrown away when it is of no use.

Knows files and versions, not what is looked for.
"""

import os
from pathlib import Path
from typing import Final

import apsw

from voicereflect.adapters.index import schema
from voicereflect.adapters.index.problems import translated
from voicereflect.errors import IndexDamaged, VaultUnwritable

PATIENCE_MS: Final = 10_000
DERIVED: Final = "1"
"""Changes when the same text would be cut or kept otherwise: then all is made again."""
_BESIDE: Final = ("-wal", "-shm", "-journal", "")


class Database:
    """A connection that can be had anew."""

    def __init__(
        self, file: Path, *, patience_ms: int = PATIENCE_MS, older: Path | None = None
    ) -> None:
        """Remember; nothing is opened yet."""
        self._older = older if older != file else None
        self._file: Path | None = file
        self._named = file
        self._patience_ms = patience_ms
        self._db: apsw.Connection | None = None

    @property
    def file(self) -> Path | None:
        """The file; None in memory."""
        return self._file

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
        """The connection, and a file of no use left alone.

        Raises:
            IndexDamaged: it is damaged, or a newer version's.
        """
        if self._db is None:
            try:
                self._db = self._opened()
            except VaultUnwritable:
                self._file = None
                self._db = self._opened()
        return self._db

    def begin_again(self) -> None:
        """Throw everything away and open an empty index."""
        self.close()
        try:
            self._remove()
            self._db = self._opened()
        except VaultUnwritable:
            self._file = None
            self._db = self._opened()

    def scour(self) -> None:
        """Let no trace of what was dropped stay in the file.

        Raises:
            VaultUnwritable: the file cannot be written, or an older one not be removed.
        """
        db = self.db
        if self._file is None and self._named.exists():
            raise VaultUnwritable(
                f"{self._named} cannot be written, and words stay in it.",
                hint="Delete that file; it is made again from the vault.",
            )
        with translated(self._file):
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
            with translated(self._file):
                self._db.close()
            self._db = None

    def _opened(self) -> apsw.Connection:
        with translated(self._file):
            db = self._connected()
            try:
                self._prepare(db)
            except BaseException:
                db.close()
                raise
            return db

    def _prepare(self, db: apsw.Connection) -> None:
        db.set_busy_timeout(self._patience_ms)
        if self._file is not None:
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
        if self._file is None:
            return apsw.Connection(":memory:")
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not self._file.exists():  # closing it would end the locks of another connection
                # SQLite gives its other files the mode of this one
                os.close(os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600))
        except OSError as error:
            raise apsw.CantOpenError from error
        return apsw.Connection(str(self._file))

    def _remove(self) -> None:
        if self._file is not None:
            _remove(self._file)


def _remove(file: Path) -> None:
    for suffix in _BESIDE:
        try:
            Path(f"{file}{suffix}").unlink(missing_ok=True)
        except OSError as error:
            raise VaultUnwritable(
                f"{file} cannot be removed.", hint="Remove it yourself."
            ) from error
