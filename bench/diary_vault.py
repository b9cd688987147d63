"""A vault of years of entries, made of real diaries' sentences; the same for the same seed.

The texts do not come with the project: they are read from a folder beside it.
"""

import json
import os
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from voicereflect.core.entry.ids import folder_name
from voicereflect.core.entry.page import entry_text
from voicereflect.core.words import passages
from voicereflect.model import Answer, AnswerState, Entry

TEXTS = Path(os.environ.get("VOICEREFLECT_DIARIES", Path(__file__).parents[2] / "shared/themes"))
PER_ENTRY = 6
FIRST = datetime(1999, 7, 8, 19, 0, tzinfo=UTC)
LETTERS = "abcdefghijklmnopqrstuvwxyz"
DECKS = ("everyday", "small-steps", "her-biography")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A passage of a diary and its name there: diary, day, number."""

    name: str
    text: str


def sentences() -> list[Sentence]:
    """Every passage of both diaries, once each, in order."""
    found: dict[str, Sentence] = {}
    numbers: Counter[str] = Counter()
    for diary, file in (("pepys", "pepys.jsonl"), ("diary", "diary_composite_365.jsonl")):
        for line in (TEXTS / file).read_text("utf-8").splitlines():
            day = json.loads(line)
            name = f"{diary}/{day['date']}"  # some days have two entries
            parts = [sent for sent, _ in day["sents"]] if "sents" in day else [day["text"]]
            for text in (each.text for part in parts for each in passages.split(part)):
                numbers[name] += 1
                found.setdefault(text, Sentence(f"{name}/{numbers[name]}", text))
    return list(found.values())


def entries(count: int, *, seed: int) -> Iterator[Entry]:
    """One entry a day; a sentence returns only when all others have been said."""
    rng = random.Random(seed)
    pool = sentences()
    rng.shuffle(pool)
    for day in range(count):
        started = FIRST + timedelta(days=day, minutes=rng.randrange(180))
        picked = [pool[(day * PER_ENTRY + n) % len(pool)].text for n in range(PER_ENTRY)]
        half = PER_ENTRY // 2
        texts = ("\n\n".join(picked[:half]), "\n\n".join(picked[half:]))
        yield _entry(started, rng, texts)


def composite(count: int, *, seed: int) -> Iterator[Entry]:
    """The composite diary in its own order, over and over, a day for each entry."""
    rng = random.Random(seed)
    lines = (TEXTS / "diary_composite_365.jsonl").read_text("utf-8").splitlines()
    said = [[text for text, _ in json.loads(line)["sents"]] for line in lines]
    for day in range(count):
        started = FIRST + timedelta(days=day, minutes=rng.randrange(180))
        yield _entry(started, rng, ("\n\n".join(said[day % len(said)]),))


def _entry(started: datetime, rng: random.Random, texts: tuple[str, ...]) -> Entry:
    deck = rng.choice(DECKS)
    return Entry(
        id=f"{started:%Y%m%dT%H%M%SZ}-{''.join(rng.choices(LETTERS, k=4))}",
        started_at=started,
        deck=deck,
        edition=1,
        title=deck.replace("-", " ").capitalize(),
        language="en",
        tags=("garden",) if rng.random() < 0.1 else (),
        answers=tuple(
            Answer(
                number=number,
                speaker="me",
                prompt=f"{deck}/free",
                asked="What would you like to keep of today?",
                duration_s=60.0,
                state=AnswerState.DONE,
                text=text,
            )
            for number, text in enumerate(texts, start=1)
        ),
    )


def write(root: Path, count: int, *, seed: int = 1) -> None:
    """Write a vault whose sentences are drawn at random."""
    keep(root, entries(count, seed=seed))


def keep(root: Path, said: Iterable[Entry]) -> None:
    """Write entries; files only, without the syncing that a person's words deserve."""
    root.mkdir(parents=True, mode=0o700, exist_ok=True)
    (root / "vault.toml").write_text('format = 1\nid = "bench"\nsealed = false\n')
    templates: dict[tuple[str, tuple[str, ...]], str] = {}
    for entry in said:
        kind = (entry.deck, entry.tags)
        if kind not in templates:  # writing YAML ten thousand times takes minutes
            templates[kind] = entry_text.render(_blank(entry))
        folder = root / "entries" / f"{entry.started_at:%Y/%m}" / folder_name(entry)
        folder.mkdir(parents=True)
        (folder / "entry.md").write_bytes(entry_text.encode(_filled(templates[kind], entry)))


def _blank(entry: Entry) -> Entry:
    answers = tuple(replace(each, text=f"TEXT-{each.number}") for each in entry.answers)
    return replace(entry, id="ENTRY-ID", started_at=FIRST, answers=answers)


def _filled(template: str, entry: Entry) -> str:
    text = template.replace("ENTRY-ID", entry.id)
    text = text.replace(FIRST.isoformat(), entry.started_at.isoformat())
    at = entry.started_at
    text = text.replace(
        f"{FIRST:%A} {FIRST.day} {FIRST:%B} {FIRST.year}, {FIRST:%H:%M}",
        f"{at:%A} {at.day} {at:%B} {at.year}, {at:%H:%M}",
    )
    for answer in entry.answers:
        text = text.replace(f"TEXT-{answer.number}", answer.text)
    return text
