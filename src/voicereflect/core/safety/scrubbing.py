"""Finds sentences of an answer wherever they were copied to; knows texts alone."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from voicereflect.core.themes.curation import CuratedQuote, Curation, without


class Said:
    """Everything that somebody said, to find a whole sentence of it again."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Case, line ends and the number of spaces do not count."""
        self._texts = [f" {_plain(text)} " for text in texts]

    def holds(self, sentence: str) -> bool:
        """Tell whether the sentence stands there, word for word."""
        plain = _plain(sentence)
        return bool(plain) and any(f" {plain} " in text for text in self._texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """What is destroyed of one entry, and what stays of it."""

    gone: Said
    stays: Said | None
    """None: the entry is nowhere any more, and nothing may point to it."""

    def takes(self, sentence: str) -> bool:
        """Tell whether a sentence goes with what is destroyed."""
        return self.gone.holds(sentence) and not (self.stays and self.stays.holds(sentence))


def scrubbed(lost: Mapping[str, Lost]) -> Callable[[Curation], Curation]:
    """Make the change that removes from a curation what was destroyed; `lost` is by entry."""

    def is_gone(quote: CuratedQuote) -> bool:
        found = lost.get(quote.entry)
        return found is not None and (found.stays is None or found.takes(quote.words))

    def was_said(example: str) -> bool:
        return any(each.takes(example) for each in lost.values())

    return lambda before: without(before, gone=is_gone, said=was_said)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
