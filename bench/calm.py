"""The calm line, counted: on voices its numbers were not fitted to, and on diaries.

`python -m bench calm` reads `tests/data/calm_*`; the diaries do not come with the project and
are read from a folder beside it, where it is there. Both parts were written by one team.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Final

import numpy as np

from bench import diary_vault
from bench.noticing import data, training
from bench.noticing.data import Utterance
from bench.noticing.training import Look, Read
from bench.theming.data import engine
from voicereflect.adapters.meaning.engine import INNER
from voicereflect.core.safety import calm, danger
from voicereflect.core.words import attention
from voicereflect.core.words.attention import Attention

Z: Final = 1.645
"""Of a 90 % interval."""
GROUPS: Final = ("outright", "hinted", "harmless", "heavy", "everyday")
EVERYDAY: Final = ("small", "glad", "old")
"""What everybody says, and what diaries hold: nothing in it is near to danger."""


CHOSEN_BY: Final = (2, 3)
"""Of every five passages of Pepys two had a say in the bound, and are counted by themselves."""


def main() -> None:
    """Count and print."""
    look = engine(inner=INNER).states
    numbers = attention.parse(files("voicereflect").joinpath("calm.weights").read_bytes())
    for before, said in unseen().items():
        for line in table(said, training.read(said, look).noticed(numbers), before=before):
            print(line)
    known = training.read([*data.fitted_to(), *unseen()[""]], look)
    voices = np.array([each.voice not in data.UNVOICED for each in known.said])
    print("each voice by numbers fitted without it, and without a quarter of the voices:")
    for line in table(known.only(voices).said, training.left_out(known)[voices]):
        print(line)
    print(_alarms("Sentences of known themes", data.of_themes(), numbers, look))
    if diary_vault.TEXTS.is_dir():
        for name, passages in _diaries().items():
            print(_alarms(name, passages, numbers, look))
    print(f"fitted again, the numbers say the same within {_fitted_again(numbers, known):.4f}")


def unseen() -> dict[str, list[Utterance]]:
    """Give what is not fitted to, by what stands before its kinds on the page."""
    reported = [each for each in data.utterances() if each.part == data.REPORT]
    parts = {f"{part}-": [s for s in data.blind() if s.part == part] for part in data.BLIND_PARTS}
    return {"": reported, **parts}


def _fitted_again(numbers: Attention, known: Read) -> float:
    """Fit anew as `tools/calm.py` does; give the mean difference of what both say of the rest.

    Units may change places, so what the numbers say is compared and not they.
    """
    reported = np.array([each.part == data.REPORT for each in known.said])
    fitted, rest = training.fit(known.only(~reported)), known.only(reported)
    one, other = (danger.scores_of(each, rest.sentences, rest.states) for each in (numbers, fitted))
    return float(np.abs(one - other).mean())


def table(said: Sequence[Utterance], noticed: np.ndarray, *, before: str = "") -> Iterator[str]:
    """Rows of docs/safety.md: each kind, each group, and its worst voice."""
    yield "| unseen voices | would bring the line | 90 % interval | worst voice |"
    yield "|---|---|---|---|"
    kinds = sorted({each.kind for each in said})
    for name in dict.fromkeys((*GROUPS, *kinds)):
        wanted = [at for at, each in enumerate(said) if name in (each.kind, group_of(each))]
        if not wanted:
            continue
        n, heard = len(wanted), int(noticed[wanted].sum())
        low, high = interval(heard, n)
        worst, share = _worst(said, noticed, wanted)
        yield f"| {before}{name} | {heard} of {n} | {low:.2f} to {high:.2f} | {share}, {worst} |"


def group_of(each: Utterance) -> str:
    """Name the group an utterance is counted in."""
    if each.danger:
        return "hinted" if each.hinted else "outright"
    if each.kind in EVERYDAY:
        return "everyday"
    return "heavy" if each.kind == "heavy" else "harmless"


def interval(heard: int, n: int) -> tuple[float, float]:
    """Wilson's interval."""
    share, more = heard / n, Z * Z / n
    middle = (share + more / 2) / (1 + more)
    half = Z / (1 + more) * (share * (1 - share) / n + more / 4 / n) ** 0.5
    return max(0.0, middle - half), min(1.0, middle + half)


def _worst(
    said: Sequence[Utterance], noticed: np.ndarray, wanted: Sequence[int]
) -> tuple[str, str]:
    """The voice with whom it is wrong most often."""
    found: list[tuple[float, str, str]] = []
    for voice in sorted({said[at].voice for at in wanted}):
        own = [at for at in wanted if said[at].voice == voice]
        right = sum(bool(noticed[at]) == said[at].danger for at in own)
        found.append((right / len(own), voice, f"{int(noticed[own].sum())} of {len(own)}"))
    least, voice, share = min(found)
    return ("all alike", share) if least == 1 else (voice, share)


def _diaries() -> Mapping[str, list[str]]:
    """Passages of a diary of our days, and of Samuel Pepys in two parts."""
    found = diary_vault.sentences()
    pepys = [each.text for each in found if each.name.startswith("pepys/")]
    return {
        "A diary of our days": [each.text for each in found if each.name.startswith("diary/")],
        "Pepys": [text for at, text in enumerate(pepys) if at % 5 not in CHOSEN_BY],
        "Pepys, chosen by": [text for at, text in enumerate(pepys) if at % 5 in CHOSEN_BY],
    }


def _alarms(name: str, passages: Sequence[str], numbers: Attention, look: Look) -> str:
    count = 0
    for at in range(0, len(passages), 512):
        said = [
            Utterance(voice="", part="", kind="", text=text) for text in passages[at : at + 512]
        ]
        count += int(training.read(said, look).noticed(numbers).sum())
        print(f"\r{at}", end="", file=sys.stderr)
    plain = sum(map(calm.speaks_of_danger, passages))
    return f"{name}: {count} of {len(passages)} passages; by the patterns alone {plain}"


if __name__ == "__main__":
    main()
