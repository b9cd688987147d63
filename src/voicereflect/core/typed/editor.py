"""A text with a cursor in it, changed key by key; values in, values out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from voicereflect.core.typed.cells import after, before
from voicereflect.core.typed.strokes import EditKey, Stroke


@dataclass(frozen=True, slots=True, kw_only=True)
class Editor:
    """What was typed so far."""

    text: str = ""
    at: int = 0
    """The cursor stands before this character."""

    def typed(self, stroke: Stroke) -> "Editor":
        """Put text in, or do what a key does; a key of no use here changes nothing."""
        if isinstance(stroke, str):
            return self._put(stroke)
        move = _MOVES.get(stroke)
        return move(self) if move else self

    def _put(self, text: str) -> "Editor":
        return Editor(
            text=self.text[: self.at] + text + self.text[self.at :], at=self.at + len(text)
        )

    def without(self, start: int, end: int) -> "Editor":
        """Take a stretch out; the cursor stands where it was."""
        return Editor(text=self.text[:start] + self.text[end:], at=start)

    @property
    def line(self) -> tuple[int, int]:
        """Where the cursor's line begins and ends."""
        end = self.text.find("\n", self.at)
        return self.text.rfind("\n", 0, self.at) + 1, len(self.text) if end < 0 else end


def _word_left(editor: Editor) -> int:
    head = editor.text[: editor.at].rstrip()
    return max(head.rfind(space) for space in " \n") + 1


def _word_right(editor: Editor) -> int:
    text, at = editor.text, editor.at
    while at < len(text) and text[at].isspace():
        at += 1
    while at < len(text) and not text[at].isspace():
        at += 1
    return at


def _line_up(editor: Editor) -> int:
    start, _ = editor.line
    if not start:
        return 0
    above = editor.text.rfind("\n", 0, start - 1) + 1
    return min(above + editor.at - start, start - 1)


def _line_down(editor: Editor) -> int:
    start, end = editor.line
    if end == len(editor.text):
        return end
    below_end = editor.text.find("\n", end + 1)
    return min(end + 1 + editor.at - start, len(editor.text) if below_end < 0 else below_end)


def _to(place: Callable[[Editor], int]) -> Callable[[Editor], Editor]:
    return lambda editor: replace(editor, at=place(editor))


def _delete_line(editor: Editor) -> Editor:
    return editor.without(editor.line[0], editor.at)


_MOVES: Final[Mapping[EditKey, Callable[[Editor], Editor]]] = {
    EditKey.LEFT: _to(lambda editor: before(editor.text, editor.at)),
    EditKey.RIGHT: _to(lambda editor: after(editor.text, editor.at)),
    EditKey.HOME: _to(lambda editor: editor.line[0]),
    EditKey.END: _to(lambda editor: editor.line[1]),
    EditKey.UP: _to(_line_up),
    EditKey.DOWN: _to(_line_down),
    EditKey.WORD_LEFT: _to(_word_left),
    EditKey.WORD_RIGHT: _to(_word_right),
    EditKey.BACKSPACE: lambda editor: editor.without(before(editor.text, editor.at), editor.at),
    EditKey.DELETE: lambda editor: replace(
        editor.without(editor.at, after(editor.text, editor.at)), at=editor.at
    ),
    EditKey.DELETE_WORD: lambda editor: editor.without(_word_left(editor), editor.at),
    EditKey.DELETE_LINE: _delete_line,
}
