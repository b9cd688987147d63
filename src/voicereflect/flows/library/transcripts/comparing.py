"""What two transcripts of an answer say differently, and what a person made of the newest."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from voicereflect.core.entry.entries import is_persons
from voicereflect.core.words.comparing.comparison import TextComparison, differences
from voicereflect.core.words.mending import unsure_words
from voicereflect.core.words.uncertain_segments import Doubts, unchecked_segments
from voicereflect.flows.library.transcripts.word_times import meant, newest_transcript, timed
from voicereflect.model import Answer, Entry, Transcript
from voicereflect.ports.vault import EntryReader


class Comparing:
    """Texts side by side."""

    def __init__(self, vault: EntryReader) -> None:
        self._vault = vault

    def of(self, reference: str) -> tuple[TextComparison, ...]:
        """Compare the newest two transcripts of each answer, and the newest with a person's text.

        Raises:
            EntryNotFound: no such entry or answer.
        """
        found = meant(self._vault, reference)
        return tuple(each for a in found.answers for each in self._of(found.entry, a))

    def doubts(self, entry: Entry) -> Mapping[int, Doubts]:
        """What is doubtful of an entry, by the answer's number."""
        return {answer.number: self._doubts(entry, answer) for answer in entry.answers}

    def _doubts(self, entry: Entry, answer: Answer) -> Doubts:
        newest = newest_transcript(self._vault, entry.id, answer.number)
        words = timed(self._vault, entry, answer)
        return Doubts(
            words={at: words[at - 1] for at in unsure_words(entry, answer.number, words)},
            stretches=unchecked_segments(entry, answer.number, newest),
        )

    def _of(self, entry: Entry, answer: Answer) -> Iterator[TextComparison]:
        transcripts = self._vault.transcripts(entry.id, answer.number)
        texts = [(_called(each), each.text) for each in transcripts[-2:]]
        if transcripts and is_persons(answer):
            texts.append(("yours", answer.text))
        for (old, before), (new, after) in pairwise(texts):
            yield TextComparison(
                entry=entry.id,
                answer=answer.number,
                old=old,
                new=new,
                pieces=differences(before, after),
            )


def _called(transcript: Transcript) -> str:
    return f"{transcript.model}, {transcript.made_at:%Y-%m-%d %H:%M}"
