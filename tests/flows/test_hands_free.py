"""Claims about what is taken for a command, and so left out of an answer."""

import pytest

from voicereflect.core.session.events import Commanded, Signed
from voicereflect.core.session.speech.commands import Command
from voicereflect.core.session.speech.silence import Sign
from voicereflect.flows.session.hands_free import HandsFree
from voicereflect.flows.session.queue import Inbox
from voicereflect.model import SegmentRead, Span, SpeechHeard

RATE_HZ = 1000
MENU = (("yes", "yes"), ("no", "no"), ("worse", "worse"))


class Ear:
    """An answer that is listened to; each thing is said two seconds after a tone."""

    def __init__(self, menu: tuple[tuple[str, str], ...]) -> None:
        self.inbox = Inbox()
        self.left_out: list[int] = []
        self.hands_free = HandsFree(self.inbox, 8.0, lambda number, _: self.left_out.append(number))
        self.hands_free.answer(1, RATE_HZ, menu)
        self.at_s = 0

    def signs(self) -> list[Sign]:
        return [each.sign for each in self.inbox.rest() if isinstance(each, Signed)]

    def hears(self, words: str) -> list[tuple[Command, int]]:
        self.hands_free.block(1, bytes(2 * RATE_HZ), aside=True)
        self.at_s += 10
        span = Span((self.at_s - 2) * RATE_HZ, (self.at_s - 1) * RATE_HZ)
        self.hands_free.report(1, SegmentRead(recording=1, span=span, text=words, guess=words))
        self.hands_free.report(
            1, SpeechHeard(recording=1, upto=(self.at_s + 1) * RATE_HZ, spans=())
        )
        found = [each for each in self.inbox.rest() if isinstance(each, Commanded)]
        for _ in range(10):
            self.hands_free.block(1, bytes(2 * RATE_HZ), aside=True)
        self.hands_free.spoke(1, asked=True)
        return [(each.command, each.option) for each in found]


@pytest.mark.parametrize(("words", "option"), [("Yes.", 1), ("No.", 2), ("Worse.", 3)])
def test_yes_can_be_a_choice_like_any_other(words: str, option: int) -> None:
    assert Ear(MENU).hears(words) == [(Command.PICK, option)]


def test_once_it_was_asked_back_yes_is_yes() -> None:
    ear = Ear(MENU)
    assert ear.hears("Worse.") == [(Command.PICK, 3)]
    ear.hands_free.ask_back(1)
    assert ear.hears("Yes.") == [(Command.YES, 0)]


def test_where_nothing_was_asked_yes_is_an_answer() -> None:
    ear = Ear(())
    assert ear.hears("Yes.") == []
    assert ear.left_out == []


def test_told_freely_the_words_of_a_choice_are_an_answer() -> None:
    ear = Ear(MENU)
    ear.hands_free.tell_freely(1)
    assert ear.hears("Worse.") == []
    assert ear.left_out == []


@pytest.mark.parametrize(
    ("words", "then"), [("Yes.", Signed(1, Sign.END)), ("Skip.", Commanded(1, Command.SKIP))]
)
def test_no_silence_ends_an_answer_before_its_last_words_were_looked_at(
    words: str, then: Signed | Commanded
) -> None:
    ear = Ear(())
    said = Span(0, RATE_HZ)
    ear.hands_free.report(1, SpeechHeard(recording=1, upto=RATE_HZ, spans=(said,)))
    second = bytes(2 * RATE_HZ)
    for _ in range(14):
        ear.hands_free.block(1, second, aside=False)
    assert ear.signs() == [Sign.MOVING_ON]
    ear.hands_free.report(1, SegmentRead(recording=1, span=said, text=words, guess=words))
    ear.hands_free.block(1, second, aside=False)
    assert ear.signs() == []  # nobody has listened yet whether it stood alone
    ear.hands_free.report(1, SpeechHeard(recording=1, upto=14 * RATE_HZ, spans=(said,)))
    ear.hands_free.block(1, second, aside=False)
    assert next(ear.inbox.rest()) == then


def test_but_not_for_long() -> None:
    ear = Ear(())
    ear.hands_free.report(1, SpeechHeard(recording=1, upto=RATE_HZ, spans=(Span(0, RATE_HZ),)))
    for _ in range(8 + 4 + 6 + 2):
        ear.hands_free.block(1, bytes(2 * RATE_HZ), aside=False)
    assert Sign.END in ear.signs()
