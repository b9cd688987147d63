"""Finding things again in ten thousand entries: how long it takes, and how often it is right.

    python -m bench search               both
    VOICEREFLECT_BENCH=time|quality      one of them

The entries are made of sentences of two real diaries. For the timings the
vectors are drawn at random, since what they say costs nothing; for the quality
they are the model's own, of `PASSAGES` passages, and are kept for the next run.

Reached on two cores with nothing else to do: `list` 0.31 s, exact search 0.23 s,
full search 0.73 s as whole commands, 353 MB at most; a warm search step 17 ms,
one new entry 0.19 s, the first build 36 s. MRR@10: rare words 1.00, paraphrases
.38 in either half, where fusion 1:2 has .19 and meaning alone .39.
"""

import hashlib
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import psutil

from bench import diary_vault
from bench.diary_vault import Sentence
from voicereflect import wiring
from voicereflect.adapters.index.index import Index
from voicereflect.core.search import query as queries
from voicereflect.core.search.filters import BYTES_PER_VECTOR, WIDTH, IndexRecord
from voicereflect.core.search.float16 import to_half
from voicereflect.core.search.neighbours import VectorTable
from voicereflect.core.search.ranking import RARE_UPTO, Evidence, ranked
from voicereflect.flows.library.finding import indexing
from voicereflect.flows.library.finding.search import CANDIDATES, NEAR, gathered
from voicereflect.ports.vault import EntryFiles
from voicereflect.ui.progress import LineProgress, NoProgress
from voicereflect.wiring import library

ENTRIES = 10_000
PASSAGES = 10_000
ROUNDS = 7
RARE = 200
SEED = 20261122
PLACE = Path(os.environ.get("VOICEREFLECT_BENCH_DIR", Path(tempfile.gettempdir()) / "vr-bench"))
PARAPHRASES = Path(__file__).with_name("paraphrases.toml")
PROGRAM = (sys.executable, "-P", "-m", "voicereflect")
SEARCHES = ("walking by the river with my wife", "a quarrel about money", "afraid of the fire")


def main() -> None:
    """Run what was asked for and print it."""
    which = os.environ.get("VOICEREFLECT_BENCH", "time quality")
    if "time" in which:
        timings()
    if "quality" in which:
        quality()


# How long it takes


def timings() -> None:
    """Time whole commands and single steps on a vault of `ENTRIES` entries."""
    root, cache = PLACE / "vault", PLACE / "cache"
    os.environ.update({"VOICEREFLECT_VAULT": str(root), "XDG_CACHE_HOME": str(cache)})
    if not root.exists():
        diary_vault.write(root, ENTRIES, seed=SEED)
    kept = wiring.vault(wiring.settings())
    with wiring.index_of(kept) as index:
        begun = time.perf_counter()
        changed = indexing.refresh(index, kept, LineProgress())
        if changed > ENTRIES // 2:
            print(f"first build: {ENTRIES} entries, {time.perf_counter() - begun:.0f} s")
        _draw_vectors(index)
        _steps(index, kept)
    for name, arguments in (
        ("list", ["list"]),
        ("exact search", ["search", "--exact", "Deborah", "garden"]),
        ("quoted search", ["search", '"my wife and I"']),
        ("full search", ["search", *SEARCHES[0].split()]),
        ("full search with filters", ["search", "--on", "2010", *SEARCHES[1].split()]),
        ("show", ["show", "last"]),
        ("python alone", []),
    ):
        _whole_command(name, arguments)


def _draw_vectors(index: Index) -> None:
    rng = np.random.default_rng(SEED)
    key = library.embedding_key()
    while batch := index.unread(key, count=500):
        rows = []
        for unread in batch:
            drawn = rng.standard_normal((len(unread.texts), WIDTH)).astype(np.float32)
            rows.append((unread, to_half(drawn / np.linalg.norm(drawn, axis=1, keepdims=True))))
        index.put_vectors(key, rows)


