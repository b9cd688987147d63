"""Claims about whole utterances: after a tone, with silence on both sides."""

from dataclasses import replace

from voicereflect.core.session.speech.utterances import Utterance, Utterances
from voicereflect.model import Span

RATE_HZ = 10
NEW = Utterances(rate_hz=RATE_HZ)
FREE = replace(NEW, after_tone=False)


def told(
    utterances: Utterances, start_s: float, end_s: float, *, quiet_s: float = 1.5
) -> Utterance | None:
    """A segment, and so much silence after it."""
    span = Span(int(start_s * RATE_HZ), int(end_s * RATE_HZ))
    read = utterances.read(span, "Again.")
    return read.quiet(0, span.end + int(quiet_s * RATE_HZ))[1]


def test_the_first_words_after_the_tone_are_one_once_it_is_quiet() -> None:
    assert told(NEW, 1, 2) == Utterance(Span(10, 20), "Again.", alone=True)
    assert told(NEW, 1, 2, quiet_s=1.0) is None


def test_more_words_soon_after_make_it_a_sentence() -> None:
    read = NEW.read(Span(10, 20), "Again.")
    later, found = read.quiet(25, 36)
    assert found is None
    assert later.quiet(0, 60)[1] is None


def test_words_in_the_middle_of_an_answer_are_none() -> None:
    talking = NEW.read(Span(0, 30), "I wanted it.")
    assert told(talking, 6, 7) is None


def test_after_the_next_tone_words_count_again_and_are_not_alone() -> None:
    toned = NEW.read(Span(0, 30), "I wanted it.").toned(120)
    found = told(toned, 13, 14)
    assert found is not None
    assert not found.alone


def test_words_that_began_before_the_tone_are_none() -> None:
    toned = NEW.read(Span(0, 30), "I wanted it.").toned(120)
    assert told(toned, 11, 13) is None


def test_a_busy_machine_may_read_them_after_the_next_tone_has_sounded() -> None:
    assert told(NEW.toned(50), 1, 2, quiet_s=5) == Utterance(Span(10, 20), "Again.", alone=True)
    twice = NEW.read(Span(0, 30), "I wanted it.").toned(120).toned(180)
    assert told(twice, 13, 14) is not None


def test_where_silence_ends_nothing_silence_on_both_sides_is_enough() -> None:
    talking = FREE.read(Span(0, 30), "I wanted it.")
    assert told(talking, 6, 7) is not None
    assert told(talking, 3.5, 4.5) is None


def test_a_long_utterance_is_none() -> None:
    assert told(NEW, 1, 6) is None


def test_what_was_a_command_leaves_the_rest_alone() -> None:
    read = NEW.read(Span(10, 20), "Again.")
    quiet, found = read.quiet(0, 40)
    assert found is not None
    found = told(quiet.taken().toned(60), 7, 8)
    assert found is not None
    assert found.alone


def test_a_stretch_that_is_read_again_changes_nothing() -> None:
    read = NEW.read(Span(10, 20), "Again.")
    assert read.read(Span(0, 20), "Again.") == read
