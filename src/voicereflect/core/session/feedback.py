"""What a session says between questions and answers.

A key is told what it did and how to take that back, or why nothing; other things are said aloud.
"""

from enum import Enum, StrEnum, auto


class Feedback(StrEnum):
    """One line each; shown, never said."""

    SKIPPED = "Skipped. U takes it back."
    NOT_TODAY = "No more of this today. U takes it back."
    NEVER = "Never again. U takes it back."
    SKIPPED_ASIDE = "Skipped. Anything you said is set aside. U takes it back."
    NOT_TODAY_ASIDE = "No more of this today. Anything you said is set aside. U takes it back."
    NEVER_ASIDE = "Never again. Anything you said is set aside. U takes it back."
    REDONE = "Begun anew. The take before is set aside. U brings it back."
    RESTORED = "Your earlier answer is back."
    RESTORED_INSTEAD = "Your earlier answer is back, and the newer one is set aside."
    TAKEN_BACK = "Taken back."
    TAKEN_BACK_SAID = "Taken back, with all that you said. The question comes once more."
    UNPICKED = "Your pick is taken back. Pick again, or tell it your own way."
    PAUSED = "Paused. SPACE goes on."
    GOES_ON = "Recording again."
    AGAIN = "Once more."
    SLOWER = "Slower from here on."
    SLOWEST = "This is as slow as it goes."
    GENTLER = "A gentler one. U takes it back."
    LAST = "On to the last question. U takes it back."
    STOPPING = "Stopping here. What you said is kept."
    BEGINS = "ENTER begins, and Q leaves."
    NO_UNDO = "There is nothing to take back."
    NO_CHOICE = "There is no choice with that number."
    NO_QUOTE = "This question brings back no earlier answer."
    NO_QUESTION = "There is no question here. Say whatever you like."
    NO_MORE = "Nothing more is asked here. ENTER goes on."
    NOT_RECORDING = "Nothing is being recorded just now."
    WRITING = "Your words are still being written down. Q leaves the rest for later."
    NOTHING = "That key does nothing here. ? shows all that do."


class Insertion(Enum):
    """What is put in while an answer goes on; that stretch is no answer."""

    LISTENING = auto()
    MOVING_ON = auto()
    """The tone that an answer is about to end."""
    TAKE_YOUR_TIME = auto()
    OWN_WAY = auto()
    """After two choices that were not meant: tell it freely."""
    HOW_LONG = auto()
    """How long the whole sitting takes; somebody asked."""
    INTRODUCTION = auto()
    """What can be said; somebody asked."""
    YES_OR_NO = auto()
    """A reply is waited for, and none was understood."""
    TURN_OVER = auto()
    """The time of one of two is over; it cuts nothing."""
