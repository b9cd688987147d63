"""What the keys of a deck and of its prompts mean, in plain words; a key left out says nothing."""

from voicereflect.deck_model import Prompt
from voicereflect.model import Deck
from voicereflect.ui.counting import counted


def about_deck(deck: Deck) -> tuple[str, ...]:
    """What holds for a whole deck, a sentence each."""
    return _that_hold(
        (deck.voices, f"Two voices take turns: {' and '.join(deck.voices)}."),
        (deck.adults, "For two who are eighteen or older."),
        (deck.parts, "Taken in parts: each sitting asks what was not answered yet first."),
        *((days, _opens(days, other)) for other, days in deck.waits),
        (deck.silence_s == 0, "No silence ends an answer."),
        (deck.at_end == "ask", "At the end you keep it, keep it closed, or delete it."),
    )


def about_prompt(prompt: Prompt) -> tuple[str, ...]:
    """What holds for one prompt, in a few words each."""
    which = "first" if prompt.earlier_from == "first" else "latest"
    return _that_hold(
        (prompt.menu, f"choices: {'; '.join(say for _, say in prompt.menu)}"),
        (prompt.consent, "a yes to being recorded; without it nothing is"),
        (prompt.voice, f"answered by the voice called {prompt.voice}"),
        (prompt.earlier, f"asked after your {which} answer to {' or '.join(prompt.earlier)}"),
        (prompt.echo, "always the same words"),
        (prompt.commits, "a step of yours, until it is done or let go"),
        (prompt.plans, f"the when and where of {prompt.plans}"),
        (prompt.heading, f"shown under the heading: {prompt.heading}"),
        (prompt.beside, f"shown beside {prompt.beside}"),
        (prompt.stage, f"number {prompt.stage} when read back in order"),
    )


def _opens(days: int, other: str) -> str:
    return f"Opens {counted(days, 'day')} after {other} at the earliest."


def _that_hold(*sentences: tuple[object, str]) -> tuple[str, ...]:
    return tuple(sentence for holds, sentence in sentences if holds)
