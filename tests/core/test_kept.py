"""Claims about counting what lies where, and about what is said of the system."""

from voicereflect.core.store.holdings import Root
from voicereflect.core.store.kept import FoundFile, sorted_in
from voicereflect.core.store.system_notes import notes


def test_files_are_counted_by_what_they_hold_and_strangers_last() -> None:
    found = (
        FoundFile(path="entries/2026/11/a/entry.md", size=100, mode=0o600),
        FoundFile(path="entries/2026/11/a/1.jsonl", size=10, mode=0o640),
        FoundFile(path="entries/2026/11/b/1.jsonl", size=1, mode=0o600),
        FoundFile(path="notes/mine.txt", size=7, mode=0o640),
    )
    places = sorted_in(Root.VAULT, "/v", found)
    told = [(e.holds, len(e.found), e.size, e.loose, e.modes) for e in places]
    assert told == [
        ("the words of an entry", 1, 100, 0, "0600"),
        ("transcripts", 2, 11, 1, "0600, 0640"),
        ("not of voicereflect", 1, 7, 1, "0640"),
    ]
    assert sorted_in(Root.CACHE, "/c", ()) == []


def test_what_the_system_does_not_tell_is_said_to_be_unknown() -> None:
    known = " ".join(notes(swap=True, hibernates=True, synced="/clouds/Dropbox"))
    assert all(word in known for word in ("Swap is on", "hibernate", "/clouds/Dropbox"))
    quiet = " ".join(notes(swap=False, hibernates=False, synced=""))
    assert "Swap" not in quiet
    assert "ibernat" not in quiet
    unknown = " ".join(notes(swap=None, hibernates=None, synced=""))
    assert unknown.count("does not tell") == 2
