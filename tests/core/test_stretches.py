"""Which stretches of voice are looked at again: told by the sound, never by the text."""

from voicereflect.core.sound.stretches import Stretch, WhyLook, is_said, to_look_at
from voicereflect.model import Segment, Span, Word

RATE_HZ = 100


def segment(
    *texts: str, begins_s: float, each_s: float = 0.3, sure: float = 0.9, compression: float = 1.0
) -> Segment:
    words = tuple(
        Word(
            text=f" {text}",
            start_s=begins_s + n * each_s,
            end_s=begins_s + (n + 1) * each_s,
            probability=sure,
        )
        for n, text in enumerate(texts)
    )
    return Segment(words=words, avg_logprob=-0.3, no_speech=0.0, compression=compression)


def test_words_for_all_of_a_voice_need_no_second_look() -> None:
    voice = [Span(0, 150), Span(200, 320)]
    read = [segment("I", "miss", "her", "so", begins_s=0.1), segment("so", "much", begins_s=2.2)]
    assert to_look_at(voice, RATE_HZ, read) == ()


def test_a_voice_without_words_is_looked_at_and_a_cough_is_not() -> None:
    voice = [Span(0, 150), Span(200, 320), Span(400, 440)]
    read = [segment("I", "miss", "her", "so", begins_s=0.1)]
    assert to_look_at(voice, RATE_HZ, read) == (Stretch(span=Span(200, 320), why=WhyLook.LEFT_OUT),)


def test_words_that_slipped_into_the_stretch_beside_were_not_left_out() -> None:
    voice = [Span(0, 120), Span(150, 270)]
    crowded = segment(*("one", "two", "three", "four", "five", "six"), begins_s=0.0, each_s=0.15)
    assert to_look_at(voice, RATE_HZ, [crowded]) == ()


def test_a_long_gap_between_words_of_one_voice_is_looked_at() -> None:
    read = [segment(*"abcdefg", begins_s=0.0), segment(*"abc", begins_s=7.0)]
    assert to_look_at([Span(0, 800)], RATE_HZ, read) == (
        Stretch(span=Span(210, 700), why=WhyLook.LEFT_OUT),
    )


def test_circles_and_doubts_are_looked_at_each_for_its_reason() -> None:
    voice = [Span(0, 100), Span(200, 300)]
    read = [
        segment("I", "miss", "her", begins_s=0.0, compression=3.0),
        segment("die", "Formen", "sehen", begins_s=2.0, sure=0.2),
    ]
    found = to_look_at(voice, RATE_HZ, read)
    assert [each.why for each in found] == [WhyLook.LOOPED, WhyLook.DOUBTED]


def test_what_was_said_in_circles_fits_into_its_time_and_a_loop_of_the_model_does_not() -> None:
    said = segment(*(["I", "miss", "her"] * 3), begins_s=0.0, compression=3.0)
    loop = segment(*(["I", "miss", "her"] * 12), begins_s=0.0, compression=9.0)
    assert is_said(said, voice_s=3.0)
    assert not is_said(loop, voice_s=3.0)
    assert not is_said(segment("her", begins_s=0.0, sure=0.2), voice_s=1.0)
