"""Hearing oneself on a theme: the date, then one's own voice, oldest to newest.

Knows ports and core. A sentence whose place in the sound is not certain is left out and counted.
"""

import queue
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from voicereflect.core.entry.days import day_in_words
from voicereflect.core.entry.entries import answer_of
from voicereflect.core.sound.cutting import stretch_of
from voicereflect.core.themes.theme import Sentence
from voicereflect.errors import DeviceError, EntryNotFound, ReflectError
from voicereflect.flows.library.playing import stretch
from voicereflect.model import Clip
from voicereflect.ports.screen import Keyboard
from voicereflect.ports.sound import Loudspeaker
from voicereflect.ports.vault import EntryReader
from voicereflect.ports.voice import Voice

STOP: Final = frozenset({"q", "interrupt"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemePlayer:
    """What hearing needs; without a voice the dates are only shown."""

    vault: EntryReader
    voice: Voice | None
    loudspeaker: Loudspeaker
    keyboard: Keyboard
    tell: Callable[[Sentence], None]
    """Show what is about to be heard."""

    def play(self, sentences: Sequence[Sentence]) -> int:
        """Play one after the other; ENTER or SPACE skips, Q stops. Tell how many were left out.

        Raises:
            NoLoudspeaker: the device cannot be opened.
        """
        events: queue.SimpleQueue[str | ReflectError] = queue.SimpleQueue()

        def ended(problem: DeviceError | None) -> None:
            events.put(problem or "ended")

        left_out = 0
        with self.keyboard.listen(events.put):
            for sentence in sentences:
                clip = clip_of(self.vault, sentence)
                if clip is None:
                    left_out += 1
                    continue
                self.tell(sentence)
                if not self._heard(sentence, clip, events, ended):
                    break
        return left_out

    def _heard(
        self,
        sentence: Sentence,
        clip: Clip,
        events: "queue.SimpleQueue[str | ReflectError]",
        ended: Callable[[DeviceError | None], None],
    ) -> bool:
        """Play date and clip; False: the person had enough."""
        clips = [clip]
        if self.voice is not None:
            clips.insert(0, self.voice.render(spoken_date(sentence.day)))
        for each in clips:
            self.loudspeaker.play(each, ended)
            event = events.get()
            if isinstance(event, ReflectError):
                raise event
            if event != "ended":
                self.loudspeaker.stop()
                events.get()
                return event not in STOP
        return True


def spoken_date(day: date) -> str:
    """A date for the ear."""
    return f"{day_in_words(day)}."


def clip_of(vault: EntryReader, sentence: Sentence) -> Clip | None:
    """Cut a sentence out of its answer's sound; None where its place is not certain."""
    passage = sentence.passage
    return clip_at(vault, sentence.entry, passage.answer, word=passage.word, words=passage.words)


def clip_at(
    vault: EntryReader, entry_id: str, number: int, *, word: int, words: int
) -> Clip | None:
    """Cut some words out of an answer's sound; None where their place is not certain."""
    answer = answer_of(vault.load(entry_id), number)
    made = vault.transcripts(entry_id, number)
    if not made:
        return None
    around = stretch_of(answer.text, made[-1], word=word, words=words, duration_s=answer.duration_s)
    if around is None:
        return None
    try:
        clip = stretch(vault, entry_id, number, *around)
    except EntryNotFound:
        return None  # the words are there and the sound is gone
    return clip if clip.pcm else None
