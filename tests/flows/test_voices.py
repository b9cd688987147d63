"""Claims about two voices as one, and about the pauses between what is said."""

from typing import Any

import pytest

from tests.support.fakes import NO_VOICE, RATE_HZ, StubLoudspeaker, StubVoice
from voicereflect.core.session.events import Spoken
from voicereflect.errors import VoiceError
from voicereflect.flows.session.asking.speaker import Private, PromptSpeaker
from voicereflect.flows.session.asking.voices import ByEarVoice, EitherVoice
from voicereflect.flows.session.queue import Inbox, Note
from voicereflect.model import Clip
from voicereflect.ports.voice import Voice


class ClosingVoice(StubVoice):
    """Counts how often it is let go of."""

    closed = 0

    def close(self) -> None:
        self.closed += 1


def test_the_first_voice_speaks_as_long_as_it_can() -> None:
    first, second = StubVoice(), StubVoice()
    told: list[str] = []
    voice = EitherVoice(first, second, told.append)
    assert voice.render("One.") == first.render("One.")
    assert (second.rendered, told) == ([], [])


@pytest.mark.parametrize("private", [False, True])
def test_when_the_first_fails_the_same_text_comes_from_the_second_for_good(
    *, private: bool
) -> None:
    first, second = ClosingVoice(), StubVoice()
    told: list[str] = []
    voice: Voice = EitherVoice(first, second, told.append)
    voice.render("One.")
    first.problem = NO_VOICE
    assert voice.render("Two.", pace=0.8, private=private) == second.render("Two.", pace=0.8)
    first.problem = None
    voice.render("Three.")
    assert first.rendered + first.private == ["One.", "Two."]
    assert "Three." in second.rendered
    assert told == ["There is no voice. The system's own voice goes on."]
    assert first.closed == 1


def test_when_neither_speaks_that_is_an_error() -> None:
    voice = EitherVoice(StubVoice(NO_VOICE), StubVoice(NO_VOICE), lambda _: None)
    with pytest.raises(VoiceError):
        voice.render("One.")


def test_what_was_cut_off_by_the_end_is_not_rendered_again() -> None:
    first, second = StubVoice(), ClosingVoice()
    told: list[str] = []
    voice = EitherVoice(first, second, told.append)
    voice.close()
    first.problem = NO_VOICE
    with pytest.raises(VoiceError):
        voice.render("One.")
    assert (second.rendered, second.closed, told) == ([], 1, [])


def until_spoken(inbox: Inbox) -> list[Any]:
    seen: list[Any] = []
    while not seen or not isinstance(seen[-1], Spoken):
        seen.append(inbox.next())
    return seen


def test_a_sitting_goes_on_in_the_same_breath_with_one_line() -> None:
    inbox, loudspeaker, second = Inbox(), StubLoudspeaker(), StubVoice()
    speaker = PromptSpeaker(StubVoice(NO_VOICE), loudspeaker, inbox, second=second)
    speaker.say("One.", "Two.")
    assert until_spoken(inbox)[:-1] == [Note("There is no voice. The system's own voice goes on.")]
    speaker.close()
    assert loudspeaker.clips == [StubVoice().render("One."), StubVoice().render("Two.")]


def test_a_breath_lies_between_words_a_rest_after_them_and_none_at_a_tone() -> None:
    inbox, loudspeaker = Inbox(), StubLoudspeaker()
    speaker = PromptSpeaker(StubVoice(), loudspeaker, inbox, pause_s=0.5)
    tone = Clip(pcm=b"\1\1", rate_hz=RATE_HZ)
    speaker.say("What was good?", Private("1: tea."), tone)
    until_spoken(inbox)
    speaker.say("Tonight, the day.", rests=2.5)
    until_spoken(inbox)
    speaker.close()
    bare = [StubVoice().render(text) for text in ("What was good?", "1: tea.")]
    opening = StubVoice().render("Tonight, the day.")
    silence = bytes(RATE_HZ)  # half a second of two bytes
    assert [clip.pcm for clip in loudspeaker.clips] == [
        bare[0].pcm + silence,
        bare[1].pcm,
        tone.pcm,
        opening.pcm + bytes(round(2.5 * RATE_HZ)),
    ]


def test_a_speaker_that_closes_lets_go_of_its_voices() -> None:
    first, second = ClosingVoice(), ClosingVoice()
    speaker = PromptSpeaker(first, StubLoudspeaker(), Inbox(), second=second)
    speaker.close()
    assert (first.closed, second.closed) == (1, 1)


def test_words_are_given_to_a_voice_by_ear() -> None:
    inner = ClosingVoice()
    voice = ByEarVoice(inner, {"Siobhan": "Shivawn"})
    assert voice.render("And Siobhan?", pace=0.8) == StubVoice().render("And Shivawn?", pace=0.8)
    voice.render("Siobhan said.", private=True)
    voice.close()
    assert (inner.private, inner.closed) == (["Shivawn said."], 1)