def _steps(index: Index, kept: EntryFiles) -> None:
    key = library.embedding_key()
    begun = time.perf_counter()
    meanings = VectorTable(index.vectors(key))
    print(f"vectors into memory: {len(meanings)}, {_ms(time.perf_counter() - begun)}")
    with library.meaning(wiring.settings()) as worker:
        vectors = [worker.embed([text]) for text in SEARCHES]
        _told("query into a vector", lambda n: worker.embed([SEARCHES[n % 3]]))

        def warm(number: int) -> None:
            query = queries.parse(SEARCHES[number % 3])
            near = meanings.nearest(vectors[number % 3], CANDIDATES)
            evidence = gathered(index, query, None, near)
            index.spots([key for key, _ in ranked(evidence)[:10]])

        _told("warm search step", warm)
        _told("look for changes", lambda _: indexing.refresh(index, kept, NoProgress()))
        new = list(diary_vault.entries(ENTRIES + ROUNDS + 1, seed=SEED))[ENTRIES:]

        def add(number: int) -> None:
            entry = new[number]
            index.put([IndexRecord(place=f"new/{number}", stamp="x", digest="x", entry=entry)])
            (unread,) = index.unread(key, count=1)
            index.put_vectors(key, [(unread, worker.embed(unread.texts))])

        _told("one new entry, words and meaning, worker warm", add)
        index.drop([f"new/{number}" for number in range(ROUNDS + 1)])
        texts = [sentence.text for sentence in diary_vault.sentences()[:400]]
        begun = time.perf_counter()
        worker.embed(texts)
        print(f"learning meanings: {len(texts) / (time.perf_counter() - begun):.0f} passages/s")


def _told(name: str, step: Callable[[int], object]) -> None:
    taken = []
    for number in range(ROUNDS):
        begun = time.perf_counter()
        step(number)
        taken.append(time.perf_counter() - begun)
    print(f"{name}: median {_ms(statistics.median(taken))}, best {_ms(min(taken))}")


def _whole_command(name: str, arguments: Sequence[str]) -> None:
    command = [*PROGRAM, *arguments] if arguments else [sys.executable, "-c", "pass"]
    # a person's Python keeps what it has compiled
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    taken, cpu, peaks = [], [], []
    for _ in range(ROUNDS):
        before = os.times()
        begun = time.perf_counter()
        with subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            peaks.append(_peak(process))
        taken.append(time.perf_counter() - begun)
        after = os.times()
        cpu.append(
            after.children_user
            + after.children_system
            - before.children_user
            - before.children_system
        )
    memory = f", peak {max(peaks) / 1e6:.0f} MB" if arguments else ""
    print(
        f"{name}: median {_ms(statistics.median(taken))}, best {_ms(min(taken))}, "
        f"processor {_ms(statistics.median(cpu))}{memory}"
    )


def _peak(process: "subprocess.Popen[bytes]") -> int:
    """The most memory that the command and its children held together."""
    peak = 0
    while process.poll() is None:
        try:
            family = psutil.Process(process.pid)
            held = [each.memory_info().rss for each in (family, *family.children(recursive=True))]
            peak = max(peak, sum(held))
        except psutil.NoSuchProcess:
            continue
        time.sleep(0.02)
    return peak


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


# How often it is right


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something typed, and the passages that are meant."""

    typed: str
    meant: frozenset[int]


def quality() -> None:
    """Compare words alone, meaning alone, plain fusion and the product's own ranking."""
    with tempfile.TemporaryDirectory() as folder, Index(Path(folder) / "index.sqlite") as index:
        paraphrases = tomllib.loads(PARAPHRASES.read_text("utf-8"))["queries"]
        chosen = _chosen({each["passage"]: each["check"] for each in paraphrases})
        keys = _fill(index, chosen)
        tasks = {
            f"paraphrases, {part} half": [
                Task(typed=each["words"], meant=frozenset({keys[each["passage"]]}))
                for each in paraphrases
                if each["half"] == part
            ]
            for part in ("tuning", "held-out")
        }
        tasks["rare words"] = list(_rare_words(chosen, keys))
        _compare(index, tasks)


def _chosen(wanted: dict[str, str]) -> list[Sentence]:
    """The passages that are meant, among others chosen by lot."""
    everything = diary_vault.sentences()
    for sentence in everything:
        check = hashlib.sha256(sentence.text.encode()).hexdigest()[:8]
        if wanted.get(sentence.name, check) != check:
            raise SystemExit(f"{sentence.name} is another passage now: name it anew.")
    meant = [each for each in everything if each.name in wanted]
    others = [each for each in everything if each.name not in wanted]
    return [*meant, *random.Random(SEED).sample(others, PASSAGES - len(meant))]


