"""A deck said aloud and heard again, and the way out of something heavy; no voice, no model."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tests.support.fakes import StubLoudspeaker, StubVoice
from tests.support.sittings import Sitting
from voicereflect.core.sound.tones import RATE_HZ
from voicereflect.flows.decks.aloud import Aloud
from voicereflect.flows.session.asking.prompting import STILL_RESTS
from voicereflect.flows.session.loop import Session
from voicereflect.flows.session.parts import Question
from voicereflect.model import Clip, Report, Segment, SegmentRead, Span, WindowRead, Word


class Reader:
    """Reads what a `StubVoice` said, and mishears what it was told to, at once or always."""

    def __init__(self, at_once: str = "", always: str = "") -> None:
        self.at_once = at_once
        self.always = always
        self.report: Callable[[Report], None] = print
        self.sound: dict[int, bytes] = {}
        self.done: list[str] = []

    def start(self, report: Callable[[Report], None]) -> None:
        self.report = report

    def open(self, rate_hz: int, language: str, *, told: bool = False) -> int:
        assert (rate_hz, language, told) == (RATE, "en", True)
        return len(self.sound)

    def feed(self, recording: int, pcm: bytes) -> None:
        self.sound[recording] = pcm

    def segment(self, recording: int, span: Span) -> None:
        text = self._told(recording, span).replace(self.at_once or "\0", "?")
        self.done.append(f"live {text}")
        self.report(SegmentRead(recording=recording, span=span, text=text))

    def window(self, recording: int, span: Span, *, last: bool) -> None:
        assert last
        text = self._told(recording, span)
        self.done.append(f"whole {text}")
        words = (Word(text=f" {text}", start_s=0, end_s=1, probability=1),)
        segments = (Segment(words=words, avg_logprob=0, no_speech=0),)
        self.report(SegmentRead(recording=recording, span=span, text=""))  # what was left: nothing
        self.report(
            WindowRead(recording=recording, span=span, model="m", language="en", segments=segments)
        )

    def _told(self, recording: int, span: Span) -> str:
        pcm = self.sound[recording]
        assert span == Span(0, len(pcm) // 2)
        return pcm.decode("utf-16-le").replace(self.always or "\0", "?")

    def forget(self, recording: int) -> None:
        self.done.append(f"forget {recording}")

    def close(self) -> None:
        """Nothing lasts."""


class Kept(dict[str, str]):
    """What was heard before."""

    def find(self, digest: str) -> str | None:
        return self.get(digest)

    def keep(self, digest: str, heard: str) -> None:
        self[digest] = heard


RATE = StubVoice().render("a").rate_hz


def heard(reader: Reader, kept: Kept, *texts: str) -> list[tuple[str, str]]:
    found = Aloud(StubVoice(), reader, kept, model="m").hear(texts)
    return [(each.said, each.heard) for each in found]


def test_what_comes_back_whole_is_read_once_and_all_else_again() -> None:
    reader, kept = Reader(at_once="cart", always="pear"), Kept()
    texts = ("An apple.", "A cart.", "A pear.")
    expected = [("An apple.", "An apple."), ("A cart.", "A cart."), ("A pear.", "A ?.")]
    assert heard(reader, kept, *texts) == expected
    assert reader.done == [
        *("live An apple.", "forget 0"),
        *("live A ?.", "whole A cart."),
        *("live A ?.", "whole A ?."),
    ]
    assert heard(Reader(always="A"), kept, *texts) == expected


def test_between_the_breaths_of_one_question_it_is_still(tmp_path: Path) -> None:
    sitting = Sitting(root=tmp_path)
    way_out = Question(
        prompt="stones/closing", words="Done. And now?", breaths=("Done.", "And now?")
    )
    loudspeaker = StubLoudspeaker()
    parts = replace(sitting.parts(), loudspeaker=loudspeaker, pause_s=0.4)
    entry = Session(parts, replace(sitting.plan, questions=(way_out,))).run()
    voice = StubVoice()
    done, still, now = loudspeaker.clips[1:4]
    assert (done, now) == (voice.render("Done."), voice.render("And now?"))
    assert still == Clip(pcm=bytes(2 * int(STILL_RESTS * 0.4 * RATE_HZ)), rate_hz=RATE_HZ)
    assert entry.answers[0].asked == "Done. And now?"
