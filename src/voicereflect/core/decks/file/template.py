"""What a new deck file begins with: every common key, explained; passes its own check."""

from string import Template
from typing import Final

_TEXT: Final = Template("""\
# A deck: questions that are read to you. Every line that begins with # is a remark.
# `voicereflect decks check` looks over this file; docs/decks.md explains every key.
format = 1
edition = 1                 # raise it when you change what is asked
title = "$title"
why = "What this is for. It is shown, and never spoken."
minutes = 8                 # at most 15
depth = "light"             # light, middle or heavy

# Several wordings take turns, so that none returns too soon; the best one first.
opening = [
    "Two questions, and as much as you like.",
    "A short look at how things are.",
    "A minute to hear yourself.",
    "Two questions about one thing.",
]
# A closing that asks nothing is followed by a question that brings you back to now.
closing = [
    "That's it for now.",
    "It can rest here.",
    "Enough of that for today.",
    "You can come back to it.",
]

# Each prompt begins with this line. At most five of them.
[[prompts]]
id = "first"                # small letters; answers are filed under it, so keep it
words = [
    "What would you like to be asked?",
    "Which question has been waiting for you?",
    "What do you want to hear yourself say?",
    "Start anywhere. What is it about?",
]
gentler = "Just say one word about it."

# With one wording only, the answers can be heard side by side over time.
[[prompts]]
id = "each-time"
echo = true
words = ["How is it now?"]

# A menu is picked by number; "none of these" and free telling are always there.
# [prompts.menu]
# better = "better"
# same = "the same"
""")


def new_deck(name: str) -> str:
    """Give the text of a new deck."""
    return _TEXT.substitute(title=name.replace("-", " ").capitalize())
