#!/usr/bin/env python3
"""Holds a sitting with typed answers at a terminal of its own: `typed_sitting.py COMMAND...`.

Each question is answered with the next of a few sentences that nobody said; then it is left.
"""

import sys

import pexpect

ANSWERS = (
    "The garden path is dry again and I walked along it before breakfast.",
    "I worry about the garden path, and about the bridge behind it.",
    "The bridge will be mended in spring, they say.",
)


def main(command: list[str]) -> int:
    """Answer, and leave; what the program ended with."""
    child = pexpect.spawn(command[0], command[1:], encoding="utf-8", dimensions=(40, 100))
    child.timeout = 60
    child.expect("ENTER begins")
    child.send("\r")
    for number, answer in enumerate(ANSWERS, 1):
        child.expect(f"{number} of ")
        child.expect("Ctrl-D done")
        child.send(answer)
        child.expect(answer.split()[-1])
        child.sendcontrol("d")
    child.expect("4 of ")
    child.expect("Ctrl-D done")
    child.sendcontrol("c")
    child.expect("Saved: 3 answers")
    child.expect(pexpect.EOF)
    child.close()
    return int(child.exitstatus or 0)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
