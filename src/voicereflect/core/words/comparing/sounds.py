"""What a line of the vocabulary says of a word: how a voice says it, or what it always means."""

import re
from collections.abc import Mapping
from typing import Final

ALWAYS: Final = ">"


def parse(lines: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Give words and their sounds, where a line has one: `Siobhan = Shivawn`."""
    parts = (line.partition("=") for line in lines if ALWAYS not in line)
    pairs = ((word.strip(), sound.strip()) for word, _, sound in parts)
    return tuple((word, sound) for word, sound in pairs if word)


def meant_always(lines: tuple[str, ...]) -> dict[str, str]:
    """Give the words that a person always means where another is heard: `casimir > Kasimir`."""
    parts = (line.partition(ALWAYS) for line in lines)
    pairs = ((heard.strip().casefold(), meant.strip()) for heard, _, meant in parts)
    return {heard: meant for heard, meant in pairs if heard and meant}


def sounded(text: str, sounds: Mapping[str, str]) -> str:
    """Put the sound for each whole word that has one, whatever its capitals."""
    by_word = {word.casefold(): sound for word, sound in sounds.items() if sound}
    if not by_word:
        return text
    longest_first = sorted(by_word, key=len, reverse=True)
    words = "|".join(re.escape(word) for word in longest_first)
    pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
    return pattern.sub(lambda found: by_word.get(found[0].casefold(), found[0]), text)
