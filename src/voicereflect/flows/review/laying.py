"""A page laid into a folder outside the vault, with the sound of its quotes, and noted.

Knows ports and core. The note holds date, place and entries, and no word.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from voicereflect.core.review.values import DatedQuote, PageMade, SoundAt
from voicereflect.errors import EntryNotFound
from voicereflect.flows.themes.playing import clip_at
from voicereflect.model import BYTES_PER_SAMPLE
from voicereflect.ports.review import PageNotes
from voicereflect.ports.screen import Progress
from voicereflect.ports.trash import Copies
from voicereflect.ports.vault import EntryReader

BETWEEN_S: Final = 0.7
"""Silence between two quotes, so that a player that stops late plays none of the next."""
CUTTING: Final = "Cutting out what you said"


@dataclass(frozen=True, slots=True, kw_only=True)
class Laying:
    """Lays pages."""

    vault: EntryReader
    copies: Copies
    pages: PageNotes
    now: Callable[[], datetime]
    progress: Progress

    def sounds(self, name: str, quotes: Sequence[DatedQuote]) -> Mapping[DatedQuote, SoundAt]:
        """Write the quotes' sound beside the page; give where each begins and ends.

        One file for each rate they were recorded with. What has no certain place is left out.
        """
        by_rate: defaultdict[int, list[DatedQuote]] = defaultdict(list)
        for quote in quotes:
            try:
                by_rate[self.vault.take_info(quote.entry, quote.answer).rate_hz].append(quote)
            except EntryNotFound:
                continue  # typed, or its sound is gone
        found: dict[DatedQuote, SoundAt] = {}
        for rate_hz, those in sorted(by_rate.items()):
            file = f"{name}-{rate_hz}.flac"
            self.copies.sound(file, self._cut(those, file, rate_hz, found), rate_hz)
        return found

    def page(self, name: str, text: str, entries: Sequence[str], place: str) -> None:
        """Write the page itself, and note that it was made.

        Raises:
            VaultUnwritable: there is one already, or it cannot be written.
        """
        self.copies.text(name, text)
        self.pages.note(PageMade(made=self.now(), place=place, entries=tuple(entries)))

    def _cut(
        self,
        quotes: Sequence[DatedQuote],
        file: str,
        rate_hz: int,
        found: dict[DatedQuote, SoundAt],
    ) -> Iterator[bytes]:
        at_s = 0.0
        silence = bytes(round(BETWEEN_S * rate_hz) * BYTES_PER_SAMPLE)
        for done, quote in enumerate(quotes, start=1):
            self.progress.step(CUTTING, done=done, total=len(quotes))
            clip = clip_at(
                self.vault, quote.entry, quote.answer, word=quote.word, words=quote.words
            )
            if clip is None:
                continue
            end_s = at_s + clip.duration_s
            found[quote] = SoundAt(file=file, begin_s=at_s, end_s=end_s)
            yield clip.pcm
            yield silence
            at_s = end_s + len(silence) / BYTES_PER_SAMPLE / rate_hz
