"""Texts of many entries, each behind a line that a pattern knows."""

import re
from collections.abc import Iterator


def parts(text: str, begins: re.Pattern[str]) -> Iterator[tuple[re.Match[str], int, str]]:
    """Give the match each part begins with, the number of its line, and what stands behind it."""
    found = list(begins.finditer(text))
    line, counted = 1, 0
    for number, begin in enumerate(found):
        # on from the last one: a text of many parts would be counted through for each
        line, counted = line + text.count("\n", counted, begin.start()), begin.start()
        end = found[number + 1].start() if number + 1 < len(found) else len(text)
        yield begin, line, text[begin.end() : end].strip()
