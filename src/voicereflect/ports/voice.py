"""A text, spoken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from voicereflect.model import Clip


class Voice(Protocol):
    """Turns a text into speech."""

    def render(
        self, text: str, *, pace: float = 1.0, private: bool = False, ahead: bool = False
    ) -> Clip:
        """Render one text; `pace` 0.8 is slower. May take a second.

        `private` keeps no copy; `ahead` gives way to whatever else runs: nobody waits for it yet.

        Raises:
            VoiceError: no voice, or it failed, hung or gave no sound.
        """

    def close(self) -> None:
        """End whatever renders, from any thread; a later text may begin anew."""


class PromptPack(Protocol):
    """Prompts that somebody has read aloud."""

    def clip(self, text: str) -> Clip | None:
        """Give the recording of exactly this text; None where there is none.

        Raises:
            RecordingUnreadable: there is one, and it cannot be played.
        """
