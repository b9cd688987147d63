"""Claims about a window that is looked over, with an engine that reads what it is told to."""

from dataclasses import dataclass, field
from typing import cast

import numpy as np

from tests.core.test_stretches import segment
from voicereflect.adapters.speech.engine import WhisperEngine
from voicereflect.adapters.speech.readings import WholeSegment
from voicereflect.adapters.speech.second_look import SecondLook
from voicereflect.adapters.speech.sound import MODEL_RATE_HZ, Samples
from voicereflect.model import Segment, Span


@dataclass
class Ear:
    """Hears the same in every stretch, in one language or another."""

    text: tuple[str, ...] = ("I", "miss", "her.")
    other: str = ""
    read: list[tuple[str, float]] = field(default_factory=list)

    def other_language(self, samples: Samples, wanted: str) -> str:
        assert wanted == "en"
        assert len(samples)
        return self.other

    def alone(self, samples: Samples, language: str, begins_s: float) -> list[Segment]:
        assert len(samples)
        self.read.append((language, round(begins_s, 1)))
        return [segment(*self.text, begins_s=begins_s + 0.2)]


def spans(count: int, length_s: float = 1.1, every_s: float = 1.6) -> list[Span]:
    rate = MODEL_RATE_HZ
    return [
        Span(int(n * every_s * rate), int((n * every_s + length_s) * rate)) for n in range(count)
    ]


def looked(
    ear: Ear, first: list[WholeSegment], voice: list[Span], *, told: bool = False
) -> tuple[str, list[tuple[str, str]]]:
    """Give what is sure, and what is not with its language."""
    samples = np.zeros(voice[-1].end, dtype=np.float32)
    found = SecondLook(cast("WhisperEngine", ear), samples, "en").over(first, voice, told=told)
    sure = "".join(each.segment.text for each in found if each.sure)
    return sure, [(each.segment.language, each.segment.text) for each in found if not each.sure]


def test_what_is_said_twelve_times_is_written_twelve_times() -> None:
    first = [WholeSegment(segment=segment("I", "miss", "her.", begins_s=0.1), sure=True)]
    sure, unsure = looked(Ear(), first, spans(12))
    assert sure == " I miss her." * 12
    assert unsure == []


def test_a_loop_of_the_model_is_replaced_by_what_each_stretch_holds() -> None:
    loop = segment(*(["I", "miss"] * 30), begins_s=0.0, each_s=0.1, compression=9.0)
    sure, unsure = looked(Ear(), [WholeSegment(segment=loop, sure=False)], spans(4))
    assert sure == " I miss her." * 4
    assert unsure == []


def test_a_loop_inside_one_stretch_stays_unsure() -> None:
    sure, unsure = looked(Ear(text=("I", "miss") * 20), [], spans(1))
    assert sure == ""
    assert [language for language, _ in unsure] == [""]


def test_another_language_inside_is_offered_with_its_name_and_what_was_made_of_it_goes() -> None:
    voice = spans(2, length_s=3.0, every_s=4.0)
    first = [
        WholeSegment(segment=segment(*"abcdefghi", begins_s=0.0), sure=True),
        WholeSegment(segment=segment(*"jklmnopqr", begins_s=4.0, sure=0.2), sure=True),
    ]
    ear = Ear(other="de")
    sure, unsure = looked(ear, first, voice)
    assert sure == " a b c d e f g h i"
    assert unsure == [("de", " I miss her.")]
    assert ear.read == [("de", 3.8)]


def test_a_language_that_a_person_told_is_not_questioned() -> None:
    voice = spans(1, length_s=3.0)
    sure, unsure = looked(Ear(other="de"), [], voice, told=True)
    assert (sure, unsure) == (" I miss her.", [])
