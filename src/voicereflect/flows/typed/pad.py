"""The answer that is being typed: on the disk half a second behind the hands.

Lives in the session's thread.
"""

from typing import Final

from voicereflect.core.entry.page.entry_text import canonical
from voicereflect.core.typed.editor import Editor
from voicereflect.core.typed.strokes import Stroke
from voicereflect.errors import VaultUnwritable
from voicereflect.flows.session.queue import Inbox, Rested
from voicereflect.flows.session.recording.writing import EntryWriter
from voicereflect.model import Answer
from voicereflect.ports.screen import TypingScreen

REST_S: Final = 0.5
"""So long after a change the words are written, whether more are coming or not."""


class Pad:
    """One answer after the other."""

    def __init__(self, writer: EntryWriter, inbox: Inbox, screen: TypingScreen) -> None:
        self._writer = writer
        self._inbox = inbox
        self._screen = screen
        self._answer: Answer | None = None
        self._editor = Editor()
        self._kept = ""
        """What the writer has been given of it."""
        self._waits = False
        """A moment to keep it is coming."""
        self._told: str = ""

    @property
    def is_open(self) -> bool:
        """Whether an answer is being typed."""
        return self._answer is not None

    @property
    def has_words(self) -> bool:
        """Whether anything stands there but space."""
        return bool(canonical(self._editor.text).strip())

    def begin(self, answer: Answer) -> None:
        """Begin with an empty page."""
        self._answer, self._editor, self._kept = answer, Editor(), ""
        self.show(keys=False)

    def show(self, *, keys: bool) -> None:
        """Show what stands there; `keys`: letters are keys for now."""
        self._screen.typing(self._editor.text, self._editor.at, keys=keys)

    def stroke(self, stroke: Stroke) -> None:
        """Take what was typed."""
        before = self._editor.text
        self._editor = self._editor.typed(stroke)
        self.show(keys=False)
        if self._editor.text != before and not self._waits:
            self._waits = True
            self._inbox.post_later(Rested(), REST_S)

    def keep(self) -> None:
        """Have the words written, if they changed."""
        self._waits = False
        if self._answer is not None and self._editor.text != self._kept:
            self._keep(self._answer, done=False)

    def end(self) -> VaultUnwritable | None:
        """Have the answer written as it is, and its state with it; give what kept it from that."""
        answer, self._answer = self._answer, None
        if answer is None:
            return None
        self._screen.typed(self._editor.text if self.has_words else "")
        if self.has_words:
            return self._keep(answer, done=True)
        self._writer.untyped(answer.number)
        return None

    def _keep(self, answer: Answer, *, done: bool) -> VaultUnwritable | None:
        """A vault that cannot be written costs a line, and is tried again with the next words."""
        try:
            if self.has_words or self._kept:
                self._writer.begin_typed(answer)
                self._writer.typed(answer.number, self._editor.text, done=done)
                self._kept = self._editor.text
        except VaultUnwritable as error:
            if self._told != error.line:
                self._told = error.line
                self._screen.note(error.line)
            if done:
                self._writer.untyped(answer.number)
            return error
        return None
