"""The quotes that a person picked to be taken along: nothing is added, nothing is automatic.

Only references are kept; the words are read where they stand, as they stand now.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from voicereflect.core.entry import refs
from voicereflect.core.entry.entries import answer_of
from voicereflect.core.review.choosing import quote_in
from voicereflect.core.review.values import DatedQuote, SheetLine
from voicereflect.core.safety.consent import counting
from voicereflect.core.words import passages
from voicereflect.errors import EntryNotFound
from voicereflect.ports.review import Picks
from voicereflect.ports.vault import EntryReader


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What was picked in one vault."""

    vault: EntryReader
    picks: Picks

    def lines(self) -> tuple[SheetLine, ...]:
        """What stands on it, in the order it was picked."""
        return tuple(self._line(each) for each in self.picks.read())

    def add(self, reference: str) -> DatedQuote:
        """Pick a sentence (`ENTRY/ANSWER:WORD`) or a whole answer (`ENTRY/ANSWER`).

        Raises:
            EntryNotFound: it means none or several, or words that may not be quoted.
        """
        quote = self._read(reference)
        named = f"{quote.entry}/{quote.answer}" + (f":{quote.word}" if ":" in reference else "")
        picked = self.picks.read()
        if named not in picked:
            self.picks.save([*picked, named])
        return quote

    def remove(self, number: int) -> None:
        """Take a line off it.

        Raises:
            EntryNotFound: it has no such line.
        """
        picked = list(self.picks.read())
        if not 1 <= number <= len(picked):
            raise EntryNotFound(
                f"The sheet has no line {number}.", hint="`voicereflect sheet` shows its lines."
            )
        del picked[number - 1]
        self.picks.save(picked)

    def _line(self, reference: str) -> SheetLine:
        try:
            return SheetLine(reference=reference, quote=self._read(reference))
        except EntryNotFound:
            return SheetLine(reference=reference, quote=None)

    def _read(self, reference: str) -> DatedQuote:
        found = refs.resolve(reference, self.vault.ids())
        entry = self.vault.load(found.entry)
        if found.answer is None:
            raise EntryNotFound(
                "This means a whole entry.", hint="Write ENTRY/ANSWER, or ENTRY/ANSWER:WORD."
            )
        answer = answer_of(entry, found.answer)
        if answer not in counting(entry) or not answer.text:
            raise EntryNotFound(
                "Nothing that may be quoted stands there.",
                hint="Another speaker's words need a yes to that; a silent answer has none.",
            )
        word, text = _meant(answer.text, found.word)
        return quote_in(entry, answer, word, text)


def _meant(text: str, word: int | None) -> tuple[int, str]:
    """The sentence a word stands in, or all of them; where it begins."""
    said: Sequence[passages.Passage] = passages.split(text)
    if word is None:
        return 1, " ".join(text.split())
    for each in said:
        if each.word <= word < each.word + len(each.text.split()):
            return each.word, each.text
    raise EntryNotFound("No word stands there.", hint="`voicereflect show` shows the answer.")
