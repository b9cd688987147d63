"""The index's tables and how older ones become today's; knows SQL, not what is looked for.

Migrations only ever grow: each brings a file from one version to the next in
one transaction.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import apsw

TOKENIZER: Final = ("porter", "unicode61", "remove_diacritics", "2")

MIGRATIONS: Final = (
    f"""
    CREATE TABLE entries (
        key INTEGER PRIMARY KEY,
        place TEXT NOT NULL UNIQUE,
        stamp TEXT NOT NULL,
        digest TEXT NOT NULL,
        id TEXT NOT NULL,
        started TEXT NOT NULL,
        day TEXT NOT NULL,
        deck TEXT NOT NULL,
        edition INTEGER NOT NULL,
        title TEXT NOT NULL,
        language TEXT NOT NULL,
        tags TEXT NOT NULL,
        speakers TEXT NOT NULL,
        seconds REAL NOT NULL,
        opening TEXT NOT NULL,
        synthetic INTEGER NOT NULL,
        closed INTEGER NOT NULL,
        problem TEXT NOT NULL,
        hint TEXT NOT NULL,
        twin INTEGER NOT NULL
    );
    CREATE INDEX entries_by_id ON entries (id);
    CREATE INDEX entries_by_day ON entries (day);
    CREATE TABLE answers (
        entry INTEGER NOT NULL,
        number INTEGER NOT NULL,
        speaker TEXT NOT NULL,
        prompt TEXT NOT NULL,
        asked TEXT NOT NULL,
        seconds REAL NOT NULL,
        state TEXT NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (entry, number)
    );
    CREATE TABLE passages (
        key INTEGER PRIMARY KEY,
        answer INTEGER NOT NULL,
        word INTEGER NOT NULL,
        text TEXT NOT NULL
    );
    CREATE VIRTUAL TABLE words USING fts5 (
        text, content = '', contentless_delete = 1, tokenize = '{" ".join(TOKENIZER)}'
    );
    CREATE VIRTUAL TABLE terms USING fts5vocab (words, row);
    CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
    """,
    """
    CREATE TABLE vectors (
        entry INTEGER NOT NULL,
        model TEXT NOT NULL,
        said TEXT NOT NULL,
        half BLOB NOT NULL,
        PRIMARY KEY (entry, model)
    );
    ALTER TABLE entries ADD COLUMN said TEXT NOT NULL DEFAULT '';
    UPDATE entries SET stamp = '', digest = '';
    """,
    f"""
    CREATE VIRTUAL TABLE spelt USING fts5 (
        text, content = '', contentless_delete = 1, tokenize = '{" ".join(TOKENIZER[1:])}'
    );
    CREATE VIRTUAL TABLE spellings USING fts5vocab (spelt, row);
    UPDATE entries SET stamp = '', digest = '';
    """,
    """
    ALTER TABLE passages ADD COLUMN thin INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE entries ADD COLUMN themed TEXT NOT NULL DEFAULT '';
    UPDATE entries SET stamp = '', digest = '';
    """,
    """
    UPDATE entries SET stamp = '', digest = '';
    """,
    """
    ALTER TABLE entries ADD COLUMN answered INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE entries ADD COLUMN waiting INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE entries ADD COLUMN undecided INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE entries ADD COLUMN folder TEXT NOT NULL DEFAULT '';
    CREATE INDEX entries_answered ON entries (id, deck, day)
        WHERE answered AND problem = '' AND twin = 0;
    CREATE INDEX entries_waiting ON entries (id) WHERE waiting AND problem = '' AND twin = 0;
    CREATE INDEX entries_undecided ON entries (id) WHERE undecided AND problem = '' AND twin = 0;
    CREATE INDEX answers_by_prompt ON answers (prompt, entry);
    UPDATE entries SET
        answered = EXISTS (SELECT 1 FROM answers AS a
            WHERE a.entry = entries.key AND a.state IN ('done', 'pending')),
        waiting = EXISTS (SELECT 1 FROM answers AS a
            WHERE a.entry = entries.key AND a.state = 'pending');
    UPDATE entries SET stamp = '', digest = '' WHERE closed;
    """,
    """
    ALTER TABLE entries ADD COLUMN met TEXT NOT NULL DEFAULT '';
    ALTER TABLE entries ADD COLUMN told TEXT NOT NULL DEFAULT '';
    UPDATE entries SET
        met = coalesce((SELECT group_concat(a.prompt, ' ') FROM answers AS a
            WHERE a.entry = entries.key), ''),
        told = coalesce((SELECT group_concat(a.prompt, ' ') FROM answers AS a
            WHERE a.entry = entries.key AND a.state = 'done' AND a.text <> ''
            AND NOT entries.closed), '');
    DROP INDEX entries_answered;
    CREATE INDEX entries_answered ON entries (id, deck, day, met, told)
        WHERE answered AND problem = '' AND twin = 0;
    """,
    """
    UPDATE entries SET stamp = '', digest = '';
    """,
)
"""The second to the fifth and the eighth read every entry anew: for `said`, its passages' hash,
for `spelt`, which knows words as they are written where `words` knows their stems,
for `thin`, the passages that say too little for a theme, and `themed`, the others' hash,
and because a passage with one word of content is no longer thin.
The sixth reads only closed entries anew, of which some are undecided; `folder` is the
stamp of a folder in which nothing was left to finish. The seventh keeps with an entry
the prompts it met and those it told: joining ten thousand with their answers takes longer
than reading them (issue 12).
The eighth is for `opening`, which holds no words of danger any more."""
VERSION: Final = len(MIGRATIONS)


def version_of(db: apsw.Connection) -> int:
    """Tell which version's tables a file has; 0 is an empty file."""
    return int(db.pragma("user_version"))


def migrate(db: apsw.Connection) -> None:
    """Bring a file to this version, step by step."""
    for version, statements in enumerate(MIGRATIONS, start=1):
        if version_of(db) < version:
            with transaction(db):
                if version_of(db) < version:  # else another process was quicker
                    db.execute(statements)
                    db.pragma("user_version", version)


@contextmanager
def transaction(db: apsw.Connection) -> Iterator[None]:
    """Write all of it or nothing; waits its turn at the beginning, never in the middle."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
