"""A deck said aloud and heard again, and the way out of something heavy; no voice, no model."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tests.flows.test_voices import HearingLoudspeaker
from tests.support.fakes import StubVoice
from tests.support.sittings import Sitting
from voicereflect.core.sound.tones import RATE_HZ
from voicereflect.flows.decks.aloud import Aloud
from voicereflect.flows.session.asking.prompting import STILL_RESTS
from voicereflect.flows.session.loop import Session
from voicereflect.flows.session.parts import Question
from voicereflect.model import Clip, Report, Segment, Span, WindowRead, Word


class Reader:
    """Reads what a `StubVoice` said, and mishears what it was told to, alone or in company."""

    def __init__(self, **misheard: str) -> None:
        self.misheard = misheard
        self.report: Callable[[Report], None] = print
        self.sound: dict[int, bytes] = {}
        self.read: list[str] = []

    def start(self, report: Callable[[Report], None]) -> None:
        self.report = report

    def open(self, rate_hz: int, language: str, *, told: bool = False) -> int:
        assert (rate_hz, language, told) == (RATE, "en", True)
        return len(self.sound)

    def feed(self, recording: int, pcm: bytes) -> None:
        self.sound[recording] = pcm

    def window(self, recording: int, span: Span, *, last: bool) -> None:
        assert last
        text = self.sound[recording].decode("utf-16-le").replace("\0", " ")
        assert span == Span(0, len(self.sound[recording]) // 2)
        self.read.append(" ".join(text.split()))
        for said, heard in self.misheard.items():
            text = text.replace(said, heard)
        words = (Word(text=text, start_s=0, end_s=1, probability=1),)
        segment = Segment(words=words, avg_logprob=0, no_speech=0)
        self.report(
            WindowRead(
                recording=recording, span=span, model="m", language="en", segments=(segment,)
            )
        )

    def segment(self, recording: int, span: Span) -> None:
        raise NotImplementedError

    def forget(self, recording: int) -> None:
        raise NotImplementedError

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


def test_sentences_are_heard_in_one_go_and_only_what_got_lost_by_itself() -> None:
    reader, kept = Reader(cart="card"), Kept()
    texts = ("An apple.", "A cart.", "A pear.")
    expected = [("An apple.", "An apple."), ("A cart.", "A card."), ("A pear.", "A pear.")]
    assert heard(reader, kept, *texts) == expected
    assert reader.read == ["An apple. A cart. A pear.", "A cart."]
    assert heard(Reader(), kept, *texts) == expected
    new = Reader()
    assert heard(new, kept, *texts, "A plum.")[-1] == ("A plum.", "A plum.")
    assert new.read == ["A plum."]


def test_no_more_is_heard_in_one_go_than_the_model_reads_at_once() -> None:
    reader = Reader()
    texts = [f"{number} apples." for number in range(10, 70)]
    assert [said for said, _ in heard(reader, Kept(), *texts)] == texts
    assert len(reader.read) > 1


def test_between_the_breaths_of_one_question_it_is_still(tmp_path: Path) -> None:
    sitting = Sitting(root=tmp_path)
    way_out = Question(
        prompt="stones/closing", words="Done. And now?", breaths=("Done.", "And now?")
    )
    loudspeaker = HearingLoudspeaker()
    parts = replace(sitting.parts(), loudspeaker=loudspeaker, pause_s=0.4)
    entry = Session(parts, replace(sitting.plan, questions=(way_out,))).run()
    voice = StubVoice()
    done, still, now = loudspeaker.clips[1:4]
    assert (done, now) == (voice.render("Done."), voice.render("And now?"))
    assert still == Clip(pcm=bytes(2 * int(STILL_RESTS * 0.4 * RATE_HZ)), rate_hz=RATE_HZ)
    assert entry.answers[0].asked == "Done. And now?"
