"""What a person sees and presses; nothing here waits or raises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from voicereflect.core.session.offers import ShownKey
    from voicereflect.core.typed.strokes import Stroke
    from voicereflect.core.words.comparing.alignment import TimedWord
    from voicereflect.core.words.comparing.sayback import Sayback
    from voicereflect.core.words.mending import UnsureWord
    from voicereflect.core.words.uncertain_segments import UncertainSegment
    from voicereflect.model import Answer, Deck, Entry


class Keyboard(Protocol):
    """Single keys from a terminal, and Ctrl-C."""

    def listen(self, pressed: Callable[[str], None]) -> AbstractContextManager[None]:
        """Report each key while inside: `"enter"`, `"space"`, a letter or digit, `"interrupt"`.

        Also `"left"`, `"+"` and `"-"`. Without a terminal there is only `"interrupt"`.
        """


class Typist(Protocol):
    """Somebody who types into a terminal."""

    def listen(self, typed: Callable[[Stroke], None]) -> AbstractContextManager[None]:
        """Report text and keys while inside."""


class Screen(Protocol):
    """What a person sees of a session; never raises, never waits."""

    def opened(self, deck: Deck, source: str) -> None:
        """The session begins; `source` is what will be heard."""

    def said(self, words: str) -> None:
        """The product speaks outside a question: the opening."""

    def asked(self, number: int, total: int, words: str) -> None:
        """A question begins to be spoken."""

    def offered(self, options: Sequence[str]) -> None:
        """What can be picked by number; the question stands above."""

    def put(self, words: str, options: Sequence[str]) -> None:
        """A choice about the session itself."""

    def quoted(self, intro: str, words: str) -> None:
        """An earlier answer, dated and verbatim, or why its words are not shown."""

    def paused(self, *, paused: bool) -> None:
        """Nothing is kept for now, or it goes on."""

    def held(self, others: Sequence[str]) -> None:
        """The device went away; a key goes on with a second part, a number with another one."""

    def restored(self, number: int) -> None:
        """An earlier take stands again, and nothing is heard."""

    def listening(self, number: int) -> None:
        """The recording of answer `number` begins now."""

    def level(self, dbfs: float, elapsed_s: float) -> None:
        """How loud the last block was, and the length of the take so far."""

    def live(self, number: int, text: str) -> None:
        """Text of an answer that is still being worked on."""

    def read(self, answer: Answer) -> None:
        """An answer's settled text, saved; or its silence."""

    def keyed(self, keys: Sequence[ShownKey]) -> None:
        """The few keys that matter now; comes whenever they change."""

    def all_keys(self, keys: Sequence[ShownKey]) -> None:
        """Every key that does something now, because somebody asked."""

    def did(self, line: str) -> None:
        """What the key just pressed did, and how to take it back."""

    def picked(self, words: str) -> None:
        """A choice was made from a question's menu."""

    def unpicked(self) -> None:
        """The last choice is taken back."""

    def warned(self, line: str) -> None:
        """Something is wrong with the sound just now; empty once it is not."""

    def awaiting_texts(self, *, done_s: float, total_s: float, saved: bool) -> None:
        """How much sound is transcribed of all that waits; `saved`: all of it is on the disk."""

    def note(self, line: str) -> None:
        """One calm line about something that went otherwise."""

    def saved(self, entry: Entry, set_aside: int) -> None:
        """Everything is on disk, synced; so many takes went to the trash."""

    def forget(self) -> None:
        """Let nothing stay of what was asked and said, as far as that can be."""

    def close(self) -> None:
        """Give the terminal back."""


class TypingScreen(Screen, Protocol):
    """What a person sees of a session whose answers are typed."""

    def typing(self, text: str, at: int, *, keys: bool) -> None:
        """An answer as it stands, and the cursor in it; `keys`: letters are keys for now."""

    def typed(self, text: str) -> None:
        """An answer is done: its words stay where they are."""


class Progress(Protocol):
    """Tells a person how far something slow is."""

    def step(self, what: str, *, done: float, total: float) -> None:
        """Report; `done == total` ends the line."""


class ImportScreen(Progress, Protocol):
    """What a person sees of an import."""

    def kept(self, entry: Entry, dated_by: str) -> None:
        """A recording is in the vault."""

    def note(self, line: str) -> None:
        """One calm line about something that went otherwise."""


class PlayingScreen(Protocol):
    """What a person sees while an answer plays."""

    def opened(self, entry: Entry) -> None:
        """Whose voice, and when."""

    def answer(self, answer: Answer, words: tuple[TimedWord, ...]) -> None:
        """An answer begins; its prompt, and the words that will be spoken."""

    def at(self, at_s: float, *, speed: float, paused: bool) -> None:
        """Where the playing is."""

    def close(self) -> None:
        """Give the terminal back."""


class FixScreen(Protocol):
    """What a person sees while unsure words are settled."""

    def opened(self, entry: Entry, total: int) -> None:
        """How many words are unsure."""

    def doubt(self, doubt: UnsureWord, number: int, total: int) -> None:
        """One of them, in its sentence."""

    def uncertain_segment(self, number: int, found: UncertainSegment) -> None:
        """A stretch where something may have been said, and what."""

    def ask(self, question: str = "") -> None:
        """Put a prompt where the person types."""

    def note(self, line: str) -> None:
        """One calm line."""


class BesideScreen(Protocol):
    """Where a comparison is shown, once."""

    def show(self, found: Sequence[Sayback]) -> None:
        """Show it until `hide`."""

    def hide(self) -> None:
        """Let nothing of it stay."""
