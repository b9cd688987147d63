"""What is shown: text alone, in whatever letters a stream has, as long as somebody takes it.

The one seam of all output. Titles, tags, names of files and texts come from elsewhere: what
in them would steer a terminal is left out, our own styling passes beside it.
"""

import codecs
import errno
import io
import os
import sys
import unicodedata
from contextlib import suppress
from typing import Final, TextIO

from voicereflect.core.words.steering import cleaned

NEAREST: Final = "voicereflect-nearest"
"""The error handler of streams that lack a letter."""
_NEAR: Final = {
    "…": "...",
    "·": "-",
    "\u2013": "-",
    "\u2014": "-",
    "\u2212": "-",
    "→": "->",
    "←": "<-",
    **dict.fromkeys("“”„«»", '"'),
    **dict.fromkeys("‘’‚‹›", "'"),  # noqa: RUF001
    **dict.fromkeys("─━╌╍┄┈", "-"),
    **dict.fromkeys("│┃▏▎▍▌", "|"),
    **dict.fromkeys("▁▂▃▄▅▆▇█●•", "*"),
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "€": "EUR",
    "\u00a0": " ",
}


class ShownStream(io.TextIOBase):
    """A stream that never fails: what cannot be written any more is dropped, and told at the end.

    It has no bytes below it for anybody to write to past this.
    """

    def __init__(self, under: TextIO, *, is_ours: bool = False) -> None:
        """`is_ours`: what comes was cleaned already and may be styled."""
        self._under = under
        self._is_ours = is_ours
        self.problem: OSError | None = None
        if not is_ours:
            self.rich_proxied_file: Final = ShownStream(under, is_ours=True)
            """Where rich writes, whose console cleans texts before it styles them."""

    @property
    def encoding(self) -> str:  # type: ignore[override]  # read only
        """As the stream below has it."""
        return self._under.encoding

    @property
    def errors(self) -> str | None:  # type: ignore[override]  # read only
        """As the stream below has it."""
        return self._under.errors

    def isatty(self) -> bool:
        """Whether somebody looks at it."""
        return not self._under.closed and self._under.isatty()

    def fileno(self) -> int:
        """The descriptor below."""
        return self._under.fileno()

    def writable(self) -> bool:
        """Text can be written."""
        return True

    def write(self, text: str) -> int:
        """Write what is text in it."""
        shown = text if self._is_ours else cleaned(text)
        try:
            self._under.write(shown)
        except OSError as error:
            self._drop(error)
        return len(text)

    def flush(self) -> None:
        """Hand on what was written."""
        if self._under.closed:
            return
        try:
            self._under.flush()
        except OSError as error:
            self._drop(error)

    def lost(self) -> OSError | None:
        """Give why something could not be shown; nothing where nobody wanted to see it."""
        self.flush()
        problem = self.problem or (None if self._is_ours else self.rich_proxied_file.problem)
        return None if problem is None or problem.errno == errno.EPIPE else problem

    def _drop(self, error: OSError) -> None:
        self.problem = self.problem or error
        with suppress(OSError, ValueError):  # no descriptor: then nothing is written at all
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._under.fileno())
            os.close(nowhere)


def steering(stream: TextIO) -> TextIO:
    """Give where our own moves of the cursor are written, beside what is cleaned."""
    return getattr(stream, "rich_proxied_file", stream)


def install() -> ShownStream:
    """Put this before standard output and standard error; give the first."""
    codecs.register_error(NEAREST, _nearest)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=NEAREST)
    sys.stdout = shown = ShownStream(sys.stdout)
    sys.stderr = ShownStream(_apart(sys.stderr))
    return shown


def _apart(stream: TextIO) -> TextIO:
    """Open once more what a stream writes to.

    A library that turns standard error elsewhere for a while, as sounddevice does while PortAudio
    starts, then takes no line of ours with it.
    """
    try:
        descriptor = os.dup(stream.fileno())
    except OSError:  # there is none below it
        return stream
    return os.fdopen(descriptor, "w", buffering=1, encoding=stream.encoding, errors=stream.errors)


def _nearest(error: UnicodeError) -> tuple[str, int]:
    """Give what comes nearest to letters that a stream does not have."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_near, error.object[error.start : error.end])), error.end


def _near(letter: str) -> str:
    if letter in _NEAR:
        return _NEAR[letter]
    bare = unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode()
    return bare or "?"
