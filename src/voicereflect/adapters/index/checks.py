"""Whether the index's file holds together; knows SQLite's own checks."""

import apsw


def faults(db: apsw.Connection) -> list[str]:
    """Tell what is wrong, in SQLite's words and never in a person's."""
    found = [str(line) for (line,) in db.execute("PRAGMA integrity_check(5)") if line != "ok"]
    passages = db.execute("SELECT count(*) FROM passages").get
    words = db.execute("SELECT count(*) FROM words").get
    if passages != words:
        found.append(f"{passages} passages, of which {words} can be searched")
    return found
