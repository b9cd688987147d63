"""Claims about what the product itself says: for the ear, calm, and never one of its own taboos."""

from datetime import date

import pytest

from tests.support.lines import lines_of
from voicereflect.core.decks.menus import MOST
from voicereflect.core.safety.mirror import mirrored
from voicereflect.core.session.speech import phrases
from voicereflect.core.session.state import Choice, Ending
from voicereflect.core.sound.tones import LOUDNESS, Tone, clip_of
from voicereflect.core.words.speakable import spoken_problems


def test_every_line_can_be_followed_by_ear() -> None:
    told = [*phrases.introduction(30), *phrases.introduction(None)]
    shown = ("COMMANDS_SHOWN", "NOT_CERTAIN")
    told += [*lines_of(phrases, but=shown), phrases.how_long(0), phrases.how_long(8)]
    texts = [text for text in told if isinstance(text, str)]
    assert len(texts) > 50
    assert {text: found for text in texts if (found := spoken_problems(text))} == {}


def test_every_choice_has_words_and_at_most_four_options() -> None:
    assert set(phrases.CHOICES) == set(phrases.OPTIONS) == set(Choice)
    assert all(2 <= len(options) <= MOST for options in phrases.OPTIONS.values())
    assert set(phrases.ENDINGS) == set(Ending)


def test_a_quote_begins_with_its_date() -> None:
    assert phrases.said_on(date(2025, 3, 9)) == "On 9 March 2025 you said:"


def test_numbers_are_said_digit_by_digit() -> None:
    either = [("Samaritans", "116 123"), ("Emergency", "112 or 999")]
    assert phrases.help_lines_told(either) == (
        "Samaritans: 1 1 6 1 2 3.",
        "Emergency: 1 1 2 or 9 9 9.",
    )
    assert phrases.help_lines_shown(either) == ("Samaritans: 116 123", "Emergency: 112 or 999")
    assert phrases.help_lines_told([]) == phrases.help_lines_shown([]) == (phrases.NO_HELP_LINES,)


def test_the_mirror_quotes_and_asks_and_says_nothing_else() -> None:
    found = mirrored("You always leave. I feel alone.")
    assert phrases.mirror_lines(found) == (
        "You said: You always leave. You also said: I feel alone.",
        "Would you say it another way?",
    )
    assert phrases.mirror_lines(None) == ()


@pytest.mark.parametrize("tone", Tone)
def test_a_tone_is_short_and_soft_and_neither_end_of_it_clicks(tone: Tone) -> None:
    clip = clip_of(tone)
    samples = memoryview(clip.pcm).cast("h")
    assert 0.2 < clip.duration_s < 1.0
    assert max(samples) <= LOUDNESS * 32_767
    assert abs(samples[0]) < 10
    assert abs(samples[-1]) < 200
