"""Whether the index's file holds together; knows SQLite's own checks."""

import apsw


def faults(db: apsw.Connection) -> list[str]:
    """Tell what is wrong, in SQLite's words and never in a person's."""
    found = [str(line) for (line,) in db.execute("PRAGMA integrity_check(5)") if line != "ok"]
    passages = db.execute("SELECT count(*) FROM passages").get
    for table in ("words", "spelt"):
        searchable = db.execute(f"SELECT count(*) FROM {table}").get
        if passages != searchable:
            found.append(f"{passages} passages, of which {searchable} can be searched")
    return found
