#!/usr/bin/env python3
"""Prints each line of ours in the command blocks of pages once: `page_commands.py PAGE...`."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

_BLOCK = re.compile(r"^```\n(?P<lines>.*?)^```$", re.MULTILINE | re.DOTALL)


def lines(page: str) -> Iterator[str]:
    """Every line of every block that is no text of another kind."""
    for block in _BLOCK.finditer(page):
        yield from filter(None, block["lines"].splitlines())


def main(pages: list[str]) -> None:
    """Print them in order."""
    found = [line for page in pages for line in lines(Path(page).read_text("utf-8"))]
    for line in dict.fromkeys(found):
        if line.startswith("voicereflect"):
            sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
