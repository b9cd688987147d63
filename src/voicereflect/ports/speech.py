"""Sound, written down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from voicereflect.model import Report, Span


class Transcriber(Protocol):
    """The speech worker: a process of its own, never in the way of the microphone.

    Calls return at once and never raise; everything comes back as reports,
    from another thread, in order for each recording.
    """

    def start(self, report: Callable[[Report], None]) -> None:
        """Begin to load the model."""

    def open(self, rate_hz: int, language: str, *, told: bool = False) -> int:
        """Announce a recording, of one language; give a number that no other one ever has.

        `told`: a person said just now that this is the language, and it is not questioned.
        """

    def feed(self, recording: int, pcm: bytes) -> None:
        """Pass on the next samples."""

    def segment(self, recording: int, span: Span) -> None:
        """Ask for a live segment; goes before the next step of any window."""

    def window(self, recording: int, span: Span, *, last: bool) -> None:
        """Ask for the next window of the whole-answer pass and let its samples go."""

    def forget(self, recording: int) -> None:
        """Let go of a recording; nothing of it that has not begun is read."""

    def close(self) -> None:
        """End the worker; what it has not read stays unread."""


class HeardBefore(Protocol):
    """What was heard of sentences before, under a digest of the sound and the model."""

    def find(self, digest: str) -> str | None:
        """What was heard, or None."""

    def keep(self, digest: str, heard: str) -> None:
        """Remember what was heard; without room it is heard again the next time."""
