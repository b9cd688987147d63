"""Hands-free: what silence and whole utterances come to, take by take.

Lives in the session's thread; posts what it finds to the inbox like any device does.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from voicereflect.core.session.events import Commanded, Signed
from voicereflect.core.session.speech.commands import ALWAYS, Command, heard, option_heard
from voicereflect.core.session.speech.silence import GRACE_S, Sign, SilencePolicy
from voicereflect.core.session.speech.utterances import Utterance, Utterances
from voicereflect.flows.session.queue import Inbox
from voicereflect.model import SegmentRead, Span, SpeechHeard

REPLY_SILENCE_S: Final = 12.0
"""How long a choice about the sitting is waited for."""
LATEST_S: Final = 6.0
"""How much longer an answer waits until its last words were looked at, before a silence ends it."""
AROUND_S: Final = 0.5
"""Left out with a command on both sides: three times that is silence."""

REPLIES: Final = frozenset({Command.YES, Command.NO})

Menu = tuple[tuple[str, str], ...]


@dataclass(slots=True, kw_only=True)
class ListenState:
    """A take or a reply that is listened to."""

    silence: SilencePolicy
    utterances: Utterances
    menu: Menu
    expected: frozenset[Command]
    asked_back: bool = False
    """A choice was repeated as a question: only now are yes and no commands."""
    is_reply: bool = False
    """To a choice about the sitting: what decides there must be heard without doubt."""
    speech_upto: int = 0
    """Where the voice detector last heard speech."""

    @property
    def may_still_command(self) -> bool:
        """Whether a busy machine has still to read what was said, or the silence after it."""
        silence = self.silence
        late = silence.samples - (silence.tone_at or 0)
        is_read = self.utterances.spoken_upto >= self.speech_upto
        is_judged = is_read and self.utterances.waiting is None
        return not is_judged and late < (GRACE_S + LATEST_S) * silence.rate_hz


class HandsFree:
    """Listens on behalf of somebody who sees no screen and presses no key."""

    def __init__(
        self,
        inbox: Inbox,
        silence_s: float | None,
        leave_out: Callable[[int, Span], None],
    ) -> None:
        """`silence_s` before the tone; `leave_out` takes a command out of an answer."""
        self._inbox = inbox
        self._silence_s = silence_s
        self._leave_out = leave_out
        self._listened: dict[int, ListenState] = {}
        self._by_loudness = False

    def answer(self, number: int, rate_hz: int, menu: Menu) -> None:
        """A take begins, after the tone."""
        self._listened = {
            number: ListenState(
                silence=SilencePolicy(
                    rate_hz=rate_hz, silence_s=self._silence_s, by_loudness=self._by_loudness
                ),
                utterances=Utterances(rate_hz=rate_hz, after_tone=self._silence_s is not None),
                menu=menu,
                expected=ALWAYS,
            )
        }

    def reply(self, number: int, rate_hz: int, menu: Menu, *, waits: bool = False) -> None:
        """A reply to a choice begins; without one the silence itself replies, unless it `waits`."""
        silence_s = None if waits else REPLY_SILENCE_S
        self._listened = {
            number: ListenState(
                silence=SilencePolicy(rate_hz=rate_hz, silence_s=silence_s, begun=True),
                utterances=Utterances(rate_hz=rate_hz, after_tone=False),
                menu=menu,
                expected=frozenset(Command) - {Command.UNDO, Command.TOO_MUCH, Command.READ_BACK},
                is_reply=True,
            )
        }

    def ask_back(self, number: int) -> None:
        """A choice is being repeated as a question."""
        if listening := self._listened.get(number):
            listening.asked_back = True

    def tell_freely(self, number: int) -> None:
        """From here on no choice is listened for; all of it is answer."""
        if listening := self._listened.get(number):
            listening.menu, listening.asked_back = (), False

    def block(self, number: int, pcm: bytes, *, aside: bool) -> None:
        """Take the next block; `aside`: we speak ourselves."""
        if (listening := self._listened.get(number)) is None:
            return
        listening.silence, sign = listening.silence.heard(pcm, aside=aside)
        if sign is not None and not (sign is Sign.END and listening.may_still_command):
            self._inbox.post(Signed(number, sign))

    def report(self, number: int, report: SpeechHeard | SegmentRead) -> None:
        """Take what the speech worker heard of an answer or a reply."""
        if (listening := self._listened.get(number)) is None:
            return
        if isinstance(report, SegmentRead):
            if report.text and not report.guess:
                return  # a window read ahead
            words = report.text or ("" if listening.is_reply else report.guess)
            listening.utterances = listening.utterances.read(report.span, words)
            return
        spoken_upto = report.spans[-1].end if report.spans else 0
        listening.speech_upto = spoken_upto
        listening.silence = listening.silence.spoken(spoken_upto)
        listening.utterances, stood_alone = listening.utterances.quiet(spoken_upto, report.upto)
        if stood_alone is not None:
            self._understand(number, listening, stood_alone)

    def spoke(self, number: int, *, asked: bool) -> None:
        """We have said or sounded something; after a question all begins anew."""
        if (listening := self._listened.get(number)) is None:
            return
        silence = listening.silence
        listening.silence = silence.anew() if asked else silence.tone_over()
        listening.utterances = listening.utterances.toned(silence.samples)

    def detector_lost(self) -> None:
        """There is no voice detector any more: loudness has to do."""
        self._by_loudness = True
        for listening in self._listened.values():
            listening.silence = replace(listening.silence, by_loudness=True)

    def _understand(self, number: int, listening: ListenState, utterance: Utterance) -> None:
        replies = REPLIES if listening.asked_back else frozenset()
        command = heard(utterance.text, listening.expected | replies)
        option = option_heard(utterance.text, listening.menu)
        if option is not None and command not in REPLIES:
            command = Command.PICK
        if command is None:
            if listening.is_reply:
                self._inbox.post(Commanded(number, Command.UNCLEAR))
            return
        listening.asked_back = False
        if utterance.alone:  # nothing has been said yet that a silence could end
            listening.silence = listening.silence.unbegun(always=listening.is_reply)
        listening.utterances = listening.utterances.taken()
        around = int(AROUND_S * listening.silence.rate_hz)
        span = utterance.span
        self._leave_out(number, Span(max(0, span.start - around), span.end + around))
        picked = (option or 0) if command is Command.PICK else 0
        self._inbox.post(Commanded(number, command, picked, alone=utterance.alone))
