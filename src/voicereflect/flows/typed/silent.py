"""What stands where a session of sound has a recorder and a speech worker: nothing is heard."""

from collections.abc import Callable

from voicereflect.model import Report, Span
from voicereflect.ports.sound import Listener


class NoRecorder:
    """Hears nothing, and finds an answer to every question."""

    rate_hz = 1
    overflows = 0

    def more(self, prompt: str) -> bool:  # noqa: ARG002 - whatever is asked can be typed
        """Tell that there is an answer."""
        return True

    def prepare(self, prompt: str) -> None:
        """Nothing need be ready."""

    def use(self, name: str) -> None:
        """There is no other device."""

    def start(self, listener: Listener) -> None:
        """Deliver nothing."""

    def stop(self) -> None:
        """Nothing was begun."""

    def close(self) -> None:
        """Nothing was opened."""


class NoTranscriber:
    """Reads nothing."""

    def start(self, report: Callable[[Report], None]) -> None:
        """Load nothing."""

    def open(
        self,
        rate_hz: int,  # noqa: ARG002 - nothing comes of it
        language: str,  # noqa: ARG002
        *,
        told: bool = False,  # noqa: ARG002
    ) -> int:
        """Give a number that nothing is ever reported of."""
        return 0

    def feed(self, recording: int, pcm: bytes) -> None:
        """Take nothing in."""

    def segment(self, recording: int, span: Span) -> None:
        """Read nothing."""

    def window(self, recording: int, span: Span, *, last: bool) -> None:
        """Read nothing."""

    def forget(self, recording: int) -> None:
        """Nothing is known of it."""

    def close(self) -> None:
        """Nothing was begun."""