def _fill(index: Index, chosen: Sequence[Sentence]) -> dict[str, int]:
    started = next(diary_vault.entries(1, seed=1))
    answer = started.answers[0]
    index.put(
        [
            IndexRecord(
                place=f"{number:06d}",
                stamp="x",
                digest="x",
                entry=replace(
                    started, id=f"{number:06d}", answers=(replace(answer, text=sentence.text),)
                ),
            )
            for number, sentence in enumerate(chosen)
        ]
    )
    key = library.embedding_key()
    vectors = _vectors(chosen)
    unread = index.unread(key, count=len(chosen))
    rows = []
    for each in unread:
        sentence_vectors = b"".join(vectors[text] for text in each.texts)
        rows.append((each, sentence_vectors))
    index.put_vectors(key, rows)
    first = {each.texts[0]: each.key << 16 for each in unread}
    return {sentence.name: first[sentence.text] for sentence in chosen}


def _vectors(chosen: Sequence[Sentence]) -> dict[str, bytes]:
    """The model's own vectors; slow once, and kept."""
    texts = [sentence.text for sentence in chosen]
    name = hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]
    file = PLACE / f"vectors-{name}.bin"
    PLACE.mkdir(parents=True, exist_ok=True)
    kept = file.read_bytes() if file.exists() else b""
    done = len(kept) // BYTES_PER_VECTOR
    progress = LineProgress()
    with library.meaning(wiring.settings()) as worker, file.open("ab") as target:
        for begin in range(done, len(texts), 200):
            target.write(worker.embed(texts[begin : begin + 200]))
            target.flush()
            progress.step("Learning meanings", done=min(begin + 200, len(texts)), total=len(texts))
    data = file.read_bytes()
    size = BYTES_PER_VECTOR
    return {text: data[n * size : (n + 1) * size] for n, text in enumerate(texts)}


def _rare_words(chosen: Sequence[Sentence], keys: dict[str, int]) -> Iterator[Task]:
    """Words of four letters and more that stand in three passages or fewer, chosen by lot."""
    where: dict[str, set[int]] = {}
    for sentence in chosen:
        for word in set(re.findall(r"\w+", sentence.text.lower())):
            where.setdefault(word, set()).add(keys[sentence.name])
    rare = sorted(
        word
        for word, found in where.items()
        if len(found) <= RARE_UPTO and len(word) >= 4 and word.isalpha()
    )
    for word in random.Random(SEED).sample(rare, RARE):
        yield Task(typed=word, meant=frozenset(where[word]))


Ranking = Callable[["Found"], list[tuple[int, float]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What each way of searching has to go by."""

    words: dict[int, float]
    meaning: dict[int, float]
    product: Evidence


RANKINGS: dict[str, Ranking] = {
    "words alone (BM25)": lambda found: ranked(Evidence(words=found.words, meaning={})),
    "meaning alone": lambda found: ranked(Evidence(words={}, meaning=found.meaning)),
    "fusion 1:2": lambda found: ranked(Evidence(words=found.words, meaning=found.meaning)),
    "the product's": lambda found: ranked(found.product),
}


def _compare(index: Index, tasks: dict[str, list[Task]]) -> None:
    meanings = VectorTable(index.vectors(library.embedding_key()))
    print(f"MRR@10 among {PASSAGES} passages" + "".join(f"  {name:>26}" for name in tasks))
    evidence: dict[str, list[tuple[Found, Task]]] = {}
    with library.meaning(wiring.settings()) as worker:
        for name, each in tasks.items():
            vectors = worker.embed([task.typed for task in each])
            size = BYTES_PER_VECTOR
            evidence[name] = [
                (_evidence(index, meanings, task, vectors[n * size : (n + 1) * size]), task)
                for n, task in enumerate(each)
            ]
    for ranking_name, rank in RANKINGS.items():
        scores = [
            statistics.mean(_reciprocal(rank(found), task) for found, task in each)
            for each in evidence.values()
        ]
        print(f"{ranking_name:>31}" + "".join(f"  {score:>26.3f}" for score in scores))


def _evidence(index: Index, meanings: VectorTable, task: Task, vector: bytes) -> Found:
    query = queries.parse(task.typed)
    nearest = meanings.nearest(vector, CANDIDATES)
    near = {key: score for key, score in nearest.items() if score >= NEAR}
    return Found(
        words=index.by_words(query, CANDIDATES),
        meaning=nearest,
        product=gathered(index, query, None, near),
    )


def _reciprocal(order: Sequence[tuple[int, float]], task: Task) -> float:
    ranks = (rank for rank, (key, _) in enumerate(order[:10], start=1) if key in task.meant)
    return 1 / next(ranks, float("inf"))
