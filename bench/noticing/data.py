"""The written utterances: who said them, what they are for, and of which kind they are."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parents[2] / "tests/data"
VOICES: Final = FOLDER / "calm_voices.tsv"
BLIND_PARTS: Final = ("blind", "second")
"""Each written before anybody looked at what numbers do with it, by the hand that wrote the newest
voices of its day."""
BLIND: Final = tuple(FOLDER / f"calm_{part}.tsv" for part in BLIND_PARTS)
THEMES: Final = FOLDER / "theme_voices.tsv"
MORE_THEMES: Final = tuple(
    FOLDER / f"theme_{name}.tsv" for name in ("plain", "more", "near", "wide", "blind")
)
"""By other voices; nothing here is fitted to them or chosen by them."""
DARK_THEMES: Final = ("not-wanting-to-live", "being-hurt")
EARLIER: Final = tuple(
    FOLDER / f"calm_{name}.toml" for name in ("sentences", "more", "fresh", "last")
)
"""Sentences by one hand, which the patterns were written with."""
HINT: Final = "?"
"""Ends the kind of an utterance that never names the deed."""
DANGERS: Final = ("present", "hurt-now", "harm", "child")
REPORT: Final = "report"
UNSEEN: Final = (REPORT, *BLIND_PARTS)
UNVOICED: Final = ("earlier", "everyday")
"""What the patterns were written with, and sentences of the themes; fitted to, and not counted."""
_RENAMED: Final = {"meaning-to-hurt": "harm"}
RUN_WORDS: Final = 6
"""Utterances of two parts never share so many words in a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """Something that was written to be like an answer."""

    voice: str
    part: str
    """`learn` and `choose` were fitted to; `report` was counted once all was chosen."""
    kind: str
    text: str

    @property
    def danger(self) -> bool:
        """Whether the line should come."""
        return self.kind.removesuffix(HINT) in DANGERS

    @property
    def hinted(self) -> bool:
        """Whether it is plain to a listener and names nothing."""
        return self.kind.endswith(HINT)


def utterances() -> list[Utterance]:
    """Give every one, in the order of the file."""
    return _rows_of(VOICES)


def blind() -> list[Utterance]:
    """Give those that nothing was chosen by; the part is the name of their file."""
    return [each for file in BLIND for each in _rows_of(file)]


def _rows_of(file: Path) -> list[Utterance]:
    rows = (line.split("\t") for line in file.read_text("utf-8").splitlines()[1:])
    return [Utterance(voice=v, part=p, kind=k, text=t) for v, p, k, t in rows]


def earlier() -> list[Utterance]:
    """Give the sentences of the patterns; all of them are fitted to."""
    return [
        Utterance(voice="earlier", part="learn", kind=_RENAMED.get(kind, kind), text=text)
        for file in EARLIER
        for kind, many in tomllib.loads(file.read_text("utf-8")).items()
        if kind != "format"
        for text in many
    ]


def everyday() -> list[Utterance]:
    """Give what people say of anything else: most of what is ever said is of this kind."""
    rows = [line.split("\t")[-1] for line in THEMES.read_text("utf-8").splitlines()[1:]]
    return [
        Utterance(voice="everyday", part="learn", kind="small", text=text)
        for text in dict.fromkeys(rows)
    ]


def of_themes() -> list[str]:
    """Give sentences of all themes that are no danger, by voices that are not fitted to."""
    lines = [line for file in MORE_THEMES for line in file.read_text("utf-8").splitlines()[1:]]
    rows = [line.split("\t") for line in lines]
    known = {each.text for each in fitted_to()}
    every = dict.fromkeys(text for _, _, theme, text in rows if theme not in DARK_THEMES)
    return [text for text in every if text not in known]


def fitted_to() -> list[Utterance]:
    """Give all that the numbers are fitted to: nothing of what is reported, and no run of it."""
    reported = runs(each.text for each in (*blind(), *utterances()) if each.part in UNSEEN)
    known = [*(each for each in utterances() if each.part not in UNSEEN), *earlier(), *everyday()]
    return [each for each in known if reported.isdisjoint(runs([each.text]))]


def digest() -> str:
    """Name all of this data that had a say in what is fitted to."""
    every = (VOICES, BLIND[0], THEMES, *EARLIER)
    return sha256(b"\0".join(file.read_bytes() for file in every)).hexdigest()


def runs(texts: Iterable[str]) -> set[str]:
    """Every run of `RUN_WORDS` words."""
    return {run for text in texts for run in _runs(re.findall(r"[a-z']+", text.casefold()))}


def _runs(words: Sequence[str]) -> list[str]:
    return [" ".join(words[at : at + RUN_WORDS]) for at in range(len(words) - RUN_WORDS + 1)]
