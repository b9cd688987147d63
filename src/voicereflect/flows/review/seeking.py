"""A search that is typed letter by letter, with what it finds; knows ports and core."""

import queue
from typing import TYPE_CHECKING

from voicereflect.core.review.places import PlaceInReview
from voicereflect.core.typed.editor import Editor
from voicereflect.core.typed.strokes import EditKey, Stroke

if TYPE_CHECKING:
    from voicereflect.flows.review.parts import WalkParts
    from voicereflect.ports.screen import Typist

HOW = "ENTER adds what is near in meaning, ESC leaves"


def sought(parts: "WalkParts", typist: "Typist", here: PlaceInReview) -> str:
    """Show what is found by every letter; give what was typed, nothing where it was left."""
    strokes: queue.SimpleQueue[Stroke] = queue.SimpleQueue()
    editor = Editor()
    with typist.listen(strokes.put):
        while True:
            if strokes.empty():
                _show(parts, editor.text, here)
            match strokes.get():
                case "\n" | EditKey.DONE:
                    break
                case EditKey.ESCAPE | EditKey.INTERRUPT:
                    editor = Editor()
                    break
                case stroke:
                    editor = editor.typed(stroke)
    parts.screen.place(here, opened=False)
    return editor.text.strip()


def _show(parts: "WalkParts", typed: str, here: PlaceInReview) -> None:
    found = PlaceInReview(title="Found", rows=parts.begun(typed)) if typed.strip() else here
    parts.screen.place(found, opened=False)
    parts.screen.told(f"Search for: {typed}▏ {HOW}")
