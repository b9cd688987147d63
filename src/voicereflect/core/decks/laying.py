"""How answers are laid out when read back: headings, takes side by side, the order of a life."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voicereflect.deck_model import Prompt
from voicereflect.model import Answer, Deck


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """An answer, and what its deck writes above it."""

    answer: Answer
    heading: str = ""


Group = tuple[Laid, ...]
"""Takes that stand side by side; most stand alone."""


def laid_out(answers: Sequence[Answer], deck: Deck | None) -> tuple[Group, ...]:
    """Group answers as their deck wants them shown; without a deck each stands alone.

    Answers with a place in a life come in that order and before all others.
    """
    prompts = dict(_by_name(deck)) if deck else {}
    groups: list[list[Laid]] = []
    where: dict[str, list[Laid]] = {}
    for answer in _by_stage(answers, prompts):
        prompt = prompts.get(answer.prompt)
        laid = Laid(answer=answer, heading=prompt.heading if prompt else "")
        group = where.pop(prompt.beside, None) if prompt and prompt.beside else None
        if group is None:
            group = []
            groups.append(group)
        group.append(laid)
        if prompt:
            where[prompt.id] = group
    return tuple(map(tuple, groups))


def by_stage(deck: Deck) -> tuple[Prompt, ...]:
    """Give the prompts that have a place in a life, in its order."""
    staged = [prompt for prompt in deck.every_prompt if prompt.stage]
    return tuple(sorted(staged, key=lambda prompt: prompt.stage))


def _by_stage(answers: Sequence[Answer], prompts: dict[str, Prompt]) -> list[Answer]:
    def place(answer: Answer) -> tuple[bool, int]:
        stage = prompts[answer.prompt].stage if answer.prompt in prompts else 0
        return not stage, stage

    staged = any(prompt.stage for prompt in prompts.values())
    return sorted(answers, key=place) if staged else list(answers)


def _by_name(deck: Deck) -> Iterator[tuple[str, Prompt]]:
    for prompt in deck.every_prompt:
        for name in deck.names_of(prompt):
            yield name, prompt
