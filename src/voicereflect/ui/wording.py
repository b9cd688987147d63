"""How values read as words: lengths, dates, states; no layout and no colour."""

from collections.abc import Iterable, Iterator, Sequence
from shutil import get_terminal_size
from typing import Final

from voicereflect.core.entry.ids import short
from voicereflect.errors import ReflectError
from voicereflect.model import Answer, AnswerState

WIDTH: Final = max(min(get_terminal_size().columns, 80) - 2, 20)
"""Columns of a page that is read like paper, and not wider than the terminal."""
IN_PLACE_OF_TEXT = {
    AnswerState.RECORDING: "(not finished yet)",
    AnswerState.PENDING: "(kept; its text is still to come)",
    AnswerState.SILENT: "(no words were heard; the sound is kept)",
    AnswerState.UNSURE: "(something was heard, and no words are sure; the sound is kept)",
    AnswerState.SKIPPED: "(skipped)",
    AnswerState.WITHDRAWN: "(withdrawn)",
}
SET_ASIDE = "(set aside; it goes to the trash once `voicereflect recover` was run)"


def text_of(answer: Answer) -> str:
    """An answer's text, or what stands in its place; a choice needs no words beside it."""
    if answer.set_aside:
        return SET_ASIDE
    if answer.picked and answer.state is AnswerState.SILENT:
        return picked_line(answer)
    return answer.text or IN_PLACE_OF_TEXT.get(answer.state, "(no text)")


def once_each(told: Iterable[tuple[str, str]]) -> list[str]:
    """What happened and what to do, a line for each thing; what to do for several stands once."""
    found: dict[str, list[str]] = {}
    for what, hint in told:
        found.setdefault(hint, []).append(what)
    lines: list[str] = []
    for hint, happened in found.items():
        lines += [f"{happened[0]} {hint}"] if len(happened) == 1 else [*happened, hint]
    return lines


def picked_line(answer: Answer) -> str:
    """What was chosen from a menu; empty where nothing was."""
    return f"Picked: {answer.picked.words}" if answer.picked else ""


def clock(seconds: float) -> str:
    """Minutes and seconds, as a recorder shows them."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"


def broken_import(name: str) -> str:
    """What became of an import that a crash broke off."""
    return (
        f"The import of {name} was broken off. Its beginning is in the trash; "
        "`voicereflect import` takes the file in again."
    )


def recovery(
    entry_id: str,
    sound_s: float,
    listed: Sequence[int],
    problem: ReflectError | None,
    *,
    typed: int = 0,
) -> Iterator[str]:
    """What became of an entry that a crash left behind, a line for each thing."""
    if sound_s:
        sound = f"{clock(sound_s)} of sound"
        yield f"Recovered {sound} from a session that broke off: {short(entry_id)}."
    if typed:
        yield f"Recovered what you typed in a session that broke off: {short(entry_id)}."
    for number in listed:
        yield (
            f"Answer {number} of {short(entry_id)} was not in its page any more, but its sound was "
            f"there: it stands there again. To be rid of it take {number}.flac away as well."
        )
    if problem is not None:
        yield f"{short(entry_id)} could not be finished. {problem.line}"
