"""Lines that are typed letter by letter into a review; knows ports and core."""

import queue
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from voicereflect.core.review.places import PlaceInReview
from voicereflect.core.typed.editor import Editor
from voicereflect.core.typed.strokes import EditKey, Stroke

if TYPE_CHECKING:
    from voicereflect.flows.review.parts import WalkParts
    from voicereflect.ports.screen import Typist

HOW: Final = "ENTER searches everything, also by meaning; ESC leaves"
WHERE_TO: Final = "Into which theme, by handle or name; - for none, only ENTER leaves it"


def typed(show: Callable[[str, str], None], text: str, typist: "Typist") -> str:
    """Have a line typed or changed; nothing where it was left.

    `show` hears with every letter what stands there, and the same with a cursor in it.
    """
    strokes: queue.SimpleQueue[Stroke] = queue.SimpleQueue()
    editor = Editor(text=text, at=len(text))
    with typist.listen(strokes.put):
        while True:
            if strokes.empty():
                show(editor.text, f"{editor.text[: editor.at]}▏{editor.text[editor.at :]}")
            match strokes.get():
                case "\n" | EditKey.DONE:
                    return editor.text.strip()
                case EditKey.ESCAPE | EditKey.INTERRUPT:
                    return ""
                case stroke:
                    editor = editor.typed(stroke)


def sought(parts: "WalkParts", here: PlaceInReview, typist: "Typist") -> str:
    """Have a search typed, and show what is found by every letter."""

    def show(text: str, marked: str) -> None:
        found = PlaceInReview(title="Found", rows=parts.begun(text)) if text.strip() else here
        parts.screen.place(found, opened=False)
        parts.screen.told(f"Search for: {marked} {HOW}")

    return typed(show, "", typist)


def theme_for(parts: "WalkParts", typist: "Typist") -> str:
    """Have a theme's name or handle typed, and show which begin so or have it in them."""
    every = parts.themes.rows()

    def show(text: str, marked: str) -> None:
        low = text.strip().casefold()
        rows = [each for each in every if low in f"{each.handle} {each.name}".casefold()]
        parts.screen.place(PlaceInReview(title="Themes", rows=rows), opened=False)
        parts.screen.told(f"{WHERE_TO}: {marked}")

    return typed(show, "", typist)
